// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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
    std::vector<std::string> missing;     ///< files, and folders with a slash behind, as seen from the folder
    std::vector<std::string> faults;      ///< sentences that name a file: damaged, masks of another size
    bool good() const { return outcome == JobOutcome::Done && missing.empty() && faults.empty(); }
};

/// Decodes every picture and mask that is there, and says what is missing. Whether labels are in range is
/// seen when they are packed. Stops: between pictures.
LabelledCheck checkLabelled(const std::filesystem::path& folder,
                            LabelledLayout layout,
                            const JobContext& context,
                            int numThreads = 0);

}  // namespace vitrine
