// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/segmentation_files.h"

#include <array>
#include <cstdio>

#include "core/base/label_colours.h"
#include "core/data/scene_sheet.h"
#include "core/explore/recipe.h"
#include "core/explore/segmentation_input.h"
#include "core/io/npz.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

constexpr int kSheetColumns = 6;

Image greyPicture(const ScalarMap& map) {
    const Image one = greyMap(map);
    Image out(one.width, one.height, 3);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) out.pixels[i] = one.pixels[i / 3];
    return out;
}

Status writeLabels(const std::filesystem::path& file, const LabelMap& labels, const std::string& recipe) {
    return writePalettePng(file, labels, labelPalette(), recipe);
}

std::string sampleName(std::size_t index) {
    char name[32];
    std::snprintf(name, sizeof name, "sample-%03zu.png", index);
    return name;
}

Status writeArrays(const std::filesystem::path& file, const SegmentationResult& result) {
    const auto height = std::size_t(result.mean.height), width = std::size_t(result.mean.width);
    std::vector<std::uint8_t> samples;
    for (const LabelMap& sample : result.samples)
        samples.insert(samples.end(), sample.pixels.begin(), sample.pixels.end());
    const std::vector<NpzArray> arrays = {
        NpzArray::of("samples", {result.samples.size(), height, width}, samples),
        NpzArray::of("probability", {height, width, std::size_t(result.probability.channels)}, result.probability.pixels),
        NpzArray::of("entropy", {height, width}, result.entropy.pixels),
        NpzArray::of("mutual_information", {height, width}, result.mutualInformation.pixels)};
    return writeNpz(file, arrays);
}

}  // namespace

Image segmentationSheet(const SegmentationResult& result) {
    std::vector<Image> cells = {result.input};
    if (!result.guess.empty()) cells.push_back(colourLabels(result.guess));
    cells.push_back(colourLabels(result.mean));
    cells.push_back(colourLabels(result.argmax));
    cells.push_back(greyPicture(result.entropy));
    cells.push_back(greyPicture(result.mutualInformation));
    for (const LabelMap& sample : result.samples) cells.push_back(colourLabels(sample));
    return contactSheet(cells, kSheetColumns);
}

Status writeSegmentation(const SegmentationResult& result,
                         const std::string& recipe,
                         const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return Error{ErrorCode::Io,
                     "The folder " + folder.string() + " cannot be made: " + failure.message() + "."};
    VITRINE_CHECK(writePng(folder / "input.png", result.input, recipe));
    VITRINE_CHECK(writeLabels(folder / "mean.png", result.mean, recipe));
    VITRINE_CHECK(writeLabels(folder / "argmax.png", result.argmax, recipe));
    if (!result.guess.empty()) VITRINE_CHECK(writeLabels(folder / "guess.png", result.guess, recipe));
    VITRINE_CHECK(writePng(folder / "entropy.png", greyMap(result.entropy), recipe));
    VITRINE_CHECK(writePng(folder / "mutual-information.png", greyMap(result.mutualInformation), recipe));
    for (std::size_t i = 0; i < result.samples.size(); ++i)
        VITRINE_CHECK(writeLabels(folder / sampleName(i), result.samples[i], recipe));
    VITRINE_CHECK(writeArrays(folder / "answer.npz", result));
    return writePng(folder / "sheet.png", segmentationSheet(result), recipe);
}

}  // namespace vitrine
