// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "core/data/transfer_views.h"
#include "core/runs/distillation.h"
#include "core/runs/staged_config.h"

namespace vitrine {

/// A part of a training with a network and a schedule of its own; the next stage takes over all weights that
/// fit, and those that fit in `startFrom` for its other layers.
struct ChairStage : TrainStage {
    std::string preset = "compact-128";
    double width = 1;  ///< scales all layers of the preset
    bool onlyNewLayers =
        false;  ///< layers taken over from the stage before stay as they are. Source: papers.md B3, stage 2
    double mixCriticWeight = 0;         ///< of mixLoss(); 0 = the paper's loss
    double identityShare = 0.3;         ///< share of samples with theta = 0
    double curriculumScaleStart = 0;    ///< curriculum: c0 and
    double curriculumScaleEnd = 1;      ///< c1 of papers.md B4,
    double curriculumScaleRate = 1e-5;  ///< and its rate per step

    /// Spread of theta at a step of the stage: grows from c0 to c1 along a sigmoid. Source: papers.md B4.
    double curriculumScaleAt(std::int64_t stepInStage) const;

    void bind(FieldSet& fields);
    static constexpr const char* kLikeness = "with the same network";
    bool isLike(const ChairStage& other) const { return preset == other.preset && width == other.width; }
    /// The spread of theta stays what it became.
    void prolong(std::int64_t steps);
};

/// Everything a training of the chair generator depends on.
struct ChairTrainConfig : StagedConfig<ChairTrainConfig, ChairStage> {
    static constexpr const char* kRecipe = "chairs";
    double rgbWeight = 10;       ///< lambda of the loss, on the RGB term
    double maskWeight = 1;       ///< on the mask term
    double compositeWeight = 0;  ///< on the error of the picture composited over white; 0 = the paper's loss
    double edgeWeight = 0;  ///< on the error of differences between neighbouring pixels; 0 = the paper's loss
    std::int64_t styleDimensions = 0;  ///< of the Gaussian of each style; 0 = one-hot, as the paper
    double styleKlWeight = 1;          ///< on KL(style || N(0, I)), in nats
    bool betweenStyles = true;  ///< also train on chairs between two styles, where the data set has them
    bool holdOutViews = true;   ///< keep the held-out views out of training
    std::string emphasised;     ///< ids of styles, separated by commas
    std::int64_t emphasis = 1;  ///< times that their views stand in an epoch
    TransferViews transfer;
    Distillation distillation;

    std::set<std::string> emphasisedStyles() const;
    void bind(FieldSet& fields);
    Status check() const;
};

}  // namespace vitrine
