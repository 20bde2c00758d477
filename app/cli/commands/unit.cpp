// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/replay.h"
#include "app/cli/commands/unit_arguments.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

constexpr int kRowsInText = 10;

struct UnitArguments {
    std::string model, style = "0", layer = "FC-4", sheet, search, show = "picture", channel = "composite",
                       out, npz;
    double azimuthDeg = 310, elevationDeg = 30;
    int index = 0, top = 0;
    std::optional<double> value;
    std::vector<int> cell, window, zero, keep;
    bool boost = false, wholeMap = false, outside = false, strip = false, filters = false, maps = false,
         mask = false;
};

nlohmann::json jsonOf(const UnitEffect& effect) {
    return {{"areaFactor", effect.areaFactor},
            {"zoomFactor", effect.zoomFactor},
            {"centroidShiftPx", effect.centroidShiftPx},
            {"shiftXPx", effect.shiftXPx},
            {"shiftYPx", effect.shiftYPx},
            {"rotationDeg", effect.rotationDeg},
            {"outlineChange", effect.outlineChange},
            {"brightness", effect.brightness},
            {"hue", effect.hue},
            {"difference", effect.difference}};
}

nlohmann::json jsonOf(const RankedUnit& unit) {
    nlohmann::json row = jsonOf(unit.effect);
    row["unit"] = unit.unit;
    row["score"] = unit.score;
    return row;
}

nlohmann::json jsonOf(const MapEntry& entry) {
    return {{"map", entry.map},
            {"mean", entry.mean},
            {"periodPx", entry.spectrum.periodPx},
            {"directionDeg", entry.spectrum.directionDeg},
            {"share", entry.spectrum.share}};
}

UnitFigureKind kindOf(const UnitArguments& arguments) {
    if (!arguments.sheet.empty() || !arguments.search.empty()) return UnitFigureKind::Sheet;
    if (arguments.filters) return UnitFigureKind::Filters;
    if (arguments.maps) return UnitFigureKind::Maps;
    if (arguments.strip) return UnitFigureKind::Strip;
    if (arguments.show == "base") return UnitFigureKind::Base;
    if (arguments.show == "difference") return UnitFigureKind::Difference;
    return arguments.show == "close-up" ? UnitFigureKind::CloseUp : UnitFigureKind::Picture;
}

UnitMode modeOf(const UnitArguments& arguments) {
    if (!arguments.window.empty()) return UnitMode::Window;
    if (!arguments.zero.empty() || !arguments.keep.empty()) return UnitMode::Maps;
    const bool onAChair = arguments.boost || arguments.strip || !arguments.search.empty();
    return onAChair ? UnitMode::Add : UnitMode::Replace;
}

/// One number: a window in the middle; four: its top, left, height and width.
MapWindow windowOf(const std::vector<int>& numbers, const ChairLayer& layer) {
    if (numbers.size() == 4) return {numbers[0], numbers[1], numbers[2], numbers[3]};
    return centralWindow(layer, numbers.front());
}

/// The layer that is asked for, or the one that the question is about.
std::string layerOf(const UnitArguments& arguments, const UnitSession& session) {
    if (!arguments.sheet.empty()) return arguments.sheet;
    if (!arguments.maps) return arguments.layer;
    const auto& layers = session.layers();  // the last hidden maps of the RGB stream
    const auto output = std::ranges::find(layers, "output", &ChairLayer::name);
    return std::prev(output)->name;
}

Result<UnitRequest> requestFrom(const UnitArguments& arguments, const UnitSession& session) {
    VITRINE_TRY(const ChairLayer layer, session.layer(layerOf(arguments, session)));
    UnitRequest request;
    VITRINE_TRY(const RecipeMix mix, parseMix(arguments.style, session.info()));
    request.chair.styleWeights.clear();
    for (const RecipeStyle& style : mix) request.chair.styleWeights.push_back({style.index, style.weight});
    request.chair.view = {float(arguments.azimuthDeg), float(arguments.elevationDeg)};
    request.layer = layer.name;
    request.mode = modeOf(arguments);
    request.unit = arguments.index;
    const bool boost = request.mode == UnitMode::Add;
    request.value = arguments.value.value_or(boost ? boostValue(layer) : paperValue(layer));
    if (!arguments.cell.empty())
        request.cell = MapCell{arguments.cell[0], arguments.cell[1]};
    else if (!boost && !arguments.wholeMap)
        request.cell = paperCell(layer);
    if (request.mode == UnitMode::Window) request.window = windowOf(arguments.window, layer);
    request.outside = arguments.outside;
    request.maps = arguments.keep.empty() ? arguments.zero : arguments.keep;
    request.keepMaps = !arguments.keep.empty();
    return request;
}

