// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/answer_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/colour_maps.h"

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

Error lacksPart(const std::filesystem::path& file) {
    return {ErrorCode::InvalidArgument,
            "The network's answer has no such picture as " + file.filename().string() + "; choose another."};
}

SheetTile uncertaintyTile(const ScalarMap& map, std::string label, double largest, int scale) {
    Image picture(map.width * scale, map.height * scale, 3);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            const auto rgb = uncertaintyRgb(double(map.at(y / scale, x / scale)) / largest);
            std::copy_n(rgb.begin(), 3, picture.row(y) + std::size_t(x) * 3);
        }
    return {std::move(picture), std::move(label), {&uncertaintyRgb, "0", fmt::format("{}", largest)}};
}

Status writeAnswerArrays(const std::filesystem::path& file,
                         std::vector<NpzArray> arrays,
                         const std::string& recipe) {
    const std::vector<std::uint8_t> text(recipe.begin(), recipe.end());
    if (!text.empty()) arrays.push_back(NpzArray::of("recipe", {text.size()}, text));
    return writeNpz(file, arrays);
}

}  // namespace vitrine
