// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

#include "ui/panels/chairs/chair_panel_state.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace vitrine {

/// Two lines that set one axis of a grid or a morph: which value, and from where to where in how many steps.
class AxisEditor : public QWidget {
    Q_OBJECT
public:
    using Field = AxisChoice ChairPanelState::*;
    AxisEditor(ChairStateStore& store,
               Field field,
               const QString& id,
               const QString& caption,
               QWidget* parent = nullptr);

private:
    void buildLayout(const QString& id, const QString& caption);
    void connectSignals();
    void showState();
    void edit(const std::function<void(AxisChoice&, const ParameterInfo&)>& change);

    ChairStateStore& m_store;
    Field m_field;
    QComboBox* m_parameter = nullptr;
    QDoubleSpinBox* m_from = nullptr;
    QDoubleSpinBox* m_to = nullptr;
    QSpinBox* m_count = nullptr;
};

}  // namespace vitrine