UnitRecipe recipeFrom(const UnitArguments& arguments,
                      const UnitRequest& request,
                      const ChairModelInfo& model) {
    UnitRecipe recipe = recipeOf(request, model, kindOf(arguments));
    recipe.channel = arguments.channel == "rgb"    ? PictureChannel::Rgb
                     : arguments.channel == "mask" ? PictureChannel::Mask
                                                   : PictureChannel::Composite;
    const auto measure = std::ranges::find(effectMeasures(), arguments.search, &EffectMeasureInfo::key);
    if (measure != effectMeasures().end()) recipe.measure = measure->measure;
    recipe.count = arguments.top;
    recipe.mask = arguments.mask;
    return recipe;
}

nlohmann::json describe(const UnitFigure& figure, const UnitRecipe& recipe, const ChairModelInfo& model) {
    nlohmann::json json = describeModel(model);
    json["layer"] = recipe.request.layer;
    json["recipe"] = nlohmann::json::parse(recipeToJson(recipe));
    if (recipe.kind <= UnitFigureKind::CloseUp) {
        json["effect"] = jsonOf(figure.effect);
        const MapWindow& reach = figure.footprint;
        json["footprint"] = {
            {"top", reach.top}, {"left", reach.left}, {"height", reach.height}, {"width", reach.width}};
    }
    if (figure.range > 0) json["range"] = figure.range;
    for (const MapEntry& entry : figure.maps) json["maps"].push_back(jsonOf(entry));
    for (const RankedUnit& unit : figure.ranking) json["ranking"].push_back(jsonOf(unit));
    if (recipe.measure) {
        const EffectMeasureInfo& info = infoOf(*recipe.measure);
        json["measure"] = {{"key", info.key}, {"unit", info.unit}, {"definition", info.definition}};
    }
    return json;
}

std::string textOf(const UnitFigure& figure, const UnitRecipe& recipe, const std::string& out) {
    std::string text = out.empty() ? "" : out + " written\n";
    if (recipe.measure) {
        const EffectMeasureInfo& info = infoOf(*recipe.measure);
        text += std::string(info.definition) + "\n";
        for (std::size_t i = 0; i < std::min<std::size_t>(kRowsInText, figure.ranking.size()); ++i) {
            const RankedUnit& unit = figure.ranking[i];
            text += fmt::format("unit {:4}  {:>+8.2f} {}  area x{:.3f}, centroid {:.2f} px\n",
                                unit.unit,
                                unit.score,
                                info.unit,
                                unit.effect.areaFactor,
                                unit.effect.centroidShiftPx);
        }
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(kRowsInText, figure.maps.size()); ++i) {
        const MapEntry& entry = figure.maps[i];
        text += fmt::format("map {:4}  {:>5.1f}% of its power in a wave of {:.2f} px at {:.0f} degrees\n",
                            entry.map,
                            100 * entry.spectrum.share,
                            entry.spectrum.periodPx,
                            entry.spectrum.directionDeg);
    }
    return text;
}

/// One question at a time, and a place for its answer.
Status checkArguments(const UnitArguments& arguments, bool json) {
    const int numQuestions = !arguments.sheet.empty() + !arguments.search.empty() + arguments.filters +
                             arguments.maps + arguments.strip + !arguments.window.empty() +
                             !arguments.zero.empty() + !arguments.keep.empty();
    if (numQuestions > 1)
        return invalidArgument(
            "Ask for one of --sheet, --search, --filters, --maps, --strip, --window, --zero and --keep at a "
            "time.");
    if (arguments.window.size() != 0 && arguments.window.size() != 1 && arguments.window.size() != 4)
        return invalidArgument("Write a window as SIDE or as TOP LEFT HEIGHT WIDTH.");
    if (!arguments.out.empty()) return checkPngName(arguments.out);
    if (json || !arguments.npz.empty() || !arguments.search.empty()) return {};
    return invalidArgument("Name a PNG file for the picture by --out, or ask for the numbers by --json.");
}

Status unit(const UnitArguments& arguments, const CliContext& context) {
    VITRINE_CHECK(checkArguments(arguments, context.json));
    VITRINE_TRY(UnitSession session, openUnitSession(arguments.model, context));
    VITRINE_TRY(const UnitRequest request, requestFrom(arguments, session));
    const UnitRecipe recipe = recipeFrom(arguments, request, session.info());
    VITRINE_TRY(const UnitFigure figure, makeUnitFigure(session, recipe, context.jobContext()));
    if (figure.picture.empty()) return Error{ErrorCode::InvalidArgument, "Stopped; nothing was written."};
    if (!arguments.out.empty()) VITRINE_CHECK(writeUnitFigure(arguments.out, figure, recipe));
    if (!arguments.npz.empty()) VITRINE_CHECK(writeUnitArrays(arguments.npz, session, request));
    nlohmann::json answer = describe(figure, recipe, session.info());
    if (!arguments.out.empty()) answer["out"] = arguments.out;
    if (!arguments.npz.empty()) answer["npz"] = arguments.npz;
    context.answer(answer, textOf(figure, recipe, arguments.out));
    return {};
}

