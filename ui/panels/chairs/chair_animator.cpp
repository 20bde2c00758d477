// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_animator.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

ChairAnimator::ChairAnimator(ChairStateStore& store, QObject* parent) : QObject(parent), m_store(store) {
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(16);
    connect(&m_timer, &QTimer::timeout, this, &ChairAnimator::advance);
}

double ChairAnimator::startSeconds() const {
    const ChairPanelState& state = m_store.state();
    const double length = state.animateTo - state.animateFrom;
    if (length == 0) return 0;
    const double position = (parameterValue(state, state.animatedParameter) - state.animateFrom) / length;
    // At the far end a single run starts over.
    if (position >= 1 && state.timing.loop == AnimationLoop::Once) return 0;
    return animationTimeOf(state.timing, std::clamp(position, 0.0, 1.0));
}

void ChairAnimator::setPlaying(bool playing) {
    if (playing == isPlaying()) return;
    if (playing) {
        m_offset = startSeconds();
        m_clock.start();
        m_timer.start();
    } else {
        m_timer.stop();
        endAnimation(m_store);
    }
    Q_EMIT playingChanged(playing);
}

void ChairAnimator::advance() {
    const ChairPanelState state = m_store.state();
    const double seconds = m_offset + double(m_clock.elapsed()) / 1000;
    const double position = animationPosition(state.timing, seconds);
    setAnimated(m_store, state.animatedParameter, std::lerp(state.animateFrom, state.animateTo, position));
    if (animationEnded(state.timing, seconds)) setPlaying(false);
}

}  // namespace vitrine
