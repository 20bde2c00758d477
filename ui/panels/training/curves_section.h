// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;

namespace vitrine {

class LabeledSlider;

/// How the curves are drawn.
class CurvesSection : public QWidget {
    Q_OBJECT
public:
    explicit CurvesSection(QWidget* parent = nullptr);
    /// Silent.
    void show(double smoothing, bool logScale);

Q_SIGNALS:
    void smoothingChanged(double smoothing);
    void logScaleChanged(bool logScale);

private:
    LabeledSlider* m_smoothing = nullptr;
    QCheckBox* m_log = nullptr;
};

}  // namespace vitrine
