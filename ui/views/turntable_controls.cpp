// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/turntable_controls.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/labeled_slider.h"
#include "ui/views/turntable_ring.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kSnapDegrees = 4;

QList<double> angles(const std::vector<float>& degrees) {
    return {degrees.begin(), degrees.end()};
}

SliderSpec angleSpec(const QString& id, const QString& label, const QString& tip, double reset) {
    SliderSpec spec{.id = id, .label = label, .unit = u"°"_s, .tip = tip};
    spec.reset = reset;
    spec.step = 1;
    spec.decimals = 0;
    return spec;
}

}  // namespace

TurntableControls::TurntableControls(
    const QString& panel, const TurntableTips& tips, double azimuthDeg, double elevationDeg, QWidget* parent)
    : QWidget(parent) {
    m_ring = new TurntableRing(this);
    m_ring->setObjectName(panel + u".turntable"_s);
    m_ring->setToolTip(tips.ring);
    SliderSpec azimuth = angleSpec(panel + u".azimuth"_s, tr("Azimuth"), tips.azimuth, azimuthDeg);
    azimuth.maximum = 360;
    azimuth.wraps = true;
    m_azimuth = new LabeledSlider(azimuth, this);
    SliderSpec elevation = angleSpec(panel + u".elevation"_s, tr("Elevation"), tips.elevation, elevationDeg);
    elevation.minimum = kLowestElevation;
    elevation.maximum = kHighestElevation;
    m_elevation = new LabeledSlider(elevation, this);
    LabeledSlider::alignLabels({m_azimuth, m_elevation});
    buildLayout();
    connectSignals();
    setView(azimuthDeg, elevationDeg);
}

void TurntableControls::buildLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget* part : {static_cast<QWidget*>(m_ring),
                          static_cast<QWidget*>(m_azimuth),
                          static_cast<QWidget*>(m_elevation)})
        layout->addWidget(part);
}

void TurntableControls::connectSignals() {
    connect(m_ring, &TurntableRing::azimuthChanged, this, &TurntableControls::azimuthChanged);
    connect(m_ring, &TurntableRing::dragFinished, this, &TurntableControls::dragFinished);
    connect(m_azimuth, &LabeledSlider::valueChanged, this, &TurntableControls::azimuthChanged);
    connect(m_azimuth, &LabeledSlider::dragFinished, this, &TurntableControls::dragFinished);
    connect(m_elevation, &LabeledSlider::valueChanged, this, &TurntableControls::elevationChanged);
    connect(m_elevation, &LabeledSlider::dragFinished, this, &TurntableControls::dragFinished);
}

void TurntableControls::setView(double azimuthDeg, double elevationDeg) {
    m_ring->setView(azimuthDeg, elevationDeg);
    m_azimuth->setValue(azimuthDeg);
    m_elevation->setValue(elevationDeg);
}

void TurntableControls::setTicks(const std::vector<float>& azimuthsDeg,
                                 const std::vector<float>& elevationsDeg) {
    m_ring->setTicks(angles(azimuthsDeg));
    m_azimuth->setTicks(angles(azimuthsDeg));
    m_elevation->setTicks(angles(elevationsDeg));
}

void TurntableControls::setSnap(bool snap) {
    m_ring->setSnap(snap);
    m_azimuth->setSnap(snap ? kSnapDegrees * 2 : 0);
    m_elevation->setSnap(snap ? kSnapDegrees : 0);
}

void TurntableControls::turn(int right, int up) {
    if (right != 0) Q_EMIT azimuthChanged(m_ring->stepped(-right));
    if (up != 0)
        Q_EMIT elevationChanged(std::clamp(m_elevation->value() + up, kLowestElevation, kHighestElevation));
}

}  // namespace vitrine
