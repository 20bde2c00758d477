// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/morph_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/flood_fill.h"

namespace vitrine {
namespace {

constexpr float kHalf = 0.5f;
constexpr double kBetweenTolerance = 0.15;
constexpr double kLostBelow = 0.5, kLostAbove = 2;

bool isInside(const ScalarMap& mask, int y, int x) {
    return mask.at(y, x) > kHalf;
}

bool isOnBoundary(const ScalarMap& mask, int y, int x) {
    return (y > 0 && !isInside(mask, y - 1, x)) || (y + 1 < mask.height && !isInside(mask, y + 1, x)) ||
           (x > 0 && !isInside(mask, y, x - 1)) || (x + 1 < mask.width && !isInside(mask, y, x + 1));
}

/// Of the 8-connected components.
std::vector<int> componentAreas(const ScalarMap& mask) {
    std::vector<bool> isFound(mask.pixels.size(), false);
    const auto enter = [&](PixelPlace to, PixelPlace = {}) {
        if (!isInside(mask, to.y, to.x) || isFound[mask.index(to.y, to.x)]) return false;
        isFound[mask.index(to.y, to.x)] = true;
        return true;
    };
    std::vector<int> areas;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (enter({y, x}))
                areas.push_back(floodFill({{y, x}}, mask.width, mask.height, Neighbours::Eight, enter));
    return areas;
}

bool isWithin(double value, double a, double b) {
    return value >= std::min(a, b) * (1 - kBetweenTolerance) &&
           value <= std::max(a, b) * (1 + kBetweenTolerance);
}

}  // namespace

MaskFigures measureMask(const ScalarMap& mask) {
    MaskFigures figures;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x) {
            const double m = mask.at(y, x);
            figures.ambiguousArea += 4 * m * (1 - m);
            if (!isInside(mask, y, x)) continue;
            ++figures.area;
            figures.boundary += isOnBoundary(mask, y, x);
        }
    const std::vector<int> areas = componentAreas(mask);
    figures.numComponents = int(areas.size());
    if (figures.area > 0) figures.outside = 1 - double(std::ranges::max(areas)) / figures.area;
    return figures;
}

ScalarMap maskOf(const Image& premultiplied) {
    ScalarMap mask(premultiplied.width, premultiplied.height, 1);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i)
        mask.pixels[i] = float(premultiplied.pixels[4 * i + 3]) / 255;
    return mask;
}

double pictureChange(const Image& a, const Image& b) {
    long sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int(a.pixels[i]) - int(b.pixels[i]));
    return double(sum) / 255 / double(a.pixels.size());
}

double largestOverMeanStep(std::span<const Image> frames) {
    double largest = 0, sum = 0;
    for (std::size_t i = 1; i < frames.size(); ++i) {
        const double step = pictureChange(frames[i - 1], frames[i]);
        largest = std::max(largest, step);
        sum += step;
    }
    return sum > 0 ? largest * double(frames.size() - 1) / sum : std::numeric_limits<double>::quiet_NaN();
}

bool liesBetween(const MaskFigures& middle, const MaskFigures& from, const MaskFigures& to) {
    return isWithin(middle.area, from.area, to.area) && isWithin(middle.boundary, from.boundary, to.boundary);
}

bool isLost(const MaskFigures& beyond, const MaskFigures& nearerEnd) {
    return beyond.area < kLostBelow * nearerEnd.area || beyond.area > kLostAbove * nearerEnd.area;
}

}  // namespace vitrine
