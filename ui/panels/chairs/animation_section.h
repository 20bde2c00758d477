// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/chairs/chair_panel_state.h"

class QComboBox;
class QDoubleSpinBox;

namespace vitrine {

class LabeledSlider;

/// Which value is animated, between what, and how.
class AnimationSection : public QWidget {
    Q_OBJECT
public:
    AnimationSection(ChairStateStore& store, QWidget* parent = nullptr);

private:
    void buildLayout();
    void connectSignals();
    void showState();
    void chooseParameter();
    void setEnd(bool from, double displayed);

    ChairStateStore& m_store;
    QComboBox* m_parameter = nullptr;
    QDoubleSpinBox* m_from = nullptr;
    QDoubleSpinBox* m_to = nullptr;
    QComboBox* m_loop = nullptr;
    QComboBox* m_easing = nullptr;
    LabeledSlider* m_seconds = nullptr;
};

}  // namespace vitrine
