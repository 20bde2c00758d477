// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/data/packed_scenes.h"
#include "core/jobs/job.h"

namespace vitrine {

/// How the numbers or colours of a mask become classes.
enum class MaskRule {
    ClassNumbers,  ///< as stored; 255 = unknown
    Foreground,    ///< grey of at least 128 is class 1 (CUB: grey levels say how many annotators agreed)
    LfwColours     ///< black background, yellow face, blue clothes, white hair
};

struct LabelledPicture {
    std::filesystem::path image, mask;
    SceneInfo info;
};

/// Pictures with masks of somebody's data set, not decoded yet.
struct LabelledPictures {
    ScenesHeader header;  ///< its size is what they become when they are packed
    MaskRule rule = MaskRule::ClassNumbers;
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

/// A folder of one's own: images/ and masks/ with the same names but for the ending, masks with class
/// numbers, 255 = to be ignored. Where there are two classes and all masks hold 0 and 255 alone, these are background
/// and foreground. classes.txt names the classes, one a line; without it they are numbered, up to the largest in any mask. The
/// splits are drawn by `seed`; each picture is a group of its own. Errors: as above; InvalidArgument (shares).
Result<LabelledPictures> openMaskFolder(const std::filesystem::path& folder, std::uint64_t seed = 0, const SplitShares& shares = {});

/// Decodes and packs them at `size` pixels a side, not keeping the aspect: bicubic pictures, nearest labels.
/// Atomic. Stops: between pictures. Errors: those of readImage and readLabelPng; BadFormat (mask of another
/// size than its picture, label out of range, unknown colour), each naming the file; Io, NoSpace.
Result<JobOutcome> packLabelledPictures(const LabelledPictures& set,
                                        const std::filesystem::path& file,
                                        int size,
                                        const JobContext& context);

}  // namespace vitrine
