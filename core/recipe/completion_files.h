// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/recipe/completion_recipe.h"

namespace vitrine {

/// What the network sees: hidden pixels are mid-grey and hatched. Shapes: [28, 28, 1].
Image completionInput(const CompletionResult& result);
/// The deviation of 0 to 0.5 as grey. Shapes: [28, 28, 1].
Image deviationPicture(const ScalarMap& deviation);
/// Input, guess, prior mean, mean, deviation and the picture, then the samples, each pixel four wide.
Image completionSheet(const CompletionResult& result);
/// A picture of the answer; empty where the answer lacks it.
Image partPicture(const CompletionResult& result, CompletionPart part, int sample = 0);
/// Writes it with its recipe. Errors: InvalidArgument (the answer lacks it), Io, NoSpace.
Status writePart(const std::filesystem::path& file,
                 const CompletionResult& result,
                 const std::string& recipe,
                 CompletionPart part,
                 int sample = 0);
/// Everything into a folder: sample-NNN.png, input.png, guess.png, prior-mean.png, reconstruction.png,
/// mean.png and deviation.png, those that there are; answer.npz with samples [S, 28, 28] and mean [28, 28]
/// (uint8), deviation [28, 28] and channel_nats [Z] (float32), recipe (its text's bytes); sheet.png. The
/// pictures contain `recipe`, each with its own part; none where it is empty. Errors: Io, NoSpace.
Status writeCompletion(const CompletionResult& result,
                       const std::string& recipe,
                       const std::filesystem::path& folder);
/// The pictures of a latent path between two samples as way-NNN.png into the same folder. Errors: Io,
/// NoSpace.
Status writeLatentPath(const std::vector<Image>& path, const std::filesystem::path& folder);

}  // namespace vitrine
