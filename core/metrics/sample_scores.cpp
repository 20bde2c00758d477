// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/sample_scores.h"

#include <span>

#include "core/metrics/class_bits.h"

namespace vitrine {

OmittedSums::OmittedSums(const IouRule& parts, std::optional<std::uint8_t> legsClass, double temperature)
    : m_parts(parts), m_legsClass(legsClass) {
    m_scores.temperature = temperature;
}

void OmittedSums::add(const HiddenAnswer& answer, const LabelMap& truth, const LabelMap& hidden, int group) {
    addIous(answer, truth, group);
    addLegs(answer, truth, hidden, group);
    addProbabilities(answer, truth, group);
}

void OmittedSums::addIous(const HiddenAnswer& answer, const LabelMap& truth, int group) {
    m_scores.iou.add(meanIou(answer.mean, truth, m_parts), group);
    const ClassOverlap foreground = foregroundOverlap(answer.mean, truth);
    m_scores.foregroundIou.add(iouOf(foreground, EmptyClass::Skip), group, double(foreground.either));
    if (!answer.reconstruction.empty())
        m_scores.reconstructionIou.add(meanIou(answer.reconstruction, truth, m_parts), group);
    for (const LabelMap& sample : answer.samples)
        m_scores.sampleIou.add(meanIou(sample, truth, m_parts), group);
    m_scores.bestIou.add(bestIou(answer.samples, truth, m_parts), group);
    const EnergyDistances distances = energyDistances(answer.samples, std::span(&truth, 1), m_parts);
    m_scores.energyDistance.add(distances.skip.squared, group);
    m_scores.diversity.add(distances.skip.sampleDiversity, group);
    m_scores.sampleToTruth.add(distances.skip.sampleToTruth, group);
    m_scores.energyDistancePerfect.add(distances.perfect.squared, group);
}

void OmittedSums::addLegs(const HiddenAnswer& answer,
                          const LabelMap& truth,
                          const LabelMap& hidden,
                          int group) {
    if (!m_legsClass) return;
    const LegMeasures legs(truth, hidden, {.legsClass = *m_legsClass});
    if (!legs.counts()) return;
    for (const LabelMap& sample : answer.samples) {
        m_scores.wholeLegs.add(legs.hasWholeLegs(sample) ? 1 : 0, group);
        m_scores.falseLegs.add(legs.falseLegShare(sample), group);
    }
}

void OmittedSums::addProbabilities(const HiddenAnswer& answer, const LabelMap& truth, int group) {
    if (answer.logits.empty()) return;
    m_hasProbabilities = true;
    if (answer.samples.size() > 1)
        m_scores.uncertaintyCorrelation.add(
            uncertaintyCorrelation(answer.probabilities, std::span(&truth, 1)), group);
    m_before.add(softmaxAt(answer.logits, 1), truth);
    m_after.add(softmaxAt(answer.logits, m_scores.temperature), truth);
}

void OmittedSums::addLikelihoods(double monteCarlo, double importance, int group) {
    m_scores.monteCarlo.add(monteCarlo, group);
    m_scores.importance.add(importance, group);
}

OmittedScores OmittedSums::scores() const {
    OmittedScores scores = m_scores;
    if (!m_hasProbabilities) return scores;
    scores.calibration = m_before.result();
    scores.scaledCalibration = m_after.result();
    return scores;
}

}  // namespace vitrine
