// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/view_section.h"

#include <QVBoxLayout>
#include <algorithm>

#include "core/render/chair_renderer.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"
#include "ui/views/turntable_ring.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kSnapDegrees = 4;

QList<double> toList(const std::vector<float>& values) {
    return {values.begin(), values.end()};
}

SliderSpec azimuthSpec() {
    SliderSpec spec;
    spec.id = u"chairs.azimuth"_s;
    spec.label = ViewSection::tr("Azimuth");
    spec.unit = u"°"_s;
    spec.tip = ViewSection::tr("Rotation of the chair; ticks mark the 31 trained azimuths.");
    spec.maximum = 360;
    spec.reset = ChairPanelState{}.view.azimuthDeg;
    spec.step = 1;
    spec.decimals = 0;
    spec.ticks = toList(trainedAzimuthsDeg());
    spec.wraps = true;
    return spec;
}

SliderSpec elevationSpec() {
    SliderSpec spec;
    spec.id = u"chairs.elevation"_s;
    spec.label = ViewSection::tr("Elevation");
    spec.unit = u"°"_s;
    spec.tip = ViewSection::tr(
        "Elevation of the camera above the seat; trained at 20° and 30°, other angles are extrapolated.");
    spec.minimum = kLowestElevation;
    spec.maximum = kHighestElevation;
    spec.reset = ChairPanelState{}.view.elevationDeg;
    spec.step = 1;
    spec.decimals = 0;
    spec.ticks = toList(trainedElevationsDeg());
    return spec;
}

}  // namespace

ViewSection::ViewSection(ChairStateStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void ViewSection::buildLayout() {
    m_ring = new TurntableRing(this);
    m_ring->setObjectName(u"chairs.turntable"_s);
    m_ring->setTicks(toList(trainedAzimuthsDeg()));
    m_ring->setToolTip(
        tr("Drag to turn the chair. Ticks mark trained views; hold Shift while dragging to ignore them."));
    m_azimuth = new LabeledSlider(azimuthSpec(), this);
    m_elevation = new LabeledSlider(elevationSpec(), this);
    LabeledSlider::alignLabels({m_azimuth, m_elevation});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget* widget : {static_cast<QWidget*>(m_ring),
                            static_cast<QWidget*>(m_azimuth),
                            static_cast<QWidget*>(m_elevation)}) {
        layout->addWidget(widget);
    }
}

void ViewSection::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &ViewSection::showState);
    connect(m_ring, &TurntableRing::azimuthChanged, this, &ViewSection::setAzimuth);
    connect(m_ring, &TurntableRing::dragFinished, &m_store, &ChairStateStore::endGesture);
    connect(m_azimuth, &LabeledSlider::valueChanged, this, &ViewSection::setAzimuth);
    connect(m_azimuth, &LabeledSlider::dragFinished, &m_store, &ChairStateStore::endGesture);
    connect(m_elevation, &LabeledSlider::valueChanged, this, &ViewSection::setElevation);
    connect(m_elevation, &LabeledSlider::dragFinished, &m_store, &ChairStateStore::endGesture);
}

void ViewSection::setAzimuth(double degrees) {
    m_store.change(u"azimuth"_s, tr("Turn the chair"), [degrees](ChairPanelState& state) {
        setParameter(state, "azimuth", degrees);
    });
}

void ViewSection::setElevation(double degrees) {
    m_store.change(u"elevation"_s, tr("Change the elevation"), [degrees](ChairPanelState& state) {
        state.view.elevationDeg = float(std::clamp(degrees, kLowestElevation, kHighestElevation));
    });
}

void ViewSection::turn(int right, int up) {
    if (right != 0) setAzimuth(m_ring->stepped(-right));
    if (up != 0) setElevation(m_store.state().view.elevationDeg + up);
}

void ViewSection::showState() {
    const ChairPanelState& state = m_store.state();
    if (m_shown == state.view && m_shownSnap == state.snapToTrainedViews) return;
    m_shown = state.view;
    m_shownSnap = state.snapToTrainedViews;
    m_ring->setView(state.view.azimuthDeg, state.view.elevationDeg);
    m_ring->setSnap(state.snapToTrainedViews);
    m_azimuth->setSnap(state.snapToTrainedViews ? kSnapDegrees * 2 : 0);
    m_elevation->setSnap(state.snapToTrainedViews ? kSnapDegrees : 0);
    m_azimuth->setValue(state.view.azimuthDeg);
    m_elevation->setValue(state.view.elevationDeg);
}

}  // namespace vitrine
