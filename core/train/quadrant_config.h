// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/train/train_settings.h"

namespace vitrine {

/// First the deterministic network, then, with that frozen, the networks of the latent. Source: papers.md A10
/// (Pyro).
struct QuadrantStage {
    std::string part = "latent";  ///< baseline | latent
    Schedule schedule;
    bool goesOn = false;  ///< optimiser and average of the stage before are kept: a training prolonged
};

/// Everything a training of the quadrant networks depends on.
struct QuadrantTrainConfig {
    TrainSettings settings;
    std::string variant = "cvae";  ///< cvae | gsnn, of the stages that train a latent
    std::int64_t numQuadrants = 1;
    std::int64_t hidden = 500;
    std::int64_t latent = 200;
    std::vector<QuadrantStage> stages;

    /// Errors: BadFormat (not JSON), InvalidArgument naming the field.
    static Result<QuadrantTrainConfig> parse(const std::string& json);
    std::string toJson() const;
};

std::vector<ConfigField> quadrantConfigFields();
std::vector<ConfigField> quadrantStageFields();

}  // namespace vitrine
