// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QString>
#include <utility>
#include <vector>

class QAction;
class QHBoxLayout;
class QPushButton;

namespace vitrine {

/// A combo box whose entries carry an enum's values as data.
QComboBox* makeChoice(const QString& id,
                      const QString& name,
                      const std::vector<std::pair<QString, int>>& entries,
                      QWidget* parent);
/// Selects the entry with this value. Emits nothing.
void showChoice(QComboBox* box, int value);
/// A caption and its control on one row of the inspector; the caption is the control's buddy.
QHBoxLayout* makeRow(const QString& caption, QWidget* control, QWidget* parent);

/// A button with the action's short text that does what the action does, and is enabled when it is.
QPushButton* makeActionButton(QAction* action, QWidget* parent);

}  // namespace vitrine
