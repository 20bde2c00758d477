// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QString>

namespace vitrine {

/// One curve: its points are (x, value) with rising x. A value that is not finite is kept and not drawn.
struct CurveSeries {
    QString id;  ///< unique in a plot
    QString label;
    int colorIndex = 0;  ///< see seriesColor()
    bool isDashed = false;
    QList<QPointF> points = {};
    bool isVisible = true;
};

}  // namespace vitrine
