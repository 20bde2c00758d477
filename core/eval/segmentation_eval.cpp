// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/segmentation_eval.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/data/omission.h"
#include "core/eval/scene_subject.h"
#include "core/metrics/class_bits.h"
#include "core/metrics/label_baselines.h"
#include "core/metrics/truth_likelihood.h"
#include "core/nets/raster_tensors.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr double kMinProbability = 1e-12;
constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// A scene of which a box is left out.
struct HiddenScene {
    EvalScene scene;
    LabelMap hidden;  ///< 1 in the box
};

HiddenScene hiddenScene(const SceneSubject& subject, std::size_t index, std::uint64_t seed) {
    const int size = subject.model().size;
    HiddenScene one{subject.scene(index), LabelMap(size, size)};
    Rng random({seed, 0x0317, index});
    const PixelBox box = randomBox(random, size, size, kMinOmittedSide, kMaxOmittedSide);
    for (int y = box.top; y < box.top + box.height; ++y)
        std::fill_n(one.hidden.row(y) + box.left, box.width, std::uint8_t(1));
    one.scene.pixels.hide(0, size, box);
    return one;
}

/// The answer when the latent has seen the true labels; empty without a recognition network.
LabelMap reconstruction(const Segmenter& segmenter, const LabelMap& truth) {
    const Tensor labels = oneHotLabels(labelTensor(truth).unsqueeze(0), segmenter.info().numClasses);
    const Tensor logits = segmenter.reconstruction(labels);
    return logits.defined() ? labelsOf(logits[0]) : LabelMap();
}

SamplingOptions samplingOf(const SegmentationEvalOptions& options) {
    SamplingOptions sampling;
    sampling.seed = options.seed;
    sampling.numSamplingSteps = options.numSamplingSteps;
    sampling.numSteps = options.numSteps;
    sampling.temperature = options.temperature;
    return sampling;
}

/// To the picture that the segmenter looks at.
HiddenAnswer answerTo(const Segmenter& segmenter,
                      const LabelMap& truth,
                      const SegmentationEvalOptions& options) {
    const SamplingOptions sampling = samplingOf(options);
    HiddenAnswer answer;
    const Tensor mean = segmenter.mean(sampling);
    answer.mean = labelsOf(mean[0]);
    answer.reconstruction = reconstruction(segmenter, truth);
    const Tensor logits =
        segmenter.info().hasNoise ? segmenter.samples(0, options.numSamples, sampling) : mean;
    const Tensor probability = logits.softmax(1);
    for (std::int64_t s = 0; s < logits.size(0); ++s) {
        answer.samples.push_back(labelsOf(logits[s]));
        answer.probabilities.push_back(toClassRaster(probability[s]));
    }
    answer.logits = toClassRaster(probability.mean(0).clamp_min(kMinProbability).log());
    return answer;
}

/// Always chosen on validation scenes.
Result<double> temperatureOf(const SceneSubject& subject,
                             const SegmentationEvalOptions& options,
                             const JobContext& job) {
    VITRINE_TRY(const auto indices,
                chooseScenes(subject.data, Split::Validation, options.numCalibrationScenes));
    std::vector<Raster<float>> logits;
    std::vector<LabelMap> truths;
    for (const std::size_t index : indices) {
        if (job.stop.stop_requested()) return evaluationCancelled();
        const HiddenScene one = hiddenScene(subject, index, options.seed);
        subject.look(one.scene);
        logits.push_back(answerTo(*subject.segmenter, one.scene.truth, options).logits);
        truths.push_back(one.scene.truth);
    }
    return fitTemperature(logits, truths);
}

void addWhole(WholeScores& scores, const SceneSubject& subject, const EvalScene& scene) {
    const Segmenter& segmenter = *subject.segmenter;
    subject.look(scene);
    const LabelMap mean = labelsOf(segmenter.mean({})[0]);
    const IouRule parts = subject.parts();
    scores.pixelAccuracy.add(pixelAccuracy(mean, scene.truth), scene.group);
    scores.iou.add(meanIou(mean, scene.truth, parts), scene.group);
    const ClassOverlap foreground = foregroundOverlap(mean, scene.truth);
    scores.foregroundIou.add(iouOf(foreground, EmptyClass::Skip), scene.group, double(foreground.either));
    if (const Tensor guess = segmenter.guess(); guess.defined())
        scores.guessIou.add(meanIou(labelsOf(guess[0]), scene.truth, parts), scene.group);
    const LabelMap best = reconstruction(segmenter, scene.truth);
    if (!best.empty()) scores.reconstructionIou.add(meanIou(best, scene.truth, parts), scene.group);
}

