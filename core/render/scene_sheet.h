// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "core/data/packed_scenes.h"

namespace vitrine {

/// The colours that stand for labels (label_colours.h). Shapes: labels [H, W, 1] -> [H, W, 3].
Image colourLabels(const LabelMap& labels);

/// Pictures of a set, spread evenly over `split`, each beside its labels laid over it and the name of its
/// group below. Shapes: [H, W, 3], `columns` pairs a row. At most as many as there are. Empty if the split
/// is.
Image makeSceneSheet(const PackedScenes& scenes, Split split, int count, int columns);

}  // namespace vitrine
