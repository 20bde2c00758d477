// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/segmentation_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/data/rendered_chairs.h"
#include "core/data/scene_pictures.h"
#include "core/io/label_png.h"

namespace vitrine {
namespace {

/// The smallest square around a picture, in its pixels.
struct Square {
    double left, top, side;
    Square(int width, int height)
        : left((width - std::max(width, height)) / 2.0),
          top((height - std::max(width, height)) / 2.0),
          side(std::max(width, height)) {}
};

Image withAlpha(const Image& image) {
    Image out(image.width, image.height, 4, 255);
    const int step = image.channels >= 3 ? 1 : 0;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            for (int c = 0; c < 3; ++c) out.at(y, x, c) = image.at(y, x, c * step);
            if (image.channels == 4) out.at(y, x, 3) = image.at(y, x, 3);
        }
    return out;
}

}  // namespace

Image squareCut(const Image& image, int size) {
    const Square square(image.width, image.height);
    return resampleSquare(premultiply(withAlpha(image)), square.left, square.top, square.side, size);
}

Image squarePicture(const Image& image, int size) {
    const Image cut = squareCut(image, size);
    Image out(size, size, 3);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            for (int c = 0; c < 3; ++c)
                out.at(y, x, c) = std::uint8_t(std::min(255, cut.at(y, x, c) + 255 - cut.at(y, x, 3)));
    return out;
}

LabelMap squareMap(const LabelMap& map, int size, std::uint8_t outside) {
    const Square square(map.width, map.height);
    LabelMap out(size, size, outside);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const int fromX = int(std::floor(square.left + (x + 0.5) * square.side / size));
            const int fromY = int(std::floor(square.top + (y + 0.5) * square.side / size));
            if (fromX >= 0 && fromX < map.width && fromY >= 0 && fromY < map.height)
                out.at(y, x) = map.at(fromY, fromX);
        }
    return out;
}

Image leaveOut(const Image& picture, const LabelMap& mask) {
    Image out = picture;
    leaveOut(out.pixels.data(), mask);
    return out;
}

LabelMap maskOfPicture(const Image& picture) {
    LabelMap mask(picture.width, picture.height);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            int sum = 0;
            for (int c = 0; c < 3; ++c) sum += picture.at(y, x, picture.channels >= 3 ? c : 0);
            const bool opaque = picture.channels != 4 || picture.at(y, x, 3) >= 128;
            mask.at(y, x) = opaque && sum > 3 * 127;
        }
    return mask;
}

Result<LabelMap> readLabels(const std::filesystem::path& file, int numClasses) {
    VITRINE_TRY(LabelMap labels, readLabelPng(file));
    for (int y = 0; y < labels.height; ++y)
        for (int x = 0; x < labels.width; ++x)
            if (labels.at(y, x) >= numClasses && labels.at(y, x) != kUnknownLabel)
                return Error{ErrorCode::InvalidArgument,
                             fmt::format("{} holds the label {} at x = {}, y = {}, but the labels are 0 to "
                                         "{}, and 255 for unknown.",
                                         file.string(),
                                         int(labels.at(y, x)),
                                         x,
                                         y,
                                         numClasses - 1)};
    return labels;
}

Status checkCovers(const LabelMap& map, const std::filesystem::path& file, int width, int height) {
    if (map.width == width && map.height == height) return {};
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} is {} x {} pixels, but the picture is {} x {}; make them one size.",
                             file.filename().string(),
                             map.width,
                             map.height,
                             width,
                             height)};
}

Image greyMap(const ScalarMap& map) {
    Image out(map.width, map.height, 1);
    std::transform(map.pixels.begin(), map.pixels.end(), out.pixels.begin(), [](float value) {
        return std::uint8_t(std::lround(255 * std::clamp(value, 0.0f, 1.0f)));
    });
    return out;
}

}  // namespace vitrine
