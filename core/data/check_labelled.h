// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/mask_labels.h"
#include "core/jobs/job.h"

namespace vitrine {

/// How somebody's pictures and masks lie in a folder; each has its reader in labelled_pictures.h.
enum class LabelledLayout { Cub, LfwParts, MaskFolder };

/// By what a folder holds: CUB's lists or segmentations/, labels/, masks/ or images/ alone. Nothing if it
/// holds none of them.
std::optional<LabelledLayout> labelledLayoutOf(const std::filesystem::path& folder);

struct LabelledCheck {
    JobOutcome outcome = JobOutcome::Done;
    LabelledLayout layout = LabelledLayout::MaskFolder;
    std::size_t numPictures = 0;          ///< that are listed, or lie in images/
    std::vector<std::string> classNames;  ///< none where the reader refuses the set
    std::size_t numGroups = 0;            ///< species, persons or pictures; likewise
    std::string masks;                    ///< how the masks are read: "0 and 255: two classes"
    std::vector<std::string> missing;     ///< files, and folders with a slash behind, as seen from the folder
    std::vector<std::string> faults;      ///< sentences: all that packing would refuse
    bool good() const { return outcome == JobOutcome::Done && missing.empty() && faults.empty(); }
};

/// Decodes every picture and mask that is there as it would be packed, and says what is missing and what does
/// not fit. Where the set cannot be opened, labels are not looked at. `labels`: for MaskFolder. Stops:
/// between pictures.
LabelledCheck checkLabelled(const std::filesystem::path& folder,
                            LabelledLayout layout,
                            const JobContext& context,
                            int numThreads = 0,
                            LabelChoice labels = LabelChoice::Auto);

}  // namespace vitrine
