// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/recipe/segmentation_recipe.h"

namespace vitrine {

/// Input, guess, prior mean, vote, uncertainty, then the samples, coloured, each with its name and a sample
/// with its IoU where the truth is known. Shapes: [H, W, 3].
Image segmentationSheet(const SegmentationResult& result);
/// A picture of the answer in colours; empty where the answer lacks it. Shapes: [H, W, 3].
Image partPicture(const SegmentationResult& result, SegmentationPart part, int sample = 0);
/// Writes it as below. Errors: InvalidArgument (the answer lacks it), Io, NoSpace.
Status writePart(const std::filesystem::path& file,
                 const SegmentationResult& result,
                 const std::string& recipe,
                 SegmentationPart part,
                 int sample = 0);
/// Everything into a folder: sample-NNN.png, mean.png, argmax.png and, where the answer has them,
/// guess.png, reconstruction.png and nearest-known.png as palette pictures whose indices are the labels;
/// input.png, entropy.png and mutual-information.png; answer.npz with samples [S, H, W], probability [H, W,
/// K], entropy and mutual_information [H, W], recipe (its text's bytes); sheet.png. The pictures contain
/// `recipe`, each with its own part; none where it is empty. Errors: Io, NoSpace.
Status writeSegmentation(const SegmentationResult& result,
                         const std::string& recipe,
                         const std::filesystem::path& folder);
/// way-NNN.png into the same folder: label maps between two samples, as palette pictures. Errors: Io,
/// NoSpace.
Status writeLabelPath(const std::vector<LabelMap>& path, const std::filesystem::path& folder);

}  // namespace vitrine
