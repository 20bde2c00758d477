// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/token_predictor.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/nets/compute.h"
#include "core/nets/random_tensors.h"
#include "core/nets/up_convolution.h"

namespace vitrine {
namespace {

using torch::nn::Conv2d;
using torch::nn::Conv2dOptions;
using torch::nn::ConvTranspose2d;
using torch::nn::ConvTranspose2dOptions;
using torch::nn::LayerNorm;
using torch::nn::LayerNormOptions;
using torch::nn::Linear;

Conv2d convolution(std::int64_t in, std::int64_t out, std::int64_t side = 3) {
    return Conv2d(Conv2dOptions(in, out, side).padding(side / 2));
}
Conv2d halving(std::int64_t in, std::int64_t out) {
    return Conv2d(Conv2dOptions(in, out, 4).stride(2).padding(1));
}
ConvTranspose2d doubling(std::int64_t in, std::int64_t out) {
    return ConvTranspose2d(ConvTranspose2dOptions(in, out, 4).stride(2).padding(1));
}

/// Inputs that each output of a layer sums up.
double fanIn(const torch::nn::Module& module) {
    if (auto* layer = module.as<ConvTranspose2d>())
        return double(layer->weight.size(0) * 4);  // 4 of the 16 taps meet an input
    if (auto* layer = module.as<Conv2d>()) return double(layer->weight[0].numel());
    if (auto* layer = module.as<Linear>()) return double(layer->weight.size(1));
    return 0;
}

/// By the inverse of the cumulative distribution. Shapes: probability [N, T, codes], uniform [N, T] -> [N,
/// T].
torch::Tensor drawTokens(const torch::Tensor& probability, const torch::Tensor& uniform) {
    const auto cumulative = probability.cumsum(-1);
    const auto token = at::searchsorted(
        cumulative, uniform.unsqueeze(-1) * cumulative.slice(-1, -1), /*out_int32=*/false, /*right=*/true);
    return token.squeeze(-1).clamp_max(probability.size(-1) - 1);
}

/// Which of the masked tokens are drawn in a step: in the order of their keys as many as make up a share of
/// the entropy that is left, one at least. Shapes: entropy, keys [N, T], isMasked [N, T] -> [N, T] bool.
torch::Tensor tokensOfStep(const torch::Tensor& entropy,
                           const torch::Tensor& keys,
                           const torch::Tensor& isMasked,
                           double share) {
    constexpr std::int64_t kTokens = 1;
    constexpr double kLast = 1e9;
    const auto order = keys.masked_fill(isMasked.logical_not(), kLast).argsort(kTokens);
    const auto upToEach =
        entropy.masked_fill(isMasked.logical_not(), 0).gather(kTokens, order).cumsum(kTokens);
    const auto isFirst = (torch::arange(keys.size(1)) == 0).unsqueeze(0);
    const auto isDrawn = (upToEach <= share * upToEach.slice(kTokens, -1)).logical_or(isFirst);
    return torch::zeros_like(isMasked).scatter(kTokens, order, isDrawn).logical_and(isMasked);
}

}  // namespace

ResidualBlockImpl::ResidualBlockImpl(std::int64_t maps)
    : conv_1(register_module("conv_1", convolution(maps, maps))),
      conv_2(register_module("conv_2", convolution(maps, maps))) {}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor& input) {
    return torch::relu(input + conv_2->forward(torch::relu(conv_1->forward(input))));
}

LabelEncoderImpl::LabelEncoderImpl(const TokenPredictorOptions& o)
    : conv_1(register_module("conv_1", halving(o.numClasses, o.labelMaps[0]))),
      conv_2(register_module("conv_2", halving(o.labelMaps[0], o.labelMaps[1]))),
      last(register_module("last", convolution(o.labelMaps[1], std::int64_t(o.levels.size()), 1))),
      quantiser(o.levels) {}

torch::Tensor LabelEncoderImpl::forward(const torch::Tensor& labels) {
    const auto maps = torch::relu(conv_1->forward(labels.contiguous(at::MemoryFormat::ChannelsLast)));
    return quantiser.quantise(last->forward(torch::relu(conv_2->forward(maps))));
}

