// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/gaussian_segmenter.h"

#include "core/base/image.h"

namespace vitrine {
namespace {

using torch::Tensor;

SweepCallback callbackOf(const SweepListener& listener) {
    if (!listener) return {};
    return [&listener](int sweep, const Tensor&, double changed) { return listener(sweep, changed); };
}

/// The request's held channels, in latents of a prior.
LatentChange holding(const std::vector<ForcedChannel>& forced) {
    return [&forced](const LatentGaussian& prior, Tensor z) {
        for (const ForcedChannel& one : forced) z = forceChannel(prior, z, one.channel, one.deviations);
        return z;
    };
}

}  // namespace

SegmenterInfo segmenterInfo(const SegmentationWeightsInfo& weights) {
    SegmenterInfo info;
    const auto& options = weights.options;
    info.variant = nameOf(options.variant);
    if (weights.imageSize > 0) info.size = int(weights.imageSize);
    info.numClasses = int(options.numClasses);
    info.numChannels = options.hasLatent() ? int(options.latentMaps()) : 0;
    info.hasNoise = options.hasNoise();
    info.takesObserved = options.hasRecognition();
    info.isAutoregressive = weights.isAutoregressive();
    info.multiScale = options.multiScale;
    info.noiseInjection = weights.noiseInjection;
    info.numParameters = options.numParameters();
    info.step = weights.step, info.seed = weights.seed;
    info.classNames = namesOfClasses(weights.classNames, info.numClasses);
    return info;
}

GaussianSegmenter::GaussianSegmenter(SegmentationNet network, const SegmentationWeightsInfo& weights)
    : Segmenter(segmenterInfo(weights)), m_network(std::move(network)) {}

void GaussianSegmenter::look(const PictureEvidence& evidence) {
    const bool isKnown =
        info().takesObserved && evidence.labels.defined() && evidence.labels.any().item<bool>();
    m_known = isKnown ? evidence.labels : Tensor();
    if (!m_condition.image.defined() || !m_condition.image.equal(evidence.image))
        m_condition = m_network.condition(evidence.image);
}

/// p(z|x), or p(z|x, y_o) where labels are known and the prior takes them.
LatentGaussian GaussianSegmenter::prior() const {
    return info().isAutoregressive && m_known.defined() ? m_network.priorGiven(m_condition, m_known)
                                                        : m_condition.prior;
}

int GaussianSegmenter::numSamplingStepsOf(const SamplingOptions& options) const {
    return info().isAutoregressive && !m_known.defined() ? options.numSamplingSteps : 1;
}

int GaussianSegmenter::numSweeps(const SamplingOptions& options) const {
    return m_known.defined() ? options.numSweeps : numSamplingStepsOf(options) - 1;
}

Tensor GaussianSegmenter::noise(std::int64_t first,
                                std::int64_t count,
                                const SamplingOptions& options) const {
    if (!m_network.options().hasLatent()) return torch::empty({count, 0});
    return m_network.noise(m_condition, first, count, options.seed, numSamplingStepsOf(options)) *
           options.temperature;
}

Tensor GaussianSegmenter::logitsOf(const Tensor& noise,
                                   const SamplingOptions& options,
                                   const SweepListener& onSweep) const {
    if (!m_network.options().hasLatent()) return m_condition.guess.expand({noise.size(0), -1, -1, -1});
    const LatentChange hold = holding(options.forced);
    if (numSamplingStepsOf(options) > 1)
        return autoregressiveLogits(m_network, m_condition, noise, hold, callbackOf(onSweep));
    if (m_known.defined()) {
        const LatentGaussian start = prior();
        return completed(hold(start, start.sample(noise)), options, onSweep);
    }
    return m_network.logits(m_condition, hold(m_condition.prior, m_network.latents(m_condition, noise)));
}

/// The known labels are followed, and stand in the answer as they are.
Tensor GaussianSegmenter::completed(Tensor z,
                                    const SamplingOptions& options,
                                    const SweepListener& onSweep) const {
    const Tensor observed =
        torch::where(m_known.sum(1) > 0, m_known.argmax(1), std::int64_t(kUnknownLabel))[0];  // [H, W]
    const CompletionOptions completion{options.numSweeps, options.samplingSweeps, options.seed};
    return withKnownLabels(
        completeLabels(m_network, m_condition, observed, std::move(z), completion, callbackOf(onSweep)),
        m_known);
}

Tensor GaussianSegmenter::mean(const SamplingOptions& options, const SweepListener& onSweep) const {
    if (!m_network.options().hasLatent()) return m_condition.guess;
    const LatentGaussian start = prior();
    const Tensor z = holding(options.forced)(start, start.mean);
    return m_known.defined() ? completed(z, options, onSweep) : m_network.logits(m_condition, z);
}

Tensor GaussianSegmenter::samples(std::int64_t first,
                                  std::int64_t count,
                                  const SamplingOptions& options,
                                  const SweepListener& onSweep) const {
    return logitsOf(noise(first, count, options), options, onSweep);
}

Tensor GaussianSegmenter::between(std::int64_t from,
                                  std::int64_t to,
                                  int count,
                                  const SamplingOptions& options,
                                  const SweepListener& onSweep) const {
    if (!m_network.options().hasLatent()) return {};
    const Tensor start = noise(from, 1, options), end = noise(to, 1, options);
    std::vector<Tensor> steps, passes;
    for (int i = 0; i < count; ++i) steps.push_back(interpolateNoise(start, end, double(i) / (count - 1)));
    bool isWanted = true;
    const SweepListener listener = [&](int sweep, double share) {
        return isWanted = isWanted && (!onSweep || onSweep(sweep, share));
    };
    for (const Tensor& some : torch::cat(steps).split(samplesPerPass())) {
        const Tensor logits = logitsOf(some, options, listener);
        if (!listener(0, 0)) break;
        passes.push_back(logits);
    }
    return passes.empty() ? start.new_empty({0, info().numClasses, info().size, info().size})
                          : torch::cat(passes);
}

Tensor GaussianSegmenter::reconstruction(const Tensor& labels) const {
    if (!m_network.options().hasRecognition()) return {};
    return m_network.logits(m_condition, m_network.recognition(m_condition, labels).mean);
}

Tensor GaussianSegmenter::channelActivity(const Tensor& labels) const {
    if (!m_network.options().hasRecognition()) return {};
    return klPerChannel(m_network.recognition(m_condition, labels), m_condition.prior).mean(0);
}

}  // namespace vitrine
