// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// The smallest square around a picture, transparent where the picture does not reach. Shapes: [H, W, 1, 3 or
/// 4] (straight alpha) -> [size, size, 4] premultiplied.
Image squareCut(const Image& image, int size);
/// A picture as the structured predictor sees it: the smallest square around it, on white, at the network's
/// size. Shapes: [H, W, 1, 3 or 4] (straight alpha) -> [size, size, 3].
Image squarePicture(const Image& image, int size);
/// A map through the same square, nearest pixel; `outside` beyond the picture. Shapes: [H, W, 1] -> [size,
/// size, 1].
LabelMap squareMap(const LabelMap& map, int size, std::uint8_t outside);
/// The picture with all pixels black where the mask is not 0, as training leaves them out. Shapes: both of
/// one size.
Image leaveOut(const Image& picture, const LabelMap& mask);

/// A mask from a picture: left out (1) where it is brighter than half and not transparent.
LabelMap maskOfPicture(const Image& picture);
/// A label map from a PNG whose grey values or palette indices are labels, 255 = unknown. Errors: those of
/// readLabelPng; InvalidArgument (a label that is none of the `numClasses`), naming value and place.
Result<LabelMap> readLabels(const std::filesystem::path& file, int numClasses);
/// Whether a map that was read from `file` covers a picture. Errors: InvalidArgument naming the file.
Status checkCovers(const LabelMap& map, const std::filesystem::path& file, int width, int height);
/// A map of numbers in [0, 1] as grey. Shapes: [H, W, 1] uint8.
Image greyMap(const ScalarMap& map);

}  // namespace vitrine
