// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/completion_nets.h"

#include "core/nets/compute.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kNumPixels = kCompletionSide * kCompletionSide;
constexpr double kHidden = -1;  // what stands for a pixel that is not seen: papers.md A10

}  // namespace

Tensor completionPixels(const Tensor& bytes, bool binarised) {
    return binarised ? (bytes > 127).to(torch::kFloat32) : bytes.to(torch::kFloat32).div_(255);
}

Tensor seenPixels(std::int64_t numQuadrants) {
    constexpr std::int64_t kHalf = kCompletionSide / 2;
    Tensor seen = torch::zeros({kCompletionSide, kCompletionSide}, torch::kBool);
    if (numQuadrants >= 1) seen.slice(0, kHalf).slice(1, 0, kHalf).fill_(true);     // bottom left
    if (numQuadrants >= 2) seen.slice(0, 0, kHalf).slice(1, 0, kHalf).fill_(true);  // top left
    if (numQuadrants >= 3) seen.slice(0, 0, kHalf).slice(1, kHalf).fill_(true);     // top right
    return seen.flatten();
}

CompletionMlpImpl::CompletionMlpImpl(std::int64_t in, std::int64_t hidden, std::int64_t out)
    : fc_1(register_module("fc_1", torch::nn::Linear(in, hidden))),
      fc_2(register_module("fc_2", torch::nn::Linear(hidden, hidden))),
      output(register_module("output", torch::nn::Linear(hidden, out))) {}

Tensor CompletionMlpImpl::forward(const Tensor& input) {
    return output->forward(torch::relu(fc_2->forward(torch::relu(fc_1->forward(input)))));
}

CompletionEncoderImpl::CompletionEncoderImpl(const CompletionNetOptions& o)
    : fc_1(register_module("fc_1", torch::nn::Linear(kNumPixels, o.hidden))),
      fc_2(register_module("fc_2", torch::nn::Linear(o.hidden, o.hidden))),
      mean(register_module("mean", torch::nn::Linear(o.hidden, o.latent))),
      log_variance(register_module("log_variance", torch::nn::Linear(o.hidden, o.latent))) {}

LatentGaussian CompletionEncoderImpl::forward(const Tensor& input) {
    const auto hidden = torch::relu(fc_2->forward(torch::relu(fc_1->forward(input))));
    return {mean->forward(hidden).to(torch::kFloat32),
            log_variance->forward(hidden).to(torch::kFloat32).clamp(-kMaxLogVariance, kMaxLogVariance)};
}

CompletionNetImpl::CompletionNetImpl(CompletionNetOptions given)
    : options(given), seen(seenPixels(given.numQuadrants)) {
    settleThreadTeam();
    if (options.hasBaseline())
        baseline = register_module("baseline", CompletionMlp(kNumPixels, options.hidden, kNumPixels));
    if (options.hasPrior()) prior = register_module("prior", CompletionEncoder(options));
    if (options.hasRecognition()) recognition = register_module("recognition", CompletionEncoder(options));
    if (options.hasLatent())
        generation = register_module("generation", CompletionMlp(options.latent, options.hidden, kNumPixels));
}

Tensor CompletionNetImpl::guess(const Tensor& images) {
    TORCH_CHECK(images.dim() == 2 && images.size(1) == kNumPixels,
                "CompletionNet: images are ",
                images.sizes(),
                ", expected [N, ",
                kNumPixels,
                "]");
    if (!baseline) return {};
    return baseline->forward(
        torch::where(seen.to(images.device()), images, torch::full_like(images, kHidden)));
}

LatentGaussian CompletionNetImpl::priorOf(const Tensor& images, const Tensor& guessLogits) {
    if (!prior) {
        const auto zeros = torch::zeros({images.size(0), options.latent}, images.options());
        return {zeros, zeros};
    }
    return prior->forward(torch::where(seen.to(images.device()), images, torch::sigmoid(guessLogits)));
}

LatentGaussian CompletionNetImpl::recognitionOf(const Tensor& images) {
    TORCH_CHECK(
        recognition, "CompletionNet: the variant ", nameOf(options.variant), " has no recognition network");
    return recognition->forward(images);
}

Tensor CompletionNetImpl::logitsOf(const Tensor& z) {
    TORCH_CHECK(generation, "CompletionNet: the variant nn has no latent");
    return generation->forward(z);
}

void CompletionNetImpl::initialise(torch::Generator generator) {
    torch::NoGradGuard noGrad;
    for (auto& module : modules(/*include_self=*/false)) {
        auto* linear = module->as<torch::nn::Linear>();
        if (!linear) continue;
        const double bound = 1 / std::sqrt(double(linear->weight.size(1)));
        linear->weight.uniform_(-bound, bound, generator);
        linear->bias.uniform_(-bound, bound, generator);
    }
}

Tensor hiddenLogLikelihood(const Tensor& logits, const Tensor& images, const Tensor& seen) {
    const auto each = -at::binary_cross_entropy_with_logits(logits.to(torch::kFloat32),
                                                            images.expand_as(logits),
                                                            /*weight=*/{},
                                                            /*pos_weight=*/{},
                                                            at::Reduction::None);
    return each.masked_fill(seen.to(logits.device()), 0).sum(1);
}

}  // namespace vitrine
