// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/latent_section.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMostDeviations = 4;
constexpr double kActiveNats = 0.1;  ///< a channel that says more than this counts as active

}  // namespace

LatentSection::LatentSection(SegmentationStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    m_way = new LabeledSlider(
        {.id = u"segmentation.way"_s,
         .label = tr("Way"),
         .tip = tr("From the first pinned sample to the second, through the latent; pin two "
                   "samples with P"),
         .minimum = 0,
         .maximum = kWaySteps - 1,
         .step = 1,
         .decimals = 0},
        this);
    m_text = new QLabel(this);
    m_text->setObjectName(u"segmentation.latent.text"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setProperty("role", u"caption"_s);
    m_text->setWordWrap(true);
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(measure::kGap / 2);
    m_rows->addWidget(m_way);
    m_rows->addWidget(m_text);
    for (int row = 0; row < kNumChannels; ++row) {
        auto* slider = new LabeledSlider({.id = u"segmentation.channel.%1"_s.arg(row),
                                          .label = tr("Channel"),
                                          .unit = u" σ"_s,
                                          .tip = tr("Holds this channel of the latent at so many standard "
                                                    "deviations from the prior's mean, everywhere"),
                                          .minimum = -kMostDeviations,
                                          .maximum = kMostDeviations,
                                          .step = 0.1,
                                          .decimals = 1},
                                         this);
        connect(slider, &LabeledSlider::valueChanged, this, [this, row](double value) {
            if (row < int(m_channels.size())) setForced(m_channels[std::size_t(row)], value);
        });
        connect(slider, &LabeledSlider::dragFinished, &m_store, &SegmentationStore::endGesture);
        m_rows->addWidget(slider);
        m_sliders << slider;
    }
    LabeledSlider::alignLabels(m_sliders + QList{m_way});
    connect(m_way, &LabeledSlider::valueChanged, this, [this](double value) { Q_EMIT wayMoved(int(value)); });
    connect(&m_store, &SegmentationStore::changed, this, &LatentSection::showState);
    setActivity({});
}

void LatentSection::setForced(int channel, double deviations) {
    m_store.change(u"forced"_s, tr("Hold a latent channel"), [channel, deviations](SegmentationState& state) {
        std::erase_if(state.forced, [channel](const ForcedChannel& each) { return each.channel == channel; });
        if (deviations != 0) state.forced.push_back({channel, deviations});
    });
}

void LatentSection::setActivity(const std::vector<double>& nats) {
    m_channels.resize(nats.size());
    std::iota(m_channels.begin(), m_channels.end(), 0);
    std::ranges::sort(
        m_channels, std::greater{}, [&nats](int channel) { return nats[std::size_t(channel)]; });
    const auto numActive =
        std::count_if(nats.begin(), nats.end(), [](double kl) { return kl > kActiveNats; });
    const double sum = std::accumulate(nats.begin(), nats.end(), 0.0);
    m_text->setText(
        nats.empty() ? tr("This network has no recognition network, which ranks the latent channels. Choose "
                          "CVAE or Hybrid.")
                     : tr("%1 of %2 channels are active; all say %3 nats about an answer.")
                           .arg(numActive)
                           .arg(nats.size())
                           .arg(sum, 0, 'f', 1));
    m_channels.resize(std::min<std::size_t>(m_channels.size(), kNumChannels));
    for (int row = 0; row < kNumChannels; ++row) {
        const bool used = row < int(m_channels.size());
        m_sliders[row]->setVisible(used);
        if (used) m_sliders[row]->setLabel(tr("Channel %1").arg(m_channels[std::size_t(row)]));
    }
    showState();
}

void LatentSection::showState() {
    const SegmentationState& state = m_store.state();
    m_way->setEnabled(state.pinned.size() >= 2);
    for (int row = 0; row < int(m_channels.size()); ++row) {
        double value = 0;
        for (const ForcedChannel& each : state.forced)
            if (each.channel == m_channels[std::size_t(row)]) value = each.deviations;
        m_sliders[row]->setValue(value);
    }
}

}  // namespace vitrine
