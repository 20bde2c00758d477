// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/view_section.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

TurntableTips chairTurnTips() {
    return {
        ViewSection::tr(
            "Drag to turn the chair. Ticks mark trained views; hold Shift while dragging to ignore them."),
        ViewSection::tr("Rotation of the chair; ticks mark the 31 trained azimuths."),
        ViewSection::tr("Elevation of the camera above the seat; trained at 20° and 30°, other angles are "
                        "extrapolated.")};
}

}  // namespace

ViewSection::ViewSection(ChairStateStore& store, QWidget* parent)
    : TurntableControls(u"chairs"_s,
                        chairTurnTips(),
                        double(ChairPanelState{}.view.azimuthDeg),
                        double(ChairPanelState{}.view.elevationDeg),
                        parent),
      m_store(store) {
    setTicks(trainedAzimuthsDeg(), trainedElevationsDeg());
    connect(&m_store, &ChairStateStore::changed, this, &ViewSection::showState);
    connect(this, &ViewSection::azimuthChanged, this, &ViewSection::setAzimuth);
    connect(this, &ViewSection::elevationChanged, this, &ViewSection::setElevation);
    connect(this, &ViewSection::dragFinished, &m_store, &ChairStateStore::endGesture);
    showState();
}

void ViewSection::setAzimuth(double degrees) {
    m_store.change(u"azimuth"_s, tr("Turn the chair"), [degrees](ChairPanelState& state) {
        setParameter(state, "azimuth", degrees);
    });
}

void ViewSection::setElevation(double degrees) {
    m_store.change(u"elevation"_s, tr("Change the elevation"), [degrees](ChairPanelState& state) {
        state.view.elevationDeg = float(degrees);
    });
}

void ViewSection::showState() {
    const ChairPanelState& state = m_store.state();
    if (m_shown == state.view && m_shownSnap == state.snapToTrainedViews) return;
    m_shown = state.view;
    m_shownSnap = state.snapToTrainedViews;
    setSnap(state.snapToTrainedViews);
    setView(double(state.view.azimuthDeg), double(state.view.elevationDeg));
}

}  // namespace vitrine
