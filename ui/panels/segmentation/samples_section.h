// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/segmentation/segmentation_state.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace vitrine {

class LabeledSlider;
struct SegmenterInfo;

/// Which network answers, how often, and how its answers are shown.
class SamplesSection : public QWidget {
    Q_OBJECT
public:
    explicit SamplesSection(SegmentationStore& store, QWidget* parent = nullptr);

    /// Variants in the box.
    void setModels(const QStringList& variants);
    /// Only for a network that draws samples is there something to choose about them.
    void setNetwork(const SegmenterInfo& network);

Q_SIGNALS:
    void modelFileAsked();

private:
    void buildLayout();
    void connectSignals();
    void showState();

    SegmentationStore& m_store;
    QComboBox* m_model = nullptr;
    QWidget* m_drawing = nullptr;  ///< what says how samples are drawn
    QLabel* m_hint = nullptr;      ///< instead of it
    LabeledSlider* m_count = nullptr;
    LabeledSlider* m_spread = nullptr;
    LabeledSlider* m_parts = nullptr;
    LabeledSlider* m_steps = nullptr;
    QSpinBox* m_seed = nullptr;
    QComboBox* m_order = nullptr;
    LabeledSlider* m_opacity = nullptr;
};

}  // namespace vitrine
