// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/draws_section.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

DrawsSection::DrawsSection(CompletionStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void DrawsSection::buildLayout() {
    m_count = new LabeledSlider({.id = u"completion.numSamples"_s,
                                 .label = tr("Samples"),
                                 .tip = tr("How many answers are drawn"),
                                 .minimum = 1,
                                 .maximum = CompletionState::kMostSamples,
                                 .reset = 16,
                                 .step = 1,
                                 .decimals = 0},
                                this);
    m_spread = new LabeledSlider(
        {.id = u"completion.spread"_s,
         .label = tr("Spread"),
         .tip =
             tr("Times the prior's deviation: 1 is what the network says, less keeps to the likely answers"),
         .minimum = 0,
         .maximum = CompletionState::kMostSpread,
         .reset = 1},
        this);
    m_seed = new QSpinBox(this);
    m_seed->setObjectName(u"completion.seed"_s);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed draws the same answers; it stays until you draw again"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setKeyboardTracking(false);
    LabeledSlider::alignLabels({m_count, m_spread});

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_count);
    column->addWidget(m_spread);
    column->addLayout(makeRow(tr("Seed"), m_seed, this));
}

void DrawsSection::connectSignals() {
    connect(&m_store, &CompletionStore::changed, this, &DrawsSection::showState);
    bindControl(m_count,
                m_store,
                u"numSamples"_s,
                tr("Change the number of samples"),
                [](CompletionState& state, double count) { setNumSamples(state, int(count)); });
    bindControl(m_spread, m_store, u"spread"_s, tr("Change the spread"), &CompletionState::spread);
    bindControl(m_seed, m_store, u"seed"_s, tr("Change the seed"), &CompletionState::seed);
}

void DrawsSection::showState() {
    const CompletionState& state = m_store.state();
    m_count->setValue(state.numSamples);
    m_spread->setValue(state.spread);
    const QSignalBlocker quiet(m_seed);
    m_seed->setValue(int(state.seed));
}

}  // namespace vitrine
