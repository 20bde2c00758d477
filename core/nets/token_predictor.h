// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include "core/nets/finite_scalar_quantiser.h"
#include "core/nets/picture_evidence.h"
#include "core/nets/token_options.h"

namespace vitrine {

/// Two 3 x 3 convolutions beside an identity. Shapes: [N, maps, h, w], in and out.
struct ResidualBlockImpl : torch::nn::Module {
    explicit ResidualBlockImpl(std::int64_t maps);
    torch::Tensor forward(const torch::Tensor& input);
    torch::nn::Conv2d conv_1{nullptr}, conv_2{nullptr};
};
TORCH_MODULE(ResidualBlock);

/// Recognition q(z|y): labels to tokens. Each token sees its own cell and a few pixels around it. Shapes:
/// one-hot labels [N, K, H, W] -> quantised vectors [N, channels, H/4, W/4].
struct LabelEncoderImpl : torch::nn::Module {
    explicit LabelEncoderImpl(const TokenPredictorOptions& options);
    torch::Tensor forward(const torch::Tensor& labels);
    torch::nn::Conv2d conv_1{nullptr}, conv_2{nullptr}, last{nullptr};
    FiniteScalarQuantiser quantiser;
};
TORCH_MODULE(LabelEncoder);

/// Generation p(y|z). Shapes: quantised vectors [N, channels, h, w] -> logits [N, K, 4 h, 4 w].
struct LabelDecoderImpl : torch::nn::Module {
    explicit LabelDecoderImpl(const TokenPredictorOptions& options);
    torch::Tensor forward(const torch::Tensor& vectors);
    torch::nn::Conv2d conv_1{nullptr};
    ResidualBlock block_1{nullptr}, block_2{nullptr};
    torch::nn::ConvTranspose2d up_2{nullptr}, output{nullptr};
};
TORCH_MODULE(LabelDecoder);

/// What the network that sees the picture makes of it. Shapes: features [N, priorMaps[0], h, w]; guess [N, K,
/// H, W], the logits of the initial guess.
struct PictureReading {
    torch::Tensor features, guess;
};

/// Down to maps of half the size, and up to the finer ones again. Shapes: fine [N, a, 2 h, 2 w], coarse [N,
/// b, h, w].
struct UNetStepImpl : torch::nn::Module {
    UNetStepImpl(std::int64_t fineMaps, std::int64_t coarseMaps);
    torch::Tensor descend(const torch::Tensor& fine);
    torch::Tensor ascend(const torch::Tensor& coarse, const torch::Tensor& fine);
    torch::nn::Conv2d down{nullptr}, join{nullptr};
    torch::nn::ConvTranspose2d up{nullptr};
};
TORCH_MODULE(UNetStep);

/// A U-Net over the picture and what is known of it, at 1/2 to 1/16 of its size.
struct PictureNetImpl : torch::nn::Module {
    explicit PictureNetImpl(const TokenPredictorOptions& options);
    PictureReading forward(const PictureEvidence& evidence);
    torch::nn::Conv2d conv_1{nullptr}, features{nullptr}, output{nullptr};
    UNetStep step_1{nullptr}, step_2{nullptr}, step_3{nullptr};
    ResidualBlock block_1{nullptr}, block_2{nullptr}, block_3{nullptr}, block_4{nullptr};
};
TORCH_MODULE(PictureNet);

/// Attention over all tokens, then a layer for each token. Shapes: [N, T, width], in and out.
struct TransformerLayerImpl : torch::nn::Module {
    TransformerLayerImpl(std::int64_t width, std::int64_t numHeads);
    torch::Tensor forward(const torch::Tensor& tokens);
    torch::nn::LayerNorm norm_1{nullptr}, norm_2{nullptr};
    torch::nn::Linear attention_in{nullptr}, attention_out{nullptr}, hidden{nullptr}, out{nullptr};
    std::int64_t numHeads;
};
TORCH_MODULE(TransformerLayer);

/// Prior p(z|x, y_o): the probabilities of the masked tokens, given the others and the picture. A U-Net over
/// the grid of tokens with attention at its coarsest level: neighbours matter most, and legs come in fours.
/// Source of the masks: Chang et al. 2022 (MaskGIT), sections 3.1 and 3.2.
struct TokenPriorImpl : torch::nn::Module {
    explicit TokenPriorImpl(const TokenPredictorOptions& options);
    /// Shapes: features [N, priorMaps[0], h, w]; tokens [N, h, w] int64, numCodes() where masked -> logits
    /// [N, h * w, numCodes()].
    torch::Tensor forward(const torch::Tensor& features, const torch::Tensor& tokens);
    torch::nn::Embedding embedding{nullptr};
    ResidualBlock block_1{nullptr}, block_2{nullptr}, block_3{nullptr}, block_4{nullptr};
    UNetStep step_1{nullptr}, step_2{nullptr};
    torch::Tensor position;  ///< [coarsest cells, priorMaps[2]]
    std::vector<TransformerLayer> layers;
    torch::nn::Conv2d output{nullptr};
};
TORCH_MODULE(TokenPrior);

/// What is random about samples, both uniform in [0, 1). Shapes: [N, T]; order: shuffles the tokens; draw:
/// chooses each one's code.
struct TokenNoise {
    torch::Tensor order, draw;
};
/// Of samples `first` ... `first + count - 1`, each a function of (seed, its number) alone.
TokenNoise tokenNoise(std::int64_t first, std::int64_t count, std::int64_t numTokens, std::uint64_t seed);

/// The roles of a conditional VAE (Sohn, Lee, Yan 2015, section 4) with discrete tokens as latent:
/// recognition, prior, generation, and the initial guess.
struct TokenPredictorImpl : torch::nn::Module {
    explicit TokenPredictorImpl(TokenPredictorOptions options);
    /// Seed: the caller's generator.
    void initialise(torch::Generator generator);

    /// Tokens of labels. Shapes: one-hot [N, K, H, W] -> [N, h, w] int64.
    torch::Tensor tokensOf(const torch::Tensor& labels);
    /// Logits of p(y|z, x): generation from the tokens, corrected by the guess where the picture is seen.
    /// Shapes: tokens [N, h, w]; isSeen [N, 1, H, W] -> [N, K, H, W].
    torch::Tensor logitsOf(const torch::Tensor& tokens,
                           const PictureReading& reading,
                           const torch::Tensor& isSeen);
    /// Draws all tokens in `numSteps` steps of equal entropy: what is certain first, the rest in an order of
    /// each sample's own. Tokens of one step do not see each other. `temperature`: of each draw; 0 takes the
    /// likeliest token. Shapes: features [N, priorMaps[0], h, w] -> [N, h, w] int64.
    torch::Tensor sampleTokens(const torch::Tensor& features,
                               const TokenNoise& noise,
                               int numSteps,
                               double temperature);
    /// How likely sampleTokens() draws these tokens at temperature 1, in nats. Shapes: features [N,
    /// priorMaps[0], h, w]; order as in TokenNoise; tokens [N, h, w] -> [N].
    torch::Tensor logProbability(const torch::Tensor& features,
                                 const torch::Tensor& order,
                                 int numSteps,
                                 const torch::Tensor& tokens);

    TokenPredictorOptions options;
    LabelEncoder recognition{nullptr};
    LabelDecoder generation{nullptr};
    PictureNet picture{nullptr};
    TokenPrior prior{nullptr};
};
TORCH_MODULE(TokenPredictor);

}  // namespace vitrine
