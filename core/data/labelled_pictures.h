// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/data/mask_labels.h"
#include "core/data/packed_scenes.h"
#include "core/jobs/job.h"

namespace vitrine {

struct LabelledPicture {
    std::filesystem::path image, mask;
    SceneInfo info;
};

/// Pictures with masks of somebody's data set, not decoded yet.
struct LabelledPictures {
    ScenesHeader header;  ///< its size is what they become when they are packed
    MaskConvention masks;
    std::vector<LabelledPicture> pictures;
};

/// CUB-200-2011 with its segmentations: `folder` holds images.txt, image_class_labels.txt,
/// train_test_split.txt, images/ and segmentations/. Two classes; groups are the 200 species; test pictures
/// are those of the authors' split, a tenth of the others, drawn by `seed`, is for validation. Errors:
/// NotFound, BadFormat, naming the file, and the line if it has any. Source: papers.md A6.
Result<LabelledPictures> openCub(const std::filesystem::path& folder, std::uint64_t seed = 0);

/// LFW parts: `folder` holds images/ and labels/ with the same names but for the ending. Four classes by
/// colour; groups are persons (the name without "_0001"); persons are shuffled by `seed` and go to training,
/// validation and test until these hold 40, 10 and 50% of the pictures. Errors: as above. Source: papers.md
/// A6.
Result<LabelledPictures> openLfwParts(const std::filesystem::path& folder, std::uint64_t seed = 0);

/// Shares of the pictures that go to each split; what is left is for testing.
struct SplitShares {
    double training = 0.8, validation = 0.1;
};

/// A folder of one's own: images/ and masks/ with the same names but for the ending. What the numbers of the
/// masks mean is found over all of them, unless `labels` says it. classes.txt names the classes, one a line.
/// The splits are drawn by `seed`; each picture is a group of its own. Errors: as above, those of
/// findMaskConvention; InvalidArgument (shares).
Result<LabelledPictures> openMaskFolder(const std::filesystem::path& folder,
                                        std::uint64_t seed = 0,
                                        const SplitShares& shares = {},
                                        LabelChoice labels = LabelChoice::Auto);

/// A picture and its classes, decoded. Shapes: image [H, W, 3 or 4], labels [H, W, 1].
struct DecodedPicture {
    Image image;
    LabelMap labels;
};
/// Errors: those of readImage and readMask; BadFormat (mask of another size than its picture, label out of
/// range), each naming the file.
Result<DecodedPicture> readLabelledPicture(const LabelledPictures& set, const LabelledPicture& picture);

/// Decodes and packs them at `size` pixels a side, not keeping the aspect: bicubic pictures, nearest labels.
/// Atomic. Stops: between pictures. Errors: those of readLabelledPicture; Io, NoSpace.
Result<JobOutcome> packLabelledPictures(const LabelledPictures& set,
                                        const std::filesystem::path& file,
                                        int size,
                                        const JobContext& context);

}  // namespace vitrine
