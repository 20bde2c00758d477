// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include "app/cli/commands/chair_arguments.h"
#include "core/explore/compose.h"
#include "core/io/image_file.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

constexpr int kGap = 2;  // of contactSheet
// Another CPU, or another number of threads, may round the last bits of a picture otherwise.
constexpr int kRoundingLevels = 3;

struct ReplayArguments {
    std::string file, model, out;
};

struct Layout {
    int columns = 1;
    int cellSize = 0;
};

/// The number of columns, and the size of a picture, that give a sheet of numCells its size.
std::optional<Layout> layoutOf(const Image& sheet, const ChairRecipe& recipe, int numCells) {
    const int least = recipe.kind == RecipeKind::Grid ? int(recipe.columns.values.size()) : 1;
    const int most = recipe.kind == RecipeKind::Grid ? least : numCells;
    for (int columns = most; columns >= least; --columns) {
        const int rows = (numCells + columns - 1) / columns;
        const int size = (sheet.width + kGap) / columns - kGap;
        if (size > 0 && columns * (size + kGap) - kGap == sheet.width && rows * (size + kGap) - kGap == sheet.height) {
            return Layout{columns, size};
        }
    }
    return std::nullopt;
}

int numPictures(const ChairRecipe& recipe) {
    switch (recipe.kind) {
        case RecipeKind::Grid: return int(recipe.columns.values.size() * recipe.rows.values.size());
        case RecipeKind::Morph: return int(recipe.frames.values.size());
        case RecipeKind::Picture: return 1;
    }
    return 1;
}

Result<ChairRecipe> recipeIn(const std::string& file) {
    VITRINE_TRY(const auto text, readPngRecipe(file));
    if (text) return recipeFromJson(*text);
    return Error{ErrorCode::BadFormat, file + " carries no recipe; only pictures that Vitrine wrote can be replayed."};
}

Result<Image> renderAgain(const ReplayArguments& arguments, const ChairRecipe& recipe, const Image& original, const CliContext& context) {
    const auto layout = layoutOf(original, recipe, numPictures(recipe));
    if (!layout) return Error{ErrorCode::BadFormat, arguments.file + " does not have the size that its recipe makes; it was cut or scaled afterwards."};
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(const auto pictures, renderRecipe(session, recipe, layout->cellSize));
    return contactSheet(pictures, layout->columns, kGap);
}

int largestDifference(const Image& a, const Image& b) {
    int largest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) largest = std::max(largest, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return largest;
}

std::string verdict(bool identical, int largest, double decibels) {
    if (identical) return "identical";
    char text[120];
    std::snprintf(text, sizeof text, "%s: at most %d of 255 off, PSNR %.1f dB",
                  largest <= kRoundingLevels ? "the same to rounding" : "not identical", largest, decibels);
    return text;
}

Status replay(const ReplayArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const ChairRecipe recipe, recipeIn(arguments.file));
    VITRINE_TRY(const Image original, readImage(arguments.file));
    VITRINE_TRY(const Image again, renderAgain(arguments, recipe, original, context));
    if (!arguments.out.empty()) {
        VITRINE_TRY([[maybe_unused]] const std::string hash, writeWithRecipe(arguments.out, again, recipe));
    }
    if (again.channels != original.channels || again.width != original.width || again.height != original.height) {
        return Error{ErrorCode::BadFormat, arguments.file + " was changed after it was made: its size or its channels differ."};
    }
    const bool identical = again == original;
    const int largest = largestDifference(again, original);
    const double decibels = psnr(again, original);
    nlohmann::json result = {{"file", arguments.file}, {"identical", identical}, {"largestDifference", largest},
                             {"recipe", nlohmann::json::parse(recipeToJson(recipe))}};
    result["psnr"] = std::isfinite(decibels) ? nlohmann::json(decibels) : nlohmann::json(nullptr);
    context.answer(result, verdict(identical, largest, decibels));
    return {};
}

}  // namespace

void addReplayCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<ReplayArguments>();
    CLI::App& command = *app.add_subcommand("replay", "Make a picture again from the recipe inside it, and compare");
    command.add_option("file", arguments->file, "PNG that Vitrine wrote")->required();
    addModelOption(command, arguments->model);
    command.add_option("--out", arguments->out, "Write the new picture here");
    setAction(command, [arguments, &context] { return replay(*arguments, context); });
}

}  // namespace vitrine
