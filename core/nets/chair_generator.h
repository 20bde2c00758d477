// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/nets/latent_gaussian.h"
#include "core/nets/up_convolution.h"

namespace vitrine {

/// Sizes of a chair generator. Presets: `paper-128`, `paper-64` (papers.md B1), `compact-128`, `compact-64`
/// (one stream).
struct ChairGeneratorOptions {
    std::string preset = "custom";
    std::int64_t numStyles = 0;
    std::int64_t thetaSize = 8;      ///< 28 in the authors' code
    std::int64_t branchWidth = 512;  ///< FC-1, FC-2 of each input
    std::int64_t jointWidth = 1024;  ///< FC-3, FC-4
    std::vector<std::int64_t> rgbMaps = {
        256, 256, 92, 92};  ///< maps going into each up-convolution; the first are FC-5's, 8 x 8
    std::vector<std::int64_t> maskMaps = {
        128, 92, 32, 32};           ///< empty: one stream makes RGB and mask together
    std::int64_t maskChannels = 1;  ///< 3 in the authors' code
    double leakySlope = 0;          ///< 0 = ReLU
    std::int64_t styleDimensions =
        0;  ///< of the Gaussian that stands for each style; 0 = one-hot, as the paper

    /// `width` scales all layers. Errors: InvalidArgument naming the presets there are.
    static Result<ChairGeneratorOptions> fromPreset(const std::string& preset,
                                                    std::int64_t numStyles,
                                                    double width = 1);
    /// Text for a weight file's metadata, and back. Errors: BadFormat naming the key.
    std::map<std::string, std::string> toMetadata() const;
    static Result<ChairGeneratorOptions> fromMetadata(const std::map<std::string, std::string>& metadata);
    Status validate() const;
    std::int64_t imageSize() const { return 8ll << rgbMaps.size(); }
    /// The same network one up-convolution shorter, as the paper's first stage trains it.
    ChairGeneratorOptions halfSize() const;
};

/// FC-1 and FC-2 of one input. Shapes: [N, in] -> [N, branchWidth].
struct InputBranchImpl : torch::nn::Module {
    InputBranchImpl(std::int64_t inSize, std::int64_t width, double leakySlope);
    torch::Tensor forward(const torch::Tensor& input);
    torch::nn::Linear fc_1{nullptr}, fc_2{nullptr};
    double leakySlope;
};
TORCH_MODULE(InputBranch);

/// FC-5 and the up-convolutions that paint. Shapes: [N, jointWidth] -> [N, outChannels, S, S].
struct PaintStreamImpl : torch::nn::Module {
    PaintStreamImpl(std::int64_t inSize,
                    const std::vector<std::int64_t>& maps,
                    std::int64_t outChannels,
                    double leakySlope);
    torch::Tensor forward(const torch::Tensor& joint);
    torch::nn::Linear fc_5{nullptr};
    std::vector<UpConvolution> uconv;  ///< uconv_1 ... uconv_(n-1)
    UpConvolution output{nullptr};
    std::int64_t fc5Maps;
    double leakySlope;
};
TORCH_MODULE(PaintStream);

/// RGB already multiplied by the mask, as the loss asks for, and the mask. Linear outputs: clamp before
/// showing.
struct ChairImages {
    torch::Tensor rgb;   ///< [N, 3, S, S]
    torch::Tensor mask;  ///< [N, maskChannels, S, S]
};

/// Style, viewpoint and transformation in; RGB and segmentation out. Source: Dosovitskiy et al. 2015, figure
/// 1; papers.md B1.
struct ChairGeneratorImpl : torch::nn::Module {
    explicit ChairGeneratorImpl(ChairGeneratorOptions options);

    /// Shapes: style [N, numStyles], view [N, 4] = (sin el, cos el, sin az, cos az), theta [N, thetaSize];
    /// styleNoise [N, styleDimensions] standard normal, or none for the means.
    ChairImages forward(const torch::Tensor& style,
                        const torch::Tensor& view,
                        const torch::Tensor& theta,
                        const torch::Tensor& styleNoise = {});
    /// The Gaussians of a mix of styles: means are mixed linearly. Only where styleDimensions > 0. Shapes:
    /// style [N, numStyles] -> [N, styleDimensions]. Source: Dosovitskiy et al., arXiv 1411.5928, the
    /// probabilistic model.
    LatentGaussian styleGaussian(const torch::Tensor& style) const;
    /// The style branch for generating. Shapes: [N, numStyles]. The means of Gaussian styles are folded into
    /// FC-1.
    InputBranch styleBranch() const;
    /// He initialisation; up-convolutions for a quarter of non-zero inputs. Seed: the caller's generator.
    /// Source: papers.md B3.
    void initialise(torch::Generator generator);

    ChairGeneratorOptions options;
    torch::Tensor style_mean, style_log_variance;  ///< [numStyles, styleDimensions], or undefined
    InputBranch style{nullptr}, view{nullptr}, theta{nullptr};
    torch::nn::Linear fc_3{nullptr}, fc_4{nullptr};
    PaintStream rgb_stream{nullptr};
    PaintStream mask_stream{nullptr};  ///< empty with one stream
};
TORCH_MODULE(ChairGenerator);

/// The same network as the paper spells it out (zero-unpooling, convolution, no layout or precision tricks):
/// the yardstick. Shapes: style [N, numStyles].
ChairImages literalForward(ChairGeneratorImpl& network,
                           const torch::Tensor& style,
                           const torch::Tensor& view,
                           const torch::Tensor& theta);

/// Encodes viewpoints. Shapes: [N] degrees each -> [N, 4]. Order of the authors' code.
torch::Tensor encodeViews(const torch::Tensor& azimuthDeg, const torch::Tensor& elevationDeg);

}  // namespace vitrine
