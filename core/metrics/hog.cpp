// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/hog.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "core/base/luminance.h"

namespace vitrine {
namespace {

constexpr int kCellSide = 8, kOrientations = 9;
constexpr float kLargest = 0.2f;

/// Of the cells, each gradient shared by the two nearest orientations. Shapes: [H/8, W/8, 9].
Raster<float> orientationHistograms(const Image& image) {
    Raster<float> cells(image.width / kCellSide, image.height / kCellSide, kOrientations);
    const auto grey = [&image](int y, int x) {
        return luminance(image.row(std::clamp(y, 0, image.height - 1)) +
                         3 * std::clamp(x, 0, image.width - 1));
    };
    for (int y = 0; y < cells.height * kCellSide; ++y)
        for (int x = 0; x < cells.width * kCellSide; ++x) {
            const double dx = grey(y, x + 1) - grey(y, x - 1), dy = grey(y + 1, x) - grey(y - 1, x);
            const double halfTurns = std::atan2(dy, dx) / std::numbers::pi + 1;  // in [0, 2]
            const double place = halfTurns * kOrientations, share = place - std::floor(place);
            const int bin = int(place);
            const auto at = [&](int orientation) -> float& {
                return cells.at(y / kCellSide, x / kCellSide, orientation % kOrientations);
            };
            at(bin) += float(std::hypot(dx, dy) * (1 - share));
            at(bin + 1) += float(std::hypot(dx, dy) * share);
        }
    return cells;
}

void scaleToUnit(std::span<float> block) {
    double squares = 1e-6;
    for (const float value : block) squares += double(value) * value;
    for (float& value : block) value = float(value / std::sqrt(squares));
}

}  // namespace

std::vector<float> hogDescriptor(const Image& image) {
    const Raster<float> cells = orientationHistograms(image);
    constexpr int kPairLength = 2 * kOrientations;  // two cells of a row
    std::vector<float> descriptor;
    for (int y = 0; y + 1 < cells.height; ++y)
        for (int x = 0; x + 1 < cells.width; ++x) {
            for (const int row : {y, y + 1}) {
                const float* pair = cells.row(row) + x * kOrientations;
                descriptor.insert(descriptor.end(), pair, pair + kPairLength);
            }
            const std::span block(descriptor.end() - 2 * kPairLength, descriptor.end());
            scaleToUnit(block);
            for (float& value : block) value = std::min(value, kLargest);
            scaleToUnit(block);
        }
    return descriptor;
}

}  // namespace vitrine