/// The true labels as an answer.
HiddenAnswer truthAsAnswer(const LabelMap& truth) {
    return {truth, {truth}, {}, {}, {}};
}

HiddenAnswer retrieved(const SceneSubject& subject,
                       const LabelRetrieval& retrieval,
                       const HiddenScene& one,
                       int count) {
    subject.look(one.scene);
    LabelMap query = labelsOf(subject.segmenter->mean({})[0]);
    for (std::size_t i = 0; i < query.pixels.size(); ++i)
        if (one.hidden.pixels[i] != 0) query.pixels[i] = kUnknownLabel;
    HiddenAnswer answer;
    answer.samples = retrieval.find(query, std::size_t(count));
    answer.mean = mostFrequentLabels(answer.samples);
    return answer;
}

SegmentationEval baselineEval(const std::string& name, std::size_t numScenes, const OmittedSums& sums) {
    return {{}, name, numScenes, {}, sums.scores()};
}

}  // namespace

Result<SegmentationEval> evaluateSegmentation(const std::filesystem::path& weights,
                                              const std::filesystem::path& scenes,
                                              const SegmentationEvalOptions& options,
                                              const JobContext& job) {
    const c10::InferenceMode inference;
    VITRINE_TRY(SceneSubject subject, openSceneSubject(weights, scenes));
    subject.studio = options.studio;
    VITRINE_TRY(const auto indices, chooseScenes(subject.data, options.split, options.numScenes));
    VITRINE_TRY(const double temperature, temperatureOf(subject, options, job));
    WholeScores whole;
    OmittedSums omitted(subject.parts(), subject.legsClass(), temperature);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (job.stop.stop_requested()) return evaluationCancelled();
        job.report({double(i) / double(indices.size()), -1, weights.filename().string()});
        addWhole(whole, subject, subject.scene(indices[i]));
        const HiddenScene one = hiddenScene(subject, indices[i], options.seed);
        subject.look(one.scene);
        omitted.add(answerTo(*subject.segmenter, one.scene.truth, options),
                    one.scene.truth,
                    one.hidden,
                    one.scene.group);
        if (options.numLikelihoodSamples == 0) continue;
        const auto cost = [&](LikelihoodEstimator estimator) {
            const Tensor labels = labelTensor(one.scene.truth).unsqueeze(0);  // [1, H, W]
            return -truthLogLikelihood(*subject.segmenter,
                                       estimator,
                                       labels,
                                       options.numLikelihoodSamples,
                                       options.seed,
                                       indices[i]);
        };
        omitted.addLikelihoods(cost(LikelihoodEstimator::MonteCarlo),
                               cost(LikelihoodEstimator::ImportanceSampling),
                               one.scene.group);
    }
    return SegmentationEval{subject.model(), {}, indices.size(), whole, omitted.scores()};
}

Result<std::vector<SegmentationEval>> evaluateSegmentationBaselines(const std::filesystem::path& weights,
                                                                    const std::filesystem::path& scenes,
                                                                    const SegmentationEvalOptions& options,
                                                                    const JobContext& job) {
    const c10::InferenceMode inference;
    VITRINE_TRY(SceneSubject subject, openSceneSubject(weights, scenes));
    subject.studio = options.studio;
    VITRINE_TRY(const auto indices, chooseScenes(subject.data, options.split, options.numScenes));
    std::optional<LabelRetrieval> retrieval;
    if (!subject.data.indicesOf(Split::Train).empty()) {
        VITRINE_TRY(retrieval,
                    LabelRetrieval::make(subject.data, subject.model().size, options.numRetrievalScenes));
    }
    OmittedSums truth(subject.parts(), subject.legsClass(), kNotMeasured), found = truth;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (job.stop.stop_requested()) return evaluationCancelled();
        job.report({double(i) / double(indices.size()), -1, "baselines"});
        const HiddenScene one = hiddenScene(subject, indices[i], options.seed);
        truth.add(truthAsAnswer(one.scene.truth), one.scene.truth, one.hidden, one.scene.group);
        if (retrieval)
            found.add(retrieved(subject, *retrieval, one, options.numSamples),
                      one.scene.truth,
                      one.hidden,
                      one.scene.group);
    }
    std::vector<SegmentationEval> evals = {baselineEval("truth", indices.size(), truth)};
    if (retrieval) evals.push_back(baselineEval("retrieval", indices.size(), found));
    return evals;
}

}  // namespace vitrine
