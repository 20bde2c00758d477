// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_pictures.h"

#include <algorithm>
#include <cmath>

#include "core/flow/flow_colours.h"
#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"

namespace vitrine {
namespace {

constexpr int kChecker = 8;    // pixels a square
constexpr int kArrowStep = 6;  // pixels between arrows
constexpr std::uint8_t kOnChair = 64;

Image overWhite(const Image& premultiplied) {
    return composeOver(premultiplied, {});
}

LabelMap maskOfChair(const Image& premultiplied) {
    LabelMap mask(premultiplied.width, premultiplied.height);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i)
        mask.pixels[i] = premultiplied.pixels[4 * i + 3] >= kOnChair;
    return mask;
}

/// Squares over the chair, blue and light.
Image checkered(const Image& premultiplied) {
    Image image = overWhite(premultiplied);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            if (premultiplied.at(y, x, 3) < kOnChair || (x / kChecker + y / kChecker) % 2 != 0) continue;
            const std::uint8_t blue[] = {0, 114, 178};
            for (int c = 0; c < 3; ++c)
                image.at(y, x, c) = std::uint8_t((image.at(y, x, c) + 2 * blue[c]) / 3);
        }
    return image;
}

/// What was painted, in orange.
void tint(Image& image, const LabelMap& mask) {
    const std::uint8_t orange[] = {213, 94, 0};
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            if (mask.at(y, x) != 0)
                for (int c = 0; c < 3; ++c)
                    image.at(y, x, c) = std::uint8_t((image.at(y, x, c) + 2 * orange[c]) / 3);
}

/// Diagonal lines where the match is unsure; what comes from beside A fades away.
void markTrust(Image& image, const CorrespondenceResult& result) {
    const LabelMap trust = trustOfB(result);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            if (result.to().at(y, x, 3) < kOnChair ||
                trust.at(y, x) == std::uint8_t(CorrespondenceTrust::Sure))
                continue;
            const bool isLine = (x + y) % 4 == 0;
            const bool isOff = trust.at(y, x) == std::uint8_t(CorrespondenceTrust::OffChair);
            for (int c = 0; c < 3; ++c) {
                if (isLine)
                    image.at(y, x, c) = c == 0 ? 230 : 90;
                else if (isOff)
                    image.at(y, x, c) = std::uint8_t((image.at(y, x, c) + 3 * 255) / 4);
            }
        }
}

/// B's pixels where B is, what was warped onto it.
Image warpedOverB(const CorrespondenceResult& result, const Image& ofA) {
    Image image = warpedToB(result, ofA);
    const Image b = overWhite(result.to());
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            if (result.to().at(y, x, 3) < kOnChair)
                for (int c = 0; c < 3; ++c) image.at(y, x, c) = b.at(y, x, c);
    markTrust(image, result);
    return image;
}

bool hasMask(const CorrespondenceResult& result, const LabelMap& mask) {
    return mask.width == result.from().width && mask.height == result.from().height;
}

Image maskOnB(const CorrespondenceResult& result, const LabelMap& mask) {
    Image image = overWhite(result.to());
    if (hasMask(result, mask)) {
        LabelMap there = warpLabelsBackward(mask, result.matching.backward);
        for (int y = 0; y < there.height; ++y)
            for (int x = 0; x < there.width; ++x)
                if (result.to().at(y, x, 3) < kOnChair) there.at(y, x) = 0;
        tint(image, there);
    }
    markTrust(image, result);
    return image;
}

QImage swiped(const CorrespondenceResult& result, double share) {
    Image image = overWhite(result.to());
    const Image warped = warpedOverB(result, overWhite(result.from()));
    const int border = int(std::lround(share * image.width));
    for (int y = 0; y < image.height; ++y)
        for (int x = border; x < image.width; ++x)
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = warped.at(y, x, c);
    return toQImage(image);
}

}  // namespace

QImage framePicture(const Image& premultiplied) {
    return toQImage(overWhite(premultiplied));
}

double fullScalePx(const CorrespondenceResult& result) {
    const float longest = std::max(largestFlow(result.matching.forward, maskOfChair(result.from())),
                                   largestFlow(result.matching.backward, maskOfChair(result.to())));
    return std::max(1.0, std::ceil(double(longest)));
}

QImage pictureOfA(const CorrespondenceResult& result, const CorrespondenceState& state) {
    switch (state.overlay) {
        case CorrespondenceOverlay::Wheel:
            return toQImage(
                flowColours(result.matching.forward, float(fullScalePx(result)), maskOfChair(result.from())));
        case CorrespondenceOverlay::Checkerboard:
            return toQImage(checkered(result.from()));
        case CorrespondenceOverlay::Mask: {
            Image image = overWhite(result.from());
            if (hasMask(result, state.mask)) tint(image, state.mask);
            return toQImage(image);
        }
        default:
            return framePicture(result.from());
    }
}

QImage pictureOfB(const CorrespondenceResult& result, const CorrespondenceState& state) {
    switch (state.overlay) {
        case CorrespondenceOverlay::Wheel:
            return toQImage(
                flowColours(result.matching.backward, float(fullScalePx(result)), maskOfChair(result.to())));
        case CorrespondenceOverlay::Checkerboard:
            return toQImage(warpedOverB(result, checkered(result.from())));
        case CorrespondenceOverlay::Texture:
            return warpedPicture(result);
        case CorrespondenceOverlay::Mask:
            return toQImage(maskOnB(result, state.mask));
        case CorrespondenceOverlay::Swipe:
            return swiped(result, state.swipe);
        default:
            return framePicture(result.to());
    }
}

QImage warpedPicture(const CorrespondenceResult& result) {
    return toQImage(warpedOverB(result, overWhite(result.from())));
}

QList<QLineF> flowArrows(const CorrespondenceResult& result) {
    QList<QLineF> arrows;
    const Image& a = result.from();
    for (int y = kArrowStep / 2; y < a.height; y += kArrowStep)
        for (int x = kArrowStep / 2; x < a.width; x += kArrowStep) {
            if (a.at(y, x, 3) < kOnChair) continue;
            const PixelPoint end = advect(result.matching.forward, {float(x), float(y)});
            arrows << QLineF(x, y, double(end.x), double(end.y));
        }
    return arrows;
}

}  // namespace vitrine
