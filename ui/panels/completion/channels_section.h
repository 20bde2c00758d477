// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "ui/panels/completion/completion_state.h"

class QLabel;

namespace vitrine {

class LabeledSlider;

/// The latent itself: the way between two samples, and its most active channels under sliders.
class ChannelsSection : public QWidget {
    Q_OBJECT
public:
    static constexpr int kNumSliders = 6;

    explicit ChannelsSection(CompletionStore& store, QWidget* parent = nullptr);

    /// KL of each channel, nats; empty: the network does not tell. Channels that are held come first.
    void setNats(const std::vector<double>& nats);

private:
    void buildLayout();
    void connectSignals();
    void showState();
    void showText();
    void setForced(int channel, double deviations);

    CompletionStore& m_store;
    LabeledSlider* m_way = nullptr;
    QLabel* m_text = nullptr;
    QList<LabeledSlider*> m_sliders;
    std::vector<double> m_nats;
    std::vector<int> m_channels;  ///< that the sliders stand for
};

}  // namespace vitrine