LabelDecoderImpl::LabelDecoderImpl(const TokenPredictorOptions& o)
    : conv_1(register_module("conv_1", convolution(std::int64_t(o.levels.size()), o.labelMaps[1]))),
      block_1(register_module("block_1", ResidualBlock(o.labelMaps[1]))),
      block_2(register_module("block_2", ResidualBlock(o.labelMaps[1]))),
      up_2(register_module("up_2", doubling(o.labelMaps[1], o.labelMaps[0]))),
      output(register_module("output", doubling(o.labelMaps[0], o.numClasses))) {}

torch::Tensor LabelDecoderImpl::forward(const torch::Tensor& vectors) {
    const auto maps = torch::relu(conv_1->forward(vectors.contiguous(at::MemoryFormat::ChannelsLast)));
    return output->forward(torch::relu(up_2->forward(block_2->forward(block_1->forward(maps)))));
}

UNetStepImpl::UNetStepImpl(std::int64_t fineMaps, std::int64_t coarseMaps)
    : down(register_module("down", halving(fineMaps, coarseMaps))),
      join(register_module("join", convolution(2 * fineMaps, fineMaps))),
      up(register_module("up", doubling(coarseMaps, fineMaps))) {}

torch::Tensor UNetStepImpl::descend(const torch::Tensor& fine) {
    return torch::relu(down->forward(fine));
}

torch::Tensor UNetStepImpl::ascend(const torch::Tensor& coarse, const torch::Tensor& fine) {
    return torch::relu(join->forward(torch::cat({torch::relu(up->forward(coarse)), fine}, 1)));
}

PictureNetImpl::PictureNetImpl(const TokenPredictorOptions& o) {
    const auto& m = o.imageMaps;
    conv_1 = register_module("conv_1", halving(3 + 1 + o.numClasses, m[0]));
    step_1 = register_module("step_1", UNetStep(m[0], m[1]));
    step_2 = register_module("step_2", UNetStep(m[1], m[2]));
    step_3 = register_module("step_3", UNetStep(m[2], m[3]));
    block_1 = register_module("block_1", ResidualBlock(m[1]));
    block_2 = register_module("block_2", ResidualBlock(m[2]));
    block_3 = register_module("block_3", ResidualBlock(m[3]));
    block_4 = register_module("block_4", ResidualBlock(m[3]));
    features = register_module("features", convolution(m[1], o.priorMaps[0], 1));
    output = register_module("output", convolution(m[0], 4 * o.numClasses));
}

PictureReading PictureNetImpl::forward(const PictureEvidence& evidence) {
    const auto all = torch::cat({evidence.image, evidence.isSeen, evidence.labels}, 1)
                         .contiguous(at::MemoryFormat::ChannelsLast);
    const auto half = torch::relu(conv_1->forward(all));
    const auto quarter = block_1->forward(step_1->descend(half)),
               eighth = block_2->forward(step_2->descend(quarter));
    const auto coarsest = block_4->forward(block_3->forward(step_3->descend(eighth)));
    const auto joined =
        step_2->ascend(step_3->ascend(coarsest, eighth), quarter);  // [N, imageMaps[1], H/4, W/4]
    return {features->forward(joined), pixelShuffle(output->forward(step_1->ascend(joined, half)))};
}

TransformerLayerImpl::TransformerLayerImpl(std::int64_t width, std::int64_t heads)
    : norm_1(register_module("norm_1", LayerNorm(LayerNormOptions({width})))),
      norm_2(register_module("norm_2", LayerNorm(LayerNormOptions({width})))),
      attention_in(register_module("attention_in", Linear(width, 3 * width))),
      attention_out(register_module("attention_out", Linear(width, width))),
      hidden(register_module("hidden", Linear(width, 4 * width))),
      out(register_module("out", Linear(4 * width, width))),
      numHeads(heads) {}

