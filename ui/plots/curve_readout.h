// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPainter>
#include <QString>

#include "ui/shell/theme.h"

namespace vitrine {

/// What a read-out says about one series.
struct ReadoutRow {
    QPen swatch;
    QString label;
    QString value;
    QString raw;  ///< the value before smoothing; empty without
    QPointF dot;  ///< where its point is drawn, in the widget
};

/// A vertical line at `x` within `plot`, dots on the curves, and beside it a small table under `heading`, on
/// the side that has room.
void paintReadout(
    QPainter& painter, const QRect& plot, double x, const QString& heading, const QList<ReadoutRow>& rows);

/// Of a swatch, logical pixels: a dash, a gap and the beginning of the next dash.
inline constexpr int kReadoutSwatch = 28;

/// The short line that stands for a series in legend and table, centred on `center`.
void paintSwatch(QPainter& painter, const QPointF& center, const QPen& pen);

}  // namespace vitrine
