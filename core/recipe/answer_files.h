// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of answers with samples have in common. An answer has `samples`; a picture of it is a
// partPicture(), which writePart() writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/io/npz.h"
#include "core/render/contact_sheet.h"

namespace vitrine {

/// With the folders above it; one that is there is left as it is. Errors: Io.
Status makeFolder(const std::filesystem::path& folder);
/// WHAT-007.png
std::string numberedName(const char* what, std::size_t index);

/// Empty where there is no such sample.
template <class Picture>
Picture sampleAt(const std::vector<Picture>& samples, int index) {
    const bool isThere = index >= 0 && index < int(samples.size());
    return isThere ? samples[std::size_t(index)] : Picture();
}

/// A picture of an answer, and what its file is called among all.
template <class Part>
struct PartFile {
    Part part;
    const char* name;
};

/// Those of `files` that the answer has, sample-NNN.png of each sample and sheet.png into a folder, which is
/// made. The pictures contain `recipe`, each with its own part. Errors: Io, NoSpace.
template <class Result, class Part>
Status writeParts(const Result& result,
                  const std::string& recipe,
                  const std::filesystem::path& folder,
                  std::span<const PartFile<Part>> files) {
    VITRINE_CHECK(makeFolder(folder));
    for (const auto& [part, name] : files)
        if (!partPicture(result, part).empty()) VITRINE_CHECK(writePart(folder / name, result, recipe, part));
    for (std::size_t i = 0; i < result.samples.size(); ++i)
        VITRINE_CHECK(writePart(folder / numberedName("sample", i), result, recipe, Part::Sample, int(i)));
    return writePart(folder / "sheet.png", result, recipe, Part::Sheet);
}

/// The error of writePart() for a picture that the answer lacks.
Error lacksPart(const std::filesystem::path& file);

/// A map of 0 to `largest` in the colours of uncertainty, with a legend; each value `scale` pixels a side.
SheetTile uncertaintyTile(const ScalarMap& map, std::string label, double largest, int scale = 1);

/// `arrays`, then the bytes of `recipe` unless it is empty. Errors: Io, NoSpace.
Status writeAnswerArrays(const std::filesystem::path& file,
                         std::vector<NpzArray> arrays,
                         const std::string& recipe);
/// Before these `samples` as one array of the size of `mean`.
template <class Picture>
Status writeAnswerArrays(const std::filesystem::path& file,
                         const std::vector<Picture>& samples,
                         const Picture& mean,
                         std::vector<NpzArray> arrays,
                         const std::string& recipe) {
    std::vector<std::uint8_t> pixels;
    for (const Picture& sample : samples)
        pixels.insert(pixels.end(), sample.pixels.begin(), sample.pixels.end());
    arrays.insert(
        arrays.begin(),
        NpzArray::of("samples", {samples.size(), std::size_t(mean.height), std::size_t(mean.width)}, pixels));
    return writeAnswerArrays(file, std::move(arrays), recipe);
}

/// The pictures of a latent path as way-NNN.png into a folder, which is made. `write(file, picture)` is a
/// Status. Errors: Io, NoSpace.
template <class Picture, class Write>
Status writePath(const std::vector<Picture>& path, const std::filesystem::path& folder, Write write) {
    VITRINE_CHECK(makeFolder(folder));
    for (std::size_t i = 0; i < path.size(); ++i)
        VITRINE_CHECK(write(folder / numberedName("way", i), path[i]));
    return {};
}

}  // namespace vitrine
