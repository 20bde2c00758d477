// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/chair_cutout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/base/flood_fill.h"
#include "core/data/rendered_chairs.h"
#include "core/recipe/segmentation_input.h"

namespace vitrine {
namespace {

constexpr int kWorkingSize = 512;  ///< photographs are looked at in this size
// Of the renders: the longer side of a chair's box, and how far the box lies below the middle.
constexpr double kUsualExtent = 0.78, kUsualDrop = 0.036;

constexpr int kOpaqueFrom = 128;
// Differences of the most different channel, of 255.
constexpr int kGroundTolerance = 26;   ///< from the ground's colour
constexpr int kShadowTolerance = 90;   ///< the same where the colour changes gradually
constexpr int kGradualStep = 4;        ///< between neighbours
constexpr int kEnclosedTolerance = 8;  ///< of gaps between slats, which the flood does not reach

constexpr double kSmallestShare = 0.002, kLargestShare = 0.97;  ///< of the picture
constexpr double kOtherObjectShare = 0.15;                      ///< of the largest object's area

/// The part of the working square that the picture covers.
struct Region {
    int left = 0, top = 0, right = 0, bottom = 0;  ///< the last two are outside
    int area() const { return (right - left) * (bottom - top); }
};

Region regionOf(const Image& picture) {
    const double scale = double(kWorkingSize) / std::max(picture.width, picture.height);
    const int width = std::clamp(int(picture.width * scale), 1, kWorkingSize),
              height = std::clamp(int(picture.height * scale), 1, kWorkingSize);
    const int left = (kWorkingSize - width + 1) / 2, top = (kWorkingSize - height + 1) / 2;
    return {left, top, left + width, top + height};
}

bool hasTransparency(const Image& picture) {
    for (std::size_t i = 3; picture.channels == 4 && i < picture.pixels.size(); i += 4)
        if (picture.pixels[i] < kOpaqueFrom) return true;
    return false;
}

// ---- the plain background

using GroundColour = std::array<int, 3>;

GroundColour colourAt(const Image& image, PixelPlace at) {
    return {image.at(at.y, at.x, 0), image.at(at.y, at.x, 1), image.at(at.y, at.x, 2)};
}

int difference(const GroundColour& a, const GroundColour& b) {
    return std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
}

std::vector<PixelPlace> edgeOf(const Region& region) {
    std::vector<PixelPlace> edge;
    for (int y = region.top; y < region.bottom; ++y)
        for (int x = region.left; x < region.right; ++x)
            if (y == region.top || y == region.bottom - 1 || x == region.left || x == region.right - 1)
                edge.push_back({y, x});
    return edge;
}

GroundColour medianColour(const Image& image, const std::vector<PixelPlace>& places) {
    GroundColour median{};
    for (int c = 0; c < 3; ++c) {
        std::vector<int> values;
        for (const PixelPlace at : places) values.push_back(image.at(at.y, at.x, c));
        const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
        std::ranges::nth_element(values, middle);
        median[std::size_t(c)] = *middle;
    }
    return median;
}

/// 1 where the plain background is not. `image` with straight alpha: its outermost pixels are partly
/// transparent.
LabelMap offTheGround(const Image& image, const Region& region) {
    const std::vector<PixelPlace> edge = edgeOf(region);
    const GroundColour ground = medianColour(image, edge);
    LabelMap inside(image.width, image.height);
    for (int y = region.top; y < region.bottom; ++y)
        for (int x = region.left; x < region.right; ++x)
            inside.at(y, x) = difference(colourAt(image, {y, x}), ground) > kEnclosedTolerance;
    LabelMap open(image.width, image.height);  // 1: not flooded yet
    for (int y = region.top; y < region.bottom; ++y)
        std::fill(open.row(y) + region.left, open.row(y) + region.right, std::uint8_t(1));
    const auto enter = [&](PixelPlace to, PixelPlace from) {
        const GroundColour colour = colourAt(image, to);
        const int fromGround = difference(colour, ground);
        const bool isShadow =
            fromGround <= kShadowTolerance && difference(colour, colourAt(image, from)) <= kGradualStep;
        if (open.at(to.y, to.x) == 0 || (fromGround > kGroundTolerance && !isShadow)) return false;
        open.at(to.y, to.x) = inside.at(to.y, to.x) = 0;
        return true;
    };
    std::vector<PixelPlace> starts;
    for (const PixelPlace at : edge)
        if (difference(colourAt(image, at), ground) <= kGroundTolerance && enter(at, at))
            starts.push_back(at);
    floodFill(starts, image.width, image.height, Neighbours::Four, enter);
    return inside;
}

LabelMap opaquePart(const Image& image) {
    LabelMap inside(image.width, image.height);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) inside.at(y, x) = image.at(y, x, 3) >= kOpaqueFrom;
    return inside;
}

// ---- objects

struct Object {
    int area = 0, left = kWorkingSize, top = kWorkingSize, right = 0, bottom = 0;

