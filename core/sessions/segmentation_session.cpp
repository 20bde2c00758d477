// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/segmentation_session.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "core/base/mean.h"
#include "core/io/safetensors.h"
#include "core/metrics/truth_likelihood.h"
#include "core/nets/gaussian_segmenter.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/weights.h"
#include "core/recipe/segmentation_input.h"
#include "core/recipe/segmentation_recipe.h"
#include "core/sessions/segmentation_answer.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr int kFirstPass = 1;   // samples before the first are shown
constexpr int kFirstSwept = 4;  // the same where each is swept: a curve of one says little
constexpr int kActivitySamples = 4;
constexpr std::int64_t kLikelihoodSamples = 25;

PictureEvidence evidenceOf(const SegmentationRequest& request,
                           const Image& input,
                           const SegmenterInfo& info) {
    PictureEvidence evidence{imageTensor(input), torch::ones({1, 1, info.size, info.size}), {}};
    if (!request.omission.empty())
        evidence.isSeen = (labelTensor(squareMap(request.omission, info.size, 0)) == 0)
                              .to(torch::kFloat32)
                              .view_as(evidence.isSeen);
    if (!request.observed.empty())
        evidence.labels = oneHotLabels(
            labelTensor(squareMap(request.observed, info.size, kUnknownLabel)).unsqueeze(0), info.numClasses);
    return evidence;
}

Error cannotRankChannels(const SegmentationModelInfo& info) {
    std::string name = info.variant;
    std::ranges::transform(
        name, name.begin(), [](unsigned char letter) { return char(std::toupper(letter)); });
    return {ErrorCode::InvalidArgument,
            name +
                (info.numChannels > 0 ? " has no recognition network, which ranks the latent channels."
                                      : " has no latent channels.") +
                " Choose CVAE or Hybrid."};
}

/// Shapes: [N, K, H, W] probabilities -> [N, H, W], 1 where all classes are as likely.
Tensor relativeEntropy(const Tensor& probability) {
    return -at::xlogy(probability, probability).sum(1) / std::log(double(probability.size(1)));
}

/// Sums over samples what the result tells of all of them.
class SampleSums {
public:
    /// Shapes: logits [S, K, H, W].
    void add(const Tensor& logits) {
        const Tensor probability = logits.softmax(1);
        accumulate(m_probability, probability.sum(0, /*keepdim=*/true));
        accumulate(m_entropy, relativeEntropy(probability).sum(0));
        m_count += logits.size(0);
    }
    void finish(SegmentationResult& result) const {
        if (m_count == 0) return;
        const Tensor mean = m_probability / double(m_count);
        const Tensor total = relativeEntropy(mean)[0];
        result.argmax = toLabelMap(mean.argmax(1)[0]);
        result.probability = toClassRaster(mean[0]);
        result.entropy = toRaster(total.clamp(0, 1));
        result.mutualInformation = toRaster((total - m_entropy / double(m_count)).clamp(0, 1));
    }

private:
    static void accumulate(Tensor& sum, const Tensor& value) { sum = sum.defined() ? sum + value : value; }
    Tensor m_probability, m_entropy;
    std::int64_t m_count = 0;
};

}  // namespace

struct SegmentationSession::Network {
    SegmentationModelInfo info;
    std::unique_ptr<Segmenter> segmenter;
    Image input;  ///< what the network sees

