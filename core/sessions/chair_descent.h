// SPDX-License-Identifier: GPL-3.0-or-later
// What a fit optimises, and how. Sees LibTorch: for sources of core/sessions only.
#pragma once

#include <torch/torch.h>

#include <functional>
#include <vector>

#include "core/nets/chair_generator.h"
#include "core/recipe/chair_request.h"

namespace vitrine {

/// Mixes of a network's styles whose weights sum to 1, in coordinates z in which the styles have mean 0 and
/// unit covariance: N(0, I) is the prior of a style, Gaussian or one-hot.
class StyleBasis {
public:
    explicit StyleBasis(const ChairGeneratorImpl& network);

    std::int64_t numStyles() const { return m_directions.size(1); }
    std::int64_t numCoordinates() const { return m_directions.size(0); }
    /// Shapes: z [N, Z] -> [N, numStyles].
    torch::Tensor weights(const torch::Tensor& z) const;
    /// Shapes: [Z].
    torch::Tensor ofStyle(std::int64_t styleIndex) const;

private:
    torch::Tensor m_directions;  ///< [Z, numStyles]
};

/// Chairs that are improved side by side.
struct FitCandidates {
    torch::Tensor style;  ///< [N, Z]
    torch::Tensor view;   ///< [N, 2] azimuth and elevation. Units: 20 degrees
    torch::Tensor pose;   ///< [N, 5] theta's geometry over its trained range, before tanh

    std::int64_t size() const { return style.size(0); }
    /// A copy without gradients.
    FitCandidates at(const std::vector<std::int64_t>& indices) const;
    FitCandidates slice(std::int64_t begin, std::int64_t end) const;
};

/// A frozen chair generator and the picture that it shall draw.
class ChairDescent {
public:
    static constexpr double kDegreesPerUnit = 20;
    static constexpr std::int64_t kPicturesPerPass = 8;

    /// Shapes: target [4, S, S] premultiplied, in [0, 1].
    ChairDescent(ChairGenerator generator, const StyleBasis& basis, const torch::Tensor& target);

    /// Shapes: [N, 4, S, S] premultiplied, not clamped.
    torch::Tensor draw(const FitCandidates& candidates) const;
    /// Robust error of RGB on white and of the mask, plus what is due to the priors. Shapes: drawn [N, 4, S,
    /// S] -> [N].
    torch::Tensor losses(const FitCandidates& candidates, const torch::Tensor& drawn) const;

    /// Pictures of the candidates from `first` on and their losses. Returns whether to go on.
    using Watch = std::function<bool(const FitCandidates& candidates,
                                     std::int64_t first,
                                     const torch::Tensor& drawn,
                                     const torch::Tensor& losses)>;
    /// Steps of Adam, in place. `cools`: the rate falls to 0 along a cosine. Returns the last losses, by
    /// candidate; infinity where they are not finite. Stops: between passes.
    std::vector<double> descend(
        FitCandidates& candidates, int numSteps, double rate, bool cools, const Watch& watch) const;

    /// One candidate as the sessions draw it.
    ChairRequest requestOf(const FitCandidates& candidates, std::int64_t index) const;

private:
    torch::Tensor thetaOf(const FitCandidates& candidates) const;  // [N, 8]

    ChairGenerator m_generator;
    const StyleBasis& m_basis;
    torch::Tensor m_wanted;   ///< [1, 4, S, S] on white, and the mask
    torch::Tensor m_trained;  ///< [5] ranges of theta's geometry
};

/// Charbonnier's error. Shapes: both [N or 1, C, H, W] -> [N]. Source: Charbonnier et al. 1994.
torch::Tensor robustError(const torch::Tensor& a, const torch::Tensor& b);
/// RGB on white, and the mask. Shapes: [N, 4, H, W] premultiplied -> the same.
torch::Tensor overWhite(const torch::Tensor& premultiplied);

}  // namespace vitrine