void addChairOfUnit(CLI::App& command, UnitArguments& arguments) {
    addModelOption(command, arguments.model);
    command.add_option("--style", arguments.style, "The chair: ID[:weight],... with ids or class indices");
    command.add_option("--azimuth", arguments.azimuthDeg, "Degrees; 0 = the front")
        ->check(CLI::Range(-3600.0, 3600.0));
    command.add_option("--elevation", arguments.elevationDeg, "Degrees above the horizon")
        ->check(CLI::Range(-90.0, 90.0));
}

void addQuestions(CLI::App& command, UnitArguments& arguments) {
    std::vector<std::string> keys;
    for (const EffectMeasureInfo& info : effectMeasures()) keys.emplace_back(info.key);
    command.add_option("--sheet", arguments.sheet, "All units of this layer on one sheet");
    command
        .add_option("--search",
                    arguments.search,
                    "Rank the units of --layer by what adding --value does to the chair")
        ->check(CLI::IsMember(keys));
    command.add_option("--top", arguments.top, "Of a sheet or search: maximum number of units; 0 = all")
        ->check(CLI::Range(0, 1 << 20));
    command.add_flag("--strip", arguments.strip, "Seven steps of the value, added to the chair");
    command.add_flag("--filters", arguments.filters, "The weights of the last layer as pictures");
    command.add_flag("--mask", arguments.mask, "Of --filters: those of the mask");
    command.add_flag("--maps", arguments.maps, "The chair's last hidden maps, the most periodic first");
}

}  // namespace

Result<UnitSession> openUnitSession(const std::string& model, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const std::filesystem::path file, modelFile(model));
    return UnitSession::open(file, context.device == "cuda" ? Device::Cuda : Device::Auto);
}

namespace {

void addUnitCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<UnitArguments>();
    CLI::App& command = *app.add_subcommand("unit", "Show what single units of the chair generator draw");
    addChairOfUnit(command, *arguments);
    command.add_option("--layer",
                       arguments->layer,
                       "FC-1, ... FC-5, uconv-1, ... output; \"vitrine-cli unit --layer ?\" lists them");
    command.add_option("--index", arguments->index, "Unit or map, from 0");
    command.add_option("--value", arguments->value, "Activation; default: the paper's for the layer");
    command
        .add_option("--cell",
                    arguments->cell,
                    "ROW COLUMN of the map's pixel that is activated; default: the paper's")
        ->expected(2);
    command.add_flag("--whole-map", arguments->wholeMap, "Activate the whole map instead");
    command.add_flag(
        "--boost", arguments->boost, "Add to the chair's own activations instead of replacing them");
    command
        .add_option("--window",
                    arguments->window,
                    "Keep the chair's maps in a window: SIDE (in the middle) or TOP LEFT HEIGHT WIDTH")
        ->expected(1, 4);
    command.add_flag("--outside", arguments->outside, "Of --window: keep what lies outside it");
    command.add_option("--zero", arguments->zero, "Zero these of the chair's maps")->delimiter(',');
    command.add_option("--keep", arguments->keep, "Keep only these of the chair's maps")->delimiter(',');
    addQuestions(command, *arguments);
    command.add_option("--show", arguments->show, "Which picture")
        ->check(CLI::IsMember({"picture", "base", "difference", "close-up"}));
    command.add_option("--channel", arguments->channel, "What to show of it")
        ->check(CLI::IsMember({"composite", "rgb", "mask"}));
    command.add_option("--out", arguments->out, "PNG file with an embedded recipe");
    command.add_option("--npz", arguments->npz, "The layer's activations and both pictures as numbers");
    setAction(command, [arguments, &context] { return unit(*arguments, context); });
}

Result<Replayed> lookAgain(const ReplayArguments& arguments,
                           const std::string& text,
                           const CliContext& context) {
    VITRINE_TRY(const UnitRecipe recipe, unitRecipeFromJson(text));
    VITRINE_TRY(UnitSession session, openUnitSession(arguments.model, context));
    VITRINE_TRY(const UnitFigure figure, makeUnitFigure(session, recipe, context.jobContext()));
    return Replayed{
        figure.picture, text, session.info().weightsHash, [figure, recipe](const std::string& file) {
            return writeUnitFigure(file, figure, recipe);
        }};
}

const RegisteredCommand kUnitCommand{CommandGroup::Explore, "unit", addUnitCommand};
const RegisteredReplay kUnitReplay{kUnitRecipeFormat, lookAgain};

}  // namespace

}  // namespace vitrine
