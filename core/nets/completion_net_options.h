// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// Pixels a side of the pictures whose quadrants are completed.
inline constexpr std::int64_t kCompletionSide = 28;

enum class CompletionVariant {
    Nn,    ///< a deterministic network
    Cvae,  ///< z ~ q(z|x, y)
    Gsnn   ///< z ~ p(z|x)
};
std::string nameOf(CompletionVariant variant);
std::optional<CompletionVariant> completionVariantFromName(const std::string& name);

/// Sizes of the networks that see 0 to 3 quadrants of a picture and complete the rest. Source: papers.md A10
/// (Pyro's sizes).
struct CompletionNetOptions {
    CompletionVariant variant = CompletionVariant::Cvae;
    std::int64_t numQuadrants =
        1;  ///< seen: none (a plain VAE), bottom left, left half, all but bottom right
    std::int64_t hidden = 500;
    std::int64_t latent = 200;
    bool binarised = false;  ///< trained on pixels that are 0 or 1, else on grey values

    bool hasBaseline() const { return numQuadrants > 0; }
    bool hasLatent() const { return variant != CompletionVariant::Nn; }
    bool hasPrior() const { return hasLatent() && numQuadrants > 0; }
    bool hasRecognition() const { return variant == CompletionVariant::Cvae; }
    /// Errors: InvalidArgument (out of range; a network that sees nothing and has no recognition network).
    Status validate() const;
    std::map<std::string, std::string> toMetadata() const;
    /// Errors: BadFormat naming the key, Unsupported.
    static Result<CompletionNetOptions> fromMetadata(const std::map<std::string, std::string>& metadata);
};

/// How many numbers quadrant networks of these sizes hold.
std::int64_t numParameters(const CompletionNetOptions& options);

}  // namespace vitrine
