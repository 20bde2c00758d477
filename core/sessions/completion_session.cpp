// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/completion_session.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "core/io/safetensors.h"
#include "core/metrics/conditional_likelihood.h"
#include "core/nets/completion_weights.h"
#include "core/nets/fast_segmentation_net.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/random_tensors.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/weights.h"
#include "core/recipe/completion_recipe.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kNumPixels = kCompletionSide * kCompletionSide;
constexpr std::int64_t kMonteCarloSamples = 1000, kImportanceSamples = 100;
constexpr std::uint64_t kScoreSeed = 1;  // of evaluateCompletion(), of whose first picture the noise is
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

CompletionModelInfo describe(const CompletionNetOptions& options,
                             const std::filesystem::path& file,
                             std::int64_t step,
                             const std::string& weightsHash) {
    CompletionModelInfo info;
    info.variant = nameOf(options.variant);
    info.file = file;
    info.numQuadrants = int(options.numQuadrants);
    info.numChannels = options.hasLatent() ? int(options.latent) : 0;
    info.hasRecognition = options.hasRecognition();
    info.numParameters = numParameters(options);
    info.step = step;
    info.weightsHash = weightsHash;
    return info;
}

Status checkRequest(const CompletionRequest& request, const CompletionModelInfo& info) {
    if (request.image.empty() && info.numQuadrants > 0)
        return invalidArgument("This network observes a part of a picture, but there is none; choose one.");
    if (request.numSamples < 1 || request.numSamples > CompletionRequest::kMaxSamples)
        return invalidArgument(fmt::format("Ask for 1 to {} samples.", CompletionRequest::kMaxSamples));
    if (!(request.temperature >= 0 && request.temperature <= CompletionRequest::kMaxTemperature))
        return invalidArgument("The temperature of the samples must lie between 0 and 3.");
    for (const ForcedChannel& forced : request.forced) {
        if (forced.channel < 0 || forced.channel >= info.numChannels)
            return invalidArgument(
                fmt::format("The latent has no channel {}; it has {}.", forced.channel, info.numChannels));
        if (!(std::abs(forced.deviations) <= CompletionRequest::kMaxDeviations))
            return invalidArgument("A latent channel can be fixed between -100 and 100 standard deviations.");
    }
    return {};
}

Status checkFinite(const Tensor& probabilities) {
    if (probabilities.isfinite().all().item<bool>()) return {};
    return Error{ErrorCode::NonFinite, "The network's answer is not a number; open another model."};
}

/// Shapes: [28, 28, 1] -> [1, 784] in [0, 1].
Tensor flatTensor(const Image& picture, bool binarised) {
    const Tensor bytes =
        torch::from_blob(const_cast<std::uint8_t*>(picture.pixels.data()), {1, kNumPixels}, torch::kUInt8);
    return completionPixels(bytes, binarised);
}

/// Shapes: [784] -> [28, 28].
Tensor asSquare(const Tensor& flat) {
    return flat.view({kCompletionSide, kCompletionSide});
}

/// Shapes: [784] in [0, 1] -> [28, 28, 1].
Image greyPicture(const Tensor& probability) {
    const Tensor levels = probability.mul(255).round().to(torch::kCPU, torch::kUInt8).contiguous();
    Image picture(kCompletionSide, kCompletionSide, 1);
    std::copy_n(levels.data_ptr<std::uint8_t>(), picture.pixels.size(), picture.pixels.begin());
    return picture;
}

/// Shapes: [N, 784] -> N pictures.
std::vector<Image> greyPictures(const Tensor& probabilities) {
    std::vector<Image> pictures;
    for (std::int64_t i = 0; i < probabilities.size(0); ++i)
        pictures.push_back(greyPicture(probabilities[i]));
    return pictures;
}

std::vector<double> numbersOf(const Tensor& values) {
    const Tensor all = values.to(torch::kFloat64).contiguous();
    return {all.data_ptr<double>(), all.data_ptr<double>() + all.numel()};
}

