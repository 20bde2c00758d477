// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/job.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// What the colours of a picture mean.
struct SheetLegend {
    std::array<std::uint8_t, 3> (*colourOf)(double) = nullptr;  ///< of 0 to 1; none: there is no legend
    std::string low, high;                                      ///< the values at 0 and 1
};

/// A picture with a name under it, and a legend under that.
struct SheetTile {
    Image picture;            ///< [H, W, 3]
    std::string label;        ///< ASCII; what is too long is broken at a blank or a dash
    SheetLegend legend = {};  ///< in the place of the label's second line
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
