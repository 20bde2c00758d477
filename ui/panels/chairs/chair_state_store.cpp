// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_state_store.h"

#include <QPointer>

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

bool sameSettings(ChairPanelState a, const ChairPanelState& b) {
    a.u = b.u;
    a.v = b.v;
    a.view = b.view;
    a.theta = b.theta;
    return a == b;
}

}  // namespace

ChairStateStore::ChairStateStore(UndoHistory& undo, QObject* parent) : QObject(parent), m_undo(undo) {}

void ChairStateStore::change(const QString& key,
                             const QString& text,
                             const std::function<void(ChairPanelState&)>& edit) {
    ChairPanelState after = m_state;
    edit(after);
    // The stack may outlive the panel.
    m_undo.set(
        u"chairs."_s + key, text, m_state, after, [store = QPointer(this)](const ChairPanelState& state) {
            if (store) store->apply(state);
        });
}

void ChairStateStore::changeOnce(const QString& key,
                                 const QString& text,
                                 const std::function<void(ChairPanelState&)>& edit) {
    m_undo.endGesture();
    change(key, text, edit);
    m_undo.endGesture();
}

void ChairStateStore::endGesture() {
    m_undo.endGesture();
}

void ChairStateStore::reset(const ChairPanelState& state) {
    apply(state);
}

void ChairStateStore::apply(const ChairPanelState& state) {
    m_state = state;
    show();
}

void ChairStateStore::setAnimated(const std::string& parameter, double value) {
    m_animated = Animated{parameter, value};
    show();
}

void ChairStateStore::endAnimation() {
    if (!m_animated) return;
    const Animated reached = *m_animated;
    m_animated.reset();
    changeOnce(u"animation"_s, tr("Animate"), [&reached](ChairPanelState& state) {
        setParameter(state, reached.parameter, reached.value);
    });
    show();
}

void ChairStateStore::show() {
    const ChairPanelState before = m_shown;
    m_shown = m_state;
    if (m_animated) setParameter(m_shown, m_animated->parameter, m_animated->value);
    if (!sameSettings(before, m_shown)) Q_EMIT settingsChanged();
    Q_EMIT changed();
}

}  // namespace vitrine