torch::Tensor TransformerLayerImpl::forward(const torch::Tensor& tokens) {
    const std::int64_t n = tokens.size(0), count = tokens.size(1), width = tokens.size(2);
    const auto heads = attention_in->forward(norm_1->forward(tokens))
                           .view({n, count, 3, numHeads, width / numHeads})
                           .permute({2, 0, 3, 1, 4});
    const auto attended = at::scaled_dot_product_attention(heads[0], heads[1], heads[2])
                              .transpose(1, 2)
                              .reshape({n, count, width});
    const auto mixed = tokens + attention_out->forward(attended);
    return mixed + out->forward(torch::gelu(hidden->forward(norm_2->forward(mixed))));
}

TokenPriorImpl::TokenPriorImpl(const TokenPredictorOptions& o) {
    const auto& w = o.priorMaps;
    const std::int64_t coarse = o.imageSize / kCoarsestStride;
    embedding = register_module("embedding", torch::nn::Embedding(o.numCodes() + 1, w[0]));
    block_1 = register_module("block_1", ResidualBlock(w[0]));
    block_2 = register_module("block_2", ResidualBlock(w[1]));
    block_3 = register_module("block_3", ResidualBlock(w[1]));
    block_4 = register_module("block_4", ResidualBlock(w[0]));
    step_1 = register_module("step_1", UNetStep(w[0], w[1]));
    step_2 = register_module("step_2", UNetStep(w[1], w[2]));
    position = register_parameter("position", torch::zeros({coarse * coarse, w[2]}));
    for (std::int64_t i = 0; i < o.priorLayers; ++i)
        layers.push_back(
            register_module(fmt::format("layer_{}", i + 1), TransformerLayer(w[2], o.priorHeads)));
    output = register_module("output", convolution(w[0], o.numCodes(), 1));
}

torch::Tensor TokenPriorImpl::forward(const torch::Tensor& features, const torch::Tensor& tokens) {
    const auto maps = (embedding->forward(tokens).permute({0, 3, 1, 2}) + features)
                          .contiguous(at::MemoryFormat::ChannelsLast);
    const auto fine = block_1->forward(torch::relu(maps)), middle = block_2->forward(step_1->descend(fine));
    const auto coarse = step_2->descend(middle);  // [N, priorMaps[2], H/16, W/16]
    auto row = coarse.flatten(2).transpose(1, 2) + position;
    for (auto& layer : layers) row = layer->forward(row);
    const auto attended =
        row.transpose(1, 2).reshape(coarse.sizes()).contiguous(at::MemoryFormat::ChannelsLast);
    const auto joined = block_3->forward(step_2->ascend(attended, middle));
    return output->forward(block_4->forward(step_1->ascend(joined, fine))).flatten(2).transpose(1, 2);
}

TokenNoise tokenNoise(std::int64_t first, std::int64_t count, std::int64_t numTokens, std::uint64_t seed) {
    std::vector<torch::Tensor> orders, draws;
    for (std::int64_t number = first; number < first + count; ++number) {
        const auto generator = generatorOf({seed, 0x70CE2, std::uint64_t(number)});
        orders.push_back(torch::rand({1, numTokens}, generator));
        draws.push_back(torch::rand({1, numTokens}, generator));
    }
    return {torch::cat(orders), torch::cat(draws)};
}

TokenPredictorImpl::TokenPredictorImpl(TokenPredictorOptions given)
    : options(std::move(given)),
      recognition(register_module("recognition", LabelEncoder(options))),
      generation(register_module("generation", LabelDecoder(options))),
      picture(register_module("picture", PictureNet(options))),
      prior(register_module("prior", TokenPrior(options))) {
    settleThreadTeam();
}

