// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include "core/nets/completion_net_options.h"
#include "core/nets/latent_gaussian.h"

namespace vitrine {

/// Grey pictures as the networks take them: in [0, 1] or, binarised, 1 where the grey value is above half.
/// Shapes: uint8, any -> float32.
torch::Tensor completionPixels(const torch::Tensor& bytes, bool binarised);

/// Which pixels are seen. Shapes: [784] bool.
torch::Tensor seenPixels(std::int64_t numQuadrants);

/// in -> hidden -> hidden -> out with ReLU between. Shapes: [N, in] -> [N, out].
struct CompletionMlpImpl : torch::nn::Module {
    CompletionMlpImpl(std::int64_t in, std::int64_t hidden, std::int64_t out);
    torch::Tensor forward(const torch::Tensor& input);
    torch::nn::Linear fc_1{nullptr}, fc_2{nullptr}, output{nullptr};
};
TORCH_MODULE(CompletionMlp);

/// Shapes: [N, 784] -> Gaussian over [N, latent].
struct CompletionEncoderImpl : torch::nn::Module {
    explicit CompletionEncoderImpl(const CompletionNetOptions& options);
    LatentGaussian forward(const torch::Tensor& input);
    torch::nn::Linear fc_1{nullptr}, fc_2{nullptr}, mean{nullptr}, log_variance{nullptr};
};
TORCH_MODULE(CompletionEncoder);

/// Grey pictures in [0, 1], flat: x are the seen pixels, y the others. The generation network does not see x.
/// Shapes: images [N, 784], only whose seen pixels are looked at but by recognitionOf(); logits [N, 784].
/// Source: Sohn, Lee, Yan 2015, section 5.1; papers.md A10.
struct CompletionNetImpl : torch::nn::Module {
    explicit CompletionNetImpl(CompletionNetOptions options);

    /// The deterministic network's logits. Undefined where nothing is seen.
    torch::Tensor guess(const torch::Tensor& images);
    /// p(z|x): from x and the guess; the standard normal where nothing is seen.
    LatentGaussian priorOf(const torch::Tensor& images, const torch::Tensor& guessLogits);
    LatentGaussian recognitionOf(const torch::Tensor& images);
    torch::Tensor logitsOf(const torch::Tensor& z);
    /// Uniform +-1 / sqrt(fan-in). Seed: the caller's generator.
    void initialise(torch::Generator generator);

    CompletionNetOptions options;
    CompletionMlp baseline{nullptr}, generation{nullptr};
    CompletionEncoder prior{nullptr}, recognition{nullptr};
    torch::Tensor seen;  ///< [784] bool
};
TORCH_MODULE(CompletionNet);

/// log p(y|x, z), Bernoulli, summed over the pixels that are not seen; grey values count as probabilities,
/// and it is a likelihood where pixels are 0 or 1 alone. Shapes: logits [N, 784], images [N or 1, 784] ->
/// [N]. Units: nats.
torch::Tensor hiddenLogLikelihood(const torch::Tensor& logits,
                                  const torch::Tensor& images,
                                  const torch::Tensor& seen);

}  // namespace vitrine
