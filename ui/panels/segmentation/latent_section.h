// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "ui/panels/segmentation/segmentation_state.h"

class QLabel;
class QVBoxLayout;

namespace vitrine {

class LabeledSlider;

/// The latent itself: the way between two samples, and its most active channels under sliders.
class LatentSection : public QWidget {
    Q_OBJECT
public:
    static constexpr int kNumChannels = 5;  ///< sliders

    explicit LatentSection(SegmentationStore& store, QWidget* parent = nullptr);

    /// KL of each channel, nats; empty: the network does not tell.
    void setActivity(const std::vector<double>& nats);

Q_SIGNALS:
    /// A place on the way from the first pinned sample to the second, 0 to kWaySteps - 1.
    void wayMoved(int step);

private:
    void showState();
    void setForced(int channel, double deviations);

    SegmentationStore& m_store;
    QLabel* m_text = nullptr;
    LabeledSlider* m_way = nullptr;
    QVBoxLayout* m_rows = nullptr;
    std::vector<int> m_channels;  ///< that the sliders stand for, most active first
    QList<LabeledSlider*> m_sliders;
};

}  // namespace vitrine
