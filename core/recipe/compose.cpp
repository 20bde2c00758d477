// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/compose.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/luminance.h"

namespace vitrine {
namespace {

using Rgb = std::array<std::uint8_t, 3>;

constexpr int kCheckerSize = 8;
constexpr Rgb kCheckerLight{235, 235, 235};
constexpr Rgb kCheckerDark{200, 200, 200};

/// The pixel of a picture that is scaled to cover width x height and cut evenly, nearest neighbour.
Rgb coveringPixel(const Image& picture, int y, int x, int width, int height) {
    const double scale = std::max(double(width) / picture.width, double(height) / picture.height);
    const double left = (picture.width - width / scale) / 2;
    const double top = (picture.height - height / scale) / 2;
    const int sourceX = std::clamp(int(left + (x + 0.5) / scale), 0, picture.width - 1);
    const int sourceY = std::clamp(int(top + (y + 0.5) / scale), 0, picture.height - 1);
    Rgb rgb;
    for (int c = 0; c < 3; ++c) rgb[c] = picture.at(sourceY, sourceX, picture.channels >= 3 ? c : 0);
    return rgb;
}

Rgb backgroundPixel(const Background& background, int y, int x, int width, int height) {
    switch (background.kind) {
        case BackgroundKind::Black:
            return {0, 0, 0};
        case BackgroundKind::Checkerboard:
            return (x / kCheckerSize + y / kCheckerSize) % 2 == 0 ? kCheckerLight : kCheckerDark;
        case BackgroundKind::Picture:
            if (!background.picture.empty()) return coveringPixel(background.picture, y, x, width, height);
            break;
        case BackgroundKind::White:
        case BackgroundKind::Transparent:
            break;
    }
    return {255, 255, 255};
}

Image straightAlpha(const Image& premultiplied) {
    Image out(premultiplied.width, premultiplied.height, 4);
    const std::size_t numPixels = std::size_t(out.width) * out.height;
    for (std::size_t i = 0; i < numPixels; ++i) {
        const std::uint8_t* in = premultiplied.pixels.data() + 4 * i;
        std::uint8_t* rgba = out.pixels.data() + 4 * i;
        for (int c = 0; c < 3; ++c) {
            rgba[c] = in[3] == 0 ? 0 : std::uint8_t(std::min(255, (in[c] * 255 + in[3] / 2) / in[3]));
        }
        rgba[3] = in[3];
    }
    return out;
}

}  // namespace

Image composeOver(const Image& premultiplied, const Background& background) {
    if (background.kind == BackgroundKind::Transparent) return straightAlpha(premultiplied);
    Image out(premultiplied.width, premultiplied.height, 3);
    for (int y = 0; y < out.height; ++y) {
        const std::uint8_t* in = premultiplied.row(y);
        std::uint8_t* rgb = out.row(y);
        for (int x = 0; x < out.width; ++x, in += 4, rgb += 3) {
            const Rgb behind = backgroundPixel(background, y, x, out.width, out.height);
            for (int c = 0; c < 3; ++c) {
                rgb[c] = std::uint8_t(std::min(255, in[c] + ((255 - in[3]) * behind[c] + 127) / 255));
            }
        }
    }
    return out;
}

Image channelPicture(const Image& premultiplied, PictureChannel channel, const Background& background) {
    if (channel == PictureChannel::Composite) return composeOver(premultiplied, background);
    Image out(premultiplied.width, premultiplied.height, 3);
    const std::size_t numPixels = std::size_t(out.width) * out.height;
    for (std::size_t i = 0; i < numPixels; ++i) {
        for (int c = 0; c < 3; ++c) {
            out.pixels[3 * i + c] = premultiplied.pixels[4 * i + (channel == PictureChannel::Mask ? 3 : c)];
        }
    }
    return out;
}

double psnr(const Image& a, const Image& b) {
    if (a.width != b.width || a.height != b.height || a.channels < 3 || b.channels < 3 || a.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    double sum = 0;
    const std::size_t numPixels = std::size_t(a.width) * a.height;
    for (std::size_t i = 0; i < numPixels; ++i) {
        for (int c = 0; c < 3; ++c) {
            const double delta = double(a.pixels[i * a.channels + c]) - double(b.pixels[i * b.channels + c]);
            sum += delta * delta;
        }
    }
    const double meanSquare = sum / double(3 * numPixels);
    return meanSquare == 0 ? std::numeric_limits<double>::infinity()
                           : 10 * std::log10(255.0 * 255.0 / meanSquare);
}

ScalarMap differenceMap(const Image& a, const Image& b) {
    if (a.width != b.width || a.height != b.height || a.channels < 3 || b.channels < 3) return {};
    ScalarMap map(a.width, a.height, 1);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        map.pixels[i] =
            float((luminance(&a.pixels[i * a.channels]) - luminance(&b.pixels[i * b.channels])) / 255);
    }
    return map;
}

}  // namespace vitrine
