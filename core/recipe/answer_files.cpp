// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/answer_files.h"

#include <fmt/format.h>

namespace vitrine {

Status makeFolder(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (!failure) return {};
    return Error{ErrorCode::Io,
                 "The folder " + folder.string() + " cannot be made: " + failure.message() + "."};
}

std::string numberedName(const char* what, std::size_t index) {
    return fmt::format("{}-{:03}.png", what, index);
}

Image sampleAt(const std::vector<Image>& samples, int index) {
    const bool isThere = index >= 0 && index < int(samples.size());
    return isThere ? samples[std::size_t(index)] : Image();
}

Error lacksPart(const std::filesystem::path& file) {
    return {ErrorCode::InvalidArgument,
            "The network's answer has no such picture as " + file.filename().string() + "; choose another."};
}

Status writeAnswerArrays(const std::filesystem::path& file,
                         const std::vector<Image>& samples,
                         const Image& mean,
                         std::vector<NpzArray> arrays,
                         const std::string& recipe) {
    std::vector<std::uint8_t> pixels;
    for (const Image& sample : samples)
        pixels.insert(pixels.end(), sample.pixels.begin(), sample.pixels.end());
    arrays.insert(
        arrays.begin(),
        NpzArray::of("samples", {samples.size(), std::size_t(mean.height), std::size_t(mean.width)}, pixels));
    const std::vector<std::uint8_t> text(recipe.begin(), recipe.end());
    if (!text.empty()) arrays.push_back(NpzArray::of("recipe", {text.size()}, text));
    return writeNpz(file, arrays);
}

}  // namespace vitrine
