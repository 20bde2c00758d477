// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/partial_eval.h"

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "core/data/omission.h"
#include "core/eval/scene_subject.h"
#include "core/metrics/class_bits.h"
#include "core/metrics/label_baselines.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::size_t kNumRetrieved = 20;
constexpr std::int64_t kNumVotes = 16;  // samples of a token predictor

/// One scene with the blocks of one column left out.
struct PartialScene {
    LabelMap omission;      ///< 1 where left out
    LabelMap observed;      ///< kUnknownLabel there
    LabelMap omittedTruth;  ///< kUnknownLabel elsewhere
};

Result<PartialScene> partialScene(
    const LabelMap& truth, std::size_t index, double share, int block, std::uint64_t seed) {
    Rng random({seed, 0xB10C, index, std::uint64_t(block), std::uint64_t(100 * share)});
    PartialScene one{{}, truth, truth};
    VITRINE_TRY(one.omission, omitBlocks(truth.width, truth.height, block, share, random));
    for (std::size_t i = 0; i < truth.pixels.size(); ++i)
        (one.omission.pixels[i] != 0 ? one.observed : one.omittedTruth).pixels[i] = kUnknownLabel;
    return one;
}

/// The scene in all columns.
Result<std::vector<PartialScene>> partialScenes(const LabelMap& truth,
                                                std::size_t index,
                                                const PartialEvalOptions& options) {
    std::vector<PartialScene> all;
    for (const double share : options.omitted)
        for (const int block : options.blocks) {
            VITRINE_TRY(PartialScene one, partialScene(truth, index, share, block, options.seed));
            all.push_back(std::move(one));
        }
    return all;
}

/// An answer of which nothing is known yet.
PartialAnswer emptyAnswer(const std::string& name, const PartialEvalOptions& options) {
    PartialAnswer answer{name, {}};
    for (const double share : options.omitted)
        for (const int block : options.blocks) answer.columns.push_back({share, block, {}, {}, {}});
    return answer;
}

void add(PartialScores& scores,
         LabelMap labels,
         const PartialScene& one,
         const LabelMap& truth,
         const IouRule& parts,
         int group) {
    scores.iou.add(meanIou(labels, one.omittedTruth, parts), group);
    scores.pixelAccuracy.add(pixelAccuracy(labels, one.omittedTruth), group);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i)
        if (one.omission.pixels[i] == 0) labels.pixels[i] = one.observed.pixels[i];
    const ClassOverlap foreground = foregroundOverlap(labels, truth);
    scores.mapIou.add(iouOf(foreground, EmptyClass::Skip), group, double(foreground.either));
}

/// How a network answers, by its name in the table.
using Answering = std::pair<std::string, std::function<Tensor(const Segmenter&)>>;

/// Each gives logits [1, K, H, W] to the picture that the segmenter looks at.
std::vector<Answering> answeringOf(const SegmenterInfo& model, const PartialEvalOptions& options) {
    SamplingOptions sampling;
    sampling.seed = options.seed;
    const auto swept = [sampling](int numSweeps, bool isSampling) {
        return [=](const Segmenter& segmenter) mutable {
            sampling.numSweeps = numSweeps, sampling.samplingSweeps = isSampling;
            return segmenter.mean(sampling);
        };
    };
    const auto vote = [sampling](const Segmenter& segmenter) {
        return segmenter.samples(0, kNumVotes, sampling).softmax(1).mean(0, /*keepdim=*/true);
    };
    if (model.drawsTokens)
        return {{"initial guess", swept(0, false)}, {fmt::format("mean of {} samples", kNumVotes), vote}};
    if (!model.takesObserved) return {{"", swept(0, false)}};
    return {{"sweep 0", swept(0, false)},
            {"mean sweeps", swept(options.numSweeps, false)},
            {"sampled sweeps", swept(options.numSweeps, true)}};
}

}  // namespace

Result<std::vector<PartialAnswer>> evaluatePartial(const std::filesystem::path& weights,
                                                   const std::filesystem::path& scenes,
                                                   const PartialEvalOptions& options,
                                                   const JobContext& job) {
    const c10::InferenceMode inference;
    VITRINE_TRY(SceneSubject subject, openSceneSubject(weights, scenes));
    subject.studio = options.studio;
    VITRINE_TRY(const auto indices, chooseScenes(subject.data, options.split, options.numScenes));
    const auto answering = answeringOf(subject.model(), options);
    std::vector<PartialAnswer> answers;
    for (const auto& [name, answer] : answering) answers.push_back(emptyAnswer(name, options));
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (job.stop.stop_requested()) return evaluationCancelled();
        job.report({double(i) / double(indices.size()), -1, weights.filename().string()});
        const EvalScene scene = subject.scene(indices[i]);
        VITRINE_TRY(const auto columns, partialScenes(scene.truth, indices[i], options));
        for (std::size_t c = 0; c < columns.size(); ++c) {
            EvalScene hidden = scene;
            hidden.pixels.hide(0, columns[c].omission);
            subject.look(hidden, columns[c].observed);
            for (std::size_t a = 0; a < answers.size(); ++a)
                add(answers[a].columns[c],
                    labelsOf(answering[a].second(*subject.segmenter)[0]),
                    columns[c],
                    scene.truth,
                    subject.parts(),
                    scene.group);
        }
    }
    return answers;
}

Result<std::vector<PartialAnswer>> evaluatePartialBaselines(const std::filesystem::path& scenes,
                                                            int size,
                                                            const PartialEvalOptions& options,
                                                            const JobContext& job) {
    VITRINE_TRY(const PackedScenes data, PackedScenes::open(scenes));
    VITRINE_TRY(const ScenePictures pictures, ScenePictures::make(data, size));
    VITRINE_TRY(const auto indices, chooseScenes(data, options.split, options.numScenes));
    std::vector<PartialAnswer> answers = {emptyAnswer("nearest known label", options)};
    std::vector<std::function<LabelMap(const LabelMap&)>> methods = {nearestKnownLabels};
    std::optional<LabelRetrieval> retrieval;
    if (!data.indicesOf(Split::Train).empty()) {
        VITRINE_TRY(retrieval, LabelRetrieval::make(data, size, options.numRetrievalScenes));
        answers.push_back(emptyAnswer("retrieval", options));
        methods.push_back([&retrieval](const LabelMap& observed) {
            return mostFrequentLabels(retrieval->find(observed, kNumRetrieved));
        });
    }
    const IouRule parts{data.numClasses(), 1, EmptyClass::Skip};
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (job.stop.stop_requested()) return evaluationCancelled();
        job.report({double(i) / double(indices.size()), -1, "baselines"});
        SceneBatch batch;
        pictures.append(indices[i], batch);
        LabelMap truth(size, size);
        truth.pixels = std::move(batch.labels);
        VITRINE_TRY(const auto columns, partialScenes(truth, indices[i], options));
        for (std::size_t a = 0; a < answers.size(); ++a)
            for (std::size_t c = 0; c < columns.size(); ++c)
                add(answers[a].columns[c],
                    methods[a](columns[c].observed),
                    columns[c],
                    truth,
                    parts,
                    data.info(indices[i]).group);
    }
    return answers;
}

}  // namespace vitrine