double negativeLogLikelihood(const LatentLikelihood& model,
                             LikelihoodEstimator estimator,
                             std::int64_t numSamples) {
    const auto generator = generatorOf({kScoreSeed, std::uint64_t(estimator), 0});
    return -estimatedLogLikelihood(model, estimator, numSamples, generator);
}

CompletionScores scoresOf(const CompletionNet& network, const Tensor& pixels, const Tensor& guess) {
    CompletionScores scores{kUnknown, kUnknown, kUnknown};
    if (guess.defined()) scores.guess = -hiddenLogLikelihood(guess, pixels, network->seen).item<double>();
    if (!network->options.hasLatent()) return scores;
    const LatentLikelihood model = likelihoodOf(network, pixels);
    scores.monteCarlo = negativeLogLikelihood(model, LikelihoodEstimator::MonteCarlo, kMonteCarloSamples);
    if (network->options.hasRecognition())
        scores.importance =
            negativeLogLikelihood(model, LikelihoodEstimator::ImportanceSampling, kImportanceSamples);
    return scores;
}

}  // namespace

struct CompletionSession::Network {
    /// What depends on the picture alone.
    struct Condition {
        Image picture;         ///< empty without one
        Tensor pixels, guess;  ///< [1, 784], in [0, 1]; logits, undefined where nothing is seen
        LatentGaussian prior;  ///< undefined without a latent
        CompletionResult answer;
    };

    CompletionModelInfo info;
    CompletionNet network;
    std::optional<Condition> condition;

    /// Runs what does not depend on the samples, unless it is the same picture as last time.
    void prepare(const Image& image);
    void recognise(Condition& next);
    /// Probabilities; what is seen stays. Shapes: logits [N, 784].
    Tensor completed(const Condition& given, const Tensor& logits) const;
    /// Completions of that noise. Shapes: noise [N, Z] -> [N, 784].
    Tensor completionsOf(const CompletionRequest& request, const Tensor& noise);
    Tensor noiseOf(const CompletionRequest& request, int sample) const;
    /// Shapes: [S, 784].
    Tensor samplesOf(const CompletionRequest& request);
};

void CompletionSession::Network::prepare(const Image& image) {
    Image picture = completionPicture(image);
    if (condition && condition->picture == picture) return;
    Condition next;
    next.pixels =
        picture.empty() ? torch::zeros({1, kNumPixels}) : flatTensor(picture, network->options.binarised);
    next.guess = network->guess(next.pixels);
    if (info.numChannels > 0) next.prior = network->priorOf(next.pixels, next.guess);
    next.answer.picture = greyPicture(next.pixels[0]);
    next.answer.hidden = toLabelMap(asSquare(network->seen.logical_not()));
    if (next.guess.defined()) next.answer.guess = greyPicture(completed(next, next.guess)[0]);
    if (!picture.empty()) {
        next.answer.scores = scoresOf(network, next.pixels, next.guess);
        if (info.hasRecognition) recognise(next);
    }
    next.picture = std::move(picture);
    condition = std::move(next);
}

void CompletionSession::Network::recognise(Condition& next) {
    const LatentGaussian q = network->recognitionOf(next.pixels);
    next.answer.reconstruction = greyPicture(torch::sigmoid(network->logitsOf(q.mean))[0]);
    next.answer.channelNats = numbersOf(klPerChannel(q, next.prior)[0]);
}

Tensor CompletionSession::Network::completed(const Condition& given, const Tensor& logits) const {
    return torch::where(network->seen, given.pixels, torch::sigmoid(logits));
}

Tensor CompletionSession::Network::completionsOf(const CompletionRequest& request, const Tensor& noise) {
    Tensor z = condition->prior.sample(noise * request.temperature);
    for (const ForcedChannel& one : request.forced)
        z = forceChannel(condition->prior, z, one.channel, one.deviations);
    return completed(*condition, network->logitsOf(z));
}

