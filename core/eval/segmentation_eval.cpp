// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/segmentation_eval.h"

#include <algorithm>
#include <limits>

#include "core/base/mean.h"
#include "core/data/omission.h"
#include "core/data/scene_changes.h"
#include "core/data/scene_pictures.h"
#include "core/eval/conditional_likelihood.h"
#include "core/io/safetensors.h"
#include "core/nets/fast_structured_predictor.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/structured_weights.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr double kLeastSide = 0.2, kGreatestSide = 0.75;  // of the box left out, as shares of the picture's
constexpr double kLeastProbability = 1e-12;
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
const Error kCancelled{ErrorCode::Internal, "The evaluation was cancelled."};

/// A network and the scenes it is scored on.
struct Subject {
    StructuredWeightsInfo model;
    FastStructuredPredictor predictor;
    PackedScenes data;
    int size = 0;
    bool studio = false;

    /// One scene as the network takes it.
    struct Scene {
        SceneBatch pixels;
        LabelMap truth;
        Tensor image() const { return imagesTensor(pixels.images, truth.width); }
    };
    Scene scene(std::size_t index) const {
        Scene one{{}, LabelMap(size, size, 1)};
        ScenePictures::make(data, size).value().append(index, one.pixels);
        one.truth.pixels = one.pixels.labels;
        if (studio) {
            Rng random({0x57D0, index});
            putInStudio(one.pixels.images.data(), one.pixels.labels.data(), size, random);
        }
        return one;
    }
    IouRule parts() const { return {int(model.options.numClasses), 1, EmptyClass::Skip}; }
};

Result<Subject> subjectOf(const SafetensorsFile& file, PackedScenes data) {
    VITRINE_TRY(StructuredWeightsInfo model, structuredWeightsInfo(file.metadata()));
    VITRINE_TRY(StructuredPredictor network, makeStructuredPredictor(file));
    VITRINE_CHECK(checkClasses(model.options, data.numClasses()));
    const int size = model.imageSize > 0 ? int(model.imageSize) : data.size();
    VITRINE_CHECK(ScenePictures::make(data, size));
    return Subject{std::move(model), FastStructuredPredictor(std::move(network)), std::move(data), size};
}

Result<Subject> open(const std::filesystem::path& weights, const std::filesystem::path& scenes) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(PackedScenes data, PackedScenes::open(scenes));
    auto subject = subjectOf(file, std::move(data));
    if (!subject) return cannotUse(weights, subject.error());
    return subject;
}

/// At most `count` scenes of a split, evenly spread; 0 = all.
Result<std::vector<std::size_t>> chosen(const Subject& subject, Split split, std::int64_t count) {
    const auto all = subject.data.indicesOf(split);
    if (all.empty())
        return Error{
            ErrorCode::InvalidArgument,
            "The set has no scenes in the split " + std::string(nameOf(split)) + "; choose another one."};
    const std::size_t some = count > 0 ? std::min(std::size_t(count), all.size()) : all.size();
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < some; ++i) indices.push_back(all[i * all.size() / some]);
    return indices;
}

LabelMap labelsOf(const Tensor& logits) {
    return toLabelMap(logits.argmax(0));
}

/// What the network says of a picture with a part left out.
struct OmittedAnswer {
    FastStructuredPredictor::Condition condition;
    LabelMap mean;
    std::vector<LabelMap> samples;
    std::vector<ProbabilityMap> probabilities;  ///< of each sample
    Raster<float> logits;                       ///< of the samples' mean probability
};

OmittedAnswer answerWithout(const Subject& subject,
                            std::size_t index,
                            Subject::Scene scene,
                            const SegmentationEvalOptions& options) {
    Rng random({options.seed, 0x0317, index});
    leaveOut(scene.pixels.images.data(),
             subject.size,
             randomBox(random, subject.size, subject.size, kLeastSide, kGreatestSide));
    const auto& predictor = subject.predictor;
    const auto condition = predictor.condition(scene.image());
    const Tensor atMean = predictor.meanLogits(condition);
    OmittedAnswer answer;
    answer.condition = condition;
    answer.mean = labelsOf(atMean[0]);
    Tensor logits = atMean;
    if (predictor.options().hasNoise())
        logits = partwiseLogits(predictor,
                                condition,
                                predictor.noise(condition,
                                                0,
                                                options.numSamples,
                                                options.seed,
                                                subject.model.drawsInParts() ? options.numParts : 1));
    const Tensor probability = logits.softmax(1);
    for (std::int64_t s = 0; s < logits.size(0); ++s) {
        answer.samples.push_back(labelsOf(logits[s]));
        answer.probabilities.push_back(toClassRaster(probability[s]));
    }
    answer.logits = toClassRaster(probability.mean(0).clamp_min(kLeastProbability).log());
    return answer;
}

