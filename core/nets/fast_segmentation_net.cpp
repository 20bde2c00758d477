// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/fast_segmentation_net.h"

#include "core/base/image.h"
#include "core/base/random.h"
#include "core/nets/random_tensors.h"

namespace vitrine {
namespace {

using torch::Tensor;

/// One class for each pixel, drawn from the softmax: the largest of logits with Gumbel noise.
Tensor drawLabels(const Tensor& logits, torch::Generator& generator) {
    constexpr double kMin = 1e-20;
    const Tensor uniform = torch::rand(logits.sizes(), generator).clamp_min(kMin);
    return (logits - (-uniform.log()).clamp_min(kMin).log()).argmax(1);
}

/// Shapes: [S, h, w] -> [S, 16 h, 16 w].
Tensor enlarged(const Tensor& cells) {
    return cells.repeat_interleave(kLatentStride, 1).repeat_interleave(kLatentStride, 2);
}

/// When each cell's turn comes: the share of the answer's entropy that lies before it and in it. What is
/// certain comes first, the rest by its key. Shapes: meanLogits [1, K, H, W], keys [S, h, w] -> [S, h, w] in
/// 0 ... 1.
Tensor placesInOrder(const Tensor& meanLogits, const Tensor& keys) {
    constexpr double kCertain = 0.2;  // nats
    constexpr double kMin = 1e-3;     // so that each cell has its place
    constexpr double kFirst = 100;    // standard deviations of the keys
    const Tensor probability = meanLogits.softmax(1);
    const Tensor entropy =
        at::max_pool2d(-at::xlogy(probability, probability).sum(1, /*keepdim=*/true), kLatentStride)
            .squeeze(1);
    const Tensor order =
        torch::where(entropy < kCertain, keys - kFirst, keys).flatten(1).argsort(std::int64_t(1));
    const Tensor sums = (entropy.expand_as(keys) + kMin).flatten(1).gather(1, order).cumsum(1);
    return torch::empty_like(sums).scatter_(1, order, sums / sums.slice(1, -1)).view(keys.sizes());
}

double changedShare(const Tensor& labels, const Tensor& before, const Tensor& open) {
    const double count = double(open.expand_as(labels).sum().item<std::int64_t>());
    return count > 0 ? double(((labels != before) & open).sum().item<std::int64_t>()) / count : 0;
}

}  // namespace

FastSegmentationNet::FastSegmentationNet(SegmentationNet network) : m_network(std::move(network)) {
    const c10::InferenceMode inference;
    if (!m_network->generation) return;
    auto& generation = *m_network->generation;
    std::int64_t side = 8;  // of the latent at 128 x 128; other sizes are reordered for
    const auto add = [&](UpConvolution& layer, bool activated) {
        const UpForm form = PackedUpConvolution::formFor(layer->weight.size(1));
        m_layers.emplace_back(
            layer->weight, layer->bias, torch::kFloat32, Activation{activated, 0}, form, side);
        side *= 2;
    };
    for (auto* layer : {&generation.up_2, &generation.up_3, &generation.up_4}) add(*layer, true);
    add(generation.output, false);
}

FastSegmentationNet::Condition FastSegmentationNet::condition(const Tensor& image) const {
    const c10::InferenceMode inference;
    Condition condition;
    condition.image = image.contiguous(at::MemoryFormat::ChannelsLast);
    condition.guess = m_network.ptr()->guess(condition.image).logits;
    if (options().hasLatent()) condition.prior = m_network.ptr()->priorOf(condition.image, condition.guess);
    return condition;
}

Tensor FastSegmentationNet::noise(const Condition& condition,
                                  std::int64_t first,
                                  std::int64_t count,
                                  std::uint64_t seed,
                                  int numSamplingSteps) const {
    const c10::InferenceMode inference;
    auto shape = condition.prior.mean.sizes().vec();
    if (numSamplingSteps > 1) shape[1] = numSamplingSteps * shape[1] + 1;
    std::vector<Tensor> drawn;
    for (std::int64_t i = first; i < first + count; ++i) drawn.push_back(sampleNoise(shape, i, seed));
    return torch::cat(drawn);
}

Tensor FastSegmentationNet::latents(const Condition& condition, const Tensor& noise) const {
    const c10::InferenceMode inference;
    return options().hasNoise() ? condition.prior.sample(noise) : condition.prior.mean.expand_as(noise);
}

Tensor FastSegmentationNet::generate(const Tensor& z) const {
    auto maps = at::relu(
        m_network->generation.ptr()->conv_1.ptr()->forward(z.contiguous(at::MemoryFormat::ChannelsLast)));
    for (const auto& layer : m_layers) maps = layer.forward(maps);
    return maps;  // [S, K, H, W]
}

Tensor FastSegmentationNet::logits(const Condition& condition, const Tensor& z) const {
    const c10::InferenceMode inference;
    if (!options().hasLatent()) return condition.guess;
    std::vector<Tensor> passes;
    for (const Tensor& part : z.split(kSamplesPerPass)) passes.push_back(generate(part));
    const Tensor generated = passes.size() == 1 ? passes.front() : torch::cat(passes);
    return options().predictionSeesImage ? generated + condition.guess : generated;
}

Tensor FastSegmentationNet::meanLogits(const Condition& condition) const {
    return logits(condition, condition.prior.mean);
}

LatentGaussian FastSegmentationNet::priorGiven(const Condition& condition, const Tensor& known) const {
    const c10::InferenceMode inference;
    const auto each = [&known](const Tensor& one) { return one.expand({known.size(0), -1, -1, -1}); };
    return m_network.ptr()->priorOf(each(condition.image), each(condition.guess), known);
}

LatentGaussian FastSegmentationNet::recognition(const Condition& condition, const Tensor& labels) const {
    const c10::InferenceMode inference;
    return m_network.ptr()->recognitionOf(condition.image.expand({labels.size(0), -1, -1, -1}), labels);
}

Tensor sampleNoise(at::IntArrayRef shape, std::int64_t number, std::uint64_t seed) {
    return torch::randn(shape, generatorOf({seed, 0x5A3, std::uint64_t(number)}));
}

Tensor interpolateNoise(const Tensor& from, const Tensor& to, double t) {
    return ((1 - t) * from + t * to) / std::sqrt((1 - t) * (1 - t) + t * t);
}

Tensor forceChannel(const LatentGaussian& prior, const Tensor& z, std::int64_t channel, double deviations) {
    const c10::InferenceMode inference;
    TORCH_CHECK(channel >= 0 && channel < z.size(1), "forceChannel: channel ", channel, " of ", z.size(1));
    const Tensor mean = prior.mean.select(1, channel);
    const Tensor deviation = prior.logVariance.defined() ? (0.5 * prior.logVariance.select(1, channel)).exp()
                                                         : torch::ones_like(mean);
    Tensor forced = z.clone();
    forced.select(1, channel).copy_(mean + deviations * deviation);
    return forced;
}

Tensor completeLabels(const FastSegmentationNet& network,
                      const FastSegmentationNet::Condition& condition,
                      const Tensor& observed,
                      Tensor z,
                      const CompletionOptions& options,
                      const SweepCallback& callback) {
    const c10::InferenceMode inference;
    const std::int64_t numClasses = network.options().numClasses;
    const Tensor each = observed.dim() == 2 ? observed.unsqueeze(0) : observed;  // [1 or S, H, W]
    const Tensor known = oneHotLabels(each, numClasses);                         // [1 or S, K, H, W]
    const Tensor open = each == std::int64_t(kUnknownLabel);
    Tensor logits = network.logits(condition, z), labels = logits.argmax(1);
    for (int sweep = 0; sweep < options.numSweeps; ++sweep) {
        auto generator = generatorOf({options.seed, 0xC0, std::uint64_t(sweep)});
        const Tensor guessed =
            options.sampling ? oneHotLabels(drawLabels(logits, generator), numClasses) : logits.softmax(1);
        const LatentGaussian q =
            network.recognition(condition, torch::where(open.unsqueeze(1), guessed, known));
        z = options.sampling ? q.sample(torch::randn(q.mean.sizes(), generator)) : q.mean;
        logits = network.logits(condition, z);
        const Tensor before = std::exchange(labels, logits.argmax(1));
        if (callback && !callback(sweep, logits, changedShare(labels, before, open))) break;
    }
    return logits;
}

Tensor autoregressiveLogits(const FastSegmentationNet& network,
                            const FastSegmentationNet::Condition& condition,
                            const Tensor& noise,
                            const LatentChange& change,
                            const SweepCallback& callback) {
    const c10::InferenceMode inference;
    const std::int64_t numMaps = condition.prior.mean.size(1), numSamplingSteps = noise.size(1) / numMaps;
    const auto drawn = [&](const LatentGaussian& prior, std::int64_t step) {
        const Tensor z = prior.sample(noise.narrow(1, step * numMaps, numMaps));
        return network.logits(condition, change ? change(prior, z) : z);
    };
    Tensor logits = drawn(condition.prior, 0);
    if (numSamplingSteps == 1) return logits;
    const Tensor places = placesInOrder(network.meanLogits(condition), noise.select(1, -1));
    const Tensor all = torch::ones({1, logits.size(2), logits.size(3)}, torch::kBool);
    Tensor labels = logits.argmax(1);
    for (std::int64_t step = 1; step < numSamplingSteps; ++step) {
        const Tensor stays = enlarged(places <= double(step) / double(numSamplingSteps)).unsqueeze(1);
        const Tensor known = oneHotLabels(labels, network.options().numClasses) * stays;
        logits = drawn(network.priorGiven(condition, known), step);
        const Tensor before = std::exchange(labels, logits.argmax(1));
        if (callback && !callback(int(step) - 1, logits, changedShare(labels, before, all))) break;
    }
    return logits;
}

}  // namespace vitrine
