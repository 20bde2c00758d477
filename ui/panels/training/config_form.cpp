// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/config_form.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/training/field_editor.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kWideEnoughForHelp = 560;
constexpr auto kStages = "stages"_L1;

/// `stages[1].steps` -> 1, "steps"; anything else -> -1.
int stageOf(const QString& name, QString* rest) {
    static const QRegularExpression pattern(u"^stages\\[(\\d+)\\]\\.?(.*)$"_s);
    const auto match = pattern.match(name);
    if (!match.hasMatch()) return -1;
    *rest = match.captured(2);
    return match.captured(1).toInt();
}

}  // namespace

ConfigForm::ConfigForm(const TrainingKindInfo& recipe, AskForFile askForFile, QWidget* parent)
    : QWidget(parent), m_recipe(recipe), m_askForFile(std::move(askForFile)) {
    setObjectName(u"training.form"_s);
    buildLayout();
}

void ConfigForm::buildLayout() {
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, measure::kGap, measure::kGroupGap);
    m_column->setSpacing(measure::kGap / 2);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"training.form.problem"_s);
    m_problem->setProperty("role", u"error"_s);
    m_problem->setWordWrap(true);
    m_column->addWidget(m_problem);
    if (!m_recipe.stageFields.empty()) buildStages();
    addGroups(m_recipe.fields, false);
    addGroups(m_recipe.fields, true);
    m_column->addStretch(1);
    showError();
}

InspectorSection* ConfigForm::addSection(const QString& id, const QString& title) {
    auto* section = new InspectorSection(u"training.form.section."_s + id, title, this);
    m_column->addWidget(section);
    return section;
}

void ConfigForm::addGroups(const std::vector<ConfigField>& fields, bool advanced) {
    QHash<QString, InspectorSection*> sections;
    for (const ConfigField& field : fields) {
        if (field.advanced != advanced) continue;
        const QString group = advanced              ? tr("Advanced")
                              : field.group.empty() ? tr("Training")
                                                    : toQ(field.group);
        if (!sections.contains(group)) {
            sections[group] = addSection(group, group);
            sections[group]->setFolded(advanced);
        }
        FieldEditor* editor = makeEditor(field, u"training.form."_s + toQ(field.key));
        m_fields[toQ(field.key)] = editor;
        connect(editor, &FieldEditor::edited, this, [this, editor, field] { fieldEdited(editor, field); });
        sections[group]->addWidget(editor);
    }
}

FieldEditor* ConfigForm::makeEditor(const ConfigField& field, const QString& id) {
    const QString label = toQ(field.label);
    auto* editor = new FieldEditor(
        field, id, [this, label] { return m_askForFile ? m_askForFile(label) : QString(); }, this);
    connect(editor, &FieldEditor::editFinished, this, &ConfigForm::editFinished);
    return editor;
}

void ConfigForm::buildStages() {
    InspectorSection* section = addSection(u"stages"_s, tr("Network and schedule"));
    m_tabs = new QTabBar(section);
    m_tabs->setObjectName(u"training.form.stages"_s);
    m_tabs->setAccessibleName(tr("Stages of the training"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setToolTip(tr("Stages come one after the other; each takes over the weights of the one before"));
    connect(m_tabs, &QTabBar::currentChanged, this, &ConfigForm::showStage);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap / 2);
    row->addWidget(m_tabs, 1);
    const auto addButton = [this, section, row](const QString& id, const QString& icon, const QString& tip) {
        auto* button = new QToolButton(section);
        button->setObjectName(id);
        button->setAccessibleName(tip);
        button->setToolTip(tip);
        button->setIcon(Theme::icon(icon));
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
        return button;
    };
    auto* add = addButton(u"training.form.stages.add"_s, u"plus"_s, tr("Add a stage like this one"));
    m_remove = addButton(u"training.form.stages.remove"_s, u"trash"_s, tr("Remove this stage"));
    connect(add, &QToolButton::clicked, this, [this] {
        changeStages([](QJsonArray& stages, int at) { stages.insert(at + 1, QJsonValue(stages.at(at))); },
                     stage() + 1,
                     tr("Add a stage"));
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        changeStages([](QJsonArray& stages, int at) { stages.removeAt(at); },
                     std::max(0, stage() - 1),
                     tr("Remove a stage"));
    });
    section->addLayout(row);
    auto* fields = new QVBoxLayout;
    fields->setSpacing(measure::kGap);
    addStageFields(fields, false);
    section->addLayout(fields);
    auto* more = addSection(u"stagesAdvanced"_s, tr("Schedule in detail"));
    auto* moreFields = new QVBoxLayout;
    moreFields->setSpacing(measure::kGap);
    addStageFields(moreFields, true);
    more->addLayout(moreFields);
    more->setFolded(true);
    more->setVisible(moreFields->count() > 0);
}

void ConfigForm::addStageFields(QVBoxLayout* layout, bool advanced) {
    for (const ConfigField& field : m_recipe.stageFields) {
        if (field.advanced != advanced) continue;
        FieldEditor* editor = makeEditor(field, u"training.form.stage."_s + toQ(field.key));
        m_stageFields[toQ(field.key)] = editor;
        connect(
            editor, &FieldEditor::edited, this, [this, editor, field] { stageFieldEdited(editor, field); });
        layout->addWidget(editor);
    }
}

void ConfigForm::fieldEdited(const FieldEditor* editor, const ConfigField& field) {
    m_config[toQ(field.key)] = editor->value();
    Q_EMIT edited(m_config, tr("Change %1").arg(toQ(field.label)));
}

void ConfigForm::stageFieldEdited(const FieldEditor* editor, const ConfigField& field) {
    QJsonArray stages = m_config[kStages].toArray();
    if (stage() < 0 || stage() >= stages.size()) return;
    QJsonObject changed = stages[stage()].toObject();
    changed[toQ(field.key)] = editor->value();
    stages[stage()] = changed;
    m_config[kStages] = stages;
    showStages();
    Q_EMIT edited(m_config, tr("Change %1").arg(toQ(field.label)));
}

void ConfigForm::changeStages(const std::function<void(QJsonArray&, int)>& change,
                              int nextStage,
                              const QString& text) {
    QJsonArray stages = m_config[kStages].toArray();
    if (stage() < 0 || stage() >= stages.size()) return;
    change(stages, stage());
    m_config[kStages] = stages;
    showStages();
    setStage(nextStage);
    Q_EMIT edited(m_config, text);
    Q_EMIT editFinished();
}

void ConfigForm::setConfig(const QJsonObject& config) {
    m_config = config;
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field)
        if (config.contains(field.key())) field.value()->setValue(config[field.key()]);
    showStages();
}

