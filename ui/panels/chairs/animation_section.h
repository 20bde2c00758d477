// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QToolButton;

namespace vitrine {

class ChairStateStore;
class LabeledSlider;

/// Which value is animated, between what, and how.
class AnimationSection : public QWidget {
    Q_OBJECT
public:
    AnimationSection(ChairStateStore& store, QAction* play, QWidget* parent = nullptr);

private:
    void buildLayout(QAction* play);
    void connectSignals();
    void showState();
    void chooseParameter();
    void setEnd(bool from, double displayed);

    ChairStateStore& m_store;
    QToolButton* m_play = nullptr;
    QComboBox* m_parameter = nullptr;
    QDoubleSpinBox* m_from = nullptr;
    QDoubleSpinBox* m_to = nullptr;
    QComboBox* m_loop = nullptr;
    QComboBox* m_easing = nullptr;
    LabeledSlider* m_seconds = nullptr;
};

}  // namespace vitrine
