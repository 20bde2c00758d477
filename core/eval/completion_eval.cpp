// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/completion_eval.h"

#include <algorithm>
#include <limits>

#include "core/base/random.h"
#include "core/data/idx_images.h"
#include "core/io/safetensors.h"
#include "core/metrics/conditional_likelihood.h"
#include "core/nets/completion_weights.h"
#include "core/nets/random_tensors.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kBoundSamples = 100;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Shapes: [1, 784] in [0, 1].
Tensor pictureTensor(const IdxImages& images, std::size_t index, bool binarised) {
    const Tensor bytes = torch::from_blob(const_cast<std::uint8_t*>(images.image(index)),
                                          {1, kCompletionSide * kCompletionSide},
                                          torch::kUInt8);
    return completionPixels(bytes, binarised);
}

/// Values of one estimator: for each S those of all pictures.
class Curve {
public:
    explicit Curve(std::span<const std::int64_t> counts) : m_counts(counts), m_values(counts.size()) {}
    void add(const LatentLikelihood& model,
             LikelihoodEstimator estimator,
             std::uint64_t seed,
             std::size_t picture) {
        auto generator = generatorOf({seed, std::uint64_t(estimator), picture});
        const auto weights = logWeights(model, estimator, m_counts.back(), generator);
        const auto curve = likelihoodCurve(weights, m_counts);
        for (std::size_t i = 0; i < curve.size(); ++i) m_values[i].push_back(-curve[i]);
    }
    LikelihoodCurve summary() const {
        LikelihoodCurve curve;
        for (const auto& values : m_values)
            if (!values.empty()) curve.push_back(summarise(values));
        return curve;
    }

private:
    std::span<const std::int64_t> m_counts;
    std::vector<std::vector<double>> m_values;
};

LikelihoodSummary summaryOf(const std::vector<double>& values) {
    return values.empty() ? LikelihoodSummary{kUnknown, kUnknown} : summarise(values);
}

}  // namespace

Result<CompletionEval> evaluateCompletion(const std::filesystem::path& weights,
                                          const std::filesystem::path& folder,
                                          const CompletionEvalOptions& options,
                                          const JobContext& job) {
    if (options.counts.empty() || options.counts.front() < 1 || !std::ranges::is_sorted(options.counts))
        return Error{ErrorCode::InvalidArgument, "The numbers of samples must rise from at least 1."};
    const c10::InferenceMode inference;
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    auto made = makeCompletionNet(file);
    if (!made) return cannotUse(weights, made.error());
    CompletionNet network = std::move(made).value();
    VITRINE_TRY(const IdxImages pictures, readIdxTestImages(folder));
    CompletionEval eval;
    eval.network = network->options;
    Curve monteCarlo(options.counts), importance(options.counts);
    std::vector<double> baseline, bound;
    const std::size_t count = std::min(std::size_t(options.numPictures), pictures.count());
    for (std::size_t i = 0; i < count; ++i) {
        if (job.stop.stop_requested()) return Error{ErrorCode::Internal, "The evaluation was cancelled."};
        job.report({double(i) / double(count), -1, weights.filename().string()});
        const std::size_t picture = i * pictures.count() / count;
        const Tensor image = pictureTensor(pictures, picture, network->options.binarised);
        if (network->baseline)
            baseline.push_back(
                -hiddenLogLikelihood(network->guess(image), image, network->seen).item<double>());
        if (!network->options.hasLatent()) continue;
        const LatentLikelihood model = likelihoodOf(network, image);
        monteCarlo.add(model, LikelihoodEstimator::MonteCarlo, options.seed, picture);
        if (!network->options.hasRecognition()) continue;
        importance.add(model, LikelihoodEstimator::ImportanceSampling, options.seed, picture);
        auto generator = generatorOf({options.seed, 0xE1B0, picture});
        bound.push_back(-evidenceLowerBound(model, kBoundSamples, generator));
    }
    eval.baseline = summaryOf(baseline);
    eval.bound = summaryOf(bound);
    eval.monteCarlo = monteCarlo.summary();
    eval.importance = importance.summary();
    return eval;
}

}  // namespace vitrine
