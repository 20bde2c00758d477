// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/fnv_hash.h"
#include "core/io/image_file.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/morph.h"

namespace vitrine {
namespace {

constexpr double kLargestMagnitude = 1e6;

Result<int> indexOf(const RecipeStyle& style, std::span<const std::string> styleIds) {
    if (!style.id.empty()) {
        if (const auto index = styleIndexOf(style.id, styleIds)) return *index;
        return Error{ErrorCode::NotFound,
                     "The network was not trained on the chair \"" + style.id +
                         "\"; open the model that the picture was made with."};
    }
    if (isDrawnStyle(style.index) || (style.index >= 0 && style.index < int(styleIds.size())))
        return style.index;
    return Error{ErrorCode::NotFound,
                 fmt::format("The network has no chair number {}; it has {}.", style.index, styleIds.size())};
}

Result<std::vector<StyleMix>> resolve(std::span<const RecipeMix> corners,
                                      std::span<const std::string> styleIds) {
    std::vector<StyleMix> mixes;
    for (const RecipeMix& corner : corners) {
        StyleMix mix;
        for (const RecipeStyle& style : corner) {
            VITRINE_TRY(const int index, indexOf(style, styleIds));
            mix.push_back({index, style.weight});
        }
        mixes.push_back(std::move(mix));
    }
    return mixes;
}

/// A recipe's request while axes change it.
struct Point {
    std::vector<StyleMix> corners;
    double u = 0;
    double v = 0;
    ChairView view;
    std::array<float, kThetaSize> theta{};
    std::vector<UnitBoost> boosts;

    ChairRequest request() const { return {mixAt(corners, u, v), view, Theta::fromValues(theta), boosts}; }
};

Status apply(Point& point, const std::string& parameter, double value, int numStyles) {
    if (!std::isfinite(value) || std::abs(value) > kLargestMagnitude) {
        return invalidArgument("The axis \"" + parameter + "\" holds a value that is not a usable number.");
    }
    if (parameter == "style")
        point.u = value;
    else if (parameter == "style2")
        point.v = value;
    else if (parameter == "azimuth")
        point.view.azimuthDeg = float(value);
    else if (parameter == "elevation")
        point.view.elevationDeg = float(value);
    else if (parameter == "chair") {
        const int index = int(std::lround(value));
        if (index < 0 || (index >= numStyles && !isDrawnStyle(index))) {
            return Error{ErrorCode::NotFound, fmt::format("The network has no chair number {}.", index)};
        }
        point.corners = {pureStyle(index)};
    } else {
        const auto ranges = thetaRanges();
        const auto range = std::ranges::find(ranges, parameter, &ThetaRange::key);
        if (range == ranges.end()) return invalidArgument("There is no axis named \"" + parameter + "\".");
        point.theta[std::size_t(range - ranges.begin())] = float(value);
    }
    return {};
}

Result<Point> startOf(const ChairRecipe& recipe, std::span<const std::string> styleIds) {
    const std::size_t numCorners = recipe.corners.size();
    if (numCorners != 1 && numCorners != 2 && numCorners != 4) {
        return invalidArgument(fmt::format("A picture is made of 1, 2 or 4 styles, not of {}.", numCorners));
    }
    VITRINE_TRY(auto corners, resolve(recipe.corners, styleIds));
    return Point{std::move(corners), recipe.u, recipe.v, recipe.view, recipe.theta.values(), recipe.boosts};
}

Result<std::vector<ChairRequest>> requestsAlong(const Point& start, const RecipeAxis& axis, int numStyles) {
    std::vector<ChairRequest> requests;
    for (double value : axis.values) {
        Point point = start;
        VITRINE_CHECK(apply(point, axis.parameter, value, numStyles));
        requests.push_back(point.request());
    }
    return requests;
}

}  // namespace

std::span<const std::string_view> axisParameters() {
    static const std::vector<std::string_view> keys = [] {
        std::vector<std::string_view> all{"style", "style2", "chair", "azimuth", "elevation"};
        for (const ThetaRange& range : thetaRanges()) all.push_back(range.key);
        return all;
    }();
    return keys;
}

Result<std::vector<ChairRequest>> requestsOf(const ChairRecipe& recipe,
                                             std::span<const std::string> styleIds) {
    VITRINE_TRY(const Point start, startOf(recipe, styleIds));
    const int numStyles = int(styleIds.size());
    if (recipe.kind == RecipeKind::Picture) return std::vector{start.request()};
    if (recipe.kind == RecipeKind::Morph) return requestsAlong(start, recipe.frames, numStyles);

    std::vector<ChairRequest> requests;
    for (double rowValue : recipe.rows.values) {
        Point row = start;
        VITRINE_CHECK(apply(row, recipe.rows.parameter, rowValue, numStyles));
        VITRINE_TRY(auto cells, requestsAlong(row, recipe.columns, numStyles));
        requests.insert(requests.end(), cells.begin(), cells.end());
    }
    return requests;
}

ChairRecipe recipeOf(const ChairRequest& request, std::span<const std::string> styleIds) {
    ChairRecipe recipe;
    RecipeMix& mix = recipe.corners.emplace_back();
    for (const StyleWeight& part : request.styleWeights)
        mix.push_back({styleIdOf(part.styleIndex, styleIds), part.styleIndex, part.weight});
    recipe.view = request.view;
    recipe.theta = request.theta;
    recipe.boosts = request.boosts;
    return recipe;
}

Result<Background> backgroundOf(const ChairRecipe& recipe) {
    Background background{recipe.background, {}};
    if (recipe.background == BackgroundKind::Picture) {
        VITRINE_TRY(background.picture, readImage(recipe.backgroundFile));
    }
    return background;
}

std::vector<Image> finishPictures(const ChairRecipe& recipe,
                                  const Background& background,
                                  std::span<const ChairPicture> pictures) {
    std::vector<Image> finished;
    finished.reserve(pictures.size());
    for (const ChairPicture& picture : pictures) {
        finished.push_back(channelPicture(picture.premultiplied, recipe.channel, background));
    }
    return finished;
}

Image contactSheet(std::span<const Image> cells, int numColumns, int gap) {
    if (cells.empty() || numColumns < 1) return {};
    const Image& first = cells.front();
    const int numRows = (int(cells.size()) + numColumns - 1) / numColumns;
    const std::uint8_t blank = first.channels == 4 ? 0 : 255;
    Image sheet(
        numColumns * (first.width + gap) - gap, numRows * (first.height + gap) - gap, first.channels, blank);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int left = int(i) % numColumns * (first.width + gap);
        const int top = int(i) / numColumns * (first.height + gap);
        const std::size_t rowBytes = std::size_t(first.width) * first.channels;
        for (int y = 0; y < first.height; ++y) {
            std::copy_n(cells[i].row(y), rowBytes, sheet.pixels.data() + sheet.index(top + y, left));
        }
    }
    return sheet;
}

std::string pictureHash(const Image& image) {
    FnvHash bytes;
    for (int size : {image.width, image.height, image.channels}) {
        for (int shift = 0; shift < 32; shift += 8) bytes.add(std::uint8_t(size >> shift));
    }
    for (std::uint8_t byte : image.pixels) bytes.add(byte);
    std::uint64_t hash = bytes.value();
    std::string digits(16, '0');
    for (int i = 15; i >= 0; --i, hash >>= 4) digits[std::size_t(i)] = "0123456789abcdef"[hash & 15];
    return digits;
}

}  // namespace vitrine
