// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/data/rendered_chairs.h"
#include "core/data/style_ids.h"

namespace vitrine {

/// By class index of a set: whether it stands for a chair between two of the parametric family.
std::vector<bool> betweenStyles(const PackedChairs& data);

/// Whether a viewpoint lies between the trained neighbours of a held-out azimuth, at any elevation: nothing
/// in there may be trained on for a style whose views are held out.
bool isBetweenTrainedNeighbours(float azimuthDeg);

/// The views of a style in a set that is wider than the grid. Catalogue chairs: the grid, then 30 random
/// views; scans: 62 random views; the family: 40, and 4 between two of it. Random views have any azimuth and
/// an elevation of 10 to 40 degrees, in whole degrees, drawn by the id alone. Odd classes of the catalogue
/// have none of theirs where isBetweenTrainedNeighbours().
std::vector<ViewName> trainingViewNames(std::string_view styleId, int styleIndex);

}  // namespace vitrine
