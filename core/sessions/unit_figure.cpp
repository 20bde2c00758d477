// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/unit_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/io/npz.h"
#include "core/io/png.h"
#include "core/recipe/unit_pictures.h"
#include "core/render/contact_sheet.h"

namespace vitrine {
namespace {

constexpr int kFilterSide = 60;  // 12 pixels a tap of 5 x 5
constexpr int kRampWidth = 60;
constexpr int kManyTiles = 128;  // more than this are shown at half size

int columnsFor(std::size_t numTiles) {
    return std::max(1, int(std::ceil(std::sqrt(double(numTiles) * 1.6))));
}

/// A tile that says what the full colours stand for.
SheetTile scaleTile(double range, int side, bool isGrey) {
    Raster<float> ramp(kRampWidth, 1, 1);
    for (int x = 0; x < kRampWidth; ++x) ramp.at(0, x) = float(2.0 * x / (kRampWidth - 1) - 1);
    const Image line = isGrey ? filterPicture(ramp, 1) : divergingPicture(ramp, 1);
    Image tile(side, side, 3, 255);
    for (int y = side / 3; y < 2 * side / 3; ++y)
        for (int x = 0; x < side; ++x)
            for (int c = 0; c < 3; ++c) tile.at(y, x, c) = line.at(0, x * kRampWidth / side, c);
    return {std::move(tile), fmt::format("+-{:.3g}", range)};
}

/// A picture on a sheet: of a map's pixel only what it can reach.
Image tilePicture(const ChairOutput& output, PictureChannel channel, const MapWindow& footprint, int side) {
    return closeUp(shownPicture(output, channel), footprint, side);
}

MapWindow footprintOf(const UnitRequest& request, const ChairLayer& layer, int size) {
    const MapWindow whole{0, 0, layer.side, layer.side};
    return footprintOf(
        layer, request.cell ? MapWindow{request.cell->row, request.cell->column, 1, 1} : whole, size);
}

Result<UnitFigure> singlePicture(UnitSession& session, const UnitRecipe& recipe, const UnitRequest& request) {
    VITRINE_TRY(const UnitResult result, session.run(request));
    UnitFigure figure;
    figure.effect = result.effect;
    figure.footprint = result.footprint;
    if (recipe.kind == UnitFigureKind::Difference) {
        const ScalarMap difference = outputDifference(result.base, result.changed);
        figure.range = rangeOf(difference);
        figure.picture = divergingPicture(difference, figure.range);
    } else {
        const bool base = recipe.kind == UnitFigureKind::Base;
        figure.picture = shownPicture(base ? result.base : result.changed, recipe.channel);
        if (recipe.kind == UnitFigureKind::CloseUp)
            figure.picture = closeUp(figure.picture, closeUpWindow(result), 2 * figure.picture.width);
    }
    return figure;
}

Result<UnitFigure> strip(UnitSession& session, const UnitRecipe& recipe, const UnitRequest& request) {
    const auto values = boostSteps(request.value);
    VITRINE_TRY(const auto outputs, session.runValues(request, values));
    std::vector<SheetTile> tiles;
    for (std::size_t i = 0; i < values.size(); ++i)
        tiles.push_back({shownPicture(outputs[i], recipe.channel), fmt::format("{:+.3g}", values[i])});
    UnitFigure figure;
    figure.picture = makeContactSheet(tiles, int(tiles.size()));
    return figure;
}

Result<UnitFigure> sheet(UnitSession& session,
                         const UnitRecipe& recipe,
                         const UnitRequest& request,
                         const JobContext& context) {
    VITRINE_TRY(const ChairLayer layer, session.layer(request.layer));
    const int size = session.info().size;
    const int numShown = recipe.count > 0 ? std::min(recipe.count, layer.numUnits) : layer.numUnits;
    const int side = numShown > kManyTiles ? size / 2 : size;
    const MapWindow footprint = footprintOf(request, layer, size);
    std::vector<Image> pictures(std::size_t(layer.numUnits));
    UnitFigure figure;
    const auto keep = [&](const std::vector<UnitSample>& samples) {
        for (const UnitSample& sample : samples) {
            pictures[std::size_t(sample.unit)] = tilePicture(sample.output, recipe.channel, footprint, side);
            figure.ranking.push_back({sample.unit, 0, sample.effect});
        }
        context.report({double(figure.ranking.size()) / layer.numUnits, -1, "units of " + layer.name});
    };
    VITRINE_TRY(const JobOutcome outcome, session.sweep(request, keep, context.stop));
    if (outcome == JobOutcome::Cancelled) return UnitFigure{};
    if (recipe.measure) figure.ranking = ranked(std::move(figure.ranking), *recipe.measure);
    figure.ranking.resize(std::size_t(numShown));
    std::vector<SheetTile> tiles;
    for (const RankedUnit& unit : figure.ranking)
        tiles.push_back({std::move(pictures[std::size_t(unit.unit)]),
                         recipe.measure ? captionOf(unit, *recipe.measure) : std::to_string(unit.unit)});
    figure.picture = makeContactSheet(tiles, columnsFor(tiles.size()));
    return figure;
}

UnitFigure filterSheet(const UnitSession& session, const UnitRecipe& recipe) {
    const FilterBank bank = session.filters(recipe.mask);
    std::vector<SheetTile> tiles{scaleTile(bank.range, kFilterSide, /*isGrey=*/true)};
    for (const int map : bank.order) {
        const Image picture = filterPicture(bank.filters[std::size_t(map)], bank.range);
        tiles.push_back(
            {closeUp(picture, {0, 0, picture.height, picture.width}, kFilterSide), std::to_string(map)});
    }
    UnitFigure figure;
    figure.range = bank.range;
    figure.picture = makeContactSheet(tiles, columnsFor(tiles.size()));
    return figure;
}

Result<UnitFigure> mapSheet(UnitSession& session, const UnitRequest& request) {
    VITRINE_TRY(const ChairLayer layer, session.layer(request.layer));
    if (!layer.isMap())
        return Error{ErrorCode::InvalidArgument, layer.name + " is fully connected: it has no feature maps."};
    VITRINE_TRY(const LayerActivations activations, session.activations(request.chair, request.layer));
    UnitFigure figure;
    figure.range = activations.range();
    figure.maps = mapsByPeriod(activations);
    const int side = std::max(layer.side, 64);
    std::vector<SheetTile> tiles{scaleTile(figure.range, side, /*isGrey=*/false)};
    for (const MapEntry& entry : figure.maps)
        tiles.push_back({closeUp(divergingPicture(activations.map(entry.map), figure.range),
                                 {0, 0, layer.side, layer.side},
                                 side),
                         fmt::format("{} {:.0f}%", entry.map, 100 * entry.spectrum.share)});
    figure.picture = makeContactSheet(tiles, columnsFor(tiles.size()));
    return figure;
}

}  // namespace

std::vector<RankedUnit> ranked(std::vector<RankedUnit> units, EffectMeasure measure) {
    for (RankedUnit& unit : units) unit.score = scoreOf(unit.effect, measure);
    std::ranges::stable_sort(units, [](const RankedUnit& a, const RankedUnit& b) {
        const double strengthA = std::abs(a.score), strengthB = std::abs(b.score);
        return strengthA != strengthB ? strengthA > strengthB : a.unit < b.unit;
    });
    return units;
}

std::string captionOf(const RankedUnit& unit, EffectMeasure measure) {
    const std::string suffix = infoOf(measure).unit == std::string("%") ? "%" : "";
    return fmt::format("{} {:+.1f}{}", unit.unit, unit.score, suffix);
}

std::vector<MapEntry> mapsByPeriod(const LayerActivations& activations) {
    std::vector<MapEntry> entries;
    for (int map = 0; map < activations.layer.numUnits; ++map)
        entries.push_back({map, activations.meanOf(map), spectrumOf(activations.map(map))});
    std::ranges::stable_sort(
        entries, std::ranges::greater(), [](const MapEntry& entry) { return entry.spectrum.share; });
    return entries;
}

Result<UnitFigure> makeUnitFigure(UnitSession& session, const UnitRecipe& recipe, const JobContext& context) {
    VITRINE_TRY(const UnitRequest request, requestOf(recipe, session.info().styleIds));
    switch (recipe.kind) {
        case UnitFigureKind::Strip:
            return strip(session, recipe, request);
        case UnitFigureKind::Sheet:
            return sheet(session, recipe, request, context);
        case UnitFigureKind::Filters:
            return filterSheet(session, recipe);
        case UnitFigureKind::Maps:
            return mapSheet(session, request);
        default:
            return singlePicture(session, recipe, request);
    }
}

Status writeUnitFigure(const std::filesystem::path& file, const UnitFigure& figure, UnitRecipe recipe) {
    recipe.pictureHash = pictureHash(figure.picture);
    return writePng(file, figure.picture, recipeToJson(recipe));
}

Status writeUnitArrays(const std::filesystem::path& file, UnitSession& session, const UnitRequest& request) {
    VITRINE_TRY(const UnitResult result, session.run(request));
    VITRINE_TRY(const LayerActivations activations, session.activations(request.chair, request.layer));
    const auto size = std::size_t(result.base.width), side = std::size_t(activations.layer.side);
    const NpzArray arrays[] = {
        NpzArray::of(
            "activations", {std::size_t(activations.layer.numUnits), side, side}, activations.values),
        NpzArray::of("base", {size, size, 4}, result.base.pixels),
        NpzArray::of("changed", {size, size, 4}, result.changed.pixels)};
    return writeNpz(file, arrays);
}

}  // namespace vitrine
