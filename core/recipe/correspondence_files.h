// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/recipe/correspondence_recipe.h"

namespace vitrine {

/// A colour for each point, told apart by the colour-blind; after eight they repeat.
std::array<std::uint8_t, 3> pointColour(std::size_t index);
/// A disc with a rim. Units: pixels of `image`, [H, W, 3].
void drawPoint(Image& image, PixelPoint at, float radius, std::array<std::uint8_t, 3> colour);
/// A frame of the morph with the points riding on it, `scale` times as large. Shapes: [H, W, 3].
Image trackedFrame(const CorrespondenceResult& result,
                   std::size_t frame,
                   std::span<const PointMatch> matches,
                   int scale);
/// The whole morph with the points riding on it, `scale` times as large. Shapes: each [H, W, 3].
std::vector<Image> trackedFrames(const CorrespondenceResult& result,
                                 std::span<const PointMatch> matches,
                                 int scale);

/// A picture of the answer. Sheet: A with points, B with points and their trails, A as B wears it, flow both
/// ways. Shapes: [H, W, 3].
Image partPicture(const CorrespondenceResult& result,
                  std::span<const PointMatch> matches,
                  CorrespondencePart part);
/// Everything into a folder: points.csv; forward.flo and backward.flo; match.npz with forward, backward [H,
/// W, 2], forward_error, backward_error [H, W]; forward.png, backward.png, warped.png and sheet.png with the
/// recipe, each with its own part; morph.gif with it too. Errors: Io, NoSpace.
Status writeCorrespondence(const CorrespondenceResult& result,
                           std::span<const PointMatch> matches,
                           const CorrespondenceRecipe& recipe,
                           const std::filesystem::path& folder);

}  // namespace vitrine
