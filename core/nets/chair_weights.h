// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/nets/chair_generator.h"

namespace vitrine {

class SafetensorsFile;

/// What the metadata of a chair generator's weight file say beside its sizes.
struct ChairWeightsInfo {
    ChairGeneratorOptions options;
    std::int64_t step = 0;
    std::vector<std::string> styleIds;  ///< by class index; may be empty
};

/// Keys: those of ChairGeneratorOptions, "step", "classes" (style ids joined by commas).
/// Errors: BadFormat naming the key (also classes that are not one for each style), Unsupported.
Result<ChairWeightsInfo> chairWeightsInfo(const std::map<std::string, std::string>& metadata);

/// How many numbers a network of these sizes holds.
std::int64_t numParameters(const ChairGeneratorOptions& options);

/// The network of a weight file, in evaluation mode. Nothing is allocated before file and sizes agree.
/// Errors: BadFormat naming the key, Unsupported.
Result<ChairGenerator> makeChairGenerator(const SafetensorsFile& file);

}  // namespace vitrine
