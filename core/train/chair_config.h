// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/train/schedule.h"

namespace vitrine {

/// A part of a training with a network and a schedule of its own; the next stage takes over all weights that fit.
struct ChairStage {
    std::string preset = "compact-128";
    double width = 1;                ///< scales all layers of the preset
    Schedule schedule;
    bool onlyNewLayers = false;      ///< layers taken over from the stage before stay as they are. Source: papers.md B3, stage 2
    double identityShare = 0.3;      ///< share of samples with theta = 0
    double spreadStart = 0;          ///< curriculum: c0 and
    double spreadEnd = 1;            ///< c1 of papers.md B4,
    double spreadRate = 1e-5;        ///< and its rate per step
};

/// Everything a training of the chair generator depends on.
struct ChairTrainConfig {
    std::filesystem::path data;      ///< .vpack; empty: the rendered catalogue
    std::filesystem::path startFrom; ///< weights to begin with; may be empty
    std::string optimiser = "adam";  ///< adam | sgd
    double momentum = 0.9;           ///< of sgd
    std::int64_t batch = 64;
    double rgbWeight = 10;           ///< lambda of the loss, on the RGB term
    double averageDecay = 0.999;     ///< exponential moving average of the weights
    double gradientClip = 0;         ///< largest norm; 0 = none
    std::uint64_t seed = 1;
    std::string precision = "auto";  ///< auto | fp32 | bf16
    bool holdOutViews = true;        ///< keep the held-out views out of training
    double checkpointMinutes = 5;
    std::int64_t previewEvery = 500; ///< steps
    std::vector<ChairStage> stages;

    std::int64_t totalSteps() const;
    /// Errors: BadFormat (not JSON), InvalidArgument naming the field: wrong type, unknown key, out of range.
    static Result<ChairTrainConfig> parse(const std::string& json);
    std::string toJson() const;
    Status validate() const;
};

}  // namespace vitrine
