// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/recipe/map_spectrum.h"
#include "core/recipe/unit_recipe.h"
#include "core/sessions/unit_session.h"

namespace vitrine {

/// A unit and its place in a ranking.
struct RankedUnit {
    int unit = 0;
    double score = 0;  ///< in the measure's unit
    UnitEffect effect;
};

/// A feature map of a chair, and the strongest wave in it.
struct MapEntry {
    int map = 0;
    double mean = 0;
    MapSpectrum spectrum;
};

/// A finished picture, and the numbers that belong to it.
struct UnitFigure {
    Image picture;                    ///< [H, W, 3]; empty when stopped
    double range = 0;                 ///< Difference, Filters, Maps: the magnitude of the full colour
    UnitEffect effect;                ///< Picture, Base, Difference, CloseUp
    MapWindow footprint;              ///< likewise
    std::vector<RankedUnit> ranking;  ///< Sheet
    std::vector<MapEntry> maps;       ///< Maps, the most periodic first
};

/// The largest magnitude first; equal ones by number. Scores are those of the measure.
std::vector<RankedUnit> ranked(std::vector<RankedUnit> units, EffectMeasure measure);
/// "28 +4.1%": a unit's number and its score.
std::string captionOf(const RankedUnit& unit, EffectMeasure measure);
/// The maps of a layer, the most periodic first.
std::vector<MapEntry> mapsByPeriod(const LayerActivations& activations);

/// Makes a recipe's figure. Errors: NotFound, InvalidArgument, NonFinite. Stops: between passes of a sheet;
/// then an empty picture.
Result<UnitFigure> makeUnitFigure(UnitSession& session,
                                  const UnitRecipe& recipe,
                                  const JobContext& context = {});
/// Writes it with its recipe inside. Atomic. Errors: Io, NoSpace.
Status writeUnitFigure(const std::filesystem::path& file, const UnitFigure& figure, UnitRecipe recipe);
/// Writes a request's numbers: "activations" [numUnits, side, side] (a chair's own), and the pictures "base"
/// and "changed" [S, S, 4]. Errors: those of run() and writeNpz().
Status writeUnitArrays(const std::filesystem::path& file, UnitSession& session, const UnitRequest& request);

}  // namespace vitrine
