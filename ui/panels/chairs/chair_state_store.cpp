// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_state_store.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

bool sameSettings(ChairPanelState a, const ChairPanelState& b) {
    a.u = b.u;
    a.v = b.v;
    a.view = b.view;
    a.theta = b.theta;
    a.units = b.units;
    return a == b;
}

}  // namespace

void ChairStateStore::setAnimated(const std::string& parameter, double value) {
    m_animated = Animated{parameter, value};
    stateChanged();
}

void ChairStateStore::endAnimation() {
    if (!m_animated) return;
    const Animated reached = *m_animated;
    m_animated.reset();
    changeOnce(u"animation"_s, tr("Animate"), [&reached](ChairPanelState& state) {
        setParameter(state, reached.parameter, reached.value);
    });
    stateChanged();
}

void ChairStateStore::stateChanged() {
    const ChairPanelState before = m_shown;
    m_shown = settledState();
    if (m_animated) setParameter(m_shown, m_animated->parameter, m_animated->value);
    if (!sameSettings(before, m_shown)) Q_EMIT settingsChanged();
    Q_EMIT changed();
}

}  // namespace vitrine
