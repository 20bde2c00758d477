// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/controls.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {
constexpr int kCaptionWidth = 84;
constexpr int kFewestCharacters = 8;  // of a choice that gets less room than it wants
}  // namespace

QComboBox* makeChoice(const QString& id,
                      const QString& name,
                      const std::vector<std::pair<QString, int>>& entries,
                      QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setObjectName(id);
    box->setAccessibleName(name);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kFewestCharacters);
    for (const auto& [text, value] : entries) box->addItem(text, value);
    return box;
}

void showChoice(QComboBox* box, int value) {
    const QSignalBlocker blocker(box);
    box->setCurrentIndex(box->findData(value));
}

QHBoxLayout* makeRow(const QString& caption, QWidget* control, QWidget* parent) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap);
    auto* label = new QLabel(caption, parent);
    label->setFixedWidth(kCaptionWidth);
    label->setBuddy(control);
    row->addWidget(label);
    row->addWidget(control, 1);
    return row;
}

QPushButton* makeActionButton(QAction* action, QWidget* parent) {
    auto* button = new QPushButton(action->iconText(), parent);
    button->setObjectName(action->objectName() + QStringLiteral(".button"));
    button->setAccessibleName(action->iconText());
    button->setToolTip(action->toolTip());
    button->setEnabled(action->isEnabled());
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::enabledChanged, button, &QPushButton::setEnabled);
    return button;
}

}  // namespace vitrine