int ConfigForm::stage() const {
    return m_tabs ? m_tabs->currentIndex() : -1;
}

void ConfigForm::setStage(int stage) {
    if (m_tabs) m_tabs->setCurrentIndex(stage);
}

void ConfigForm::showStages() {
    if (!m_tabs) return;
    const QJsonArray stages = m_config[kStages].toArray();
    {
        const QSignalBlocker quiet(m_tabs);
        while (m_tabs->count() > stages.size()) m_tabs->removeTab(m_tabs->count() - 1);
        while (m_tabs->count() < stages.size()) m_tabs->addTab({});
        for (int i = 0; i < stages.size(); ++i) {
            const QString preset = stages[i].toObject()["preset"_L1].toString();
            m_tabs->setTabText(
                i, preset.isEmpty() ? tr("Stage %1").arg(i + 1) : tr("Stage %1: %2").arg(i + 1).arg(preset));
        }
    }
    m_remove->setEnabled(stages.size() > 1);
    showStage();
}

void ConfigForm::showStage() {
    const QJsonObject shown = m_config[kStages].toArray().at(std::max(0, stage())).toObject();
    for (auto field = m_stageFields.cbegin(); field != m_stageFields.cend(); ++field)
        if (shown.contains(field.key())) field.value()->setValue(shown[field.key()]);
    showError();
}

void ConfigForm::setError(const Error* error) {
    static const QRegularExpression quoted(u"\"([^\"]+)\""_s);
    m_errorText = error ? toQ(error->message) : QString();
    m_errorField = error ? quoted.match(m_errorText).captured(1) : QString();
    FieldEditor* at = editor(m_errorField);
    if (at) m_errorText.replace(u"The training configuration's \"%1\""_s.arg(m_errorField), at->label());
    for (QWidget* up = at; up && up != this; up = up->parentWidget())
        if (auto* section = qobject_cast<InspectorSection*>(up)) section->setFolded(false);
    showError();
}

FieldEditor* ConfigForm::editor(const QString& name) const {
    QString rest;
    return stageOf(name, &rest) < 0 ? m_fields.value(name) : m_stageFields.value(rest);
}

void ConfigForm::showError() {
    QString rest;
    const int inStage = stageOf(m_errorField, &rest);
    FieldEditor* at = editor(m_errorField);
    for (FieldEditor* each : m_fields) each->setError(each == at ? m_errorText : QString());
    for (FieldEditor* each : m_stageFields)
        each->setError(each == at && inStage == stage() ? m_errorText : QString());
    for (int i = 0; m_tabs && i < m_tabs->count(); ++i)
        m_tabs->setTabIcon(i, i == inStage ? Theme::icon(u"error"_s) : QIcon());
    const bool elsewhere = !m_errorText.isEmpty() && (!at || (inStage >= 0 && inStage != stage()));
    m_problem->setText(elsewhere ? m_errorText : QString());
    m_problem->setVisible(elsewhere);
}

void ConfigForm::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    for (const auto* all : {&m_fields, &m_stageFields})
        for (FieldEditor* each : *all) each->setExplained(width() >= kWideEnoughForHelp);
}

}  // namespace vitrine
