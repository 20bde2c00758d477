// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/mismatch.h"

#include <algorithm>
#include <cmath>

#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

constexpr float kOffObject = 1500;       // for a pixel of the object that lands beside it
constexpr double kThereabouts = 8;       // pixels
constexpr float kDecision = 20;          // a flow that fits worse by a twentieth counts 1 / e
constexpr float kBesideWeight = 0.001f;  // of pixels beside the object

}  // namespace

PictureFeatures PictureFeatures::of(const Image& picture, const Image& object) {
    PictureFeatures features;
    features.width = picture.width, features.height = picture.height;
    const cv::Mat descriptors = denseSift(picture, kSiftFlowCellSize, kSiftFlowNorm);
    for (int y = 0; y < descriptors.rows; ++y)
        features.descriptors.insert(features.descriptors.end(),
                                    descriptors.ptr<float>(y),
                                    descriptors.ptr<float>(y) + descriptors.cols * kLength);
    for (std::size_t i = 0; i < picture.pixels.size() / std::size_t(picture.channels); ++i)
        features.coverage.push_back(float(object.pixels[4 * i + 3]) / 255);
    return features;
}

PictureFeatures PictureFeatures::halved() const {
    PictureFeatures half;
    half.width = width / 2, half.height = height / 2;
    half.coverage.resize(std::size_t(half.width) * std::size_t(half.height));
    half.descriptors.resize(half.coverage.size() * kLength);
    for (int y = 0; y < 2 * half.height; ++y)
        for (int x = 0; x < 2 * half.width; ++x) {
            const auto from = std::size_t(y * width + x), to = std::size_t(y / 2 * half.width + x / 2);
            half.coverage[to] += coverage[from] / 4;
            for (int i = 0; i < kLength; ++i)
                half.descriptors[to * kLength + std::size_t(i)] +=
                    descriptors[from * kLength + std::size_t(i)] / 4;
        }
    return half;
}

float PictureFeatures::mismatch(std::size_t pixel, const PictureFeatures& other, PixelPoint place) const {
    const auto nearest = [](float value, int size) {
        return std::size_t(std::lround(std::clamp(value, 0.f, float(size - 1))));
    };
    const std::size_t there =
        nearest(place.y, other.height) * std::size_t(other.width) + nearest(place.x, other.width);
    return absoluteDifference(&descriptors[pixel * kLength], &other.descriptors[there * kLength], kLength) +
           kOffObject * std::max(coverage[pixel] - other.coverage[there], 0.f);
}

FlowField blended(const FlowField& one,
                  const FlowField& other,
                  const PictureFeatures& from,
                  const PictureFeatures& to) {
    FlowField mismatches(one.width, one.height);  // of both, side by side
    ScalarMap weights(one.width, one.height, 1);
    for (int y = 0; y < one.height; ++y)
        for (int x = 0; x < one.width; ++x) {
            const auto pixel = std::size_t(y * one.width + x);
            const auto of = [&](const FlowField& flow) {
                return from.mismatch(pixel, to, {float(x) + flow.at(y, x, 0), float(y) + flow.at(y, x, 1)});
            };
            mismatches.at(y, x, 0) = of(one), mismatches.at(y, x, 1) = of(other);
            weights.at(y, x) = from.coverage[pixel] + kBesideWeight;
        }
    mismatches = smoothed(mismatches, weights, kThereabouts);
    FlowField blend(one.width, one.height);
    for (std::size_t i = 0; i < blend.pixels.size(); i += 2) {
        const float excess = mismatches.pixels[i + 1] - mismatches.pixels[i];
        const float least = std::max(1.f, std::min(mismatches.pixels[i], mismatches.pixels[i + 1]));
        const float share = 1 / (1 + std::exp(kDecision * excess / least));  // of the other
        for (std::size_t c = i; c < i + 2; ++c)
            blend.pixels[c] = std::lerp(one.pixels[c], other.pixels[c], share);
    }
    return blend;
}

}  // namespace vitrine
