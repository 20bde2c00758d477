// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of answers with samples have in common. An answer has `samples`; a picture of it is a
// partPicture(), which writePart() writes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/io/npz.h"

namespace vitrine {

/// With the folders above it; one that is there is left as it is. Errors: Io.
Status makeFolder(const std::filesystem::path& folder);
/// WHAT-007.png
std::string numberedName(const char* what, std::size_t index);

/// Empty where there is no such sample.
Image sampleAt(const std::vector<Image>& samples, int index);

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

/// `samples` as one array of the size of `mean`, then `arrays`, then the bytes of `recipe` unless it is
/// empty. Errors: Io, NoSpace.
Status writeAnswerArrays(const std::filesystem::path& file,
                         const std::vector<Image>& samples,
                         const Image& mean,
                         std::vector<NpzArray> arrays,
                         const std::string& recipe);

/// The pictures of a latent path as way-NNN.png into a folder, which is made. `write(file, picture)` is a
/// Status. Errors: Io, NoSpace.
template <class Write>
Status writePath(const std::vector<Image>& path, const std::filesystem::path& folder, Write write) {
    VITRINE_CHECK(makeFolder(folder));
    for (std::size_t i = 0; i < path.size(); ++i)
        VITRINE_CHECK(write(folder / numberedName("way", i), path[i]));
    return {};
}

}  // namespace vitrine
