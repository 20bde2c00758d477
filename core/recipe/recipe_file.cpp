// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe_file.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/io/gif.h"
#include "core/io/mapped_file.h"
#include "core/io/png.h"
#include "core/io/webp_animation.h"

namespace vitrine {
namespace {

constexpr std::string_view kMark = "vitrine ";  // what our comment begins with

}  // namespace

Status writeGifWithRecipe(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& recipe) {
    return writeGif(file, frames, framesPerSecond, std::string(kMark) + recipe);
}

Status writeWebPWithRecipe(const std::filesystem::path& file,
                           std::span<const Image> frames,
                           int framesPerSecond,
                           const std::string& recipe) {
    return writeWebPAnimation(file, frames, framesPerSecond, std::string(kMark) + recipe);
}

Result<std::optional<std::string>> readRecipe(const std::filesystem::path& file) {
    VITRINE_TRY(const MappedFile mapped, MappedFile::open(file));
    const std::string_view content(reinterpret_cast<const char*>(mapped.bytes().data()),
                                   mapped.bytes().size());
    if (content.starts_with("GIF87a") || content.starts_with("GIF89a"))
        return gifComment(mapped.bytes(), kMark);
    if (content.starts_with("RIFF") && content.substr(0, 12).ends_with("WEBP")) {
        const std::optional<std::string> note = webpNote(mapped.bytes());
        if (!note || !note->starts_with(kMark)) return std::optional<std::string>();
        return std::optional<std::string>(note->substr(kMark.size()));
    }
    if (content.starts_with('{')) return std::optional<std::string>(content);
    return readPngRecipe(file);
}

std::string formatOfRecipe(const std::string& recipe) {
    const nlohmann::json json = nlohmann::json::parse(recipe, nullptr, false);
    const auto format = json.is_object() ? json.find("format") : json.end();
    return format != json.end() && format->is_string() ? format->get<std::string>() : std::string();
}

std::string recipeFormat(const std::filesystem::path& file) {
    const auto recipe = readRecipe(file);
    return recipe && *recipe ? formatOfRecipe(**recipe) : std::string();
}

}  // namespace vitrine
