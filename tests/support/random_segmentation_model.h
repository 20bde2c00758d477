// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace vitrine::test {

/// A structured predictor, or with the variant "tokens" a token predictor, with random weights: tiny, 32 x 32
/// pixels, three classes "background", "seat", "legs".
struct RandomSegmentationModel {
    std::string variant = "hybrid";
    int size = 32;
    std::int64_t step = 77;
    std::uint64_t seed = 1;
};

/// Writes a weight file that SegmentationSession opens. Throws if it cannot.
void writeRandomSegmentationModel(const std::filesystem::path& file,
                                  const RandomSegmentationModel& model = {});

}  // namespace vitrine::test
