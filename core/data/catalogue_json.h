// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// Reads and writes lists of chairs: {"format": ..., "chairs": [...]}, indices contiguous from 0.
/// Errors: NotFound, BadFormat naming the entry and the field.
Result<std::vector<ChairEntry>> readChairList(const std::filesystem::path& file);

/// An entry of a list that cannot be read.
struct DamagedChair {
    std::string id;       ///< its own, or damaged-N by its place in the list
    std::string problem;  ///< a sentence with what to do
    std::string json;     ///< as it stands in the file
};
struct SalvagedChairs {
    std::vector<ChairEntry> chairs;  ///< numbered anew
    std::vector<DamagedChair> damaged;
};
/// As readChairList(), but an entry that cannot be read, or repeats an id, does not take the others with it.
/// Errors: NotFound; BadFormat: there is no list at all.
Result<SalvagedChairs> salvageChairList(const std::filesystem::path& file);

/// Atomic; numbers the entries in their order. `damaged`: kept behind them as they are.
Status writeChairList(const std::filesystem::path& file,
                      std::span<const ChairEntry> entries,
                      std::span<const DamagedChair> damaged = {});

}  // namespace vitrine
