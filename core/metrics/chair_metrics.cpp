// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/chair_metrics.h"

#include <cmath>

#include "core/data/training_views.h"

namespace vitrine {
namespace {

constexpr std::size_t kBatch = 64;

double psnrOf(double meanSquaredError) {
    return -10 * std::log10(std::max(meanSquaredError, 1e-10));
}

torch::Tensor onWhite(const torch::Tensor& premultiplied) {
    return premultiplied.slice(0, 0, 3) + (1 - premultiplied.slice(0, 3, 4));
}

/// Sum of the squared differences of neighbouring pixels. Shapes: [3, H, W].
double gradientEnergy(const torch::Tensor& rgb) {
    return (rgb.diff(1, 1).square().sum() + rgb.diff(1, 2).square().sum()).item<double>();
}

}  // namespace

void ChairScoreSum::add(const torch::Tensor& predicted, const torch::Tensor& truth, int chair) {
    const auto shown = onWhite(predicted), real = onWhite(truth);
    const double error = (shown - real).square().mean().item<double>();
    const auto a = predicted[3] > 0.5, b = truth[3] > 0.5;
    const double unionSize = (a | b).sum().item<double>();
    m_iou.push_back({unionSize == 0 ? 1 : (a & b).sum().item<double>() / unionSize, chair});
    m_psnr.push_back({psnrOf(error), chair});
    m_squaredError += error;
    m_numValues = real.numel();
    m_gradientEnergy += gradientEnergy(shown);
    m_trueGradientEnergy += gradientEnergy(real);
}

void ChairScoreSum::add(const ChairScoreSum& other) {
    m_psnr.insert(m_psnr.end(), other.m_psnr.begin(), other.m_psnr.end());
    m_iou.insert(m_iou.end(), other.m_iou.begin(), other.m_iou.end());
    m_squaredError += other.m_squaredError;
    m_numValues = std::max(m_numValues, other.m_numValues);
    m_gradientEnergy += other.m_gradientEnergy;
    m_trueGradientEnergy += other.m_trueGradientEnergy;
}

ChairScore ChairScoreSum::mean() const {
    if (m_psnr.empty()) return {};
    ChairScore score;
    score.psnr = meanOf(m_psnr), score.iou = meanOf(m_iou);
    score.pooledPsnr = psnrOf(m_squaredError / double(m_psnr.size()));
    score.squaredError = m_squaredError / double(m_psnr.size()) * double(m_numValues);
    score.edge = m_trueGradientEnergy > 0 ? m_gradientEnergy / m_trueGradientEnergy : 1;
    score.views = m_psnr.size();
    return score;
}

ChairScore ChairScoreSum::meanWithIntervals() const {
    ChairScore score = mean();
    score.psnrInterval = meanInterval(m_psnr), score.iouInterval = meanInterval(m_iou);
    return score;
}

torch::Tensor predictViews(ChairGenerator& network, std::span<const PackedView> views) {
    torch::NoGradGuard noGrad;
    const auto count = std::int64_t(views.size());
    auto style = torch::zeros({count, network->options.numStyles});
    auto azimuth = torch::zeros({count}), elevation = torch::zeros({count});
    for (std::int64_t i = 0; i < count; ++i) {
        style[i][views[std::size_t(i)].styleIndex] = 1;
        azimuth[i] = views[std::size_t(i)].view.azimuthDeg;
        elevation[i] = views[std::size_t(i)].view.elevationDeg;
    }
    const auto device = network->fc_3->weight.device();
    const auto images = network->forward(style.to(device),
                                         encodeViews(azimuth, elevation).to(device),
                                         torch::zeros({count, network->options.thetaSize}, device));
    const auto mask = images.mask.slice(1, 0, 1).to(torch::kCPU, torch::kFloat32).clamp(0, 1);
    const auto rgb = torch::minimum(images.rgb.to(torch::kCPU, torch::kFloat32).clamp_min(0), mask);
    return torch::cat({rgb, mask}, 1);
}

torch::Tensor viewTensor(const std::uint8_t* premultiplied, int size) {
    const auto bytes =
        torch::from_blob(const_cast<std::uint8_t*>(premultiplied), {size, size, 4}, torch::kUInt8);
    return bytes.permute({2, 0, 1}).to(torch::kFloat32) / 255;
}

void addScores(ChairScoreSum& sum,
               ChairGenerator& network,
               std::span<const PackedView> views,
               std::span<const std::size_t> indices,
               const std::function<const std::uint8_t*(std::size_t)>& picture,
               const std::function<bool(double)>& goOn) {
    const int size = int(network->options.imageSize());
    for (std::size_t begin = 0; begin < indices.size(); begin += kBatch) {
        if (goOn && !goOn(double(begin) / double(indices.size()))) break;
        const auto part = indices.subspan(begin, std::min(kBatch, indices.size() - begin));
        std::vector<PackedView> asked;
        for (auto index : part) asked.push_back(views[index]);
        const auto predicted = predictViews(network, asked);
        for (std::size_t i = 0; i < part.size(); ++i)
            sum.add(predicted[std::int64_t(i)], viewTensor(picture(part[i]), size), asked[i].styleIndex);
    }
}

ChairScore scoreViews(ChairGenerator& network,
                      std::span<const PackedView> views,
                      std::span<const std::size_t> indices,
                      const std::function<const std::uint8_t*(std::size_t)>& picture,
                      const std::function<bool(double)>& goOn) {
    ChairScoreSum sum;
    addScores(sum, network, views, indices, picture, goOn);
    return sum.mean();
}

std::vector<std::size_t> viewIndices(const PackedChairs& data, bool heldOut) {
    const auto isMix = betweenStyles(data);
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < data.views().size(); ++i)
        if (isHeldOut(data.views()[i]) == heldOut && !isMix[std::size_t(data.views()[i].styleIndex)])
            indices.push_back(i);
    return indices;
}

}  // namespace vitrine
