// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/segmentation_session.h"

#include <torch/torch.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/mean.h"
#include "core/explore/segmentation_input.h"
#include "core/explore/segmentation_recipe.h"
#include "core/explore/segmentation_request.h"
#include "core/io/safetensors.h"
#include "core/nets/fast_structured_predictor.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/structured_weights.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr int kFirstPass = 1;   // samples before the first are shown
constexpr int kFirstSwept = 4;  // the same where each is swept: a curve of one says little
constexpr int kActivitySamples = 4;
constexpr int kDefaultSize = 128;  // of a weight file that does not say

SegmentationModelInfo describe(const StructuredWeightsInfo& weights, const std::filesystem::path& file) {
    SegmentationModelInfo info;
    info.variant = nameOf(weights.options.variant);
    info.file = file;
    info.size = weights.imageSize > 0 ? int(weights.imageSize) : kDefaultSize;
    info.numClasses = int(weights.options.numClasses);
    info.numChannels = weights.options.hasLatent() ? int(weights.options.latentMaps()) : 0;
    info.hasNoise = weights.options.hasNoise();
    info.takesObserved = weights.options.hasRecognition();
    info.drawsInParts = weights.drawsInParts();
    info.numParameters = weights.options.numParameters();
    info.step = weights.step;
    info.classNames = weights.classNames;
    for (int i = int(info.classNames.size()); i < info.numClasses; ++i)
        info.classNames.push_back("class " + std::to_string(i));
    return info;
}

