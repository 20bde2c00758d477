// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/field_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/panels/training/number_box.h"
#include "ui/panels/training/texts.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLabelWidth = 152;
constexpr int kControlWidth = 168;
constexpr double kLargestWhole = 9007199254740992.0;  // 2^53: above it a double skips numbers

QString boundText(double bound, bool whole) {
    return whole && std::abs(bound) < kLargestWhole ? groupedNumber(qint64(bound))
                                                    : QString::number(bound, 'g', 6);
}

}  // namespace

FieldEditor::FieldEditor(const ConfigField& field,
                         const QString& id,
                         std::function<QString()> browse,
                         QWidget* parent)
    : QWidget(parent), m_field(field) {
    setObjectName(id + ".row"_L1);
    m_control = makeControl(id, std::move(browse));
    m_control->setToolTip(tip());
    buildLayout();
    setError({});
}

QString FieldEditor::tip() const {
    QStringList lines{toQ(m_field.help)};
    if (!rangeText().isEmpty()) lines << rangeText();
    return lines.join(u'\n');
}

QString FieldEditor::rangeText() const {
    const bool whole = m_field.kind == FieldKind::Integer;
    if ((!whole && m_field.kind != FieldKind::Number) || m_field.maximum <= m_field.minimum) return {};
    const QString unit = m_field.unit.empty() ? QString() : u' ' + toQ(m_field.unit);
    if (m_field.maximum >= kLargestWhole)
        return tr("At least %1%2").arg(boundText(m_field.minimum, whole), unit);
    return tr("%1 to %2%3").arg(boundText(m_field.minimum, whole), boundText(m_field.maximum, whole), unit);
}

void FieldEditor::buildLayout() {
    auto* label = new QLabel(toQ(m_field.label), this);
    label->setFixedWidth(kLabelWidth);
    label->setToolTip(tip());
    label->setBuddy(m_control);
    m_help = new QLabel(this);
    m_help->setProperty("role", u"caption"_s);
    m_help->setFont(Theme::font(TextRole::Caption));
    m_help->setWordWrap(true);
    QString help = toQ(m_field.help);
    if (!rangeText().isEmpty()) help += help.isEmpty() ? rangeText() : tr(" (%1)").arg(rangeText());
    m_help->setText(help);
    m_help->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_error = new QLabel(this);
    m_error->setObjectName(m_control->objectName() + ".error"_L1);
    m_error->setProperty("role", u"error"_s);
    m_error->setFont(Theme::font(TextRole::Caption));
    m_error->setWordWrap(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::kGap);
    grid->setVerticalSpacing(2);
    grid->addWidget(label, 0, 0, Qt::AlignVCenter);
    const bool isPath = m_field.kind == FieldKind::Path;
    m_control->setMinimumWidth(kControlWidth);
    if (!isPath) m_control->setFixedWidth(kControlWidth);
    grid->addWidget(m_control, 0, 1);
    grid->addWidget(m_help, isPath ? 1 : 0, isPath ? 1 : 2, isPath ? 1 : 1, isPath ? 2 : 1);
    grid->addWidget(m_error, 2, 1, 1, 2);
    if (isPath)
        grid->setColumnStretch(1, 1);
    else
        grid->setColumnStretch(2, 1);
}

QWidget* FieldEditor::makeControl(const QString& id, std::function<QString()> browse) {
    switch (m_field.kind) {
        case FieldKind::Number:
            return makeNumber(id, false);
        case FieldKind::Integer:
            return makeNumber(id, true);
        case FieldKind::Flag:
            return makeFlag(id);
        case FieldKind::Choice:
            return makeChoice(id);
        case FieldKind::Path:
            return makePath(id, std::move(browse));
        case FieldKind::Text:
            break;
    }
    return makeText(id);
}