/// -log p(y|x) of one picture. Units: nats. NaN where the network cannot tell.
struct NegativeLikelihoods {
    double monteCarlo = kNoNumber, importance = kNoNumber;
};

NegativeLikelihoods negativeLikelihoods(const FastStructuredPredictor& predictor,
                                        const FastStructuredPredictor::Condition& condition,
                                        const LabelMap& truth,
                                        std::size_t index,
                                        const SegmentationEvalOptions& options) {
    const Tensor labels = labelTensor(truth).unsqueeze(0);  // [1, H, W]
    if (!predictor.options().hasNoise())
        return {-labelLogLikelihood(predictor.meanLogits(condition), labels).item<double>(), kNoNumber};
    const LatentLikelihood model = likelihoodOf(predictor, condition, labels);
    const std::int64_t count = options.numLikelihoodSamples;
    const auto estimate = [&](LikelihoodEstimator estimator) {
        auto generator = at::make_generator<at::CPUGeneratorImpl>(
            Rng({options.seed, 0xC11, std::uint64_t(estimator), index}).next());
        return -likelihoodCurve(logWeights(model, estimator, count, generator), std::span(&count, 1)).front();
    };
    return {
        estimate(LikelihoodEstimator::MonteCarlo),
        predictor.options().hasRecognition() ? estimate(LikelihoodEstimator::ImportanceSampling) : kNoNumber};
}

Result<double> temperatureOf(const Subject& subject,
                             const SegmentationEvalOptions& options,
                             const JobContext& job) {
    VITRINE_TRY(const auto indices, chosen(subject, Split::Validation, options.numCalibrationScenes));
    std::vector<Raster<float>> logits;
    std::vector<LabelMap> truths;
    for (const std::size_t index : indices) {
        if (job.stop.stop_requested()) return kCancelled;
        auto scene = subject.scene(index);
        truths.push_back(scene.truth);
        logits.push_back(answerWithout(subject, index, std::move(scene), options).logits);
    }
    return fitTemperature(logits, truths);
}

/// Gathers the scores of whole pictures.
class WholeSums {
public:
    void add(const Subject& subject, const Subject::Scene& scene) {
        const auto condition = subject.predictor.condition(scene.image());
        const LabelMap mean = labelsOf(subject.predictor.meanLogits(condition)[0]);
        m_accuracy.add(pixelAccuracy(mean, scene.truth));
        m_iou.add(meanIou(mean, scene.truth, subject.parts()));
        if (condition.guess.defined())
            m_guess.add(meanIou(labelsOf(condition.guess[0]), scene.truth, subject.parts()));
    }
    WholeScores scores() const { return {m_accuracy.value(), m_iou.value(), m_guess.value()}; }

private:
    Mean m_accuracy, m_iou, m_guess;
};

/// Gathers the scores of pictures with a part left out.
class OmittedSums {
public:
    explicit OmittedSums(double temperature) : m_temperature(temperature) {}
    void add(const Subject& subject, const OmittedAnswer& answer, const LabelMap& truth) {
        const IouRule skip = subject.parts();
        m_iou.add(meanIou(answer.mean, truth, skip));
        for (const LabelMap& sample : answer.samples) m_sampleIou.add(meanIou(sample, truth, skip));
        m_bestIou.add(bestIou(answer.samples, truth, skip));
        const std::span truths(&truth, 1);
        const EnergyDistances distances = energyDistances(answer.samples, truths, skip);
        m_distance.add(distances.skip.squared);
        m_diversity.add(distances.skip.sampleDiversity);
        m_sampleToTruth.add(distances.skip.sampleToTruth);
        m_perfect.add(distances.perfect.squared);
        if (answer.samples.size() > 1)
            m_correlation.add(uncertaintyCorrelation(answer.probabilities, truths));
        m_before.add(softmaxAt(answer.logits, 1), truth);
        m_after.add(softmaxAt(answer.logits, m_temperature), truth);
    }
    void add(const NegativeLikelihoods& likelihoods) {
        m_monteCarlo.add(likelihoods.monteCarlo);
        m_importance.add(likelihoods.importance);
    }
    OmittedScores scores() const {
        return {m_iou.value(),
                m_sampleIou.value(),
                m_bestIou.value(),
                m_diversity.value(),
                m_sampleToTruth.value(),
                m_distance.value(),
                m_perfect.value(),
                m_correlation.value(),
                m_temperature,
                m_before.result(),
                m_after.result(),
                m_monteCarlo.value(),
                m_importance.value()};
    }

private:
    double m_temperature;
    Mean m_iou, m_sampleIou, m_bestIou, m_diversity, m_sampleToTruth, m_distance, m_perfect, m_correlation,
        m_monteCarlo, m_importance;
    CalibrationMeter m_before, m_after;
};

