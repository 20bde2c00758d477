// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/unit_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <span>

namespace vitrine {
namespace {

constexpr double kLargestValue = 1e4;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

std::string describe(const ChairLayer& layer) {
    return fmt::format("{} has {}{}", layer.name, layer.numUnits, layer.isMap() ? " maps" : " units");
}

Status checkUnit(const ChairLayer& layer, int unit) {
    if (unit >= 0 && unit < layer.numUnits) return {};
    return invalidArgument(
        fmt::format("{}, so there is no number {}; use 0 to {}.", describe(layer), unit, layer.numUnits - 1));
}

Status checkCell(const ChairLayer& layer, const MapCell& cell) {
    if (!layer.isMap())
        return invalidArgument(layer.name + " is fully connected: its units have no position.");
    const auto within = [&](int place) { return place >= 0 && place < layer.side; };
    if (within(cell.row) && within(cell.column)) return {};
    return invalidArgument(fmt::format("The maps of {} are {} pixels a side; give a position of 0 to {}.",
                                       layer.name,
                                       layer.side,
                                       layer.side - 1));
}

Status checkWindow(const ChairLayer& layer, const MapWindow& window) {
    if (!layer.isMap())
        return invalidArgument(layer.name + " is fully connected: only maps (FC-5 and later) have a window.");
    const bool fine = window.top >= 0 && window.left >= 0 && window.height >= 0 && window.width >= 0 &&
                      window.top <= layer.side - window.height && window.left <= layer.side - window.width;
    if (fine) return {};
    return invalidArgument(fmt::format(
        "The window reaches beyond the maps of {}, which are {} pixels a side.", layer.name, layer.side));
}

}  // namespace

double LayerActivations::meanOf(int unit) const {
    const std::size_t numPixels = std::size_t(layer.side) * std::size_t(layer.side);
    double sum = 0;
    for (const float value : std::span(values).subspan(std::size_t(unit) * numPixels, numPixels))
        sum += double(value);
    return sum / double(numPixels);
}

ScalarMap LayerActivations::map(int unit) const {
    ScalarMap map(layer.side, layer.side, 1);
    std::copy_n(values.begin() + std::ptrdiff_t(unit) * std::ptrdiff_t(map.pixels.size()),
                map.pixels.size(),
                map.pixels.begin());
    return map;
}

double LayerActivations::range() const {
    double largest = 0;
    for (const float value : values) largest = std::max(largest, std::abs(double(value)));
    return largest;
}

double paperValue(const ChairLayer& layer) {
    constexpr double kValues[] = {10, 15, 5, 8, 0.1, 10, 1};
    const bool isOutput = layer.name.starts_with("output");
    return layer.depth > int(std::size(kValues)) || isOutput ? 1 : kValues[layer.depth - 1];
}

double boostValue(const ChairLayer& layer) {
    constexpr double kPaperBoost = 20;
    return layer.name == "FC-4" ? kPaperBoost : 2 * paperValue(layer);
}

std::optional<MapCell> paperCell(const ChairLayer& layer) {
    if (!layer.isMap()) return std::nullopt;
    return MapCell{layer.side / 2 - 1, layer.side / 2 - 1};
}

std::vector<double> boostSteps(double largest, int count) {
    std::vector<double> steps;
    for (int i = 1; i <= count; ++i) steps.push_back(largest * i / count);
    return steps;
}

MapWindow centralWindow(const ChairLayer& layer, int side) {
    const int start = (layer.side - side) / 2;
    return {start, start, side, side};
}

Result<ChairLayer> findLayer(const std::vector<ChairLayer>& layers,
                             const std::string& name,
                             const std::string& modelName) {
    std::string names;
    for (const ChairLayer& layer : layers) {
        const std::string own = lower(layer.name), wanted = lower(name);
        if (own == wanted || own == wanted + " style") return layer;
        names += (names.empty() ? "" : ", ") + layer.name;
    }
    return Error{ErrorCode::NotFound,
                 "The model " + modelName + " has no layer \"" + name + "\"; it has " + names + "."};
}

Status checkUnitRequest(const UnitRequest& request, const ChairLayer& layer) {
    if (request.mode == UnitMode::Window) return checkWindow(layer, request.window);
    if (request.mode == UnitMode::Maps) {
        if (!layer.isMap())
            return invalidArgument(layer.name + " is fully connected: it has no feature maps.");
        for (const int map : request.maps) VITRINE_CHECK(checkUnit(layer, map));
        return {};
    }
    VITRINE_CHECK(checkUnit(layer, request.unit));
    if (request.cell) VITRINE_CHECK(checkCell(layer, *request.cell));
    if (std::isfinite(request.value) && std::abs(request.value) <= kLargestValue) return {};
    return invalidArgument("The value must be a number between -10000 and 10000.");
}

MapWindow footprintOf(const ChairLayer& layer, const MapWindow& window, int size) {
    if (!layer.isMap()) return {0, 0, size, size};
    // A pixel i of the input reaches 2 i - 2 to 2 i + 2 of an up-convolution's output.
    constexpr int kReach = 2;
    int top = window.top, left = window.left, bottom = window.top + window.height - 1,
        right = window.left + window.width - 1;
    for (int side = layer.side; side < size; side *= 2) {
        top = std::max(0, 2 * top - kReach);
        left = std::max(0, 2 * left - kReach);
        bottom = std::min(2 * side - 1, 2 * bottom + kReach);
        right = std::min(2 * side - 1, 2 * right + kReach);
    }
    return {top, left, bottom - top + 1, right - left + 1};
}

}  // namespace vitrine
