// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// What a class counts that neither map has. Sources differ (papers.md D2), and so do the numbers.
enum class EmptyClass {
    Skip,    ///< no number; means go over the others. Source: Probabilistic U-Net
    Perfect  ///< IoU 1. Source: PHiSeg
};

struct IouRule {
    int numClasses = 2;
    int firstClass = 0;  ///< 1 leaves the background out
    EmptyClass empty = EmptyClass::Skip;
};

/// Share of the known pixels (truth is not kUnknownLabel) that are right; NaN where none is known.
double pixelAccuracy(const LabelMap& prediction, const LabelMap& truth);
/// IoU of each class from firstClass on, over pixels that both know; NaN where it is skipped.
std::vector<double> classIous(const LabelMap& a, const LabelMap& b, const IouRule& rule);
/// Their mean over those that are a number; NaN where none is.
double meanIou(const LabelMap& a, const LabelMap& b, const IouRule& rule);

/// Generalised energy distance between samples and truths with d = 1 - IoU; all pairs, also of one with
/// itself. Pairs without a number are left out. Source: papers.md D2.
struct EnergyDistance {
    double squared = 0;          ///< 2 sampleToTruth - sampleDiversity - truthDiversity
    double sampleToTruth = 0;    ///< E d(S, Y)
    double sampleDiversity = 0;  ///< E d(S, S')
    double truthDiversity = 0;   ///< E d(Y, Y'); 0 with one truth
};
EnergyDistance energyDistance(std::span<const LabelMap> samples,
                              std::span<const LabelMap> truths,
                              const IouRule& rule);

/// The same by each rule of empty classes, whichever `rule` names; pairs are compared once.
struct EnergyDistances {
    EnergyDistance skip, perfect;
};
EnergyDistances energyDistances(std::span<const LabelMap> samples,
                                std::span<const LabelMap> truths,
                                const IouRule& rule);

/// E d(S, S') over all pairs.
double sampleDiversity(std::span<const LabelMap> samples, const IouRule& rule);
/// The best sample's IoU with the truth: an oracle's choice.
double bestIou(std::span<const LabelMap> samples, const LabelMap& truth, const IouRule& rule);
/// Mean IoU when samples and truths are paired one to one as well as can be; the fewer are repeated. With one
/// truth that is the samples' mean.
/// Source: papers.md D1 (Hierarchical Probabilistic U-Net).
double matchedIou(std::span<const LabelMap> samples, std::span<const LabelMap> truths, const IouRule& rule);

/// Shapes: [H, W, K] float32, probabilities that sum to 1 over K.
using ProbabilityMap = Raster<float>;

/// How well the samples' uncertainty lies where the truths differ from them: normalised cross-correlation of
/// the maps E CE(mean, s) and E CE(y, s), averaged over the truths. In [-1, 1]; NaN where a map is constant.
/// Source: papers.md D2 (PHiSeg).
double uncertaintyCorrelation(std::span<const ProbabilityMap> samples, std::span<const LabelMap> truths);

}  // namespace vitrine
