// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QLineF>
#include <QList>

#include "core/recipe/correspondence.h"
#include "ui/panels/correspondence/correspondence_state.h"

namespace vitrine {

/// A frame of the morph on white. Shapes: [H, W, 4] premultiplied.
QImage framePicture(const Image& premultiplied);
/// A and B as an overlay shows them. What is warped to B and unreliable is hatched there.
QImage pictureOfA(const CorrespondenceResult& result, const CorrespondenceState& state);
QImage pictureOfB(const CorrespondenceResult& result, const CorrespondenceState& state);
/// A as B wears it, with unsure places hatched.
QImage warpedPicture(const CorrespondenceResult& result);
/// Flow vectors of A on a grid. Units: pixels.
QList<QLineF> flowArrows(const CorrespondenceResult& result);
/// The length that gets the wheel's full colour. Units: pixels.
double fullScalePx(const CorrespondenceResult& result);

}  // namespace vitrine
