// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/token_predictor.h"

#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/nets/compute.h"

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
Conv2d halving(std::int64_t in, std::int64_t out) { return Conv2d(Conv2dOptions(in, out, 4).stride(2).padding(1)); }
ConvTranspose2d doubling(std::int64_t in, std::int64_t out) { return ConvTranspose2d(ConvTranspose2dOptions(in, out, 4).stride(2).padding(1)); }

torch::Tensor joined(const torch::Tensor& coarse, const torch::Tensor& fine) { return torch::cat({coarse, fine}, 1); }

/// Inputs that each output of a layer sums up.
double fanIn(const torch::nn::Module& module) {
    if (auto* layer = module.as<ConvTranspose2d>()) return double(layer->weight.size(0) * 4);  // 4 of the 16 taps meet an input
    if (auto* layer = module.as<Conv2d>()) return double(layer->weight[0].numel());
    if (auto* layer = module.as<Linear>()) return double(layer->weight.size(1));
    return 0;
}

/// By the inverse of the cumulative distribution. Shapes: logits [N, T, codes], uniform [N, T] -> [N, T].
torch::Tensor drawTokens(const torch::Tensor& logits, const torch::Tensor& uniform, double temperature) {
    if (temperature <= 0) return logits.argmax(-1);
    const auto cumulative = (logits / temperature).softmax(-1).cumsum(-1);
    const auto token = at::searchsorted(cumulative, uniform.unsqueeze(-1) * cumulative.slice(-1, -1), /*out_int32=*/false, /*right=*/true);
    return token.squeeze(-1).clamp_max(logits.size(-1) - 1);
}

}  // namespace

ResidualBlockImpl::ResidualBlockImpl(std::int64_t maps)
    : conv_1(register_module("conv_1", convolution(maps, maps))), conv_2(register_module("conv_2", convolution(maps, maps))) {}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor& input) {
    return torch::relu(input + conv_2->forward(torch::relu(conv_1->forward(input))));
}

LabelEncoderImpl::LabelEncoderImpl(const TokenPredictorOptions& o)
    : conv_1(register_module("conv_1", halving(o.numClasses, o.labelMaps[0]))),
      conv_2(register_module("conv_2", halving(o.labelMaps[0], o.labelMaps[1]))),
      conv_3(register_module("conv_3", halving(o.labelMaps[1], o.labelMaps[2]))),
      last(register_module("last", convolution(o.labelMaps[2], std::int64_t(o.levels.size()), 1))),
      block(register_module("block", ResidualBlock(o.labelMaps[2]))),
      quantiser(o.levels) {}

torch::Tensor LabelEncoderImpl::forward(const torch::Tensor& labels) {
    auto maps = torch::relu(conv_1->forward(labels.contiguous(at::MemoryFormat::ChannelsLast)));
    maps = torch::relu(conv_2->forward(maps));
    maps = torch::relu(conv_3->forward(maps));
    return quantiser.quantise(last->forward(block->forward(maps)));
}

LabelDecoderImpl::LabelDecoderImpl(const TokenPredictorOptions& o)
    : conv_1(register_module("conv_1", convolution(std::int64_t(o.levels.size()), o.labelMaps[2]))),
      block_1(register_module("block_1", ResidualBlock(o.labelMaps[2]))),
      block_2(register_module("block_2", ResidualBlock(o.labelMaps[2]))),
      up_2(register_module("up_2", doubling(o.labelMaps[2], o.labelMaps[1]))),
      up_3(register_module("up_3", doubling(o.labelMaps[1], o.labelMaps[0]))),
      output(register_module("output", doubling(o.labelMaps[0], o.numClasses))) {}

torch::Tensor LabelDecoderImpl::forward(const torch::Tensor& vectors) {
    auto maps = torch::relu(conv_1->forward(vectors.contiguous(at::MemoryFormat::ChannelsLast)));
    maps = block_2->forward(block_1->forward(maps));
    return output->forward(torch::relu(up_3->forward(torch::relu(up_2->forward(maps)))));
}

PictureNetImpl::PictureNetImpl(const TokenPredictorOptions& o) {
    const auto& m = o.imageMaps;
    const std::int64_t in = 3 + 1 + o.numClasses;
    conv_1 = register_module("conv_1", convolution(in, m[0]));
    down_2 = register_module("down_2", halving(m[0], m[1]));
    down_3 = register_module("down_3", halving(m[1], m[2]));
    down_4 = register_module("down_4", halving(m[2], m[3]));
    block_1 = register_module("block_1", ResidualBlock(m[3]));
    block_2 = register_module("block_2", ResidualBlock(m[3]));
    features = register_module("features", convolution(m[3], o.priorWidth, 1));
    up_1 = register_module("up_1", doubling(m[3], m[2]));
    join_1 = register_module("join_1", convolution(2 * m[2], m[2]));
    up_2 = register_module("up_2", doubling(m[2], m[1]));
    join_2 = register_module("join_2", convolution(2 * m[1], m[1]));
    up_3 = register_module("up_3", doubling(m[1], m[0]));
    join_3 = register_module("join_3", convolution(2 * m[0], m[0]));
    output = register_module("output", convolution(m[0], o.numClasses, 1));
}

