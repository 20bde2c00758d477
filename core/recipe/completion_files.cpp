// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/completion_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/io/png.h"
#include "core/recipe/answer_files.h"
#include "core/recipe/segmentation_input.h"
#include "core/render/contact_sheet.h"

namespace vitrine {
namespace {

constexpr int kSheetColumns = 6;
constexpr int kEnlarged = 4;
constexpr std::uint8_t kHidden = 128, kHatched = 96;
constexpr int kHatchPeriod = 4;
constexpr double kLargestDeviation = 0.5;  // of values in [0, 1]

/// Grey as colours, each pixel four wide.
Image enlarged(const Image& grey) {
    Image out(grey.width * kEnlarged, grey.height * kEnlarged, 3);
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            std::fill_n(out.row(y) + 3 * x, 3, grey.at(y / kEnlarged, x / kEnlarged));
    return out;
}

Status writeArrays(const std::filesystem::path& file,
                   const CompletionResult& result,
                   const std::string& recipe) {
    const auto height = std::size_t(result.mean.height), width = std::size_t(result.mean.width);
    const std::vector<float> nats(result.channelNats.begin(), result.channelNats.end());
    std::vector<NpzArray> arrays = {NpzArray::of("mean", {height, width}, result.mean.pixels),
                                    NpzArray::of("deviation", {height, width}, result.deviation.pixels)};
    if (!nats.empty()) arrays.push_back(NpzArray::of("channel_nats", {nats.size()}, nats));
    return writeAnswerArrays(file, result.samples, result.mean, arrays, recipe);
}

}  // namespace

Image completionInput(const CompletionResult& result) {
    Image input = result.picture;
    for (int y = 0; y < input.height; ++y)
        for (int x = 0; x < input.width; ++x)
            if (result.hidden.at(y, x) != 0)
                input.at(y, x) = (x + y) % kHatchPeriod == 0 ? kHatched : kHidden;
    return input;
}

Image deviationPicture(const ScalarMap& deviation) {
    ScalarMap doubled = deviation;
    for (float& value : doubled.pixels) value *= 2;
    return greyMap(doubled);
}

Image completionSheet(const CompletionResult& result) {
    std::vector<SheetTile> tiles;
    const auto add = [&tiles](const Image& picture, const std::string& name) {
        if (!picture.empty()) tiles.push_back({enlarged(picture), name});
    };
    add(completionInput(result), "input");
    add(result.guess, "first guess");
    add(result.priorMean, "prior mean");
    add(result.mean, "mean");
    tiles.push_back(uncertaintyTile(result.deviation, "deviation", kLargestDeviation, kEnlarged));
    if (result.scores) add(result.picture, "picture");
    for (std::size_t i = 0; i < result.samples.size(); ++i)
        add(result.samples[i], fmt::format("sample {}", i + 1));
    return makeContactSheet(tiles, std::max(kSheetColumns, int(std::sqrt(double(tiles.size())))));
}

Image partPicture(const CompletionResult& result, CompletionPart part, int sample) {
    switch (part) {
        case CompletionPart::Sheet:
            return completionSheet(result);
        case CompletionPart::Input:
            return completionInput(result);
        case CompletionPart::Guess:
            return result.guess;
        case CompletionPart::PriorMean:
            return result.priorMean;
        case CompletionPart::Reconstruction:
            return result.reconstruction;
        case CompletionPart::Mean:
            return result.mean;
        case CompletionPart::Deviation:
            return deviationPicture(result.deviation);
        case CompletionPart::Sample:
            return sampleAt(result.samples, sample);
    }
    return {};
}

Status writePart(const std::filesystem::path& file,
                 const CompletionResult& result,
                 const std::string& recipe,
                 CompletionPart part,
                 int sample) {
    const Image picture = partPicture(result, part, sample);
    if (picture.empty()) return lacksPart(file);
    const std::string own = recipe.empty() ? std::string() : completionRecipeOfPart(recipe, part, sample);
    return writePng(file, picture, own);
}

Status writeCompletion(const CompletionResult& result,
                       const std::string& recipe,
                       const std::filesystem::path& folder) {
    constexpr std::array<PartFile<CompletionPart>, 6> kFiles{
        {{CompletionPart::Input, "input.png"},
         {CompletionPart::Guess, "guess.png"},
         {CompletionPart::PriorMean, "prior-mean.png"},
         {CompletionPart::Reconstruction, "reconstruction.png"},
         {CompletionPart::Mean, "mean.png"},
         {CompletionPart::Deviation, "deviation.png"}}};
    VITRINE_CHECK(writeParts<CompletionResult, CompletionPart>(result, recipe, folder, kFiles));
    return writeArrays(folder / "answer.npz", result, recipe);
}

Status writeLatentPath(const std::vector<Image>& path, const std::filesystem::path& folder) {
    return writePath(path, folder, [](const std::filesystem::path& file, const Image& picture) {
        return writePng(file, picture);
    });
}

}  // namespace vitrine
