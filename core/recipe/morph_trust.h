// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// The generator's masks at one position of the style slider: means over many pairs of chairs.
struct TrustPoint {
    double position = 0;    ///< 0: chair A, 1: chair B, beyond them: extrapolated
    double ambiguity = 0;   ///< as MorphMaskScores has it
    double components = 0;  ///< as MorphMaskScores has it
    bool operator==(const TrustPoint&) const = default;
};

/// What `eval morphs` has measured along the style slider for one weight file.
struct TrustProfile {
    std::string weightsHash;  ///< SHA-256 of the weight file
    int numPairs = 0;
    std::vector<TrustPoint> points;  ///< by position; 0 and 1 are among them
    bool operator==(const TrustProfile&) const = default;
};

/// Measures at a position over the means of the two ends: 1 = as good as the ends.
struct TrustRatios {
    double ambiguity = 1;
    double components = 1;
    double largest() const;
};

/// Pictures are trusted up to this ratio: twice the ambiguity or twice the components of the ends.
inline constexpr double kTrustedRatio = 2;

/// -0.5 to 1.5 in steps of 0.1.
std::vector<double> trustPositions();
/// Linear between the measured positions; outside them that of the nearest.
TrustPoint trustAt(const TrustProfile& profile, double position);
TrustRatios ratiosAt(const TrustProfile& profile, double position);

/// NAME.trust.json beside NAME.safetensors.
std::filesystem::path trustFileOf(const std::filesystem::path& weights);
/// Errors: Io, NoSpace.
Status writeTrustProfile(const std::filesystem::path& file, const TrustProfile& profile);
/// Errors: NotFound, Io, BadFormat.
Result<TrustProfile> readTrustProfile(const std::filesystem::path& file);
/// The profile beside a weight file; none where there is no readable one of weights with this SHA-256.
std::optional<TrustProfile> trustProfileOf(const std::filesystem::path& weights,
                                           const std::string& weightsHash);

}  // namespace vitrine
