// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <optional>
#include <string>

#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/shell/undo.h"

namespace vitrine {

/// Holds the panel's state. Every change goes through the undo stack; a running animation lays a value over
/// it that doesn't.
class ChairStateStore : public QObject {
    Q_OBJECT
public:
    explicit ChairStateStore(UndoHistory& undo, QObject* parent = nullptr);

    /// With the animated value.
    const ChairPanelState& state() const { return m_shown; }
    /// Without it: what is saved and undone.
    const ChairPanelState& settledState() const { return m_state; }

    /// Changes with the same `key` are one step of undo until endGesture().
    void change(const QString& key, const QString& text, const std::function<void(ChairPanelState&)>& edit);
    /// A change that is a step of its own.
    void changeOnce(const QString& key,
                    const QString& text,
                    const std::function<void(ChairPanelState&)>& edit);
    void endGesture();
    /// The state at the start; can't be undone.
    void reset(const ChairPanelState& state);

    void setAnimated(const std::string& parameter, double value);
    /// Keeps the value it has reached, as one step of undo.
    void endAnimation();

Q_SIGNALS:
    void changed();
    /// Something else than what sliders move while they are dragged: style position, view, theta.
    void settingsChanged();

private:
    struct Animated {
        std::string parameter;
        double value;
    };
    void apply(const ChairPanelState& state);
    void show();

    UndoHistory& m_undo;
    ChairPanelState m_state;
    ChairPanelState m_shown;
    std::optional<Animated> m_animated;
};

}  // namespace vitrine
