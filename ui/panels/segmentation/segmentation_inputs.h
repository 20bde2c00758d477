// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "ui/panels/segmentation/segmentation_state.h"

namespace vitrine {

// Pictures for the panel, all of kPictureSize a side. Thread: any.

/// A PNG or JPEG; with its truth, where a file NAME-labels.png beside it has that. Errors: those of readImage
/// and readLabels.
Result<SegmentationPicture> readPicture(const std::filesystem::path& file);
/// All NAME.png of a folder, by name. What can't be read is left out.
std::vector<SegmentationPicture> readPictures(const std::filesystem::path& folder);
/// Labels of a picture of that size in its file. Errors: those of readLabels and checkCovers.
Result<LabelMap> readSquareLabels(const std::filesystem::path& file, int numClasses, int width, int height);
/// A few garments of Fashion-MNIST on white. An empty path stands for Debian's package; none where it is
/// missing.
std::vector<SegmentationPicture> readGarments(const std::filesystem::path& folder);

}  // namespace vitrine