    void add(PixelPlace at) {
        left = std::min(left, at.x), right = std::max(right, at.x + 1);
        top = std::min(top, at.y), bottom = std::max(bottom, at.y + 1);
    }
    void add(const Object& other) {
        add(PixelPlace{other.top, other.left});
        add(PixelPlace{other.bottom - 1, other.right - 1});
    }
    /// Parts of one chair lie above one another where thin legs or bars between them are lost.
    bool standsBeside(const Object& other) const { return right <= other.left || left >= other.right; }
};

/// The objects, and the number of each at its pixels, from 1.
struct Objects {
    std::vector<Object> all;
    Raster<int> numbers;

    explicit Objects(const LabelMap& inside) : numbers(inside.width, inside.height, 1) {
        for (int y = 0; y < inside.height; ++y)
            for (int x = 0; x < inside.width; ++x) {
                Object object;
                const auto enter = [&](PixelPlace to, PixelPlace) {
                    if (inside.at(to.y, to.x) == 0 || numbers.at(to.y, to.x) != 0) return false;
                    numbers.at(to.y, to.x) = int(all.size()) + 1;
                    object.add(to);
                    return true;
                };
                if (!enter({y, x}, {})) continue;
                object.area = floodFill({{y, x}}, inside.width, inside.height, Neighbours::Eight, enter);
                all.push_back(object);
            }
    }
};

/// Leaves the largest object, and parts above and below it. `inside` is not empty.
Object keepLargest(LabelMap& inside, bool& hasOthers) {
    const Objects objects(inside);
    const Object largest = *std::ranges::max_element(objects.all, {}, &Object::area);
    Object chair = largest;
    std::vector<bool> keeps{false};
    for (const Object& object : objects.all) {
        const bool isOther = object.standsBeside(largest);
        hasOthers = hasOthers || (isOther && object.area > kOtherObjectShare * largest.area);
        keeps.push_back(!isOther && object.area >= kSmallestShare * largest.area);
        if (keeps.back()) chair.add(object);
    }
    for (std::size_t i = 0; i < inside.pixels.size(); ++i)
        inside.pixels[i] = keeps[std::size_t(objects.numbers.pixels[i])];
    return chair;
}

// ---- sentences

Error noChair(const std::string& why) {
    return invalidArgument("There is no chair in the picture: " + why);
}

enum class MaskSource { Mask, Alpha, Ground };

Status checkShare(double share, MaskSource source) {
    if (share < kSmallestShare) {
        if (source == MaskSource::Mask)
            return noChair("the mask is empty; paint it white on the chair and black elsewhere.");
        if (source == MaskSource::Alpha) return noChair("it is transparent; save it with an opaque chair.");
        return noChair(
            "it has one colour all over; take one in which the chair differs from its background, or give a "
            "mask.");
    }
    if (share <= kLargestShare) return {};
    return source == MaskSource::Mask
               ? invalidArgument(
                     "The mask covers the whole picture; paint it white on the chair and black elsewhere.")
               : invalidArgument(
                     "The chair cannot be told from its background, which is not plain; give a mask, or "
                     "a picture with a plain or transparent background.");
}

}  // namespace

Result<ChairCutout> cutOutChair(const Image& picture, const LabelMap& mask, int size) {
    if (picture.empty()) return noChair("it is empty.");
    if (!mask.empty() && (mask.width != picture.width || mask.height != picture.height))
        return invalidArgument(
            fmt::format("The mask is {} x {} pixels, but the picture {} x {}; give a mask of "
                        "the same size.",
                        mask.width,
                        mask.height,
                        picture.width,
                        picture.height));
    const auto source = !mask.empty()              ? MaskSource::Mask
                        : hasTransparency(picture) ? MaskSource::Alpha
                                                   : MaskSource::Ground;
    Image image = squareCut(picture, kWorkingSize);
    const Region region = regionOf(picture);
    LabelMap inside = source == MaskSource::Mask    ? squareMap(mask, kWorkingSize, 0)
                      : source == MaskSource::Alpha ? opaquePart(image)
                                                    : offTheGround(unpremultiply(image), region);
    const auto numInside = std::ranges::count_if(inside.pixels, [](auto label) { return label != 0; });
    VITRINE_CHECK(checkShare(double(numInside) / region.area(), source));
    ChairCutout cutout;
    bool hasOthers = false;
    const Object chair = keepLargest(inside, hasOthers);
    if (hasOthers)
        cutout.notice =
            "The picture shows several objects; the largest is taken. Crop the picture or give a "
            "mask to take another.";
    for (std::size_t i = 0; i < inside.pixels.size(); ++i)
        if (inside.pixels[i] == 0)
            std::fill_n(image.pixels.begin() + std::ptrdiff_t(4 * i), 4, std::uint8_t(0));
    const double side = std::max(chair.right - chair.left, chair.bottom - chair.top) / kUsualExtent;
    cutout.premultiplied = resampleSquare(image,
                                          (chair.left + chair.right - side) / 2,
                                          (chair.top + chair.bottom - side) / 2 - kUsualDrop * side,
                                          side,
                                          size);
    return cutout;
}

}  // namespace vitrine
