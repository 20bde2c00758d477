// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/undo.h"

namespace vitrine {

/// Holds the panel's state; every change goes through the undo stack.
class SegmentationStore : public QObject {
    Q_OBJECT
public:
    using Edit = std::function<void(SegmentationState&)>;

    explicit SegmentationStore(UndoHistory& undo, QObject* parent = nullptr) : QObject(parent), m_undo(undo) {}

    const SegmentationState& state() const { return m_state; }
    /// Changes with the same `key` are one step of undo until endGesture().
    void change(const QString& key, const QString& text, const Edit& edit);
    /// A change that is a step of its own.
    void changeOnce(const QString& key, const QString& text, const Edit& edit);
    void endGesture() { m_undo.endGesture(); }
    /// The state at the start; can't be undone.
    void reset(const SegmentationState& state) { apply(state); }

Q_SIGNALS:
    void changed();

private:
    void apply(const SegmentationState& state);

    UndoHistory& m_undo;
    SegmentationState m_state;
};

}  // namespace vitrine
