// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_sheet.h"

#include <algorithm>
#include <cmath>

#include "core/base/label_colours.h"
#include "core/render/contact_sheet.h"

namespace vitrine {
namespace {

Image overlay(const Image& picture, const LabelMap& labels) {
    Image out = colourLabels(labels);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {
        const int weight = labels.pixels[i / 3] == 0 ? 128 : 80;  // of the picture, in 256ths
        out.pixels[i] = std::uint8_t((picture.pixels[i] * weight + out.pixels[i] * (256 - weight)) / 256);
    }
    return out;
}

Image sideBySide(const Image& left, const Image& right) {
    constexpr int kGap = 2;
    Image out(left.width + right.width + kGap, left.height, 3, 255);
    for (int y = 0; y < left.height; ++y) {
        std::copy_n(left.row(y), left.width * 3, out.row(y));
        std::copy_n(right.row(y), right.width * 3, out.row(y) + (left.width + kGap) * 3);
    }
    return out;
}

}  // namespace

Image colourLabels(const LabelMap& labels) {
    Image out(labels.width, labels.height, 3);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const auto colour = labelColour(labels.pixels[i]);
        std::copy(colour.begin(), colour.end(), out.pixels.begin() + std::ptrdiff_t(3 * i));
    }
    return out;
}

Image makeSceneSheet(const PackedScenes& scenes, Split split, int count, int columns) {
    const std::vector<std::size_t> indices = scenes.indicesOf(split);
    const std::size_t shown = std::min(indices.size(), std::size_t(std::max(count, 0)));
    std::vector<SheetTile> tiles;
    for (std::size_t k = 0; k < shown; ++k) {
        const double place = double(k) * 0.618033988749895;  // even steps would meet the same few chairs
        const std::size_t i =
            indices[shown < indices.size() ? std::size_t((place - std::floor(place)) * double(indices.size()))
                                           : k];
        const Image picture = scenes.imageCopy(i);
        tiles.push_back({sideBySide(picture, overlay(picture, scenes.labelsCopy(i))),
                         scenes.groups()[std::size_t(scenes.info(i).group)]});
    }
    return makeContactSheet(tiles, columns);
}

}  // namespace vitrine
