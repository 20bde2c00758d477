// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/shell/state_store.h"

namespace vitrine {

/// Holds the panel's state. A running animation lays a value over it that is no step of undo.
class ChairStateStore : public StateStore<ChairPanelState> {
    Q_OBJECT
public:
    explicit ChairStateStore(UndoHistory& undo, QObject* parent = nullptr)
        : StateStore(undo, QStringLiteral("chairs"), parent) {}

    /// With the animated value.
    const ChairPanelState& state() const { return m_shown; }

    void setAnimated(const std::string& parameter, double value);
    /// Keeps the value it has reached, as one step of undo.
    void endAnimation();

Q_SIGNALS:
    void changed();
    /// Something else than what sliders move while they are dragged: style position, view, theta, units.
    void settingsChanged();

private:
    struct Animated {
        std::string parameter;
        double value;
    };
    void stateChanged() override;

    ChairPanelState m_shown;
    std::optional<Animated> m_animated;
};

}  // namespace vitrine
