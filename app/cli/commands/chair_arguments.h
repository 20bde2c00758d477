// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands/commands.h"
#include "core/recipe/recipe.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// What generate, grid and morph have in common.
struct ChairArguments {
    std::string model;
    float azimuthDeg = 30;
    float elevationDeg = 20;
    std::vector<std::string> theta;   ///< "key=value"
    std::vector<std::string> boosts;  ///< "LAYER:UNIT=value"
    std::string background = "white";
    std::string channel = "composite";
    int size = 0;  ///< pixels a side of each picture; 0 = the network's
    std::string out;
};

void addModelOption(CLI::App& command, std::string& model);
void addChairOptions(CLI::App& command, ChairArguments& arguments);

/// The weight file that --model names, or else the bundled one. Errors: NotFound (none is bundled).
Result<std::filesystem::path> modelFile(const std::string& model);
/// Opens a weight file (empty: the bundled one) on the device that the user asked for.
Result<ChairSession> openChairSession(const std::string& model, const CliContext& context);

/// "ID[:w],ID[:w],..." with ids, class indices or files of fitted styles (.json). Errors: NotFound with the
/// nearest ids, InvalidArgument (also a file for another network).
Result<RecipeMix> parseMix(const std::string& text, const ChairModelInfo& model);
/// "PARAMETER=from:to:count" or "PARAMETER=value,value,..."; values of "chair" may be ids.
Result<RecipeAxis> parseAxis(const std::string& text, const ChairModelInfo& model);
/// View, theta, background and channel; no styles yet. Errors: InvalidArgument naming the option.
Result<ChairRecipe> startRecipe(const ChairArguments& arguments, const ChairModelInfo& model);

/// Renders a recipe: one finished picture for each request, `size` pixels a side (0 = the network's).
Result<std::vector<Image>> renderRecipe(ChairSession& session, const ChairRecipe& recipe, int size);
/// Pictures are PNG, whatever the name says. Errors: InvalidArgument (another ending).
Status checkPngName(const std::string& file);
/// Writes a picture with its recipe inside. Returns the picture's hash. Errors: Io, InvalidArgument.
Result<std::string> writeWithRecipe(const std::string& file, const Image& picture, ChairRecipe recipe);

/// The answer's keys that are the same for every picture.
nlohmann::json describeModel(const ChairModelInfo& model);

}  // namespace vitrine
