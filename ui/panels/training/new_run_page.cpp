// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/new_run_page.h"

#include <QComboBox>
#include <QGridLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/panels/training/config_form.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFieldLabelWidth = 152;
constexpr int kChoiceWidth = 240;

QComboBox* makeCombo(const QString& id, const QString& name, QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setFixedWidth(kChoiceWidth);
    return box;
}

}  // namespace

NewRunPage::NewRunPage(std::vector<TrainingKindInfo> recipes, AskForFile askForFile, QWidget* parent)
    : QWidget(parent), m_recipes(std::move(recipes)), m_askForFile(std::move(askForFile)) {
    buildLayout();
    connectSignals();
}

void NewRunPage::buildLayout() {
    m_stack = new QStackedWidget(this);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(u"training.form.scroll"_s);
    m_scroll->setAccessibleName(tr("Settings of the new run"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_stack);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    m_notice = new StateNotice(u"training.new.noData"_s, true, this);
    m_notice->hide();
    connect(m_notice, &StateNotice::buttonPressed, this, &NewRunPage::dataWanted);
    column->addWidget(m_notice);
    column->addWidget(buildTop());
    column->addWidget(m_scroll, 1);
}

QWidget* NewRunPage::buildTop() {
    auto* top = new QWidget(this);
    m_recipe = makeCombo(u"training.new.recipe"_s, tr("What to train"), top);
    for (const TrainingKindInfo& recipe : m_recipes) m_recipe->addItem(toQ(recipe.title), toQ(recipe.id));
    m_template = makeCombo(u"training.new.template"_s, tr("Preset"), top);
    m_name = new QLineEdit(top);
    m_name->setObjectName(u"training.new.name"_s);
    m_name->setAccessibleName(tr("Name of the run"));
    m_name->setFixedWidth(kChoiceWidth);
    m_summary = new QLabel(top);
    m_nameError = new QLabel(top);
    m_nameError->setObjectName(u"training.new.name.error"_s);
    m_nameError->setProperty("role", u"error"_s);
    for (QLabel* label : {m_summary, m_nameError}) {
        label->setFont(Theme::font(TextRole::Caption));
        label->setWordWrap(true);
    }
    m_summary->setProperty("role", u"caption"_s);

    auto* grid = new QGridLayout(top);
    grid->setContentsMargins(measure::kGap, 0, measure::kGap, 0);
    grid->setHorizontalSpacing(measure::kGap);
    grid->setVerticalSpacing(measure::kGap);
    const auto addRow = [&](int row, const QString& text, QWidget* control, QWidget* beside) {
        auto* label = new QLabel(text, top);
        label->setBuddy(control);
        label->setFixedWidth(kFieldLabelWidth);
        grid->addWidget(label, row, 0);
        grid->addWidget(control, row, 1);
        if (beside) grid->addWidget(beside, row, 2);
        label->setVisible(!control->isHidden());
    };
    m_recipe->setVisible(m_recipes.size() > 1);  // one kind is no choice
    addRow(0, tr("Train"), m_recipe, nullptr);
    addRow(1, tr("Preset"), m_template, m_summary);
    addRow(2, tr("Name"), m_name, m_nameError);
    grid->setColumnStretch(2, 1);
    return top;
}

void NewRunPage::connectSignals() {
    connect(m_recipe, &QComboBox::activated, this, [this] {
        Q_EMIT edited(proposal(m_recipe->currentData().toString(), {}), tr("Choose what to train"));
        Q_EMIT editFinished();
    });
    connect(m_template, &QComboBox::activated, this, &NewRunPage::chooseTemplate);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& name) {
        RunDraft changed = m_draft;
        changed.name = name;
        Q_EMIT edited(changed, tr("Name the run"));
    });
    connect(m_name, &QLineEdit::editingFinished, this, &NewRunPage::editFinished);
}

void NewRunPage::chooseTemplate() {
    Q_EMIT edited(proposal(m_draft.recipe, m_template->currentData().toString()), tr("Choose a preset"));
    Q_EMIT editFinished();
}

const TrainingKindInfo* NewRunPage::recipe(const QString& id) const {
    for (const TrainingKindInfo& each : m_recipes)
        if (toQ(each.id) == id) return &each;
    return m_recipes.empty() ? nullptr : &m_recipes.front();
}

RunDraft NewRunPage::proposal(const QString& recipeId, const QString& templateId) const {
    const TrainingKindInfo* chosen = recipe(recipeId);
    RunDraft draft;
    if (!chosen) return draft;
    draft.recipe = toQ(chosen->id);
    for (const ConfigTemplate& each : chosen->templates) {
        if (!templateId.isEmpty() && toQ(each.id) != templateId) continue;
        draft.templateId = toQ(each.id);
        draft.config = QJsonDocument::fromJson(QByteArray::fromStdString(each.json)).object();
        break;
    }
    return draft;
}

ConfigForm* NewRunPage::formOf(const QString& recipeId) {
    const TrainingKindInfo* chosen = recipe(recipeId);
    if (!chosen) return nullptr;
    ConfigForm*& form = m_forms[toQ(chosen->id)];
    if (form) return form;
    form = new ConfigForm(*chosen, m_askForFile, m_stack);
    m_stack->addWidget(form);
    connect(form, &ConfigForm::edited, this, [this](const QJsonObject& config, const QString& text) {
        RunDraft changed = m_draft;
        changed.config = config;
        Q_EMIT edited(changed, text);
    });
    connect(form, &ConfigForm::editFinished, this, &NewRunPage::editFinished);
    return form;
}

ConfigForm* NewRunPage::form() const {
    return qobject_cast<ConfigForm*>(m_stack->currentWidget());
}

void NewRunPage::setDraft(const RunDraft& draft) {
    m_draft = draft;
    const TrainingKindInfo* chosen = recipe(draft.recipe);
    if (!chosen) return;
    m_recipe->setCurrentIndex(m_recipe->findData(toQ(chosen->id)));
    m_template->clear();
    for (const ConfigTemplate& each : chosen->templates) {
        m_template->addItem(toQ(each.title), toQ(each.id));
        m_template->setItemData(m_template->count() - 1, toQ(each.summary), Qt::ToolTipRole);
        if (toQ(each.id) != draft.templateId) continue;
        m_template->setCurrentIndex(m_template->count() - 1);
        m_summary->setText(toQ(each.summary));
    }
    if (m_name->text() != draft.name) m_name->setText(draft.name);
    ConfigForm* form = formOf(toQ(chosen->id));
    m_stack->setCurrentWidget(form);
    if (form->config() != draft.config) form->setConfig(draft.config);
}

void NewRunPage::setDataMissing(bool missing) {
    m_dataMissing = missing;
    if (missing)
        m_notice->show(StateNotice::Kind::Warning,
                       u"warning"_s,
                       tr("Chair generators train on rendered chairs, and none are rendered yet. Rendering "
                          "takes a few minutes; quadrant networks train without it."),
                       tr("Render the data set"));
    else
        m_notice->hide();
}

void NewRunPage::setProblems(const Error* config, const QString& name) {
    if (ConfigForm* shown = form()) shown->setError(config);
    m_nameError->setText(name);
}

}  // namespace vitrine
