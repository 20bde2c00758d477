// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/data/chair_view.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/views/turntable_controls.h"

namespace vitrine {

/// Where the camera stands: turntable, azimuth and elevation, trained views as ticks.
class ViewSection : public TurntableControls {
    Q_OBJECT
public:
    explicit ViewSection(ChairStateStore& store, QWidget* parent = nullptr);

private:
    void showState();
    void setAzimuth(double degrees);
    void setElevation(double degrees);

    ChairStateStore& m_store;
    std::optional<ChairView> m_shown;
    bool m_shownSnap = false;
};

}  // namespace vitrine
