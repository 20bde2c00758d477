// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sampling/latent_section.h"

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

constexpr double kActiveNats = 0.1;  ///< a channel that says more than this counts as active

/// Those that are held, then the others, the most active ones first.
std::vector<int> channelsInOrder(const std::vector<ForcedChannel>& held, const std::vector<double>& nats) {
    std::vector<int> others(nats.size());
    std::iota(others.begin(), others.end(), 0);
    std::ranges::stable_sort(
        others, std::greater{}, [&nats](int channel) { return nats[std::size_t(channel)]; });
    std::vector<int> channels;
    for (const ForcedChannel& each : held) {
        channels.push_back(each.channel);
        std::erase(others, each.channel);
    }
    channels.insert(channels.end(), others.begin(), others.end());
    return channels;
}

}  // namespace

LatentSection::LatentSection(SamplingStore store, LatentTexts texts, QWidget* parent)
    : QWidget(parent), m_store(std::move(store)), m_texts(std::move(texts)) {
    buildLayout();
    connectSignals();
    showActivity();
    showState();
}

void LatentSection::buildLayout() {
    m_path = new LabeledSlider(
        {.id = m_texts.panel + u".path"_s,
         .label = tr("Interpolate"),
         .tip = tr("In latent space, from the first pinned sample to the second; pin two samples with P"),
         .minimum = 0,
         .maximum = SamplingState::kPathSteps - 1,
         .step = 1,
         .decimals = 0},
        this);
    m_text = new QLabel(this);
    m_text->setObjectName(m_texts.panel + u".latent.text"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setProperty("role", u"caption"_s);
    m_text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_path);
    column->addWidget(m_text);
    for (int row = 0; row < kNumSliders; ++row) {
        m_sliders << makeChannel(row);
        column->addWidget(m_sliders.last());
    }
    LabeledSlider::alignLabels(m_sliders + QList{m_path});
}

LabeledSlider* LatentSection::makeChannel(int row) {
    auto* slider = new LabeledSlider({.id = m_texts.panel + u".channel.%1"_s.arg(row),
                                      .label = tr("Channel %1").arg(888),
                                      .unit = u" σ"_s,
                                      .tip = m_texts.tip,
                                      .minimum = -kMaxDeviations,
                                      .maximum = kMaxDeviations,
                                      .step = 0.1,
                                      .decimals = 1},
                                     this);
    slider->hide();
    connect(slider, &LabeledSlider::valueChanged, this, [this, row](double value) {
        if (row >= int(m_channels.size())) return;
        m_store.change(u"forced"_s,
                       tr("Fix a latent channel"),
                       [channel = m_channels[std::size_t(row)], value](SamplingState& state) {
                           holdChannel(state, channel, value);
                       });
    });
    return slider;
}

void LatentSection::connectSignals() {
    connect(m_store.signalSource, &StateStoreBase::changed, this, &LatentSection::showState);
    connect(
        m_path, &LabeledSlider::valueChanged, this, [this](double value) { Q_EMIT pathMoved(int(value)); });
    for (const LabeledSlider* slider : m_sliders + QList{m_path})
        connect(slider, &LabeledSlider::dragFinished, m_store.signalSource, &StateStoreBase::endGesture);
}

// While the same network looks at the same picture the sliders keep their places.
void LatentSection::setActivity(const std::vector<double>& nats) {
    if (nats == m_nats && !nats.empty()) return;
    m_nats = nats;
    m_channels = channelsInOrder(m_store.state().forced, nats);
    m_channels.resize(std::min<std::size_t>(m_channels.size(), kNumSliders));
    for (int row = 0; row < kNumSliders; ++row) {
        const bool isUsed = row < int(m_channels.size());
        m_sliders[row]->setVisible(isUsed);
        if (isUsed) m_sliders[row]->setLabel(tr("Channel %1").arg(m_channels[std::size_t(row)]));
    }
    showActivity();
    showState();
}

void LatentSection::showActivity() {
    const auto numActive = std::ranges::count_if(m_nats, [](double nats) { return nats > kActiveNats; });
    const double sum = std::accumulate(m_nats.begin(), m_nats.end(), 0.0);
    m_text->setText(m_nats.empty() ? m_texts.unknown
                                   : m_texts.activity.arg(numActive).arg(m_nats.size()).arg(sum, 0, 'f', 1));
}

void LatentSection::showState() {
    const SamplingState& state = m_store.state();
    m_path->setEnabled(pathEnds(state).has_value());
    m_path->setValue(state.pathStep);
    for (int row = 0; row < int(m_channels.size()); ++row) {
        const auto held =
            std::ranges::find(state.forced, m_channels[std::size_t(row)], &ForcedChannel::channel);
        m_sliders[row]->setValue(held == state.forced.end() ? 0 : held->deviations);
    }
}

}  // namespace vitrine
