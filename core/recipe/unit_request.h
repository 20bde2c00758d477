// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/nets/chair_layer.h"
#include "core/recipe/chair_request.h"
#include "core/recipe/unit_effect.h"

namespace vitrine {

/// What is done to the activations of a layer. Source: papers.md B7.
enum class UnitMode {
    Replace,  ///< all zero but one unit: what that unit paints. From FC-3 on nothing is left of the chair
    Add,      ///< a value added to one unit of a real chair
    Window,   ///< a real chair's maps inside a window only, or outside it only
    Maps      ///< a real chair with maps zeroed, or with only these kept
};

/// A place in a map. Units: pixels of the map, from the top left.
struct MapCell {
    int row = 0;
    int column = 0;
    bool operator==(const MapCell&) const = default;
};

/// A rectangle. Units: pixels of the map or picture that it lies in.
struct MapWindow {
    int top = 0;
    int left = 0;
    int height = 0;
    int width = 0;
    bool operator==(const MapWindow&) const = default;
};

struct UnitRequest {
    ChairRequest chair{{{0, 1}}, {310, 30}, {}};  ///< the paper's view, off the training grid
    std::string layer = "FC-4";
    UnitMode mode = UnitMode::Replace;
    int unit = 0;                 ///< unit or map, from 0
    std::optional<MapCell> cell;  ///< the map's pixel that is changed; nothing = the whole map
    double value = 0;             ///< set by Replace, added by Add
    MapWindow window;             ///< of Window
    bool outside = false;         ///< Window: keep what lies outside it instead
    std::vector<int> maps;        ///< of Maps
    bool keepMaps = false;        ///< Maps: keep only these instead of zeroing them
    bool operator==(const UnitRequest&) const = default;
};

struct UnitResult {
    ChairOutput base;  ///< with the layer at zero (Replace), else the chair as it is
    ChairOutput changed;
    UnitEffect effect;    ///< of changed against base
    MapWindow footprint;  ///< pixels of the picture that the change can reach
};

/// One unit of a sweep over a layer.
struct UnitSample {
    int unit = 0;
    ChairOutput output;
    UnitEffect effect;
};

/// Shapes: values [numUnits, side, side] float32, after the non-linearity.
struct LayerActivations {
    ChairLayer layer;
    std::vector<float> values;

    /// A unit's value, or the mean over its map.
    double meanOf(int unit) const;
    ScalarMap map(int unit) const;
    /// The largest magnitude.
    double range() const;
};

/// The weights of a last layer: what each map paints. Shapes: one raster [k, k, 3 or 1] a map.
struct FilterBank {
    std::vector<Raster<float>> filters;
    double range = 0;        ///< the largest magnitude of all, the scale of their pictures
    std::vector<int> order;  ///< maps by the energy of their filter, the strongest first
};

/// The value that the paper gives a unit of this layer (10, 15, 5, 8, 0.1, 10, 1); 1 where it names none.
/// Source: papers.md B7.
double paperValue(const ChairLayer& layer);
/// What is added to a unit of a real chair: the middle of the paper's 5 to 35 in FC-4; elsewhere twice the
/// value it sets there.
double boostValue(const ChairLayer& layer);
/// The pixel of a map that the paper lights: (4, 4), (8, 8), (16, 16) counted from 1. Nothing for a fully
/// connected layer.
std::optional<MapCell> paperCell(const ChairLayer& layer);
/// The paper's seven steps of a boost: 1/7 ... 1 of the largest; it went from 5 to 35.
std::vector<double> boostSteps(double largest, int count = 7);
/// A window of `side` pixels in the middle of the maps.
MapWindow centralWindow(const ChairLayer& layer, int side);
/// The layer of this name; "FC-1" and "FC-2" mean the style branch, and case does not matter. Errors:
/// NotFound naming the layers there are.
Result<ChairLayer> findLayer(const std::vector<ChairLayer>& layers,
                             const std::string& name,
                             const std::string& modelName);
/// Whether the layer has such a unit, pixel, window and maps. Errors: InvalidArgument naming the range.
Status checkUnitRequest(const UnitRequest& request, const ChairLayer& layer);
/// The pixels of the picture that a rectangle of maps can reach: up-convolutions of 5 x 5 taps. All of it for
/// a fully connected layer. `size`: pixels a side of the picture.
MapWindow footprintOf(const ChairLayer& layer, const MapWindow& window, int size);

}  // namespace vitrine
