// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/runs/staged_config.h"

namespace vitrine {

/// A part of a training at one picture size; the next stage takes over all weights.
struct SegmentationTrainStage : TrainStage {
    std::int64_t size =
        128;  ///< pixels a side; the networks are convolutional, so any multiple of 16 will do
    bool omissions =
        true;  ///< boxes are left out, if the augmentation says so; a CNN learns first from whole images

    void bind(FieldSet& fields);
    static constexpr const char* kLikeness = "of the same picture size";
    bool isLike(const SegmentationTrainStage& other) const { return size == other.size; }
};

/// What is done to a training image. Its labels stay whole.
struct SegmentationAugmentation {
    bool flip = true;   ///< mirrors one image in two, left to right
    double cutOut = 1;  ///< least height and width of the part that is shown, as shares of the image's; each
                        ///< is drawn, so that shapes are stretched
    double colour =
        0;  ///< gain of each channel and brightness change up to this share, channels are shuffled
    double studio = 0;  ///< share of the images whose room gives way to a plain wall and floor
    double noiseInjection =
        0;  ///< side of a black box, uniform up to this share of the image's. Source: papers.md A4
    double omissionShare = 0;   ///< share of the images with something left out, so that the answer is open
    double omissionMin = 0.25;  ///< sides of a box left out, as shares of the image's
    double omissionMax = 0.75;
    double omissionBlocks = 0;  ///< share of the omissions that are scattered blocks in place of a box.
                                ///< Source: papers.md A9 (1, 4 or 8 pixels a side, 25 to 70% of them)
    double observedLabelFraction = 0;  ///< share of the images whose prior is conditioned on some labels
    bool family = true;  ///< trains on the set's scenes of parametric chairs too, not on real ones alone
};

/// Binds all fields, with what a form says of each.
void bindAugmentation(FieldSet& fields, SegmentationAugmentation& augmentation);
/// Errors: InvalidArgument naming the field.
Status checkAugmentation(const SegmentationAugmentation& augmentation);

/// Everything a training of the structured predictor depends on.
struct SegmentationTrainConfig : StagedConfig<SegmentationTrainConfig, SegmentationTrainStage> {
    static constexpr const char* kRecipe = "segmentation";
    std::string variant = "hybrid";  ///< cnn | gdnn | gsnn | cvae | hybrid
    std::string headKernel = "9";    ///< 9 | 5
    bool multiScale = true;
    bool recurrent = true;
    std::string recognitionModel = "qzxy", priorModel = "pzx", predictionModel = "pyxz";  ///< papers.md A2
    double width = 1;
    bool batchNorm = false;
    std::string initialisation = "paper";  ///< paper | he
    double alpha = 0.5;
    double klWeight = 1;
    std::int64_t klAnnealSteps = 0;  ///< the KL weight grows over so many steps; 0 is the paper's
    double freeBits = 0;
    SegmentationAugmentation augmentation;

    SegmentationAugmentation augmentationOf(std::size_t stage) const;
    /// Weight of the KL term at a step of the whole training: from 0 linearly to klWeight.
    double klWeightAt(std::int64_t step) const;
    void bind(FieldSet& fields);
    Status check() const { return checkAugmentation(augmentation); }
    Status checkStage(std::size_t index, const std::string& name) const;
};

}  // namespace vitrine
