// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/segmentation_files.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "core/base/label_colours.h"
#include "core/data/contact_sheet.h"
#include "core/data/scene_sheet.h"
#include "core/explore/numbered_files.h"
#include "core/explore/segmentation_input.h"
#include "core/io/npz.h"
#include "core/io/png.h"

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

/// nullptr: the part is no label map, or the answer lacks it.
const LabelMap* labelsOf(const SegmentationResult& result, SegmentationPart part, int sample) {
    switch (part) {
        case SegmentationPart::Guess:
            return result.guess.empty() ? nullptr : &result.guess;
        case SegmentationPart::Reconstruction:
            return result.reconstruction.empty() ? nullptr : &result.reconstruction;
        case SegmentationPart::NearestKnown:
            return result.nearestKnown.empty() ? nullptr : &result.nearestKnown;
        case SegmentationPart::Mean:
            return &result.mean;
        case SegmentationPart::Argmax:
            return &result.argmax;
        case SegmentationPart::Sample: {
            const bool isThere = sample >= 0 && sample < int(result.samples.size());
            return isThere ? &result.samples[std::size_t(sample)] : nullptr;
        }
        default:
            return nullptr;
    }
}

std::string sampleCaption(const SegmentationResult& result, std::size_t index) {
    const std::string name = "sample " + std::to_string(index + 1);
    if (!result.scores || std::isnan(result.scores->sampleIous[index])) return name;
    char text[64];
    std::snprintf(text, sizeof text, "%s - iou %.2f", name.c_str(), result.scores->sampleIous[index]);
    return text;
}

Status writeArrays(const std::filesystem::path& file,
                   const SegmentationResult& result,
                   const std::string& recipe) {
    const auto height = std::size_t(result.mean.height), width = std::size_t(result.mean.width);
    std::vector<std::uint8_t> samples;
    for (const LabelMap& sample : result.samples)
        samples.insert(samples.end(), sample.pixels.begin(), sample.pixels.end());
    std::vector<NpzArray> arrays = {
        NpzArray::of("samples", {result.samples.size(), height, width}, samples),
        NpzArray::of("probability",
                     {height, width, std::size_t(result.probability.channels)},
                     result.probability.pixels),
        NpzArray::of("entropy", {height, width}, result.entropy.pixels),
        NpzArray::of("mutual_information", {height, width}, result.mutualInformation.pixels)};
    const std::vector<std::uint8_t> text(recipe.begin(), recipe.end());
    if (!text.empty()) arrays.push_back(NpzArray::of("recipe", {text.size()}, text));
    return writeNpz(file, arrays);
}

}  // namespace

Image segmentationSheet(const SegmentationResult& result) {
    std::vector<SheetTile> tiles = {{result.input, "input"}};
    if (!result.guess.empty()) tiles.push_back({colourLabels(result.guess), "first guess"});
    tiles.push_back({colourLabels(result.mean), "prior mean"});
    tiles.push_back({colourLabels(result.argmax), "vote"});
    if (!result.reconstruction.empty()) tiles.push_back({colourLabels(result.reconstruction), "reconstruction"});
    if (!result.nearestKnown.empty()) tiles.push_back({colourLabels(result.nearestKnown), "nearest known"});
    tiles.push_back({greyPicture(result.entropy), "entropy"});
    tiles.push_back({greyPicture(result.mutualInformation), "mutual information"});
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
    const LabelMap* labels = labelsOf(result, part, sample);
    return labels ? colourLabels(*labels) : Image();
}

Status writePart(const std::filesystem::path& file,
                 const SegmentationResult& result,
                 const std::string& recipe,
                 SegmentationPart part,
                 int sample) {
    const std::string own = recipe.empty() ? std::string() : recipeOfPart(recipe, part, sample);
    if (const LabelMap* labels = labelsOf(result, part, sample)) return writeLabels(file, *labels, own);
    if (part == SegmentationPart::Entropy) return writePng(file, greyMap(result.entropy), own);
    if (part == SegmentationPart::MutualInformation)
        return writePng(file, greyMap(result.mutualInformation), own);
    return writePng(file, partPicture(result, part, sample), own);
}

Status writeSegmentation(const SegmentationResult& result,
                         const std::string& recipe,
                         const std::filesystem::path& folder) {
    VITRINE_CHECK(makeFolder(folder));
    constexpr std::array<std::pair<SegmentationPart, const char*>, 6> kFiles{
        {{SegmentationPart::Input, "input.png"},
         {SegmentationPart::Mean, "mean.png"},
         {SegmentationPart::Argmax, "argmax.png"},
         {SegmentationPart::Entropy, "entropy.png"},
         {SegmentationPart::MutualInformation, "mutual-information.png"},
         {SegmentationPart::Sheet, "sheet.png"}}};
    for (const auto& [part, name] : kFiles) VITRINE_CHECK(writePart(folder / name, result, recipe, part));
    constexpr std::array<std::pair<SegmentationPart, const char*>, 3> kSometimes{
        {{SegmentationPart::Guess, "guess.png"},
         {SegmentationPart::Reconstruction, "reconstruction.png"},
         {SegmentationPart::NearestKnown, "nearest-known.png"}}};
    for (const auto& [part, name] : kSometimes)
        if (labelsOf(result, part, 0)) VITRINE_CHECK(writePart(folder / name, result, recipe, part));
    for (std::size_t i = 0; i < result.samples.size(); ++i)
        VITRINE_CHECK(
            writePart(folder / numberedName("sample", i), result, recipe, SegmentationPart::Sample, int(i)));
    return writeArrays(folder / "answer.npz", result, recipe);
}

Status writeLabelWay(const std::vector<LabelMap>& way, const std::filesystem::path& folder) {
    for (std::size_t i = 0; i < way.size(); ++i)
        VITRINE_CHECK(writeLabels(folder / numberedName("way", i), way[i], /*recipe=*/{}));
    return {};
}

}  // namespace vitrine
