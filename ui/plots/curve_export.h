// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/curve_canvas.h"

namespace vitrine {

/// The plot with its legend in light colours. Units: `size` in logical pixels; the PNG has twice as many, the
/// PDF page 96 an inch.
QByteArray curvesAsPng(CurveCanvas& canvas, const CurveModel& model, const QSize& size);
QByteArray curvesAsPdf(CurveCanvas& canvas, const CurveModel& model, const QSize& size);

}  // namespace vitrine
