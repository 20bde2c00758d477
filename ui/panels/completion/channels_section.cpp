// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/channels_section.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>
#include <numeric>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMostDeviations = 3;
constexpr double kActiveNats = 0.1;  ///< a channel that says more than this counts as active

std::vector<int> heldChannels(const CompletionState& state) {
    std::vector<int> channels;
    for (const ForcedChannel& each : state.forced) channels.push_back(each.channel);
    return channels;
}

std::vector<int> byActivity(const std::vector<double>& nats) {
    std::vector<int> channels(nats.size());
    std::iota(channels.begin(), channels.end(), 0);
    std::ranges::stable_sort(
        channels, std::greater{}, [&nats](int channel) { return nats[std::size_t(channel)]; });
    return channels;
}

}  // namespace

ChannelsSection::ChannelsSection(CompletionStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showText();
    showState();
}

void ChannelsSection::buildLayout() {
    m_way = new LabeledSlider(
        {.id = u"completion.way"_s,
         .label = tr("Way"),
         .tip = tr("From the first pinned sample to the second, through the latent; pin two samples with P"),
         .minimum = 0,
         .maximum = CompletionState::kWaySteps - 1,
         .step = 1,
         .decimals = 0},
        this);
    m_text = new QLabel(this);
    m_text->setObjectName(u"completion.latent.text"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setProperty("role", u"caption"_s);
    m_text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_way);
    column->addWidget(m_text);
    for (int row = 0; row < kNumSliders; ++row) {
        m_sliders << new LabeledSlider({.id = u"completion.channel.%1"_s.arg(row),
                                        .label = tr("Channel %1").arg(888),
                                        .unit = u" σ"_s,
                                        .tip = tr("Holds this channel of the latent at so many standard "
                                                  "deviations from the prior's mean, in all samples"),
                                        .minimum = -kMostDeviations,
                                        .maximum = kMostDeviations,
                                        .step = 0.1,
                                        .decimals = 1},
                                       this);
        m_sliders[row]->hide();
        column->addWidget(m_sliders[row]);
    }
    LabeledSlider::alignLabels(m_sliders + QList{m_way});
}

void ChannelsSection::connectSignals() {
    connect(&m_store, &CompletionStore::changed, this, &ChannelsSection::showState);
    connect(m_way, &LabeledSlider::valueChanged, this, [this](double value) {
        m_store.change(u"way"_s, tr("Go from sample to sample"), [value](CompletionState& state) {
            state.samples = CompletionSamples::Way;
            state.wayStep = int(value);
        });
    });
    for (int row = 0; row < kNumSliders; ++row)
        connect(m_sliders[row], &LabeledSlider::valueChanged, this, [this, row](double value) {
            if (row < int(m_channels.size())) setForced(m_channels[std::size_t(row)], value);
        });
    for (LabeledSlider* slider : m_sliders + QList{m_way})
        connect(slider, &LabeledSlider::dragFinished, &m_store, &CompletionStore::endGesture);
}

void ChannelsSection::setForced(int channel, double deviations) {
    m_store.change(u"forced"_s, tr("Hold a latent channel"), [channel, deviations](CompletionState& state) {
        std::erase_if(state.forced, [channel](const ForcedChannel& each) { return each.channel == channel; });
        if (deviations != 0) state.forced.push_back({channel, deviations});
    });
}

// While the same network looks at the same picture the sliders keep their places.
void ChannelsSection::setNats(const std::vector<double>& nats) {
    if (nats == m_nats && !nats.empty()) return;
    m_nats = nats;
    m_channels = heldChannels(m_store.state());
    const auto isHeld = [held = m_channels](int channel) {
        return std::ranges::find(held, channel) != held.end();
    };
    for (const int channel : byActivity(nats))
        if (!isHeld(channel)) m_channels.push_back(channel);
    m_channels.resize(std::min<std::size_t>(m_channels.size(), kNumSliders));
    for (int row = 0; row < kNumSliders; ++row) {
        const bool used = row < int(m_channels.size());
        m_sliders[row]->setVisible(used);
        if (used) m_sliders[row]->setLabel(tr("Channel %1").arg(m_channels[std::size_t(row)]));
    }
    showText();
    showState();
}

void ChannelsSection::showText() {
    const auto numActive = std::ranges::count_if(m_nats, [](double nats) { return nats > kActiveNats; });
    const double sum = std::accumulate(m_nats.begin(), m_nats.end(), 0.0);
    m_text->setText(m_nats.empty()
                        ? tr("Only a recognition network with a picture tells which channels of the latent "
                             "speak; the CVAE has one.")
                        : tr("%1 of %2 channels are active; all say %3 nats about the hidden pixels.")
                              .arg(numActive)
                              .arg(m_nats.size())
                              .arg(sum, 0, 'f', 1));
}

void ChannelsSection::showState() {
    const CompletionState& state = m_store.state();
    m_way->setEnabled(state.pinned.size() >= 2);
    m_way->setValue(state.wayStep);
    for (int row = 0; row < int(m_channels.size()); ++row) {
        const auto held =
            std::ranges::find(state.forced, m_channels[std::size_t(row)], &ForcedChannel::channel);
        m_sliders[row]->setValue(held == state.forced.end() ? 0 : held->deviations);
    }
}

}  // namespace vitrine
