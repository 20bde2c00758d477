// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <vector>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/style_map.h"

namespace vitrine {
namespace {

struct StylesArguments {
    std::string model;
    int numNew = 0;
    std::vector<double> at;
};

std::string line(const std::string& id, PlanePoint place) {
    return fmt::format("{:7.3f} {:7.3f}  {}\n", place.x, place.y, id);
}

/// As --style takes it.
std::string mixText(const StyleMix& mix, const ChairModelInfo& model) {
    std::string text;
    for (const StyleWeight& part : mix)
        text += fmt::format(
            "{}{}:{:.4f}", text.empty() ? "" : ",", styleIdOf(part.styleIndex, model.styleIds), part.weight);
    return text;
}

Status tellMix(const StylesArguments& arguments,
               const StyleMap& map,
               const ChairModelInfo& model,
               const CliContext& context) {
    const std::string mix = mixText(map.mixAt({arguments.at[0], arguments.at[1]}), model);
    context.answer({{"x", arguments.at[0]}, {"y", arguments.at[1]}, {"style", mix}}, mix);
    return {};
}

void tellStyles(const StylesArguments& arguments,
                const StyleMap& map,
                const ChairModelInfo& model,
                const CliContext& context) {
    auto styles = nlohmann::json::array();
    std::string text;
    const auto add = [&](int styleIndex) {
        const std::string id = styleIdOf(styleIndex, model.styleIds);
        const PlanePoint place = map.pointOf(pureStyle(styleIndex));
        styles.push_back({{"id", id}, {"x", place.x}, {"y", place.y}});
        text += line(id, place);
    };
    for (int i = 0; i < model.numStyles; ++i) add(i);
    for (int seed = 1; seed <= arguments.numNew; ++seed) add(kFirstDrawnStyle + seed);
    context.answer({{"styles", styles}, {"explainedVariance", map.explainedVariance()}}, text);
}

Status styles(const StylesArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const ChairSession session, openChairSession(arguments.model, context));
    const ChairModelInfo& model = session.info();
    const StyleMap map(session.styleCodes());
    if (map.empty())
        return Error{ErrorCode::Unsupported,
                     "The model has too few different styles for a map; name another by --model."};
    if (!arguments.at.empty()) return tellMix(arguments, map, model, context);
    tellStyles(arguments, map, model, context);
    return {};
}

void addStylesCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<StylesArguments>();
    CLI::App& command = *app.add_subcommand(
        "styles", "List a model's styles with their places on the map, or the mix at a place");
    addModelOption(command, arguments->model);
    command.add_option("--new", arguments->numNew, "Also list this number of new chairs (new-1, new-2, ...)")
        ->check(CLI::Range(0, 100'000));
    command
        .add_option("--at", arguments->at, "X Y: print the mix at this place of the map, as --style takes it")
        ->expected(2);
    setAction(command, [arguments, &context] { return styles(*arguments, context); });
}

const RegisteredCommand kStylesCommand{CommandGroup::Explore, "styles", addStylesCommand};

}  // namespace

}  // namespace vitrine
