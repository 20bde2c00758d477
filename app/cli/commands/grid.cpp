// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"

namespace vitrine {
namespace {

struct GridArguments : ChairArguments {
    std::vector<std::string> styles;
    std::string columns, rows;
};

Result<ChairRecipe> gridRecipe(const GridArguments& arguments, const ChairModelInfo& model) {
    VITRINE_TRY(ChairRecipe recipe, startRecipe(arguments, model));
    recipe.kind = RecipeKind::Grid;
    for (const std::string& style : arguments.styles) {
        VITRINE_TRY(RecipeMix mix, parseMix(style, model));
        recipe.corners.push_back(std::move(mix));
    }
    const bool isMorph = recipe.corners.size() > 1;
    const bool isPad = recipe.corners.size() == 4;
    const std::string columns = isMorph ? "style=0:1:8" : "azimuth=0:315:8";
    const std::string rows = isPad ? "style2=0:1:8" : isMorph ? "azimuth=0:315:8" : "elevation=10:40:4";
    VITRINE_TRY(recipe.columns, parseAxis(arguments.columns.empty() ? columns : arguments.columns, model));
    VITRINE_TRY(recipe.rows, parseAxis(arguments.rows.empty() ? rows : arguments.rows, model));
    return recipe;
}

Status makeGrid(const GridArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(const ChairRecipe recipe, gridRecipe(arguments, session.info()));
    VITRINE_TRY(const auto pictures, renderRecipe(session, recipe, arguments.size));
    const Image sheet = contactSheet(pictures, int(recipe.columns.values.size()));
    VITRINE_TRY(const std::string hash, writeWithRecipe(arguments.out, sheet, recipe));

    nlohmann::json result = describeModel(session.info());
    result["out"] = arguments.out;
    result["columns"] = recipe.columns.values.size();
    result["rows"] = recipe.rows.values.size();
    result["width"] = sheet.width;
    result["height"] = sheet.height;
    result["hash"] = hash;
    context.answer(result,
                   fmt::format("{} written, {} x {} pictures",
                               arguments.out,
                               recipe.columns.values.size(),
                               recipe.rows.values.size()));
    return {};
}

void addGridCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<GridArguments>();
    CLI::App& command = *app.add_subcommand("grid", "Generate a grid over two of the chair's parameters");
    command
        .add_option("--style",
                    arguments->styles,
                    "ID[:weight],...; once, or 2 or 4 times for the corners of the axes style and style2")
        ->required()
        ->allow_extra_args(false)
        ->default_str("");
    command.add_option(
        "--columns", arguments->columns, "PARAMETER=from:to:count or PARAMETER=value,value; left to right");
    command.add_option("--rows", arguments->rows, "The same; top to bottom");
    addChairOptions(command, *arguments);
    command.add_option("--out", arguments->out, "PNG file with an embedded recipe")->required();
    setAction(command, [arguments, &context] { return makeGrid(*arguments, context); });
}

const RegisteredCommand kGridCommand{CommandGroup::Explore, "grid", addGridCommand};

}  // namespace

}  // namespace vitrine
