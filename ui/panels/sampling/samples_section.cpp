// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sampling/samples_section.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <limits>

#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/number_field.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

SamplesSection::SamplesSection(SamplingStore store, const SamplesTexts& texts, QWidget* parent)
    : QWidget(parent), m_store(std::move(store)) {
    buildLayout(texts);
    connectSignals(texts.changeTemperature);
    showState();
}

void SamplesSection::buildLayout(const SamplesTexts& texts) {
    m_count = new LabeledSlider({.id = texts.panel + u".numSamples"_s,
                                 .label = tr("Samples"),
                                 .tip = tr("Number of samples to draw"),
                                 .minimum = 1,
                                 .maximum = SamplingState::kMaxSamples,
                                 .reset = 16,
                                 .step = 1,
                                 .decimals = 0},
                                this);
    m_temperature = new LabeledSlider({.id = texts.panel + u".temperature"_s,
                                       .label = texts.temperature,
                                       .tip = texts.temperatureTip,
                                       .minimum = 0,
                                       .maximum = SamplingState::kMaxTemperature,
                                       .reset = 1},
                                      this);
    m_seed = new WholeField(this);
    m_seed->setObjectName(texts.panel + u".seed"_s);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(texts.seedTip);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAlignment(Qt::AlignRight);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(measure::kGap / 2);
    addSliders({m_count, m_temperature});
    addRow(makeRow(tr("Seed"), m_seed, this));
}

void SamplesSection::connectSignals(const QString& changeTemperature) {
    connect(m_store.signalSource, &StateStoreBase::changed, this, &SamplesSection::showState);
    for (const LabeledSlider* slider : {m_count, m_temperature})
        connect(slider, &LabeledSlider::dragFinished, m_store.signalSource, &StateStoreBase::endGesture);
    connect(m_count, &LabeledSlider::valueChanged, this, [this](double count) {
        m_store.change(u"numSamples"_s, tr("Change the number of samples"), [count](SamplingState& state) {
            setNumSamples(state, int(count));
        });
    });
    connect(m_temperature, &LabeledSlider::valueChanged, this, [this, changeTemperature](double temperature) {
        m_store.change(u"temperature"_s, changeTemperature, [temperature](SamplingState& state) {
            state.temperature = temperature;
        });
    });
    connect(m_seed, &QSpinBox::valueChanged, this, [this](int seed) {
        m_store.changeOnce(
            u"seed"_s, tr("Change the seed"), [seed](SamplingState& state) { state.seed = quint64(seed); });
    });
}

void SamplesSection::addSliders(const QList<LabeledSlider*>& sliders) {
    for (LabeledSlider* slider : sliders) {
        m_column->insertWidget(int(m_sliders.size()), slider);
        m_sliders << slider;
    }
    LabeledSlider::alignLabels(m_sliders);
}

void SamplesSection::addRow(QLayout* row) {
    m_column->addLayout(row);
}

void SamplesSection::showState() {
    const SamplingState& state = m_store.state();
    m_count->setValue(state.numSamples);
    m_temperature->setValue(state.temperature);
    const QSignalBlocker quiet(m_seed);
    m_seed->setValue(int(state.seed));
}

}  // namespace vitrine
