// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "ui/panels/sampling/sampling_store.h"

class QLabel;

namespace vitrine {

class LabeledSlider;

struct LatentTexts {
    QString panel;     ///< begins the names of the controls
    QString tip;       ///< of a channel's slider
    QString activity;  ///< %1 of %2 channels are active, all say %3 nats
    QString unknown;   ///< instead of it where the network does not tell
};

/// The latent itself: the path between two samples, and its most active channels under sliders.
class LatentSection : public QWidget {
    Q_OBJECT
public:
    static constexpr int kNumSliders = 6;
    static constexpr double kMaxDeviations = 4;

    LatentSection(SamplingStore store, LatentTexts texts, QWidget* parent = nullptr);

    /// KL of each channel, nats; empty: the network does not tell. Channels that are held come first.
    void setActivity(const std::vector<double>& nats);

Q_SIGNALS:
    /// A place on the path from the first pinned sample to the second, from 0.
    void pathMoved(int step);

private:
    void buildLayout();
    LabeledSlider* makeChannel(int row);
    void connectSignals();
    void showState();
    void showActivity();

    const SamplingStore m_store;
    const LatentTexts m_texts;
    LabeledSlider* m_path = nullptr;
    QLabel* m_text = nullptr;
    QList<LabeledSlider*> m_sliders;
    std::vector<double> m_nats;
    std::vector<int> m_channels;  ///< that the sliders stand for
};

}  // namespace vitrine