Error cannotRankChannels(const SegmentationModelInfo& info) {
    std::string name = info.variant;
    std::ranges::transform(
        name, name.begin(), [](unsigned char letter) { return char(std::toupper(letter)); });
    return {ErrorCode::InvalidArgument,
            name +
                (info.hasNoise ? " has no recognition network, which ranks the latent channels."
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

/// Hears of the sweeps of several samples at once, and says whether to go on.
using SweepListener = std::function<bool(int sweep, double changedShare)>;

SweepCallback callbackOf(const SweepListener& listener) {
    if (!listener) return {};
    return [&listener](int sweep, const Tensor&, double changed) { return listener(sweep, changed); };
}

}  // namespace

struct SegmentationSession::Network {
    SegmentationModelInfo info;
    FastStructuredPredictor predictor;
    Image input;  ///< that `condition` is of
    FastStructuredPredictor::Condition condition;

    /// Runs what does not depend on the samples, unless it is the same picture as last time.
    void prepare(const SegmentationRequest& request);
    /// The request's held channels, in latents of a prior.
    Tensor forced(const SegmentationRequest& request, const LatentGaussian& prior, Tensor z) const;
    /// p(z|x), or p(z|x, y_o) where labels are known and the prior can be told.
    LatentGaussian prior(const SegmentationRequest& request) const;
    int partsOf(const SegmentationRequest& request) const;
    /// That each sample is heard of in: of iterative inference, or its parts but the first.
    int sweepsOf(const SegmentationRequest& request) const;
    Tensor noise(const SegmentationRequest& request, std::int64_t first, std::int64_t count) const;
    /// Logits of samples of that noise. Shapes: [count, K, H, W].
    Tensor sampleLogits(const SegmentationRequest& request,
                        const Tensor& noise,
                        const SweepListener& onSweep) const;
    /// Of one sample, drawn at once. Shapes: [1, K, H, W].
    Tensor quickLogits(const SegmentationRequest& request, std::int64_t number) const;
    Tensor completed(const SegmentationRequest& request,
                     Tensor z,
                     bool sampling,
                     const SweepListener& onSweep) const;
    /// What needs no samples: input, guess, mean.
    SegmentationResult firstAnswers(const SegmentationRequest& request, const SweepListener& onSweep) const;
};

void SegmentationSession::Network::prepare(const SegmentationRequest& request) {
    Image picture = squarePicture(request.image, info.size);
    if (!request.omission.empty()) picture = leaveOut(picture, squareMap(request.omission, info.size, 0));
    if (picture == input) return;
    condition = predictor.condition(imageTensor(picture));
    input = std::move(picture);
}

Tensor SegmentationSession::Network::forced(const SegmentationRequest& request,
                                            const LatentGaussian& prior,
                                            Tensor z) const {
    for (const ForcedChannel& one : request.forced) z = forceChannel(prior, z, one.channel, one.deviations);
    return z;
}

LatentGaussian SegmentationSession::Network::prior(const SegmentationRequest& request) const {
    if (!info.drawsInParts || request.observed.empty()) return condition.prior;
    const Tensor observed = labelTensor(squareMap(request.observed, info.size, kUnknownLabel));
    return predictor.priorGiven(condition, oneHotLabels(observed.unsqueeze(0), info.numClasses));
}

int SegmentationSession::Network::partsOf(const SegmentationRequest& request) const {
    return info.drawsInParts && request.observed.empty() ? request.numParts : 1;
}

int SegmentationSession::Network::sweepsOf(const SegmentationRequest& request) const {
    return request.observed.empty() ? partsOf(request) - 1 : request.numSweeps;
}

Tensor SegmentationSession::Network::noise(const SegmentationRequest& request,
                                           std::int64_t first,
                                           std::int64_t count) const {
    if (!predictor.options().hasLatent()) return torch::empty({count, 0});
    return predictor.noise(condition, first, count, request.seed, partsOf(request)) * request.spread;
}

Tensor SegmentationSession::Network::sampleLogits(const SegmentationRequest& request,
                                                  const Tensor& noise,
                                                  const SweepListener& onSweep) const {
    if (!predictor.options().hasLatent()) return condition.guess.expand({noise.size(0), -1, -1, -1});
    const LatentChange hold = [&](const LatentGaussian& prior, Tensor z) {
        return forced(request, prior, std::move(z));
    };
    if (partsOf(request) > 1) return partwiseLogits(predictor, condition, noise, hold, callbackOf(onSweep));
    if (!request.observed.empty()) {
        const LatentGaussian told = prior(request);
        return completed(request, hold(told, told.sample(noise)), request.samplingSweeps, onSweep);
    }
    Tensor z = hold(condition.prior, predictor.latents(condition, noise));
    return predictor.logits(condition, z);
}

Tensor SegmentationSession::Network::quickLogits(const SegmentationRequest& request,
                                                 std::int64_t number) const {
    SegmentationRequest quick;
    quick.seed = request.seed;
    quick.spread = request.spread;
    quick.forced = request.forced;
    return sampleLogits(quick, noise(quick, number, 1), {});
}

/// The observed labels are followed, and stand in the answer as they are.
Tensor SegmentationSession::Network::completed(const SegmentationRequest& request,
                                               Tensor z,
                                               bool sampling,
                                               const SweepListener& onSweep) const {
    constexpr double kCertain = 40;
    const Tensor observed = labelTensor(squareMap(request.observed, info.size, kUnknownLabel));
    const CompletionOptions options{request.numSweeps, sampling, request.seed};
    const Tensor logits =
        completeLabels(predictor, condition, observed, std::move(z), options, callbackOf(onSweep));
    const Tensor known = kCertain * oneHotLabels(observed.unsqueeze(0), info.numClasses);
    return torch::where((observed == std::int64_t(kUnknownLabel)), logits, known);
}

SegmentationResult SegmentationSession::Network::firstAnswers(const SegmentationRequest& request,
                                                              const SweepListener& onSweep) const {
    SegmentationResult result;
    result.input = input;
    if (condition.guess.defined()) result.guess = toLabelMap(condition.guess.argmax(1)[0]);
    Tensor mean = condition.guess;
    if (predictor.options().hasLatent()) {
        const LatentGaussian start = prior(request);
        const Tensor z = forced(request, start, start.mean);
        mean =
            request.observed.empty() ? predictor.logits(condition, z) : completed(request, z, false, onSweep);
    }
    result.mean = toLabelMap(mean.argmax(1)[0]);
    return result;
}

SegmentationSession::SegmentationSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
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
    const auto info = structuredWeightsInfo(file.metadata());
    if (!info) return cannotUse(weights, info.error());
    auto network = makeStructuredPredictor(file);
    if (!network) return cannotUse(weights, network.error());
    SegmentationModelInfo described = describe(*info, weights);
    described.weightsHash = file.hash();
    return SegmentationSession(std::make_unique<Network>(
        Network{std::move(described), FastStructuredPredictor(std::move(network).value()), {}, {}}));
}

Result<SegmentationSession> SegmentationSession::untrained(const StructuredPredictorOptions& options,
                                                           int size,
                                                           std::uint64_t seed) {
    VITRINE_CHECK(options.validate());
    if (size < kLatentStride || size % kLatentStride != 0)
        return Error{ErrorCode::InvalidArgument,
                     "The network's pictures are a multiple of " + std::to_string(kLatentStride) +
                         " pixels wide and high; choose another size."};
    StructuredWeightsInfo weights;
    weights.options = options;
    weights.imageSize = size;
    StructuredPredictor network(options);
    network->initialise(at::detail::createCPUGenerator(seed));
    return SegmentationSession(std::make_unique<Network>(
        Network{describe(weights, {}), FastStructuredPredictor(std::move(network)), {}, {}}));
}

Result<SegmentationResult> SegmentationSession::segment(const SegmentationRequest& request,
                                                        const SampleCallback& onSample,
                                                        const SweepCallback& onSweep) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    const c10::InferenceMode inference;
    m_network->prepare(request);
    const int numSweeps = m_network->sweepsOf(request);
    bool goesOn = true, isSwept = true;
    const auto hear = [&](int first, int sweep, double share) {
        goesOn = goesOn && (!onSweep || onSweep({first, sweep, share}));
        isSwept = isSwept && (goesOn || sweep + 1 == numSweeps);
        return goesOn;
    };
    SegmentationResult result =
        m_network->firstAnswers(request, [&hear](int sweep, double share) { return hear(-1, sweep, share); });
    SampleSums sums;
    std::vector<Mean> changed;  // by sweep, over samples that are swept a few at a time
    std::int64_t perPass = numSweeps == 0 ? kFirstPass : kFirstSwept;
    if (numSweeps > 0 && request.observed.empty() && onSample)
        goesOn = goesOn && onSample(0, toLabelMap(m_network->quickLogits(request, 0).argmax(1)[0]));
    do {
        const auto first = std::int64_t(result.samples.size());
        const std::int64_t count = std::min(perPass, request.numSamples - first);
        const Tensor noise = m_network->noise(request, first, count);
        const Tensor logits = m_network->sampleLogits(request, noise, [&](int sweep, double share) {
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
            goesOn = goesOn && (!onSample || onSample(int(first + i), result.samples.back()));
        }
        perPass = FastStructuredPredictor::kSamplesPerPass;
    } while (goesOn && int(result.samples.size()) < request.numSamples);
    result.isComplete = isSwept && int(result.samples.size()) == request.numSamples;
    for (const Mean& share : changed) result.changedShares.push_back(share.value());
    sums.finish(result);
    finishScores(request, m_network->info, result);
    return result;
}

Result<std::vector<LabelMap>> SegmentationSession::interpolate(
    const SegmentationRequest& request, int from, int to, int count, const GoesOn& goesOn) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (count < 2 || from < 0 || to < 0)
        return Error{ErrorCode::InvalidArgument, "A way between two samples has at least its two ends."};
    const c10::InferenceMode inference;
    m_network->prepare(request);
    const auto wanted = [&goesOn](int = 0, double = 0) { return !goesOn || goesOn(); };
    const Tensor start = m_network->noise(request, from, 1), end = m_network->noise(request, to, 1);
    std::vector<Tensor> steps;
    for (int i = 0; i < count; ++i) steps.push_back(interpolateNoise(start, end, double(i) / (count - 1)));
    std::vector<LabelMap> way;
    for (const Tensor& some : torch::cat(steps).split(FastStructuredPredictor::kSamplesPerPass)) {
        const Tensor labels = m_network->sampleLogits(request, some, wanted).argmax(1);
        if (!wanted()) break;
        for (std::int64_t i = 0; i < labels.size(0); ++i) way.push_back(toLabelMap(labels[i]));
    }
    return way;
}

Result<std::optional<std::vector<double>>> SegmentationSession::channelActivity(
    const SegmentationRequest& request, const GoesOn& goesOn) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (!m_network->info.takesObserved) return cannotRankChannels(m_network->info);
    const c10::InferenceMode inference;
    using Activity = std::optional<std::vector<double>>;
    const auto isOver = [&goesOn] { return goesOn && !goesOn(); };
    if (isOver()) return Activity();
    m_network->prepare(request);
    if (isOver()) return Activity();
    const Tensor noise = m_network->noise(request, 0, kActivitySamples);
    const Tensor labels =
        m_network->sampleLogits(request, noise, [&](int, double) { return !isOver(); }).argmax(1);
    if (isOver()) return Activity();
    const LatentGaussian q = m_network->predictor.recognition(
        m_network->condition, oneHotLabels(labels, m_network->info.numClasses));
    const Tensor kl = klPerChannel(q, m_network->condition.prior).mean(0).to(torch::kFloat64).contiguous();
    return Activity(std::vector<double>(kl.data_ptr<double>(), kl.data_ptr<double>() + kl.numel()));
}

}  // namespace vitrine
