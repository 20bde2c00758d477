// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Sizes of a conditional VAE whose latent is a grid of discrete tokens with a learned joint prior.
struct TokenPredictorOptions {
    std::int64_t numClasses = 2;
    std::int64_t imageSize = 128;  ///< pixels a side, a multiple of kCoarsestStride
    std::vector<std::int64_t> levels = {
        4, 4, 4};  ///< of each channel of a token. Source: Mentzer et al. 2023
    std::vector<std::int64_t> labelMaps = {32,
                                           64};  ///< of recognition and generation, at 1/2, 1/4 of the size
    std::vector<std::int64_t> imageMaps = {
        24, 48, 96, 128};  ///< of the network that sees the image, at 1/2, 1/4, 1/8, 1/16
    std::vector<std::int64_t> priorMaps = {32, 64, 128};  ///< of the prior, at 1/4, 1/8, 1/16
    std::int64_t priorLayers = 2, priorHeads = 4;         ///< of attention, at the prior's coarsest grid

    std::int64_t numCodes() const;  ///< product of the levels
    std::int64_t gridSide() const;  ///< tokens a side
    std::int64_t numTokens() const { return gridSide() * gridSide(); }

    /// How many numbers a network of these sizes holds.
    std::int64_t numParameters() const;
    /// Errors: InvalidArgument.
    Status validate() const;
    /// Text for a weight file's metadata, and back. Errors: BadFormat naming the key, Unsupported.
    std::map<std::string, std::string> toMetadata() const;
    static Result<TokenPredictorOptions> fromMetadata(const std::map<std::string, std::string>& metadata);
};

/// Pixels a side that one token stands for.
inline constexpr std::int64_t kTokenStride = 4;
/// The size of a picture is a multiple of this.
inline constexpr std::int64_t kCoarsestStride = 16;

}  // namespace vitrine
