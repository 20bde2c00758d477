// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/runs/staged_config.h"

namespace vitrine {

/// First the deterministic network, then, with that frozen, the networks of the latent. Source: papers.md A10
/// (Pyro).
struct CompletionTrainStage : TrainStage {
    std::string part = "latent";  ///< baseline | latent

    void bind(FieldSet& fields);
    static constexpr const char* kLikeness = "that trains the same part";
    bool isLike(const CompletionTrainStage& other) const { return part == other.part; }
};

/// Everything a training of the quadrant networks depends on.
struct CompletionTrainConfig : StagedConfig<CompletionTrainConfig, CompletionTrainStage> {
    static constexpr const char* kRecipe = "quadrants";
    std::string variant = "cvae";  ///< cvae | gsnn, of the stages that train a latent
    std::int64_t numQuadrants = 1;
    std::int64_t hidden = 500;
    std::int64_t latent = 200;
    bool binarise = false;

    void bind(FieldSet& fields);
    Status check() const;
    Status checkStage(std::size_t index, const std::string& name) const;
};

}  // namespace vitrine