/// Labels of the pixels that are not left out are taken away, so that they do not count.
LabelMap omittedOnly(LabelMap truth, const LabelMap& omission) {
    for (std::size_t i = 0; i < truth.pixels.size(); ++i)
        if (omission.pixels[i] == 0) truth.pixels[i] = kUnknownLabel;
    return truth;
}

LabelMap completed(const Subject& subject,
                   Subject::Scene scene,
                   const LabelMap& omission,
                   const PartialEvalOptions& options) {
    LabelMap observed = scene.truth;
    for (std::size_t i = 0; i < omission.pixels.size(); ++i) {
        if (omission.pixels[i] == 0) continue;
        observed.pixels[i] = kUnknownLabel;
        std::fill_n(scene.pixels.images.begin() + std::ptrdiff_t(3 * i), 3, std::uint8_t(0));
    }
    const auto condition = subject.predictor.condition(scene.image());
    if (!subject.predictor.options().hasRecognition())
        return labelsOf(subject.predictor.meanLogits(condition)[0]);
    const CompletionOptions completion{options.numSweeps, /*sampling=*/false, options.seed};
    const Tensor labels = labelTensor(observed);
    const Tensor known = oneHotLabels(labels.unsqueeze(0), subject.predictor.options().numClasses);
    const LatentGaussian start =
        subject.model.drawsInParts() ? subject.predictor.priorGiven(condition, known) : condition.prior;
    return labelsOf(completeLabels(subject.predictor, condition, labels, start.mean, completion)[0]);
}

}  // namespace

Result<SegmentationEval> evaluateSegmentation(const std::filesystem::path& weights,
                                              const std::filesystem::path& scenes,
                                              const SegmentationEvalOptions& options,
                                              const JobContext& job) {
    const c10::InferenceMode inference;
    VITRINE_TRY(Subject subject, open(weights, scenes));
    subject.studio = options.studio;
    VITRINE_TRY(const auto indices, chosen(subject, Split::Test, options.numScenes));
    VITRINE_TRY(const double temperature, temperatureOf(subject, options, job));
    WholeSums whole;
    OmittedSums omitted(temperature);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (job.stop.stop_requested()) return kCancelled;
        job.report({double(i) / double(indices.size()), -1, weights.filename().string()});
        const auto scene = subject.scene(indices[i]);
        whole.add(subject, scene);
        const OmittedAnswer answer = answerWithout(subject, indices[i], scene, options);
        omitted.add(subject, answer, scene.truth);
        if (options.numLikelihoodSamples > 0)
            omitted.add(
                negativeLikelihoods(subject.predictor, answer.condition, scene.truth, indices[i], options));
    }
    return SegmentationEval{subject.model, indices.size(), whole.scores(), omitted.scores()};
}

Result<std::vector<PartialScores>> evaluatePartial(const std::filesystem::path& weights,
                                                   const std::filesystem::path& scenes,
                                                   const PartialEvalOptions& options,
                                                   const JobContext& job) {
    const c10::InferenceMode inference;
    VITRINE_TRY(const Subject subject, open(weights, scenes));
    VITRINE_TRY(const auto indices, chosen(subject, Split::Validation, options.numScenes));
    std::vector<PartialScores> table;
    const double numColumns = double(options.omitted.size() * options.blocks.size());
    for (const double share : options.omitted)
        for (const int block : options.blocks) {
            Mean iou, accuracy;
            for (std::size_t i = 0; i < indices.size(); ++i) {
                const std::size_t index = indices[i];
                if (job.stop.stop_requested()) return kCancelled;
                job.report({(double(table.size()) + double(i) / double(indices.size())) / numColumns,
                            -1,
                            weights.filename().string()});
                Rng random({options.seed, 0xB10C, index, std::uint64_t(block), std::uint64_t(100 * share)});
                VITRINE_TRY(const LabelMap omission,
                            omitBlocks(subject.size, subject.size, block, share, random));
                const auto scene = subject.scene(index);
                const LabelMap truth = omittedOnly(scene.truth, omission);
                const LabelMap answer = completed(subject, scene, omission, options);
                iou.add(meanIou(answer, truth, subject.parts()));
                accuracy.add(pixelAccuracy(answer, truth));
            }
            table.push_back({share, block, iou.value(), accuracy.value()});
        }
    return table;
}

}  // namespace vitrine
