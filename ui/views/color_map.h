// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "core/base/image.h"

namespace vitrine {

/// Blue (-1) over white (0) to red (+1); values outside are clamped, NaN is grey.
QRgb divergingColor(double value);
/// Viridis: dark violet (0) to yellow (1). Values outside are clamped, NaN is grey.
QRgb viridisColor(double value);
/// Inferno: black (0) to pale yellow (1). Values outside are clamped, NaN is grey.
QRgb uncertaintyColor(double value);
/// A map of values from 0 to 1 as a picture. Shapes: map [H, W, 1].
QImage mapImage(const ScalarMap& map, QRgb (*colorOf)(double));
/// A signed map as a picture; `range` is the magnitude that gets the full colour. Shapes: map [H, W, 1].
QImage differenceImage(const ScalarMap& map, double range);

}  // namespace vitrine
