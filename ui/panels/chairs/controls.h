// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QString>
#include <string>
#include <vector>

#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/shell/controls.h"

namespace vitrine {

/// A combo box of the values that axes and animations can run through.
QComboBox* makeParameterChoice(const QString& id, const QString& name, QWidget* parent);
/// Refills it for a state and selects `key`. Emits nothing.
void showParameters(QComboBox* box, const std::vector<ParameterInfo>& infos, const std::string& key);
std::string chosenParameter(const QComboBox* box);
/// A number field in the units that `info` is displayed in. Emits nothing.
void showParameterValue(QDoubleSpinBox* box, const ParameterInfo& info, double value);
QDoubleSpinBox* makeNumber(const QString& id, const QString& name, QWidget* parent);

}  // namespace vitrine