PictureReading PictureNetImpl::forward(const PictureEvidence& evidence) {
    const auto all = torch::cat({evidence.image, evidence.isSeen, evidence.labels}, 1).contiguous(at::MemoryFormat::ChannelsLast);
    const auto whole = torch::relu(conv_1->forward(all));
    const auto half = torch::relu(down_2->forward(whole)), quarter = torch::relu(down_3->forward(half));
    const auto coarse = block_2->forward(block_1->forward(torch::relu(down_4->forward(quarter))));
    auto up = torch::relu(join_1->forward(joined(torch::relu(up_1->forward(coarse)), quarter)));
    up = torch::relu(join_2->forward(joined(torch::relu(up_2->forward(up)), half)));
    up = torch::relu(join_3->forward(joined(torch::relu(up_3->forward(up)), whole)));
    return {features->forward(coarse), output->forward(up)};
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
    const auto heads = attention_in->forward(norm_1->forward(tokens)).view({n, count, 3, numHeads, width / numHeads}).permute({2, 0, 3, 1, 4});
    const auto attended = at::scaled_dot_product_attention(heads[0], heads[1], heads[2]).transpose(1, 2).reshape({n, count, width});
    const auto mixed = tokens + attention_out->forward(attended);
    return mixed + out->forward(torch::gelu(hidden->forward(norm_2->forward(mixed))));
}

TokenPriorImpl::TokenPriorImpl(const TokenPredictorOptions& o) {
    embedding = register_module("embedding", torch::nn::Embedding(o.numCodes() + 1, o.priorWidth));
    position = register_parameter("position", torch::zeros({o.numTokens(), o.priorWidth}));
    for (std::int64_t i = 0; i < o.priorLayers; ++i)
        layers.push_back(register_module("layer_" + std::to_string(i + 1), TransformerLayer(o.priorWidth, o.priorHeads)));
    norm = register_module("norm", LayerNorm(LayerNormOptions({o.priorWidth})));
    output = register_module("output", Linear(o.priorWidth, o.numCodes()));
}

torch::Tensor TokenPriorImpl::forward(const torch::Tensor& features, const torch::Tensor& tokens) {
    auto row = embedding->forward(tokens.flatten(1)) + features.flatten(2).transpose(1, 2) + position;
    for (auto& layer : layers) row = layer->forward(row);
    return output->forward(norm->forward(row));
}

torch::Tensor randomOrder(std::int64_t count, std::int64_t numTokens, torch::Generator generator) {
    constexpr std::int64_t kTokens = 1;
    return torch::rand({count, numTokens}, generator).argsort(kTokens).argsort(kTokens);
}

TokenNoise tokenNoise(std::int64_t first, std::int64_t count, std::int64_t numTokens, std::uint64_t seed) {
    std::vector<torch::Tensor> places, uniforms;
    for (std::int64_t number = first; number < first + count; ++number) {
        const auto generator = at::make_generator<at::CPUGeneratorImpl>(Rng({seed, 0x70CE2, std::uint64_t(number)}).next());
        places.push_back(randomOrder(1, numTokens, generator));
        uniforms.push_back(torch::rand({1, numTokens}, generator));
    }
    return {torch::cat(places), torch::cat(uniforms)};
}

TokenPredictorImpl::TokenPredictorImpl(TokenPredictorOptions given)
    : options(std::move(given)),
      recognition(register_module("recognition", LabelEncoder(options))),
      generation(register_module("generation", LabelDecoder(options))),
      picture(register_module("picture", PictureNet(options))),
      prior(register_module("prior", TokenPrior(options))) {
    settleThreadTeam();
}

/// Weights N(0, 2 / fan-in) before a ReLU; in the transformer N(0, 0.02^2), as is common there.
void TokenPredictorImpl::initialise(torch::Generator generator) {
    constexpr double kTransformerDeviation = 0.02;
    const torch::NoGradGuard noGrad;
    for (auto& [name, module] : named_modules("", /*include_self=*/false).pairs()) {
        const double inputs = fanIn(*module);
        if (inputs == 0) continue;
        const double deviation = name.starts_with("prior.") ? kTransformerDeviation : std::sqrt(2 / inputs);
        for (auto& [key, parameter] : module->named_parameters(/*recurse=*/false).pairs())
            key == "bias" ? parameter.zero_() : parameter.normal_(0, deviation, generator);
    }
    prior->embedding->weight.normal_(0, kTransformerDeviation, generator);
    prior->position.normal_(0, kTransformerDeviation, generator);
}

torch::Tensor TokenPredictorImpl::tokensOf(const torch::Tensor& labels) {
    return recognition->quantiser.tokensOf(recognition->forward(labels));
}

torch::Tensor TokenPredictorImpl::logitsOf(const torch::Tensor& tokens, const PictureReading& reading, const torch::Tensor& isSeen) {
    return generation->forward(recognition->quantiser.vectorsOf(tokens)) + isSeen * reading.guess;
}

torch::Tensor TokenPredictorImpl::sampleTokens(const torch::Tensor& features, const TokenNoise& noise, int numSteps, double temperature) {
    const std::int64_t n = features.size(0), count = options.numTokens(), masked = options.numCodes();
    auto tokens = torch::full({n, count}, masked, torch::kInt64);
    std::int64_t numDrawn = 0;
    for (int step = 1; step <= numSteps; ++step) {
        const double left = std::cos(std::numbers::pi / 2 * step / numSteps);
        const std::int64_t drawn = step == numSteps ? count : std::max(numDrawn, std::int64_t(std::lround((1 - left) * double(count))));
        if (drawn == numDrawn) continue;
        const auto isDrawn = (noise.place >= numDrawn).logical_and(noise.place < drawn);
        const auto logits = prior->forward(features, tokens.view({n, options.gridSide(), options.gridSide()})).to(torch::kFloat32);
        tokens = torch::where(isDrawn, drawTokens(logits, noise.uniform, temperature), tokens);
        numDrawn = drawn;
    }
    return tokens.view({n, options.gridSide(), options.gridSide()});
}

}  // namespace vitrine