    void look(const SegmentationRequest& request) {
        input = squarePicture(request.image, info.size);
        if (!request.omission.empty()) input = leaveOut(input, squareMap(request.omission, info.size, 0));
        segmenter->look(evidenceOf(request, input, info));
    }
    /// What needs no samples: input, guess, mean.
    SegmentationResult firstAnswers(const SegmentationRequest& request, const SweepListener& onSweep) const {
        SegmentationResult result;
        result.input = input;
        if (const Tensor guess = segmenter->guess(); guess.defined())
            result.guess = toLabelMap(guess.argmax(1)[0]);
        SamplingOptions means = request;
        means.samplingSweeps = false;
        result.mean = toLabelMap(segmenter->mean(means, onSweep).argmax(1)[0]);
        return result;
    }
    /// Of the truth; see SegmentationResult.
    void reconstruct(const SegmentationRequest& request, SegmentationResult& result) const {
        if (request.truth.empty()) return;
        const Tensor truth = labelTensor(squareMap(request.truth, info.size, kUnknownLabel)).unsqueeze(0);
        const Tensor logits = segmenter->reconstruction(oneHotLabels(truth, info.numClasses));
        if (logits.defined()) result.reconstruction = toLabelMap(logits.argmax(1)[0]);
    }
    double logLikelihood(const SegmentationRequest& request, const KeepGoing& keepGoing) const {
        const Tensor truth = labelTensor(labelsToFind(request, info.size)).unsqueeze(0);
        const auto estimate = [&](LikelihoodEstimator estimator) {
            return truthLogLikelihood(
                *segmenter, estimator, truth, kLikelihoodSamples, request.seed, /*picture=*/0, keepGoing);
        };
        const double importance = estimate(LikelihoodEstimator::ImportanceSampling);
        return std::isnan(importance) ? estimate(LikelihoodEstimator::MonteCarlo) : importance;
    }
    /// Of one sample, drawn at once.
    LabelMap quickSample(const SegmentationRequest& request) const {
        SamplingOptions quick = request;
        quick.numSamplingSteps = 1;
        return toLabelMap(segmenter->samples(0, 1, quick).argmax(1)[0]);
    }
};

SegmentationSession::SegmentationSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
SegmentationSession::SegmentationSession() = default;
SegmentationSession::SegmentationSession(SegmentationSession&&) noexcept = default;
SegmentationSession& SegmentationSession::operator=(SegmentationSession&&) noexcept = default;
SegmentationSession::~SegmentationSession() = default;

std::filesystem::path SegmentationSession::defaultModel(const std::string& variant) {
    return segmentationModelFile(variant);
}

const SegmentationModelInfo& SegmentationSession::info() const {
    return m_network->info;
}

Result<SegmentationSession> SegmentationSession::open(const std::filesystem::path& weights) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    auto segmenter = makeSegmenter(file);
    if (!segmenter) return cannotUse(weights, segmenter.error());
    const SegmentationModelInfo info{(*segmenter)->info(), weights, file.hash()};
    return SegmentationSession(std::make_unique<Network>(Network{info, std::move(segmenter).value(), {}}));
}

Result<SegmentationSession> SegmentationSession::untrained(const SegmentationNetOptions& options,
                                                           int size,
                                                           std::uint64_t seed) {
    VITRINE_CHECK(options.validate());
    if (size < kLatentStride || size % kLatentStride != 0)
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format(
                "The network's pictures are a multiple of {} pixels wide and high; choose another size.",
                kLatentStride)};
    SegmentationWeightsInfo weights;
    weights.options = options;
    weights.imageSize = size;
    SegmentationNet network(options);
    network->initialise(at::detail::createCPUGenerator(seed));
    auto segmenter = std::make_unique<GaussianSegmenter>(std::move(network), weights);
    const SegmentationModelInfo info{segmenter->info(), {}, {}};
    return SegmentationSession(std::make_unique<Network>(Network{info, std::move(segmenter), {}}));
}

