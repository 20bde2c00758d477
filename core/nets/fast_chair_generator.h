// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/nets/chair_generator.h"
#include "core/nets/chair_layer.h"
#include "core/nets/packed_layers.h"

namespace vitrine {

/// A forward pass up to a layer: all that is needed to continue from there.
struct PartialForward {
    torch::Tensor activations;  ///< [N, units] or [N, maps, side, side] float32, after the non-linearity
    std::vector<torch::Tensor>
        beside;  ///< [N or 1, ...]; in a branch: FC-2 of the other two; in a stream: the output of the other
};

/// Values added to a layer's activations. Shapes: added [N, units] or [N, maps] float32; a map's value is
/// added to all of it.
struct LayerBoost {
    ChairLayer layer;
    torch::Tensor added;
};

/// "fp32", "bf16" or "fp16".
std::string precisionName(torch::Dtype type);

/// The chair generator for looking at on the CPU: the same numbers as ChairGenerator to rounding, several
/// times as fast. Weights are copied out of the network into oneDNN's layout, activations are fused, each
/// up-convolution takes the form that suits its size. In bf16 the first layer of each input stays in fp32, so
/// that sliders have no steps. Thread: one at a time.
class FastChairGenerator {
public:
    /// So many pictures at a time are best: enough to fill the vectors, few enough for the layers' maps to
    /// stay in the cache.
    static constexpr std::int64_t kPicturesPerPass = 16;

    /// `type`: torch::kFloat32 or torch::kBFloat16.
    FastChairGenerator(ChairGeneratorImpl& network, torch::Dtype type);
    /// Whether the CPU multiplies bf16 natively (AVX512-BF16, AMX); elsewhere it is emulated and not worth
    /// trying.
    static bool cpuHasBFloat16();

    /// Shapes: as ChairGenerator's, float32 in and out.
    ChairImages forward(const torch::Tensor& style,
                        const torch::Tensor& view,
                        const torch::Tensor& theta) const;
    /// The pictures as they are shown: mask clamped to [0, 1], RGB to [0, mask]. Shapes: out [N, S, S, 4]
    /// uint8, premultiplied, N S S 4 bytes. Returns false if a number is not finite.
    bool paint(const torch::Tensor& style,
               const torch::Tensor& view,
               const torch::Tensor& theta,
               std::span<std::uint8_t> out) const;

    /// As forward(), with values added to layers on the way. Errors: throws for a layer of another network.
    ChairImages forwardBoosted(const torch::Tensor& style,
                               const torch::Tensor& view,
                               const torch::Tensor& theta,
                               std::span<const LayerBoost> boosts) const;

    /// Runs up to a layer, and the branches or the stream beside it to their end. Errors: throws for a layer
    /// of another network.
    PartialForward forwardUpTo(const ChairLayer& layer,
                               const torch::Tensor& style,
                               const torch::Tensor& view,
                               const torch::Tensor& theta) const;
    /// Continues from there; nothing upstream is computed again. With the unchanged result of forwardUpTo()
    /// it gives the same bits as forward().
    ChairImages forwardFrom(const ChairLayer& layer, const PartialForward& partial) const;

    torch::Dtype type() const { return m_type; }

private:
    struct Branch {
        PackedLinear fc1, fc2;
    };
    struct Stream {
        PackedLinear fc5;
        std::int64_t fc5Maps;
        std::vector<PackedUpConvolution> layers;
    };
    Branch packBranch(InputBranchImpl& branch) const;
    Stream packStream(PaintStreamImpl& stream) const;
    using Boosts = std::span<const LayerBoost>;
    torch::Tensor runBranch(ChairSubnet subnet, const torch::Tensor& input, Boosts boosts = {}) const;
    torch::Tensor runFc3(const torch::Tensor& style,
                         const torch::Tensor& view,
                         const torch::Tensor& theta,
                         Boosts boosts = {}) const;
    torch::Tensor runJoint(const torch::Tensor& style,
                           const torch::Tensor& view,
                           const torch::Tensor& theta,
                           Boosts boosts = {}) const;
    torch::Tensor runFc5(const Stream& stream, const torch::Tensor& joint) const;
    torch::Tensor runStream(ChairSubnet subnet, const torch::Tensor& joint, Boosts boosts = {}) const;
    ChairImages paintFrom(const torch::Tensor& joint, Boosts boosts = {}) const;
    const Branch& branchOf(ChairSubnet subnet) const;
    const Stream& streamOf(ChairSubnet subnet) const { return subnet == ChairSubnet::Mask ? *m_mask : m_rgb; }
    ChairImages imagesOf(const torch::Tensor& rgb, const torch::Tensor& mask) const;
    void checkLayer(const ChairLayer& layer) const;

    ChairGeneratorOptions m_options;
    torch::Dtype m_type;
    Branch m_style, m_view, m_theta;
    PackedLinear m_fc3, m_fc4;
    Stream m_rgb;
    std::optional<Stream> m_mask;
};

}  // namespace vitrine
