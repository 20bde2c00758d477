// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>

#include "core/base/image.h"

namespace vitrine {

/// The colour of a class, the same everywhere. Class 0 (background) has none; with five classes the others
/// are seat, back, arms and legs. Colours can be told apart by the colour-blind (Okabe and Ito 2008).
QColor classColor(int classIndex);
/// The picture with each class's colour over it, at the labels' size. Without a picture: on white.
/// `opacity` in [0, 1].
QImage overlayLabels(const QImage& picture, const LabelMap& labels, double opacity);
/// Two label maps in one: faint where they agree, chequered in the colours of both where they do not. The
/// maps are of one size.
QImage overlayDifference(const QImage& picture, const LabelMap& a, const LabelMap& b);
/// As overlayLabels(), with each class as strong as it is probable. Shapes: probability [H, W, K].
QImage overlayProbabilities(const QImage& picture, const Raster<float>& probability, double opacity);

}  // namespace vitrine