Tensor CompletionSession::Network::noiseOf(const CompletionRequest& request, int sample) const {
    return sampleNoise({1, info.numChannels}, sample, request.seed);
}

Tensor CompletionSession::Network::samplesOf(const CompletionRequest& request) {
    if (info.numChannels == 0) return completed(*condition, condition->guess);
    std::vector<Tensor> noise;
    for (int i = 0; i < request.numSamples; ++i) noise.push_back(noiseOf(request, i));
    return completionsOf(request, torch::cat(noise));
}

CompletionSession::CompletionSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
CompletionSession::CompletionSession() = default;
CompletionSession::CompletionSession(CompletionSession&&) noexcept = default;
CompletionSession& CompletionSession::operator=(CompletionSession&&) noexcept = default;
CompletionSession::~CompletionSession() = default;

std::filesystem::path CompletionSession::defaultModel(int numQuadrants, const std::string& variant) {
    return completionModelFile(numQuadrants, variant);
}

const CompletionModelInfo& CompletionSession::info() const {
    return m_network->info;
}

Result<CompletionSession> CompletionSession::open(const std::filesystem::path& weights) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    auto network = makeCompletionNet(file);
    if (!network) return cannotUse(weights, network.error());
    std::int64_t step = 0;
    const auto bindStep = [](FieldSet& fields, std::int64_t& value) {
        fields.value("step", value, AsText());
    };
    if (const Status status = readMetadata(file.metadata(), step, bindStep); !status)
        return cannotUse(weights, status.error());
    const CompletionModelInfo info = describe((*network)->options, weights, step, file.hash());
    return CompletionSession(std::make_unique<Network>(Network{info, std::move(network).value(), {}}));
}

Result<CompletionResult> CompletionSession::complete(const CompletionRequest& request) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    const c10::InferenceMode inference;
    m_network->prepare(request.image);
    const int numChannels = m_network->info.numChannels;
    CompletionResult result = m_network->condition->answer;
    if (numChannels > 0)
        result.priorMean = greyPicture(m_network->completionsOf(request, torch::zeros({1, numChannels}))[0]);
    const Tensor samples = m_network->samplesOf(request), seen = m_network->network->seen;
    VITRINE_CHECK(checkFinite(samples));
    const Tensor mean = samples.mean(0);                                                       // [784]
    const Tensor deviation = (samples - mean).square().mean(0).sqrt().masked_fill(seen, 0.0);  // [784]
    result.samples = greyPictures(samples);
    result.mean = greyPicture(mean);
    result.deviation = toRaster(asSquare(deviation));
    result.meanDeviation = (deviation.sum() / seen.logical_not().sum()).item<double>();
    return result;
}

Result<std::vector<Image>> CompletionSession::interpolate(const CompletionRequest& request,
                                                          int from,
                                                          int to,
                                                          int count) {
    VITRINE_CHECK(checkRequest(request, m_network->info));
    if (m_network->info.numChannels == 0)
        return invalidArgument("The variant nn has no latent to interpolate in; choose cvae or gsnn.");
    if (count < 2 || count > CompletionRequest::kMaxSamples)
        return invalidArgument(
            fmt::format("A latent path has at least 2 pictures, its ends, and at most {} pictures.",
                        CompletionRequest::kMaxSamples));
    if (from < 0 || to < 0 || from >= request.numSamples || to >= request.numSamples)
        return invalidArgument(
            fmt::format("A latent path connects two of the samples, which are numbered 0 to {}.",
                        request.numSamples - 1));
    const c10::InferenceMode inference;
    m_network->prepare(request.image);
    const Tensor start = m_network->noiseOf(request, from), end = m_network->noiseOf(request, to);
    std::vector<Tensor> steps;
    for (int i = 0; i < count; ++i) steps.push_back(interpolateNoise(start, end, double(i) / (count - 1)));
    const Tensor path = m_network->completionsOf(request, torch::cat(steps));
    VITRINE_CHECK(checkFinite(path));
    return greyPictures(path);
}

}  // namespace vitrine
