// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/segmentation/segmentation_state.h"

class QComboBox;
class QLabel;

namespace vitrine {

class LabeledSlider;
class SamplesSection;
struct SegmenterInfo;

/// Which network answers, how often, and how its answers are shown.
class SegmentationSamplesSection : public QWidget {
    Q_OBJECT
public:
    explicit SegmentationSamplesSection(SegmentationStore& store, QWidget* parent = nullptr);

    /// Bundled variants.
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
    SamplesSection* m_drawing = nullptr;
    QLabel* m_hint = nullptr;  ///< instead of it
    LabeledSlider* m_samplingSteps = nullptr;
    LabeledSlider* m_steps = nullptr;
    QComboBox* m_order = nullptr;
    LabeledSlider* m_opacity = nullptr;
};

}  // namespace vitrine
