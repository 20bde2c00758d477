// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/metrics/calibration.h"
#include "core/metrics/grouped_mean.h"
#include "core/metrics/leg_measures.h"
#include "core/metrics/segmentation_metrics.h"

namespace vitrine {

/// What is predicted of a picture of which a part is hidden. Shapes: label maps [H, W, 1].
struct HiddenAnswer {
    LabelMap mean;                              ///< the single answer, without chance
    std::vector<LabelMap> samples;              ///< one where there is no noise
    LabelMap reconstruction;                    ///< at the posterior's mean; empty without one
    std::vector<ProbabilityMap> probabilities;  ///< of each sample; empty: labels alone are known
    Raster<float> logits;  ///< of the samples' mean probability [H, W, K]; empty likewise
};

/// Scores of answers to pictures of which a part is hidden. IoU: mean over the classes but the background
/// that answer or truth has, over the whole map, then over pictures. All in [0, 1] unless said; a score that
/// does not apply is NaN.
struct OmittedScores {
    GroupedMean iou;                 ///< of the single answer
    GroupedMean sampleIou, bestIou;  ///< mean and best of the samples; the mean is also matchedIou
    GroupedMean foregroundIou;  ///< of the single answer: all parts against background, summed over the set
    GroupedMean reconstructionIou;       ///< at the posterior's mean: the ceiling
    GroupedMean diversity;               ///< mean 1 - IoU between samples
    GroupedMean sampleToTruth;           ///< the same between samples and truth
    GroupedMean energyDistance;          ///< squared, in [-1, 2]; classes that neither has are skipped
    GroupedMean energyDistancePerfect;   ///< squared; such classes count as IoU 1
    GroupedMean wholeLegs, falseLegs;    ///< of the samples; see LegMeasures
    GroupedMean uncertaintyCorrelation;  ///< NCC in [-1, 1]
    double temperature = 1;              ///< fitted on validation scenes
    Calibration calibration, scaledCalibration;  ///< of the samples' mean, before and after it; no bins where
                                                 ///< no probabilities are known
    GroupedMean monteCarlo;                      ///< -log p(y|x) in nats, z ~ p(z|x); exact without noise
    GroupedMean importance;                      ///< the same, z ~ q(z|x, y); see truthLogLikelihood()
};

/// Gathers the scores of pictures.
class OmittedSums {
public:
    /// Without a class of legs these are not judged.
    OmittedSums(const IouRule& parts, std::optional<std::uint8_t> legsClass, double temperature);
    /// `hidden` is not 0 where the picture is hidden; `group` is the chair model.
    void add(const HiddenAnswer& answer, const LabelMap& truth, const LabelMap& hidden, int group);
    /// Of one picture, in nats; NaN where the network has no such estimate.
    void addLikelihoods(double monteCarlo, double importance, int group);
    OmittedScores scores() const;

private:
    void addIous(const HiddenAnswer& answer, const LabelMap& truth, int group);
    void addLegs(const HiddenAnswer& answer, const LabelMap& truth, const LabelMap& hidden, int group);
    void addProbabilities(const HiddenAnswer& answer, const LabelMap& truth, int group);

    IouRule m_parts;
    std::optional<std::uint8_t> m_legsClass;
    OmittedScores m_scores;  ///< but the calibration
    bool m_hasProbabilities = false;
    CalibrationMeter m_before, m_after;
};

}  // namespace vitrine