Result<SegmentationResult> SegmentationSession::segment(const SegmentationRequest& request,
                                                        const SampleCallback& onSample,
                                                        const SweepCallback& onSweep) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    const c10::InferenceMode inference;
    m_network->look(request);
    const Segmenter& segmenter = *m_network->segmenter;
    const int numSweeps = segmenter.numSweeps(request);
    bool keepGoing = true, isSwept = true;
    const auto hear = [&](int first, int sweep, double share) {
        keepGoing = keepGoing && (!onSweep || onSweep({first, sweep, share}));
        isSwept = isSwept && (keepGoing || sweep + 1 == numSweeps);
        return keepGoing;
    };
    SegmentationResult result =
        m_network->firstAnswers(request, [&hear](int sweep, double share) { return hear(-1, sweep, share); });
    SampleSums sums;
    std::vector<Mean> changed;  // by sweep, over samples that are swept a few at a time
    std::int64_t perPass = numSweeps == 0 ? kFirstPass : kFirstSwept;
    if (numSweeps > 0 && request.observed.empty() && onSample)
        keepGoing = keepGoing && onSample(0, m_network->quickSample(request));
    do {
        const auto first = std::int64_t(result.samples.size());
        const std::int64_t count = std::min(perPass, request.numSamples - first);
        const Tensor logits = segmenter.samples(first, count, request, [&](int sweep, double share) {
            changed.resize(std::max(changed.size(), std::size_t(sweep) + 1));
            changed[std::size_t(sweep)].add(share, double(count));
            return hear(int(first), sweep, share);
        });
        if (!logits.isfinite().all().item<bool>())
            return Error{ErrorCode::NonFinite, "The network's answer is not a number; open another model."};
        sums.add(logits);
        const Tensor labels = logits.argmax(1);
        for (std::int64_t i = 0; i < count; ++i) {
            result.samples.push_back(toLabelMap(labels[i]));
            keepGoing = keepGoing && (!onSample || onSample(int(first + i), result.samples.back()));
        }
        perPass = segmenter.samplesPerPass();
    } while (keepGoing && int(result.samples.size()) < request.numSamples);
    result.isComplete = isSwept && int(result.samples.size()) == request.numSamples;
    for (const Mean& share : changed) result.changedShares.push_back(share.value());
    sums.finish(result);
    if (keepGoing) m_network->reconstruct(request, result);
    finishScores(request, m_network->info, result);
    return result;
}

Result<std::vector<LabelMap>> SegmentationSession::interpolate(
    const SegmentationRequest& request, int from, int to, int count, const KeepGoing& keepGoing) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (m_network->info.numChannels == 0)
        return Error{
            ErrorCode::InvalidArgument,
            "The variant " + m_network->info.variant + " has no latent path between samples; choose cvae."};
    if (count < 2 || from < 0 || to < 0)
        return Error{ErrorCode::InvalidArgument, "A latent path has at least 2 pictures, its ends."};
    const c10::InferenceMode inference;
    m_network->look(request);
    const auto wanted = [&keepGoing](int, double) { return !keepGoing || keepGoing(); };
    const Tensor logits = m_network->segmenter->between(from, to, count, request, wanted);
    const Tensor labels = logits.argmax(1);
    std::vector<LabelMap> between;
    for (std::int64_t i = 0; i < labels.size(0); ++i) between.push_back(toLabelMap(labels[i]));
    return between;
}

Result<std::optional<std::vector<double>>> SegmentationSession::channelActivity(
    const SegmentationRequest& request, const KeepGoing& keepGoing) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (m_network->info.numChannels == 0 || !m_network->info.takesObserved)
        return cannotRankChannels(m_network->info);
    const c10::InferenceMode inference;
    using Activity = std::optional<std::vector<double>>;
    const auto isOver = [&keepGoing] { return keepGoing && !keepGoing(); };
    if (isOver()) return Activity();
    m_network->look(request);
    if (isOver()) return Activity();
    const Segmenter& segmenter = *m_network->segmenter;
    const Tensor labels =
        segmenter.samples(0, kActivitySamples, request, [&](int, double) { return !isOver(); }).argmax(1);
    if (isOver()) return Activity();
    const Tensor kl = segmenter.channelActivity(oneHotLabels(labels, m_network->info.numClasses))
                          .to(torch::kFloat64)
                          .contiguous();
    return Activity(std::vector<double>(kl.data_ptr<double>(), kl.data_ptr<double>() + kl.numel()));
}

Result<std::optional<double>> SegmentationSession::logLikelihood(const SegmentationRequest& request,
                                                                 const KeepGoing& keepGoing) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (request.truth.empty()) return invalidArgument("There are no true labels to judge; open some.");
    using Likelihood = std::optional<double>;
    if (!request.observed.empty() && !m_network->info.drawsTokens)
        return Likelihood(std::numeric_limits<double>::quiet_NaN());
    const c10::InferenceMode inference;
    const auto isOver = [&keepGoing] { return keepGoing && !keepGoing(); };
    if (isOver()) return Likelihood();
    m_network->look(request);
    const double likelihood = m_network->logLikelihood(request, keepGoing);
    return isOver() ? Likelihood() : Likelihood(likelihood);
}

}  // namespace vitrine
