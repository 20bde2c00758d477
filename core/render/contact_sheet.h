// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/job.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// A picture with a name under it.
struct SheetTile {
    Image picture;      ///< [H, W, 3]
    std::string label;  ///< lower-case letters, digits, spaces, "-.%+"; what is too long is broken at a dash
};

/// Shapes: tiles of one size -> [H, W, 3] on white, `columns` tiles a row.
Image makeContactSheet(const std::vector<SheetTile>& tiles, int columns);

/// The classes in clear colours, on white. Shapes: [H, W, 1] -> [H, W, 3].
Image colourParts(const LabelMap& parts);

/// Renders each chair once and lays them out with their ids. Errors: those of ChairModel::load,
/// InvalidArgument (no chairs). Stops: between chairs; then an empty image.
Result<Image> renderContactSheet(const std::vector<ChairEntry>& chairs,
                                 const ChairView& view,
                                 bool parts,
                                 const ChairRenderOptions& options,
                                 const JobContext& context);

}  // namespace vitrine
