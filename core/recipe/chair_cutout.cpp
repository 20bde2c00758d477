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
constexpr int kGradualStep = 4;        ///< between neighbours of the photograph
constexpr int kEnclosedTolerance = 8;  ///< of gaps between slats, which the flood does not reach

constexpr double kSmallestShare = 0.002, kLargestShare = 0.97;  ///< of the picture
constexpr double kOtherObjectShare = 0.15;                      ///< of the largest object's area
constexpr double kPlainShare = 0.7;  ///< of the picture's edge, that a plain background reaches

double workingScale(const Image& picture) {
    return double(kWorkingSize) / std::max(picture.width, picture.height);
}

/// The empty square for a picture of this size, and where the picture lies in it.
LocatedChair placePicture(const Image& picture) {
    const double scale = workingScale(picture);
    const int width = std::clamp(int(picture.width * scale), 1, kWorkingSize),
              height = std::clamp(int(picture.height * scale), 1, kWorkingSize);
    const int left = (kWorkingSize - width + 1) / 2, top = (kWorkingSize - height + 1) / 2;
    return {squareCut(picture, kWorkingSize), {}, left, top, left + width, top + height};
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

std::vector<PixelPlace> edgeOf(const LocatedChair& chair) {
    std::vector<PixelPlace> edge;
    for (int y = chair.top; y < chair.bottom; ++y)
        for (int x = chair.left; x < chair.right; ++x)
            if (y == chair.top || y == chair.bottom - 1 || x == chair.left || x == chair.right - 1)
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

/// 1 where the plain background is not; everywhere if the background is not plain.
LabelMap offTheGround(const LocatedChair& chair, double scale) {
    const int gradualStep = int(kGradualStep / std::max(1.0, scale));
    const Image image = unpremultiply(chair.square);  // its outermost pixels are partly transparent
    const std::vector<PixelPlace> edge = edgeOf(chair);
    const GroundColour ground = medianColour(image, edge);
    LabelMap inside(image.width, image.height);
    for (int y = chair.top; y < chair.bottom; ++y)
        for (int x = chair.left; x < chair.right; ++x)
            inside.at(y, x) = difference(colourAt(image, {y, x}), ground) > kEnclosedTolerance;
    LabelMap open(image.width, image.height);  // 1: not flooded yet
    for (int y = chair.top; y < chair.bottom; ++y)
        std::fill(open.row(y) + chair.left, open.row(y) + chair.right, std::uint8_t(1));
    const auto enter = [&](PixelPlace to, PixelPlace from) {
        const GroundColour colour = colourAt(image, to);
        const int fromGround = difference(colour, ground);
        const bool isShadow =
            fromGround <= kShadowTolerance && difference(colour, colourAt(image, from)) <= gradualStep;
        if (open.at(to.y, to.x) == 0 || (fromGround > kGroundTolerance && !isShadow)) return false;
        open.at(to.y, to.x) = inside.at(to.y, to.x) = 0;
        return true;
    };
    std::vector<PixelPlace> starts;
    for (const PixelPlace at : edge)
        if (difference(colourAt(image, at), ground) <= kGroundTolerance && enter(at, at))
            starts.push_back(at);
    floodFill(starts, image.width, image.height, Neighbours::Four, enter);
    const auto numFlooded =
        std::ranges::count_if(edge, [&](PixelPlace at) { return open.at(at.y, at.x) == 0; });
    if (double(numFlooded) < kPlainShare * double(edge.size())) return LabelMap(image.width, image.height, 1);
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
void keepLargest(LabelMap& inside, bool& hasOthers) {
    const Objects objects(inside);
    const Object largest = *std::ranges::max_element(objects.all, {}, &Object::area);
    std::vector<bool> keeps{false};
    for (const Object& object : objects.all) {
        const bool isOther = object.standsBeside(largest);
        hasOthers = hasOthers || (isOther && object.area > kOtherObjectShare * largest.area);
        keeps.push_back(!isOther && object.area >= kSmallestShare * largest.area);
    }
    for (std::size_t i = 0; i < inside.pixels.size(); ++i)
        inside.pixels[i] = keeps[std::size_t(objects.numbers.pixels[i])];
}

// ---- sentences

Error noChair(const std::string& why) {
    return invalidArgument("There is no chair in the picture: " + why);
}

Status checkShare(MaskShare share, MaskSource source) {
    if (share == MaskShare::Part) return {};
    if (share == MaskShare::None) {
        if (source == MaskSource::Mask)
            return noChair("the mask is empty; paint it white on the chair and black elsewhere.");
        if (source == MaskSource::Alpha) return noChair("it is transparent; save it with an opaque chair.");
        return noChair(
            "it has one colour all over; take one in which the chair differs from its background, or give a "
            "mask.");
    }
    return source == MaskSource::Mask
               ? invalidArgument(
                     "The mask covers the whole picture; paint it white on the chair and black elsewhere.")
               : invalidArgument(
                     "The chair cannot be told from its background, which is not plain; give a mask, or "
                     "a picture with a plain or transparent background.");
}

MaskShare shareOf(const LocatedChair& chair) {
    const auto numInside = std::ranges::count_if(chair.inside.pixels, [](auto label) { return label != 0; });
    const double share = double(numInside) / ((chair.right - chair.left) * (chair.bottom - chair.top));
    return share < kSmallestShare  ? MaskShare::None
           : share > kLargestShare ? MaskShare::All
                                   : MaskShare::Part;
}

/// What was found, not said: the largest object, or nothing.
void keepChair(LocatedChair& chair) {
    bool hasOthers = false;
    if (chair.share == MaskShare::Part)
        keepLargest(chair.inside, hasOthers);
    else
        chair.inside = LabelMap(kWorkingSize, kWorkingSize);
    if (hasOthers)
        chair.notice =
            "The picture shows several objects; the largest is taken. Crop the picture or give a "
            "mask to take another.";
}

/// What lies between the picture's edges.
template <class Picture>
Picture cropped(const Picture& square, const LocatedChair& chair, Picture out) {
    for (int y = 0; y < out.height; ++y)
        std::copy_n(square.row(chair.top + y) + std::ptrdiff_t(chair.left) * square.channels,
                    std::ptrdiff_t(out.width) * out.channels,
                    out.row(y));
    return out;
}

}  // namespace

Image LocatedChair::picture() const {
    return cropped(square, *this, Image(right - left, bottom - top, 4));
}

LabelMap LocatedChair::mask() const {
    return cropped(inside, *this, LabelMap(right - left, bottom - top));
}

Result<LocatedChair> locateChair(const Image& picture, const LabelMap& mask) {
    if (picture.empty()) return noChair("it is empty.");
    if (!mask.empty() && (mask.width != picture.width || mask.height != picture.height))
        return invalidArgument(
            fmt::format("The mask is {} x {} pixels, but the picture {} x {}; give a mask of "
                        "the same size.",
                        mask.width,
                        mask.height,
                        picture.width,
                        picture.height));
    LocatedChair chair = placePicture(picture);
    chair.source = !mask.empty()              ? MaskSource::Mask
                   : hasTransparency(picture) ? MaskSource::Alpha
                                              : MaskSource::Ground;
    chair.inside = chair.source == MaskSource::Mask    ? squareMap(mask, kWorkingSize, 0)
                   : chair.source == MaskSource::Alpha ? opaquePart(chair.square)
                                                       : offTheGround(chair, workingScale(picture));
    for (std::uint8_t& label : chair.inside.pixels) label = label != 0;
    chair.share = shareOf(chair);
    if (chair.source != MaskSource::Mask) keepChair(chair);
    return chair;
}

Result<ChairCutout> frameChair(const LocatedChair& chair, int size) {
    VITRINE_CHECK(checkShare(chair.share, chair.source));
    Image image = chair.square;
    Object box;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            if (chair.inside.at(y, x) != 0)
                box.add({y, x});
            else
                std::fill_n(image.row(y) + std::ptrdiff_t(4) * x, 4, std::uint8_t(0));
        }
    const double side = std::max(box.right - box.left, box.bottom - box.top) / kUsualExtent;
    return ChairCutout{resampleSquare(image,
                                      (box.left + box.right - side) / 2,
                                      (box.top + box.bottom - side) / 2 - kUsualDrop * side,
                                      side,
                                      size),
                       chair.notice};
}

Result<ChairCutout> cutOutChair(const Image& picture, const LabelMap& mask, int size) {
    VITRINE_TRY(const LocatedChair chair, locateChair(picture, mask));
    return frameChair(chair, size);
}

}  // namespace vitrine
