// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/compose.h"
#include "core/recipe/recipe_file.h"

namespace vitrine {
namespace {

constexpr int kGap = 2;  // of contactSheet
// Another CPU, or another number of threads, may round the last bits of a picture otherwise.
constexpr int kRoundingLevels = 3;

struct Layout {
    int columns = 1;
    int cellSize = 0;
};

/// The number of columns, and the size of a picture, that give a sheet of numCells this size.
std::optional<Layout> layoutOf(int width, int height, const ChairRecipe& recipe, int numCells) {
    const int least = recipe.kind == RecipeKind::Grid ? int(recipe.columns.values.size()) : 1;
    const int most = recipe.kind == RecipeKind::Grid ? least : numCells;
    for (int columns = most; columns >= least; --columns) {
        const int rows = (numCells + columns - 1) / columns;
        const int size = (width + kGap) / columns - kGap;
        if (size > 0 && columns * (size + kGap) - kGap == width && rows * (size + kGap) - kGap == height) {
            return Layout{columns, size};
        }
    }
    return std::nullopt;
}

int numPictures(const ChairRecipe& recipe) {
    switch (recipe.kind) {
        case RecipeKind::Grid:
            return int(recipe.columns.values.size() * recipe.rows.values.size());
        case RecipeKind::Morph:
            return int(recipe.frames.values.size());
        case RecipeKind::Picture:
            return 1;
    }
    return 1;
}

/// By format. Made at its first use, like the list of commands.
std::map<std::string, RegisteredReplay::Make>& registeredReplays() {
    static std::map<std::string, RegisteredReplay::Make> replays;
    return replays;
}

Result<std::string> recipeIn(const std::string& file) {
    VITRINE_TRY(auto text, readPngRecipe(file));
    if (text) return *std::move(text);
    return Error{ErrorCode::BadFormat,
                 file + " contains no recipe; only pictures that Vitrine wrote can be replayed."};
}

/// A sheet with its labels, which are no part of what the network makes, on the new pictures.
Image withLabelsOf(const Image& original, const ChairRecipe& recipe, const Image& pictures) {
    Image sheet = original;
    for (int y = 0; y < pictures.height; ++y)
        std::copy_n(pictures.row(y),
                    std::size_t(pictures.width) * pictures.channels,
                    sheet.pixels.data() + sheet.index(recipe.labelsTop + y, recipe.labelsLeft));
    return sheet;
}

Result<Replayed> renderChairs(const ReplayArguments& arguments,
                              const std::string& text,
                              const Image& original,
                              const CliContext& context) {
    VITRINE_TRY(const ChairRecipe recipe, recipeFromJson(text));
    const int width = original.width - recipe.labelsLeft, height = original.height - recipe.labelsTop;
    const auto layout = layoutOf(width, height, recipe, numPictures(recipe));
    if (!layout)
        return Error{ErrorCode::BadFormat,
                     arguments.file +
                         " does not have the size that its recipe makes; it was cut or scaled afterwards."};
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(const auto pictures, renderRecipe(session, recipe, layout->cellSize));
    const Image bare = contactSheet(pictures, layout->columns, kGap);
    const bool isLabelled = recipe.labelsLeft + recipe.labelsTop > 0;
    const Image sheet =
        isLabelled && bare.channels == original.channels ? withLabelsOf(original, recipe, bare) : bare;
    return Replayed{sheet,
                    recipeToJson(recipe),
                    session.info().weightsHash,
                    [sheet, recipe](const std::string& file) -> Status {
                        VITRINE_TRY([[maybe_unused]] const std::string hash,
                                    writeWithRecipe(file, sheet, recipe));
                        return {};
                    }};
}

Result<Replayed> makeAgain(const ReplayArguments& arguments,
                           const std::string& recipe,
                           const Image& original,
                           const CliContext& context) {
    const auto registered = registeredReplays().find(formatOfRecipe(recipe));
    if (registered != registeredReplays().end()) return registered->second(arguments, recipe, context);
    return renderChairs(arguments, recipe, original, context);
}

int largestDifference(const Image& a, const Image& b) {
    int largest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i)
        largest = std::max(largest, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return largest;
}

std::string verdict(bool identical, bool otherWeights, int largest, double decibels) {
    if (identical) return "identical";
    const char* what = largest <= kRoundingLevels ? "the same to rounding"
                       : otherWeights             ? "made with other weights"
                                                  : "not identical";
    return fmt::format("{}: at most {} of 255 off, PSNR {:.1f} dB", what, largest, decibels);
}

Status replay(const ReplayArguments& arguments, const CliContext& context) {
    VITRINE_TRY(const std::string recipe, recipeIn(arguments.file));
    VITRINE_TRY(const Image original, readImage(arguments.file));
    VITRINE_TRY(const Replayed replayed, makeAgain(arguments, recipe, original, context));
    const Image& again = replayed.picture;
    if (!arguments.out.empty()) VITRINE_CHECK(replayed.write(arguments.out));
    if (again.channels != original.channels || again.width != original.width ||
        again.height != original.height) {
        return Error{ErrorCode::BadFormat,
                     arguments.file + " was changed after it was made: its size or its channels differ."};
    }
    const bool identical = again == original;
    const int largest = largestDifference(again, original);
    const double decibels = psnr(again, original);
    nlohmann::json result = {{"file", arguments.file},
                             {"identical", identical},
                             {"otherWeights", replayed.hasOtherWeights()},
                             {"largestDifference", largest},
                             {"recipe", nlohmann::json::parse(replayed.recipe)}};
    result["psnr"] = std::isfinite(decibels) ? nlohmann::json(decibels) : nlohmann::json(nullptr);
    context.answer(result, verdict(identical, replayed.hasOtherWeights(), largest, decibels));
    return {};
}

void addReplayCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<ReplayArguments>();
    CLI::App& command =
        *app.add_subcommand("replay", "Reproduce a picture from its embedded recipe, and compare");
    command.add_option("file", arguments->file, "PNG that Vitrine wrote")->required();
    addModelOption(command, arguments->model);
    command.add_option("--out", arguments->out, "Write the new picture here");
    setAction(command, [arguments, &context] { return replay(*arguments, context); });
}

const RegisteredCommand kReplayCommand{CommandGroup::Explore, "replay", addReplayCommand};

}  // namespace

bool Replayed::hasOtherWeights() const {
    const std::string named = nlohmann::json::parse(recipe).value("weightsHash", "");
    return !named.empty() && named != weightsHash;
}

RegisteredReplay::RegisteredReplay(std::string format, Make make) {
    registeredReplays().emplace(std::move(format), make);
}

Error lacksPicture(const ReplayArguments& arguments) {
    return {ErrorCode::BadFormat,
            "The network's answer has no such picture as " + arguments.file +
                "; take the network that it was made with."};
}

}  // namespace vitrine
