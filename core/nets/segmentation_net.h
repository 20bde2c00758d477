// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include "core/nets/batch_norm.h"
#include "core/nets/latent_gaussian.h"
#include "core/nets/segmentation_net_options.h"
#include "core/nets/up_convolution.h"

namespace vitrine {

/// What the baseline CNN says. Shapes: logits [N, K, H, W]; half [N, K, H/2, W/2] and quarter [N, K, H/4,
/// W/4] with multi-scale prediction only.
struct ScaledLogits {
    torch::Tensor logits, half, quarter;
};

/// Recognition and prior network. Shapes: [N, C, H, W] -> Gaussian over [N, Z, H/16, W/16].
/// Source: papers.md A1 (table S2).
struct GaussianEncoderImpl : torch::nn::Module {
    GaussianEncoderImpl(std::int64_t inChannels, const SegmentationNetOptions& options);
    LatentGaussian forward(const torch::Tensor& input);

    torch::nn::Conv2d conv_1{nullptr}, conv_2{nullptr}, conv_3{nullptr};
    torch::nn::Conv2d mean{nullptr};
    torch::nn::Conv2d log_variance{nullptr};  ///< empty where the latent has no noise
    BatchNorms norms;
};
TORCH_MODULE(GaussianEncoder);

/// Shapes: z [N, Z, h, w] -> logits [N, K, 16 h, 16 w]. Source: papers.md A1 (table S3).
struct GenerationNetImpl : torch::nn::Module {
    explicit GenerationNetImpl(const SegmentationNetOptions& options);
    torch::Tensor forward(const torch::Tensor& z);

    torch::nn::Conv2d conv_1{nullptr};
    UpConvolution up_2{nullptr}, up_3{nullptr}, up_4{nullptr}, output{nullptr};
    BatchNorms norms;
};
TORCH_MODULE(GenerationNet);

/// Image to logits without a latent. Shapes: image [N, 3, H, W]. Source: papers.md A1 (numhid_c).
struct BaselineCnnImpl : torch::nn::Module {
    explicit BaselineCnnImpl(const SegmentationNetOptions& options);
    ScaledLogits forward(const torch::Tensor& image);

    torch::nn::Conv2d conv_1{nullptr}, conv_2{nullptr}, conv_3{nullptr}, conv_4{nullptr}, conv_5{nullptr};
    UpConvolution up_6{nullptr}, up_7{nullptr}, output{nullptr};
    UpConvolution quarter{nullptr}, half{nullptr};  ///< empty without multi-scale prediction
    BatchNorms norms;
};
TORCH_MODULE(BaselineCnn);

/// Weights before training.
enum class Initialisation {
    Paper,  ///< N(0, 1 / fan-in). Source: papers.md A5
    He      ///< N(0, 2 / fan-in), times 4 after unpooling, first layers centred on grey: the signal keeps
            ///< its size through the layers
};

/// Image in, distribution over label maps out: the four networks of a conditional VAE, fully convolutional.
/// Shapes: image [N, 3, H, W] float32 in [0, 1], H and W multiples of 16; labels one-hot [N, K, H, W]
/// float32, all zero where unknown. Source: Sohn, Lee, Yan 2015; papers.md A1, A2.
struct SegmentationNetImpl : torch::nn::Module {
    explicit SegmentationNetImpl(SegmentationNetOptions options);

    /// The baseline's logits, the initial guess. Undefined logits without a CNN.
    ScaledLogits guess(const torch::Tensor& image);
    /// p(z|x), or p(z|x, y_o) where labels are known: they take the place of the guess in the recurrent
    /// connection. The gradient flows back into the CNN. Shapes: guessLogits and known [N, K, H, W], one-hot.
    LatentGaussian priorOf(const torch::Tensor& image,
                           const torch::Tensor& guessLogits,
                           const torch::Tensor& known = {});
    /// q(z|x, y).
    LatentGaussian recognitionOf(const torch::Tensor& image, const torch::Tensor& labels);
    /// Logits of p(y|x, z). Shapes: [N, K, H, W].
    torch::Tensor logitsOf(const torch::Tensor& guessLogits, const torch::Tensor& z);
    /// The deterministic answer: logits at the prior mean. Source: papers.md A7.
    torch::Tensor forward(const torch::Tensor& image);
    /// Biases 0.01 N(0, 1), log-variance heads zero. Seed: the caller's generator.
    void initialise(torch::Generator generator, Initialisation kind = Initialisation::Paper);
    /// Shapes: noise for one batch of images [N, 3, H, W].
    std::vector<std::int64_t> latentShape(const torch::Tensor& image) const;

    SegmentationNetOptions options;
    BaselineCnn cnn{nullptr};
    GaussianEncoder prior{nullptr}, recognition{nullptr};
    GenerationNet generation{nullptr};

private:
    void checkImage(const torch::Tensor& image) const;
};
TORCH_MODULE(SegmentationNet);

/// The same function without batch normalisation: the paper's network.
SegmentationNet withoutBatchNorm(const SegmentationNet& network);

/// Class indices as one-hot maps; kUnknownLabel becomes all zero.
/// Shapes: labels [N, H, W] int64 -> [N, K, H, W] float32.
torch::Tensor oneHotLabels(const torch::Tensor& labels, std::int64_t numClasses);

/// One answer as the paper spells it out: all networks run, zero-unpooling and then convolution, default
/// memory format. The yardstick for exactness and speed. Shapes: noise [N, Z, H/16, W/16], the sample's;
/// without it, or where the variant has none, z is the prior mean.
torch::Tensor literalForward(SegmentationNetImpl& network,
                             const torch::Tensor& image,
                             const torch::Tensor& noise = {});

}  // namespace vitrine
