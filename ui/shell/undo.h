// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <QUndoStack>
#include <functional>
#include <utility>

namespace vitrine {

/// A step that knows where it shows: the id of its panel, or "window".
class PanelStep : public QUndoCommand {
public:
    PanelStep(QString panel, const QString& text) : QUndoCommand(text), m_panel(std::move(panel)) {}
    const QString& panel() const { return m_panel; }

private:
    QString m_panel;
};

/// Sets a value and can set it back. Commands with the same key and gesture merge, so that one drag is one
/// step.
template <class T>
class SetValueCommand : public PanelStep {
public:
    using Apply = std::function<void(const T&)>;

    SetValueCommand(QString key, quint64 gesture, const QString& text, T before, T after, Apply apply)
        : PanelStep(key.section(u'.', 0, 0), text),
          m_key(std::move(key)),
          m_gesture(gesture),
          m_before(std::move(before)),
          m_after(std::move(after)),
          m_apply(std::move(apply)) {}

    void undo() override { m_apply(m_before); }
    void redo() override { m_apply(m_after); }
    int id() const override { return int(qHash(m_key) & 0x7fffffffU); }

    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = dynamic_cast<const SetValueCommand*>(other);
        if (!next || next->m_key != m_key || next->m_gesture != m_gesture) return false;
        m_after = next->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

private:
    QString m_key;
    quint64 m_gesture;
    T m_before;
    T m_after;
    Apply m_apply;
};

/// The window's one history. Every change of state goes through it: nothing else writes the state a panel
/// saves. A key begins with the id of the panel that shows the value.
///   undo.set(u"chairs.azimuth"_s, tr("Turn the chair"), m_state, changed, [this](const State& s) {
///   showState(s); });
/// Thread: GUI.
class UndoHistory : public QUndoStack {
    Q_OBJECT
public:
    explicit UndoHistory(QObject* parent = nullptr) : QUndoStack(parent) { setUndoLimit(kMaxSteps); }

    /// Calls `apply(after)` at once and puts the step on the stack; nothing happens where before == after.
    /// Steps of one key merge until the gesture ends (LabeledSlider::dragFinished, mouse release).
    template <class T, class Apply>
    void set(const QString& key, const QString& text, const T& before, const T& after, Apply apply) {
        if (before == after) return;
        push(new SetValueCommand<T>(
            key, m_gesture, text, before, after, std::function<void(const T&)>(apply)));
    }

    /// Where the next undo, and the next redo, will show; empty: nowhere.
    QString undoPanel() const { return panelAt(index() - 1); }
    QString redoPanel() const { return panelAt(index()); }
    /// The panel of a step, from 0; empty: none.
    QString panelAt(int step) const {
        const auto* known = dynamic_cast<const PanelStep*>(command(step));
        return known ? known->panel() : QString();
    }

public Q_SLOTS:
    /// The drag, the key run or the wheel run is over: the next change is a step of its own.
    void endGesture() { ++m_gesture; }

private:
    static constexpr int kMaxSteps = 500;
    quint64 m_gesture = 0;
};

}  // namespace vitrine
