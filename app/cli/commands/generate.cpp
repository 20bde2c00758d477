// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"

namespace vitrine {
namespace {

struct GenerateArguments : ChairArguments {
    std::string style;
};

Status generate(const GenerateArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(ChairRecipe recipe, startRecipe(arguments, session.info()));
    VITRINE_TRY(RecipeMix mix, parseMix(arguments.style, session.info()));
    recipe.corners = {std::move(mix)};
    VITRINE_TRY(const auto pictures, renderRecipe(session, recipe, arguments.size));
    VITRINE_TRY(const std::string hash, writeWithRecipe(arguments.out, pictures.front(), recipe));

    nlohmann::json result = describeModel(session.info());
    result["out"] = arguments.out;
    result["width"] = pictures.front().width;
    result["height"] = pictures.front().height;
    result["hash"] = hash;
    context.answer(result,
                   fmt::format("{} written, {} pixels a side", arguments.out, pictures.front().width));
    return {};
}

void addGenerateCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<GenerateArguments>();
    CLI::App& command = *app.add_subcommand("generate", "Generate a chair");
    command
        .add_option("--style",
                    arguments->style,
                    "ID[:weight],... with ids or class indices, new-SEED for a new chair, or the file that "
                    "\"fit\" wrote; weights need not sum to 1")
        ->required();
    addChairOptions(command, *arguments);
    command.add_option("--out", arguments->out, "PNG file with an embedded recipe")->required();
    setAction(command, [arguments, &context] { return generate(*arguments, context); });
}

const RegisteredCommand kGenerateCommand{CommandGroup::Explore, "generate", addGenerateCommand};

}  // namespace

}  // namespace vitrine
