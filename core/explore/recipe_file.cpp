// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/recipe_file.h"

#include <algorithm>
#include <string_view>

#include "core/explore/completion_recipe.h"
#include "core/explore/correspondence_recipe.h"
#include "core/explore/segmentation_recipe.h"
#include "core/explore/unit_recipe.h"
#include "core/io/atomic_file.h"
#include "core/io/gif.h"
#include "core/io/mapped_file.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxGifBytes = std::size_t(1) << 30;
constexpr std::size_t kMaxSubBlock = 255;
constexpr std::string_view kMark = "vitrine ";  // what our comment begins with
constexpr char kTrailer = 0x3b;

std::string commentBlock(const std::string& recipe) {
    std::string block{'\x21', '\xfe'};
    const std::string text = std::string(kMark) + recipe;
    for (std::size_t at = 0; at < text.size(); at += kMaxSubBlock) {
        const std::string_view part = std::string_view(text).substr(at, kMaxSubBlock);
        block += char(part.size());
        block += part;
    }
    block += '\0';
    return block;
}

/// Walks over a GIF's blocks. Every read is checked: the file is a stranger's.
class GifWalker {
public:
    explicit GifWalker(std::string_view content) : m_content(content) {}

    std::optional<std::string> findComment() {
        m_at = 13;
        skipColorTable(10);
        while (m_at < m_content.size()) {
            const unsigned char kind = byte(m_at++);
            if (kind == 0x21) {
                const unsigned char label = byte(m_at++);
                const std::string data = subBlocks(label == 0xfe);
                if (label == 0xfe && data.starts_with(kMark)) return data.substr(kMark.size());
            } else if (kind == 0x2c) {
                m_at += 9;
                skipColorTable(m_at - 1);
                ++m_at;  // code size
                subBlocks(false);
            } else {
                break;  // the trailer, or damage
            }
        }
        return std::nullopt;
    }

private:
    unsigned char byte(std::size_t at) const {
        return at < m_content.size() ? static_cast<unsigned char>(m_content[at]) : 0;
    }

    void skipColorTable(std::size_t flagsAt) {
        const unsigned char flags = byte(flagsAt);
        if (flags & 0x80) m_at += std::size_t(3) << ((flags & 7) + 1);
    }

    std::string subBlocks(bool keep) {
        std::string data;
        while (const unsigned char size = byte(m_at)) {
            if (keep && m_at + 1 < m_content.size()) data += m_content.substr(m_at + 1, size);
            m_at += 1u + size;
        }
        ++m_at;
        return data;
    }

    std::string_view m_content;
    std::size_t m_at = 0;
};

}  // namespace

Status writeGifWithRecipe(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& recipe) {
    std::filesystem::path plain = file;
    plain += ".part.gif";
    VITRINE_CHECK(writeGif(plain, frames, framesPerSecond));
    auto content = readTextFile(plain, kMaxGifBytes);
    std::error_code ignored;
    std::filesystem::remove(plain, ignored);
    if (!content) return content.error();
    if (content->empty() || content->back() != kTrailer) {
        return Error{ErrorCode::Internal, "The GIF could not be written: it has no end mark."};
    }
    content->insert(content->size() - 1, commentBlock(recipe));
    return writeFileAtomically(file, std::string_view(*content));
}

Result<std::optional<std::string>> readRecipe(const std::filesystem::path& file) {
    VITRINE_TRY(const MappedFile mapped, MappedFile::open(file));
    const std::string_view content(reinterpret_cast<const char*>(mapped.bytes().data()), mapped.bytes().size());
    if (content.starts_with("GIF87a") || content.starts_with("GIF89a"))
        return GifWalker(content).findComment();
    return readPngRecipe(file);
}

RecipeFormat recipeFormat(const std::filesystem::path& file) {
    const auto recipe = readRecipe(file);
    if (!recipe || !*recipe) return RecipeFormat::None;
    if (isCompletionRecipe(**recipe)) return RecipeFormat::Completion;
    if (isCorrespondenceRecipe(**recipe)) return RecipeFormat::Correspondence;
    if (isSegmentationRecipe(**recipe)) return RecipeFormat::Segmentation;
    if (isUnitRecipe(**recipe)) return RecipeFormat::Unit;
    return RecipeFormat::Other;
}

}  // namespace vitrine
