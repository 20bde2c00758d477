// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace vitrine::test {

/// Sizes of a chair generator with random weights; by default a tiny one of 32 x 32 pixels that opens in
/// milliseconds.
struct RandomChairModel {
    std::string preset = {};  ///< e.g. "compact-128"; empty: the sizes below
    int numStyles = 5;
    int branchWidth = 16;
    int jointWidth = 32;
    std::vector<std::int64_t> rgbMaps = {16, 8};
    std::vector<std::int64_t> maskMaps = {};  ///< empty: one stream
    int thetaSize = 8;
    int styleDimensions = 0;                 ///< of Gaussian styles; 0: one-hot
    std::vector<std::string> styleIds = {};  ///< empty: "style-0", "style-1", ...
    std::int64_t step = 1234;
    std::uint64_t seed = 1;
    bool half = false;                             ///< fp16 instead of fp32
    std::map<std::string, std::string> more = {};  ///< of its metadata
};

/// Writes a weight file that ChairSession opens. Throws if it cannot.
void writeRandomChairModel(const std::filesystem::path& file, const RandomChairModel& model = {});

}  // namespace vitrine::test
