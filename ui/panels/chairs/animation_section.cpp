// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/animation_section.h"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/panel_kit/bindings.h"
#include "ui/panels/chairs/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

SliderSpec secondsSpec() {
    SliderSpec spec;
    spec.id = u"chairs.seconds"_s;
    spec.label = AnimationSection::tr("Duration");
    spec.unit = u" s"_s;
    spec.tip = AnimationSection::tr("Time from one end to the other.");
    spec.minimum = 0.5;
    spec.maximum = 20;
    spec.reset = AnimationTiming{}.secondsPerPass;
    spec.step = 0.5;
    spec.decimals = 1;
    return spec;
}

}  // namespace

AnimationSection::AnimationSection(ChairStateStore& store, QWidget* parent)
    : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void AnimationSection::buildLayout() {
    m_parameter = makeParameterChoice(u"chairs.animated"_s, tr("Animated value"), this);
    m_from = makeNumber(u"chairs.animateFrom"_s, tr("From"), this);
    m_to = makeNumber(u"chairs.animateTo"_s, tr("To"), this);
    m_loop = makeChoice(u"chairs.loop"_s,
                        tr("Repeat"),
                        {{tr("Back and forth"), int(AnimationLoop::PingPong)},
                         {tr("Loop"), int(AnimationLoop::Loop)},
                         {tr("Once"), int(AnimationLoop::Once)}},
                        this);
    m_easing = makeChoice(u"chairs.easing"_s,
                          tr("Easing"),
                          {{tr("Smooth"), int(AnimationEasing::Smooth)},
                           {tr("Linear"), int(AnimationEasing::Linear)},
                           {tr("Slow start"), int(AnimationEasing::SlowStart)},
                           {tr("Slow end"), int(AnimationEasing::SlowEnd)}},
                          this);
    m_seconds = new LabeledSlider(secondsSpec(), this);

    auto* ends = new QHBoxLayout;
    ends->setSpacing(measure::kGap);
    ends->addWidget(new QLabel(tr("from"), this));
    ends->addWidget(m_from);
    ends->addWidget(new QLabel(tr("to"), this));
    ends->addWidget(m_to);
    ends->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kGap);
    layout->addLayout(makeRow(tr("Value"), m_parameter, this));
    layout->addLayout(ends);
    layout->addLayout(makeRow(tr("Repeat"), m_loop, this));
    layout->addLayout(makeRow(tr("Easing"), m_easing, this));
    layout->addWidget(m_seconds);
}

void AnimationSection::connectSignals() {
    connect(&m_store, &ChairStateStore::settingsChanged, this, &AnimationSection::showState);
    connect(m_parameter, &QComboBox::currentIndexChanged, this, &AnimationSection::chooseParameter);
    connect(m_from, &QDoubleSpinBox::valueChanged, this, [this](double value) { setEnd(true, value); });
    connect(m_to, &QDoubleSpinBox::valueChanged, this, [this](double value) { setEnd(false, value); });
    bindControl(
        m_loop, m_store, u"loop"_s, tr("Change the repeat mode"), [](ChairPanelState& state, int loop) {
            state.timing.loop = AnimationLoop(loop);
        });
    bindControl(
        m_easing, m_store, u"easing"_s, tr("Change the easing"), [](ChairPanelState& state, int easing) {
            state.timing.easing = AnimationEasing(easing);
        });
    bindControl(m_seconds,
                m_store,
                u"seconds"_s,
                tr("Change the duration"),
                [](ChairPanelState& state, double seconds) { state.timing.secondsPerPass = seconds; });
}

void AnimationSection::chooseParameter() {
    const std::string key = chosenParameter(m_parameter);
    if (key.empty()) return;
    endAnimation(m_store);
    m_store.changeOnce(u"animated"_s, tr("Animate another value"), [&key](ChairPanelState& state) {
        const ParameterInfo info = parameterInfo(state, key);
        state.animatedParameter = key;
        state.animateFrom = info.minimum;
        state.animateTo = info.maximum;
    });
}

void AnimationSection::setEnd(bool from, double displayed) {
    m_store.changeOnce(
        u"animationEnds"_s, tr("Change the animation range"), [from, displayed](ChairPanelState& state) {
            const double value = parameterInfo(state, state.animatedParameter).fromDisplay(displayed);
            (from ? state.animateFrom : state.animateTo) = value;
        });
}

void AnimationSection::showState() {
    const ChairPanelState& state = m_store.state();
    const ParameterInfo info = parameterInfo(state, state.animatedParameter);
    showParameters(m_parameter, parametersOf(state), state.animatedParameter);
    showParameterValue(m_from, info, state.animateFrom);
    showParameterValue(m_to, info, state.animateTo);
    showChoice(m_loop, int(state.timing.loop));
    showChoice(m_easing, int(state.timing.easing));
    m_seconds->setValue(state.timing.secondsPerPass);
}

}  // namespace vitrine
