// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

namespace vitrine {

class LabeledSlider;
class TurntableRing;

/// What is said of the controls.
struct TurntableTips {
    QString ring, azimuth, elevation;
};

/// Where the camera stands: turntable, azimuth and elevation. setView() is for the state's owner and is
/// silent; the signals mean that the user did it. Units: degrees.
class TurntableControls : public QWidget {
    Q_OBJECT
public:
    /// `panel` begins the names of the parts: PANEL.turntable, PANEL.azimuth, PANEL.elevation. The view is
    /// what a reset sets.
    TurntableControls(const QString& panel,
                      const TurntableTips& tips,
                      double azimuthDeg,
                      double elevationDeg,
                      QWidget* parent = nullptr);

    void setView(double azimuthDeg, double elevationDeg);
    /// Marked angles, e.g. trained views.
    void setTicks(const std::vector<float>& azimuthsDeg, const std::vector<float>& elevationsDeg);
    /// Drags land on ticks.
    void setSnap(bool snap);

public Q_SLOTS:
    /// Steps of keys, as the front is seen to move: from tick to tick with snap, else one degree. Ends no
    /// gesture.
    void turn(int right, int up);

Q_SIGNALS:
    void azimuthChanged(double degrees);
    /// From kLowestElevation to kHighestElevation.
    void elevationChanged(double degrees);
    void dragFinished();

private:
    void buildLayout();
    void connectSignals();

    TurntableRing* m_ring = nullptr;
    LabeledSlider* m_azimuth = nullptr;
    LabeledSlider* m_elevation = nullptr;
};

/// Units: degrees.
inline constexpr double kLowestElevation = 10;
inline constexpr double kHighestElevation = 40;

}  // namespace vitrine
