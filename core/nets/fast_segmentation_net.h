// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/nets/packed_layers.h"
#include "core/nets/segmentation_net.h"

namespace vitrine {

/// The structured predictor for interactive use on the CPU: what does not depend on the latent runs once an
/// image, and any number of samples go through the generation network alone, in packed layers. The same
/// numbers as SegmentationNet to rounding. Thread: one at a time.
class FastSegmentationNet {
public:
    /// So many samples at a time are best: enough to fill the vectors, few enough for the maps to stay in the
    /// cache.
    static constexpr std::int64_t kSamplesPerPass = 10;

    explicit FastSegmentationNet(SegmentationNet network);
    const SegmentationNetOptions& options() const { return m_network->options; }

    /// All that one image needs to be computed once. Shapes: image [1, 3, H, W]; guess [1, K, H, W],
    /// undefined without a CNN; prior over [1, Z, H/16, W/16], undefined for the variant cnn.
    struct Condition {
        torch::Tensor image, guess;
        LatentGaussian prior;
    };
    /// Several images, [S, 3, H, W], make the condition of a batch; then all that follows takes one latent or
    /// map for each.
    Condition condition(const torch::Tensor& image) const;

    /// sampleNoise() of samples `first` ... `first + count - 1`, so that it does not matter how many are
    /// drawn together. Shapes: [count, Z, H/16, W/16]; for autoregressiveLogits() [count, numSamplingSteps Z
    /// + 1, ...].
    torch::Tensor noise(const Condition& condition,
                        std::int64_t first,
                        std::int64_t count,
                        std::uint64_t seed,
                        int numSamplingSteps = 1) const;
    /// Latents of that noise under the prior.
    torch::Tensor latents(const Condition& condition, const torch::Tensor& noise) const;
    /// Shapes: z [S, Z, H/16, W/16] -> logits [S, K, H, W]. The variant cnn answers its guess whatever z.
    torch::Tensor logits(const Condition& condition, const torch::Tensor& z) const;
    /// The deterministic answer, z = prior mean. Shapes: [1, K, H, W].
    torch::Tensor meanLogits(const Condition& condition) const;

    /// p(z|x, y_o). Shapes: known [S, K, H, W] one-hot, all zero where unknown. Only with a recurrent
    /// connection, and of use only for a prior that was conditioned on observed labels in training.
    LatentGaussian priorGiven(const Condition& condition, const torch::Tensor& known) const;
    /// q(z|x, y). Shapes: labels [S, K, H, W], one-hot or probabilities. Only with
    /// options().hasRecognition().
    LatentGaussian recognition(const Condition& condition, const torch::Tensor& labels) const;

private:
    torch::Tensor generate(const torch::Tensor& z) const;

    SegmentationNet m_network;
    std::vector<PackedUpConvolution> m_layers;  ///< up_2, up_3, up_4, output of the generation network
};

/// Standard normal noise of one sample, a function of (seed, its number) alone. Shapes: as given.
torch::Tensor sampleNoise(at::IntArrayRef shape, std::int64_t number, std::uint64_t seed);
/// Noise on the way from one sample to another, at t in [0, 1]; its variance stays that of a sample.
/// Shapes: all [1, Z, ...].
torch::Tensor interpolateNoise(const torch::Tensor& from, const torch::Tensor& to, double t);
/// The latent with one channel set, everywhere, to the prior mean + `deviations` of its standard deviation.
/// Shapes: z [S, Z, ...]. Errors: throws c10::Error (no such channel).
torch::Tensor forceChannel(const LatentGaussian& prior,
                           const torch::Tensor& z,
                           std::int64_t channel,
                           double deviations);

/// How a partly known answer is completed. Source: Sohn, Lee, Yan 2015, section 5.3; papers.md A9 (the number
/// of sweeps is open).
struct CompletionOptions {
    int numSweeps = 20;
    bool sampling = true;  ///< y_u ~ p, z ~ q; else their means
    std::uint64_t seed = 1;
};
/// After each sweep: its number from 0, the logits [S, K, H, W], and the share of unknown pixels whose class
/// changed. Returns whether to continue.
using SweepCallback = std::function<bool(int sweep, const torch::Tensor& logits, double changedShare)>;
/// Alternates y_u ~ p(y_u|x, z) and z ~ q(z|x, y_o, y_u), from the latents z on. Stops: when the callback
/// says so. Shapes: observed [H, W] or [S, H, W] int64, kUnknownLabel where open; the condition is of one
/// image or of S; z [S, Z, h, w]; returns logits [S, K, H, W] of the last sweep. Only with
/// options().hasRecognition().
torch::Tensor completeLabels(const FastSegmentationNet& network,
                             const FastSegmentationNet::Condition& condition,
                             const torch::Tensor& observed,
                             torch::Tensor z,
                             const CompletionOptions& options,
                             const SweepCallback& callback = {});

/// Changes latents that were drawn from a prior. Shapes: z and the result [S, Z, h, w].
using LatentChange = std::function<torch::Tensor(const LatentGaussian& prior, torch::Tensor z)>;
/// Samples that are drawn in several autoregressive steps. The prior draws each cell of the latent
/// independently, so that a sample of one step need not be consistent. Each step therefore keeps a part of
/// the labels, conditions the prior on them and draws the rest again. The most certain cells at the prior
/// mean are kept first; the others follow in steps of equal entropy, in an order of each sample's own. The
/// callback is called after each step from the second on, numbered from 0. Shapes: the noise sets the number
/// of steps; returns logits [S, K, H, W]. Stops: when the callback returns false. Only with a prior that was
/// conditioned on observed labels in training. Source: the chain rule over steps; Chang et al. 2022 decode
/// tokens likewise.
torch::Tensor autoregressiveLogits(const FastSegmentationNet& network,
                                   const FastSegmentationNet::Condition& condition,
                                   const torch::Tensor& noise,
                                   const LatentChange& change = {},
                                   const SweepCallback& callback = {});

}  // namespace vitrine