/// Weights N(0, 2 / fan-in), less in the second half of a residual block, which begins near the identity; in
/// attention N(0, 0.02^2), as is common there; codes and their mask N(0, 1).
void TokenPredictorImpl::initialise(torch::Generator generator) {
    constexpr double kAttentionDeviation = 0.02, kResidual = 0.1;
    const torch::NoGradGuard noGrad;
    for (auto& [name, module] : named_modules("", /*include_self=*/false).pairs()) {
        const double inputs = fanIn(*module);
        if (inputs == 0) continue;
        const bool isResidual = name.find("block_") != std::string::npos && name.ends_with("conv_2");
        const double deviation =
            module->as<Linear>() ? kAttentionDeviation : (isResidual ? kResidual : 1) * std::sqrt(2 / inputs);
        for (auto& [key, parameter] : module->named_parameters(/*recurse=*/false).pairs())
            key == "bias" ? parameter.zero_() : parameter.normal_(0, deviation, generator);
    }
    prior->embedding->weight.normal_(0, 1, generator);
    prior->position.normal_(0, kAttentionDeviation, generator);
}

torch::Tensor TokenPredictorImpl::tokensOf(const torch::Tensor& labels) {
    return recognition->quantiser.tokensOf(recognition->forward(labels));
}

torch::Tensor TokenPredictorImpl::logitsOf(const torch::Tensor& tokens,
                                           const PictureReading& reading,
                                           const torch::Tensor& isSeen) {
    return generation->forward(recognition->quantiser.vectorsOf(tokens)) + isSeen * reading.guess;
}

namespace {

/// Fills a grid of tokens in `numSteps` steps of equal entropy. `choose`: logits [N, T, numCodes()] of all
/// tokens, their probabilities at the temperature, and where this step has its tokens -> what they are [N,
/// T].
template <class Choose>
torch::Tensor tokensInSteps(TokenPredictorImpl& network,
                            const torch::Tensor& features,
                            const torch::Tensor& order,
                            int numSteps,
                            double temperature,
                            const Choose& choose) {
    constexpr double kMin = 1e-4;  // nats; so that the order among certain tokens is random, too
    const auto& options = network.options;
    const std::int64_t n = features.size(0), masked = options.numCodes(), side = options.gridSide();
    auto tokens = torch::full({n, options.numTokens()}, masked, torch::kInt64);
    for (int step = 1; step <= numSteps; ++step) {
        const auto isMasked = tokens == masked;
        if (!isMasked.any().template item<bool>()) break;
        const auto logits =
            network.prior->forward(features, tokens.view({n, side, side})).to(torch::kFloat32);
        const auto probability = (temperature > 0 ? logits / temperature : logits).softmax(-1);
        const auto entropy = -at::xlogy(probability, probability).sum(-1) + kMin;  // [N, T]
        const bool isLast = step == numSteps;  // then all that is left, whatever its entropy
        const auto isOfStep =
            isLast
                ? isMasked
                : tokensOfStep(entropy, entropy * (0.5 + order), isMasked, 1 / double(numSteps - step + 1));
        tokens = torch::where(isOfStep, choose(logits, probability, isOfStep), tokens);
    }
    return tokens.view({n, side, side});
}

}  // namespace

torch::Tensor TokenPredictorImpl::sampleTokens(const torch::Tensor& features,
                                               const TokenNoise& noise,
                                               int numSteps,
                                               double temperature) {
    const auto draw =
        [&](const torch::Tensor& logits, const torch::Tensor& probability, const torch::Tensor&) {
            return temperature > 0 ? drawTokens(probability, noise.draw) : logits.argmax(-1);
        };
    return tokensInSteps(*this, features, noise.order, numSteps, temperature, draw);
}

torch::Tensor TokenPredictorImpl::logProbability(const torch::Tensor& features,
                                                 const torch::Tensor& order,
                                                 int numSteps,
                                                 const torch::Tensor& tokens) {
    const auto given = tokens.flatten(1);
    auto sum = torch::zeros({given.size(0)}, torch::kFloat64);
    const auto follow =
        [&](const torch::Tensor& logits, const torch::Tensor&, const torch::Tensor& isOfStep) {
            const auto logs = logits.log_softmax(-1).gather(-1, given.unsqueeze(-1)).squeeze(-1);
            sum = sum + logs.masked_fill(~isOfStep, 0).to(torch::kFloat64).sum(-1);
            return given;
        };
    tokensInSteps(*this, features, order, numSteps, /*temperature=*/1, follow);
    return sum;
}

}  // namespace vitrine
