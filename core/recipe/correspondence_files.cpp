// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/correspondence_files.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/flow/flow_colours.h"
#include "core/io/atomic_file.h"
#include "core/io/flo_file.h"
#include "core/io/npz.h"
#include "core/io/png.h"
#include "core/recipe/answer_files.h"
#include "core/recipe/compose.h"
#include "core/recipe/recipe_file.h"
#include "core/render/contact_sheet.h"

namespace vitrine {
namespace {

constexpr int kScale = 3;  // of the sheet's and the animation's pictures
constexpr int kFramesPerSecond = 16;

Image overWhite(const Image& premultiplied) {
    return composeOver(premultiplied, {});
}

Image enlarged(const Image& image, int scale) {
    Image out(image.width * scale, image.height * scale, image.channels);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            for (int c = 0; c < image.channels; ++c) out.at(y, x, c) = image.at(y / scale, x / scale, c);
    return out;
}

/// A picture's place in the enlarged one.
PixelPoint enlarged(PixelPoint point, int scale) {
    return {(point.x + 0.5f) * float(scale) - 0.5f, (point.y + 0.5f) * float(scale) - 0.5f};
}

LabelMap maskOf(const Image& premultiplied) {
    LabelMap mask(premultiplied.width, premultiplied.height);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i)
        mask.pixels[i] = premultiplied.pixels[4 * i + 3] >= 64;
    return mask;
}

/// Scaled to the longest vector on either chair, so that the two can be compared.
float fullScalePx(const CorrespondenceResult& result) {
    return std::max({1.f,
                     largestFlow(result.matching.forward, maskOf(result.from())),
                     largestFlow(result.matching.backward, maskOf(result.to()))});
}

/// The frame with the points where they are at that time, and where they have been.
Image withPoints(const CorrespondenceResult& result,
                 std::size_t frame,
                 std::span<const PointMatch> matches,
                 int scale,
                 bool showsTrails) {
    Image image = enlarged(overWhite(result.frames[frame]), scale);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const auto& trail = matches[i].trail;
        for (std::size_t t = 0; showsTrails && t <= frame; ++t)
            drawPoint(image, enlarged(trail[t], scale), 0.5f * float(scale), pointColour(i));
        drawPoint(image, enlarged(trail[frame], scale), 1.5f * float(scale), pointColour(i));
    }
    return image;
}

Image sheetOf(const CorrespondenceResult& result, std::span<const PointMatch> matches) {
    const auto part = [&](CorrespondencePart which) {
        return enlarged(partPicture(result, matches, which), kScale);
    };
    const std::vector<SheetTile> tiles{
        {withPoints(result, 0, matches, kScale, false), "A with its points"},
        {withPoints(result, result.frames.size() - 1, matches, kScale, true),
         "B with their matches and trails"},
        {part(CorrespondencePart::Warped), "A warped to B"},
        {part(CorrespondencePart::Forward), "flow from A to B, hue: direction, saturation: length"},
        {part(CorrespondencePart::Backward), "flow from B to A, on the same scale"}};
    return makeContactSheet(tiles, int(tiles.size()));
}

Status writeArrays(const std::filesystem::path& file, const Matching& matching) {
    const auto height = std::size_t(matching.forward.height), width = std::size_t(matching.forward.width);
    const std::array arrays{NpzArray::of("forward", {height, width, 2}, matching.forward.pixels),
                            NpzArray::of("backward", {height, width, 2}, matching.backward.pixels),
                            NpzArray::of("forward_error", {height, width}, matching.forwardError.pixels),
                            NpzArray::of("backward_error", {height, width}, matching.backwardError.pixels)};
    return writeNpz(file, arrays);
}

}  // namespace

std::array<std::uint8_t, 3> pointColour(std::size_t index) {
    static constexpr std::array<std::array<std::uint8_t, 3>, 8> kColours{{{230, 159, 0},
                                                                          {86, 180, 233},
                                                                          {0, 158, 115},
                                                                          {204, 121, 167},
                                                                          {240, 228, 66},
                                                                          {0, 114, 178},
                                                                          {213, 94, 0},
                                                                          {120, 120, 120}}};
    return kColours[index % kColours.size()];
}

void drawPoint(Image& image, PixelPoint at, float radius, std::array<std::uint8_t, 3> colour) {
    const int reach = int(std::ceil(radius));
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            const int x = int(std::lround(at.x)) + dx, y = int(std::lround(at.y)) + dy;
            const float far = std::hypot(float(dx), float(dy));
            if (far > radius || x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
            const bool isRim = radius > 2 && far > radius - 1;
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = isRim ? 20 : colour[std::size_t(c)];
        }
}

Image trackedFrame(const CorrespondenceResult& result,
                   std::size_t frame,
                   std::span<const PointMatch> matches,
                   int scale) {
    return withPoints(result, frame, matches, scale, false);
}

std::vector<Image> trackedFrames(const CorrespondenceResult& result,
                                 std::span<const PointMatch> matches,
                                 int scale) {
    std::vector<Image> frames;
    for (std::size_t t = 0; t < result.frames.size(); ++t)
        frames.push_back(withPoints(result, t, matches, scale, false));
    return frames;
}

Image partPicture(const CorrespondenceResult& result,
                  std::span<const PointMatch> matches,
                  CorrespondencePart part) {
    switch (part) {
        case CorrespondencePart::Forward:
            return flowColours(result.matching.forward, fullScalePx(result), maskOf(result.from()));
        case CorrespondencePart::Backward:
            return flowColours(result.matching.backward, fullScalePx(result), maskOf(result.to()));
        case CorrespondencePart::Warped:
            return warpedToB(result, overWhite(result.from()), 255);  // the border is white
        case CorrespondencePart::Sheet:
            break;
    }
    return sheetOf(result, matches);
}

Status writeCorrespondence(const CorrespondenceResult& result,
                           std::span<const PointMatch> matches,
                           const CorrespondenceRecipe& recipe,
                           const std::filesystem::path& folder) {
    VITRINE_CHECK(makeFolder(folder));
    VITRINE_CHECK(writeFileAtomically(folder / "points.csv", matchesToCsv(recipe.points, matches)));
    VITRINE_CHECK(writeFlo(folder / "forward.flo", result.matching.forward));
    VITRINE_CHECK(writeFlo(folder / "backward.flo", result.matching.backward));
    VITRINE_CHECK(writeArrays(folder / "match.npz", result.matching));
    for (const auto& [name, part] : {std::pair("forward.png", CorrespondencePart::Forward),
                                     std::pair("backward.png", CorrespondencePart::Backward),
                                     std::pair("warped.png", CorrespondencePart::Warped),
                                     std::pair("sheet.png", CorrespondencePart::Sheet)}) {
        CorrespondenceRecipe own = recipe;
        own.part = part;
        VITRINE_CHECK(writePng(folder / name, partPicture(result, matches, part), recipeToJson(own)));
    }
    return writeGifWithRecipe(
        folder / "morph.gif", trackedFrames(result, matches, 2), kFramesPerSecond, recipeToJson(recipe));
}

}  // namespace vitrine
