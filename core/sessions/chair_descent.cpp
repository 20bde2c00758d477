// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/chair_descent.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>

#include "core/recipe/morph.h"
#include "core/sessions/chair_network.h"

namespace vitrine {
namespace {

constexpr std::int64_t kNumGeometry = 5;  ///< the first values of theta; the others change colours

constexpr double kRobustFrom = 0.1;  ///< errors above count linearly
constexpr double kMaskWeight = 0.5, kStylePrior = 0.002, kPosePrior = 0.001, kElevationPrior = 1e-4;
constexpr double kLowestElevationDeg = 5, kHighestElevationDeg = 45;
constexpr double kViewRate = 0.6, kPoseRate = 0.6;  ///< over the style's
constexpr double kSmallestVariation = 1e-3;         ///< of a principal component, over the largest

using OptimiserGroup = torch::optim::OptimizerParamGroup;

OptimiserGroup groupOf(torch::Tensor& values) {
    values.requires_grad_(true);
    auto options = std::make_unique<torch::optim::AdamOptions>();
    options->betas({0.8, 0.95});
    return OptimiserGroup({values}, std::move(options));
}

void setRates(torch::optim::Adam& adam, double rate) {
    const double rates[] = {rate, kViewRate * rate, kPoseRate * rate};
    for (std::size_t i = 0; i < std::size(rates); ++i) adam.param_groups()[i].options().set_lr(rates[i]);
}

void copyFinite(const torch::Tensor& losses, std::int64_t first, std::vector<double>& last) {
    for (std::int64_t i = 0; i < losses.size(0); ++i) {
        const double loss = losses[i].item<double>();
        last[std::size_t(first + i)] = std::isfinite(loss) ? loss : std::numeric_limits<double>::infinity();
    }
}

}  // namespace

StyleBasis::StyleBasis(const ChairGeneratorImpl& network) {
    const torch::NoGradGuard noGrad;
    const StyleCodes codes = styleCodesOf(network);
    const auto values = torch::tensor(codes.values).view({codes.numStyles(), codes.numDimensions});
    const auto [left, spread, right] =
        torch::linalg_svd(values - values.mean(0, /*keepdim=*/true), /*full_matrices=*/false);
    const auto numVarying = (spread > kSmallestVariation * spread[0]).sum().item<std::int64_t>();
    m_directions = left.slice(1, 0, numVarying).t().contiguous() / std::sqrt(double(codes.numStyles()));
}

torch::Tensor StyleBasis::weights(const torch::Tensor& z) const {
    return z.matmul(m_directions) + 1 / double(numStyles());
}

torch::Tensor StyleBasis::ofStyle(std::int64_t styleIndex) const {
    return m_directions.select(1, styleIndex) * double(numStyles());
}

FitCandidates FitCandidates::at(const std::vector<std::int64_t>& indices) const {
    const auto chosen = torch::tensor(indices);
    const auto copyOf = [&](const torch::Tensor& values) { return values.detach().index_select(0, chosen); };
    return {copyOf(style), copyOf(view), copyOf(pose)};
}

FitCandidates FitCandidates::slice(std::int64_t begin, std::int64_t end) const {
    return {style.slice(0, begin, end), view.slice(0, begin, end), pose.slice(0, begin, end)};
}

torch::Tensor robustError(const torch::Tensor& a, const torch::Tensor& b) {
    return ((a - b).square() + kRobustFrom * kRobustFrom).sqrt().sub(kRobustFrom).mean({1, 2, 3});
}

torch::Tensor overWhite(const torch::Tensor& premultiplied) {
    const auto mask = premultiplied.slice(1, 3, 4);
    return torch::cat({premultiplied.slice(1, 0, 3) + 1 - mask, mask}, 1);
}

ChairDescent::ChairDescent(ChairGenerator generator, const StyleBasis& basis, const torch::Tensor& target)
    : m_generator(std::move(generator)), m_basis(basis), m_wanted(overWhite(target.unsqueeze(0))) {
    std::vector<float> trained;
    for (const ThetaRange& range : thetaRanges().first(kNumGeometry)) trained.push_back(range.trained);
    m_trained = torch::tensor(trained);
}

torch::Tensor ChairDescent::thetaOf(const FitCandidates& candidates) const {
    return torch::constant_pad_nd(m_trained * candidates.pose.tanh(), {0, kThetaSize - kNumGeometry});
}

torch::Tensor ChairDescent::draw(const FitCandidates& candidates) const {
    const auto angles = candidates.view * kDegreesPerUnit;
    ChairGenerator generator = m_generator;
    const auto images = generator->forward(m_basis.weights(candidates.style),
                                           encodeViews(angles.select(1, 0), angles.select(1, 1)),
                                           thetaOf(candidates));
    return torch::cat({images.rgb, images.mask.mean(1, /*keepdim=*/true)}, 1);
}

torch::Tensor ChairDescent::losses(const FitCandidates& candidates, const torch::Tensor& drawn) const {
    const auto shown = overWhite(drawn);
    const auto error = [&](std::int64_t begin, std::int64_t end) {
        return robustError(shown.slice(1, begin, end), m_wanted.slice(1, begin, end));
    };
    const auto elevation = candidates.view.select(1, 1) * kDegreesPerUnit;
    const auto beyond = (elevation - kHighestElevationDeg).relu() + (kLowestElevationDeg - elevation).relu();
    const double perCoordinate = kStylePrior / double(std::max<std::int64_t>(m_basis.numCoordinates(), 1));
    return error(0, 3) + kMaskWeight * error(3, 4) + perCoordinate * candidates.style.square().sum(1) +
           kPosePrior * candidates.pose.square().mean(1) + kElevationPrior * beyond.square();
}

std::vector<double> ChairDescent::descend(
    FitCandidates& candidates, int numSteps, double rate, bool cools, const Watch& watch) const {
    torch::optim::Adam adam(std::vector<OptimiserGroup>{
        groupOf(candidates.style), groupOf(candidates.view), groupOf(candidates.pose)});
    std::vector<double> last(std::size_t(candidates.size()), std::numeric_limits<double>::infinity());
    for (int step = 0; step < numSteps; ++step) {
        setRates(adam, cools ? rate * (1 + std::cos(std::numbers::pi * step / numSteps)) / 2 : rate);
        adam.zero_grad();
        for (std::int64_t first = 0; first < candidates.size(); first += kPicturesPerPass) {
            const auto part = candidates.slice(first, std::min(first + kPicturesPerPass, candidates.size()));
            const auto drawn = draw(part);  // [n, 4, S, S]
            const auto loss = losses(part, drawn);
            loss.sum().backward();
            copyFinite(loss, first, last);
            if (!watch(candidates, first, drawn.detach(), loss.detach())) return last;
        }
        adam.step();
    }
    return last;
}

ChairRequest ChairDescent::requestOf(const FitCandidates& candidates, std::int64_t index) const {
    const torch::NoGradGuard noGrad;
    const auto one = candidates.slice(index, index + 1);
    const auto weights = m_basis.weights(one.style)[0].contiguous();
    ChairRequest request;
    StyleMix mix;
    for (std::int64_t i = 0; i < weights.size(0); ++i) mix.push_back({int(i), weights.data_ptr<float>()[i]});
    request.styleWeights = normalised(mix);
    const double azimuth = one.view[0][0].item<double>() * kDegreesPerUnit;
    request.view.azimuthDeg = float(azimuth - 360 * std::floor(azimuth / 360));
    request.view.elevationDeg = float(one.view[0][1].item<double>() * kDegreesPerUnit);
    const auto theta = thetaOf(one).contiguous();
    request.theta =
        Theta::fromValues(std::span<const float, kThetaSize>(theta.data_ptr<float>(), kThetaSize));
    return request;
}

}  // namespace vitrine
