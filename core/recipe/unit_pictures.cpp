// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/unit_pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/diverging.h"
#include "core/base/luminance.h"

namespace vitrine {
namespace {

std::uint8_t toByte(double value) {
    return std::uint8_t(std::lround(255 * std::clamp(value, 0.0, 1.0)));
}

/// One pixel on white, clamped. Source: papers.md B2.
std::array<double, 3> onWhite(const float* pixel) {
    const double mask = std::clamp(double(pixel[3]), 0.0, 1.0);
    std::array<double, 3> rgb;
    for (std::size_t c = 0; c < 3; ++c) rgb[c] = std::clamp(double(pixel[c]), 0.0, mask) + 1 - mask;
    return rgb;
}

double luminanceOnWhite(const float* pixel) {
    return luminance(onWhite(pixel));
}

/// The smallest square around a part that lies inside the picture.
MapWindow squareAround(const MapWindow& part, int width, int height) {
    const int side = std::clamp(std::max(part.width, part.height), 1, std::min(width, height));
    const auto start = [side](int begin, int length, int limit) {
        return std::clamp(begin + (length - side) / 2, 0, limit - side);
    };
    return {start(part.top, part.height, height), start(part.left, part.width, width), side, side};
}

}  // namespace

Image shownPicture(const ChairOutput& output, PictureChannel channel) {
    Image picture(output.width, output.height, 3);
    for (std::size_t i = 0; i < picture.pixels.size(); i += 3) {
        const float* pixel = &output.pixels[i / 3 * 4];
        const auto white = onWhite(pixel);
        for (std::size_t c = 0; c < 3; ++c)
            picture.pixels[i + c] = toByte(channel == PictureChannel::Composite ? white[c]
                                           : channel == PictureChannel::Rgb     ? double(pixel[c])
                                                                                : double(pixel[3]));
    }
    return picture;
}

ScalarMap outputDifference(const ChairOutput& before, const ChairOutput& after) {
    ScalarMap map(before.width, before.height, 1);
    for (std::size_t i = 0; i < map.pixels.size(); ++i)
        map.pixels[i] =
            float(luminanceOnWhite(&after.pixels[4 * i]) - luminanceOnWhite(&before.pixels[4 * i]));
    return map;
}

double rangeOf(const ScalarMap& map) {
    double largest = 0;
    for (const float value : map.pixels) largest = std::max(largest, std::abs(double(value)));
    return largest;
}

Image divergingPicture(const ScalarMap& map, double range) {
    Image picture(map.width, map.height, 3);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        const auto rgb = divergingRgb(range > 0 ? double(map.pixels[i]) / range : 0);
        std::copy(rgb.begin(), rgb.end(), picture.pixels.begin() + std::ptrdiff_t(3 * i));
    }
    return picture;
}

Image filterPicture(const Raster<float>& filter, double range) {
    Image picture(filter.width, filter.height, 3);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            for (int c = 0; c < 3; ++c)
                picture.at(y, x, c) = toByte(
                    range > 0 ? 0.5 + double(filter.at(y, x, std::min(c, filter.channels - 1))) / (2 * range)
                              : 0.5);
    return picture;
}

MapWindow closeUpWindow(const UnitResult& result) {
    const int size = result.base.width;
    if (4 * std::max(result.footprint.width, result.footprint.height) < 3 * size) return result.footprint;
    const ScalarMap difference = outputDifference(result.base, result.changed);
    const auto largest =
        std::ranges::max_element(difference.pixels, {}, [](float value) { return std::abs(value); });
    const int place = int(largest - difference.pixels.begin());
    const int side = std::max(1, size / 3);
    const auto start = [&](int at) { return std::clamp(at - side / 2, 0, size - side); };
    return {start(place / size), start(place % size), side, side};
}

Image closeUp(const Image& picture, const MapWindow& part, int side) {
    const MapWindow square = squareAround(part, picture.width, picture.height);
    Image out(side, side, 3);
    const double step = double(square.width) / side;
    // The pixels that fall into a new one; where the picture grows, the one it lies in.
    const auto range = [step](int start, int i) {
        const int begin = int(i * step);
        return std::pair(start + begin, start + std::max(begin + 1, int((i + 1) * step)));
    };
    for (int y = 0; y < side; ++y) {
        const auto [top, bottom] = range(square.top, y);
        for (int x = 0; x < side; ++x) {
            const auto [left, right] = range(square.left, x);
            const int count = (bottom - top) * (right - left);
            for (int c = 0; c < 3; ++c) {
                int sum = 0;
                for (int v = top; v < bottom; ++v)
                    for (int u = left; u < right; ++u) sum += picture.at(v, u, c);
                out.at(y, x, c) = std::uint8_t((sum + count / 2) / count);
            }
        }
    }
    return out;
}

}  // namespace vitrine
