// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/segmentation_files.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/base/label_colours.h"
#include "core/io/png.h"
#include "core/recipe/answer_files.h"
#include "core/recipe/segmentation_input.h"
#include "core/render/contact_sheet.h"
#include "core/render/scene_sheet.h"

namespace vitrine {
namespace {

constexpr int kSampleColumns = 6;

Image greyPicture(const ScalarMap& map) {
    const Image one = greyMap(map);
    Image out(one.width, one.height, 3);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = one.pixels[i / 3];
    return out;
}

Status writeLabels(const std::filesystem::path& file, const LabelMap& labels, const std::string& recipe) {
    return writePalettePng(file, labels, labelPalette(), recipe);
}

/// Empty: the part is no label map, or the answer lacks it.
LabelMap labelsOf(const SegmentationResult& result, SegmentationPart part, int sample) {
    switch (part) {
        case SegmentationPart::Guess:
            return result.guess;
        case SegmentationPart::Reconstruction:
            return result.reconstruction;
        case SegmentationPart::NearestKnown:
            return result.nearestKnown;
        case SegmentationPart::Mean:
            return result.mean;
        case SegmentationPart::Argmax:
            return result.argmax;
        case SegmentationPart::Sample:
            return sampleAt(result.samples, sample);
        default:
            return {};
    }
}

std::string sampleCaption(const SegmentationResult& result, std::size_t index) {
    const std::string name = fmt::format("sample {}", index + 1);
    if (!result.scores || std::isnan(result.scores->sampleIous[index])) return name;
    return fmt::format("{} - iou {:.2f}", name, result.scores->sampleIous[index]);
}

Status writeArrays(const std::filesystem::path& file,
                   const SegmentationResult& result,
                   const std::string& recipe) {
    const auto height = std::size_t(result.mean.height), width = std::size_t(result.mean.width);
    const std::vector<NpzArray> arrays = {
        NpzArray::of("probability",
                     {height, width, std::size_t(result.probability.channels)},
                     result.probability.pixels),
        NpzArray::of("entropy", {height, width}, result.entropy.pixels),
        NpzArray::of("mutual_information", {height, width}, result.mutualInformation.pixels)};
    return writeAnswerArrays(file, result.samples, result.mean, arrays, recipe);
}

}  // namespace

Image segmentationSheet(const SegmentationResult& result) {
    std::vector<SheetTile> tiles = {{result.input, "input"}};
    if (!result.guess.empty()) tiles.push_back({colourLabels(result.guess), "first guess"});
    tiles.push_back({colourLabels(result.mean), "prior mean"});
    tiles.push_back({colourLabels(result.argmax), "vote"});
    if (!result.reconstruction.empty())
        tiles.push_back({colourLabels(result.reconstruction), "reconstruction"});
    if (!result.nearestKnown.empty()) tiles.push_back({colourLabels(result.nearestKnown), "nearest known"});
    tiles.push_back(uncertaintyTile(result.entropy, "entropy", 1));
    tiles.push_back(uncertaintyTile(result.mutualInformation, "mutual information", 1));
    for (std::size_t i = 0; i < result.samples.size(); ++i)
        tiles.push_back({colourLabels(result.samples[i]), sampleCaption(result, i)});
    return makeContactSheet(tiles, kSampleColumns);
}

Image partPicture(const SegmentationResult& result, SegmentationPart part, int sample) {
    switch (part) {
        case SegmentationPart::Sheet:
            return segmentationSheet(result);
        case SegmentationPart::Input:
            return result.input;
        case SegmentationPart::Entropy:
            return greyPicture(result.entropy);
        case SegmentationPart::MutualInformation:
            return greyPicture(result.mutualInformation);
        default:
            break;
    }
    const LabelMap labels = labelsOf(result, part, sample);
    return labels.empty() ? Image() : colourLabels(labels);
}

Status writePart(const std::filesystem::path& file,
                 const SegmentationResult& result,
                 const std::string& recipe,
                 SegmentationPart part,
                 int sample) {
    const std::string own = recipe.empty() ? std::string() : recipeOfPart(recipe, part, sample);
    const LabelMap labels = labelsOf(result, part, sample);
    if (!labels.empty()) return writeLabels(file, labels, own);
    if (part == SegmentationPart::Entropy) return writePng(file, greyMap(result.entropy), own);
    if (part == SegmentationPart::MutualInformation)
        return writePng(file, greyMap(result.mutualInformation), own);
    const Image picture = partPicture(result, part, sample);
    return picture.empty() ? lacksPart(file) : writePng(file, picture, own);
}

Status writeSegmentation(const SegmentationResult& result,
                         const std::string& recipe,
                         const std::filesystem::path& folder) {
    constexpr std::array<PartFile<SegmentationPart>, 8> kFiles{
        {{SegmentationPart::Input, "input.png"},
         {SegmentationPart::Mean, "mean.png"},
         {SegmentationPart::Argmax, "argmax.png"},
         {SegmentationPart::Entropy, "entropy.png"},
         {SegmentationPart::MutualInformation, "mutual-information.png"},
         {SegmentationPart::Guess, "guess.png"},
         {SegmentationPart::Reconstruction, "reconstruction.png"},
         {SegmentationPart::NearestKnown, "nearest-known.png"}}};
    VITRINE_CHECK(writeParts<SegmentationResult, SegmentationPart>(result, recipe, folder, kFiles));
    return writeArrays(folder / "answer.npz", result, recipe);
}

Status writeLabelPath(const std::vector<LabelMap>& path, const std::filesystem::path& folder) {
    return writePath(path, folder, [](const std::filesystem::path& file, const LabelMap& labels) {
        return writeLabels(file, labels, /*recipe=*/{});
    });
}

}  // namespace vitrine