QWidget* FieldEditor::makeNumber(const QString& id, bool whole) {
    auto* box = new NumberBox(whole, this);
    box->setObjectName(id);
    box->setAccessibleName(toQ(m_field.label));
    box->setAccessibleDescription(tip());
    const bool bounded = m_field.maximum > m_field.minimum;
    box->setRange(bounded ? m_field.minimum : -kLargestWhole,
                  bounded ? std::min(m_field.maximum, kLargestWhole) : kLargestWhole);
    if (!m_field.unit.empty()) box->setSuffix(u' ' + toQ(m_field.unit));
    m_value = [box, whole]() -> QJsonValue {
        return whole ? QJsonValue(qint64(box->value())) : QJsonValue(box->value());
    };
    m_show = [box](const QJsonValue& value) {
        const QSignalBlocker quiet(box);
        box->setValue(value.toDouble());
    };
    connect(box, &QDoubleSpinBox::valueChanged, this, &FieldEditor::edited);
    connect(box, &QDoubleSpinBox::editingFinished, this, &FieldEditor::editFinished);
    return box;
}

QWidget* FieldEditor::makeFlag(const QString& id) {
    auto* box = new QCheckBox(this);
    box->setObjectName(id);
    box->setAccessibleName(toQ(m_field.label));
    m_value = [box] { return QJsonValue(box->isChecked()); };
    m_show = [box](const QJsonValue& value) {
        const QSignalBlocker quiet(box);
        box->setChecked(value.toBool());
    };
    connect(box, &QCheckBox::toggled, this, [this] {
        Q_EMIT edited();
        Q_EMIT editFinished();
    });
    return box;
}

QWidget* FieldEditor::makeChoice(const QString& id) {
    auto* box = new QComboBox(this);
    box->setObjectName(id);
    box->setAccessibleName(toQ(m_field.label));
    box->setFocusPolicy(Qt::StrongFocus);
    for (const std::string& choice : m_field.choices) box->addItem(toQ(choice));
    m_value = [box] { return QJsonValue(box->currentText()); };
    m_show = [box](const QJsonValue& value) {
        const QSignalBlocker quiet(box);
        if (box->findText(value.toString()) < 0)
            box->addItem(value.toString());  // shown as it is, with its error
        box->setCurrentText(value.toString());
    };
    connect(box, &QComboBox::currentTextChanged, this, [this] {
        Q_EMIT edited();
        Q_EMIT editFinished();
    });
    return box;
}

QWidget* FieldEditor::makeText(const QString& id) {
    auto* line = new QLineEdit(this);
    line->setObjectName(id);
    line->setAccessibleName(toQ(m_field.label));
    m_value = [line] { return QJsonValue(line->text()); };
    m_show = [line](const QJsonValue& value) {
        if (line->text() != value.toString()) line->setText(value.toString());
    };
    connect(line, &QLineEdit::textEdited, this, &FieldEditor::edited);
    connect(line, &QLineEdit::editingFinished, this, &FieldEditor::editFinished);
    return line;
}

QWidget* FieldEditor::makePath(const QString& id, std::function<QString()> browse) {
    auto* both = new QWidget(this);
    both->setObjectName(id + ".path"_L1);
    auto* line = qobject_cast<QLineEdit*>(makeText(id));
    line->setPlaceholderText(tr("Default"));
    auto* button = new QToolButton(both);
    button->setObjectName(id + ".browse"_L1);
    button->setAccessibleName(tr("Choose a file for %1").arg(toQ(m_field.label)));
    button->setToolTip(tr("Choose a file"));
    button->setIcon(Theme::icon(u"open"_s));
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, line, browse = std::move(browse)] {
        const QString path = browse ? browse() : QString();
        if (path.isEmpty()) return;
        line->setText(path);
        Q_EMIT edited();
        Q_EMIT editFinished();
    });
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap / 2);
    row->addWidget(line, 1);
    row->addWidget(button);
    both->setFocusProxy(line);
    return both;
}

void FieldEditor::setValue(const QJsonValue& value) {
    m_show(value);
}

void FieldEditor::setError(const QString& text) {
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

QString FieldEditor::error() const {
    return m_error->text();
}

void FieldEditor::setExplained(bool explained) {
    m_help->setVisible(explained);
}

}  // namespace vitrine
