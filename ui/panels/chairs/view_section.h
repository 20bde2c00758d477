// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/render/chair_renderer.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

class LabeledSlider;
class TurntableRing;

/// Where the camera stands: turntable, azimuth and elevation, trained views as ticks.
class ViewSection : public QWidget {
    Q_OBJECT
public:
    explicit ViewSection(ChairStateStore& store, QWidget* parent = nullptr);

    /// Steps of keys, as the front is seen to move: from tick to tick with snap, else one degree. Ends no
    /// gesture.
    void turn(int right, int up);

private:
    void buildLayout();
    void connectSignals();
    void showState();
    void setAzimuth(double degrees);
    void setElevation(double degrees);

    ChairStateStore& m_store;
    TurntableRing* m_ring = nullptr;
    LabeledSlider* m_azimuth = nullptr;
    LabeledSlider* m_elevation = nullptr;
    std::optional<ChairView> m_shown;
    bool m_shownSnap = false;
};

/// Units: degrees.
inline constexpr double kLowestElevation = 10;
inline constexpr double kHighestElevation = 40;

}  // namespace vitrine
