// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/sheet_text.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/base64.h"
#include "core/render/sheet_glyphs.h"

namespace vitrine {
namespace {

constexpr int kBaseLine = 12;  // below the line's top
constexpr int kInk = 60;
constexpr char kFirstLetter = ' ';
constexpr std::size_t kNumLetters = 95;

struct SheetGlyph {
    int advance = 0, left = 0, top = 0, width = 0, height = 0;
    std::span<const std::byte> rows;
};

class SheetFont {
public:
    SheetFont() {
        if (auto bytes = fromBase64(kSheetGlyphs)) m_bytes = std::move(*bytes);
        std::size_t at = 0;
        for (SheetGlyph& glyph : m_glyphs) {
            const auto next = [&] { return std::int8_t(m_bytes.at(at++)); };
            glyph = {next(), next(), next(), next(), next(), {}};
            const auto size = std::size_t(glyph.width * glyph.height);
            glyph.rows = std::span(m_bytes).subspan(at, size);
            at += size;
        }
    }
    const SheetGlyph* glyph(char letter) const {
        const auto index = std::size_t(letter - kFirstLetter);
        return letter >= kFirstLetter && index < kNumLetters ? &m_glyphs[index] : nullptr;
    }

private:
    std::vector<std::byte> m_bytes;
    std::array<SheetGlyph, kNumLetters> m_glyphs;
};

const SheetFont& sheetFont() {
    static const SheetFont font;
    return font;
}

void drawGlyph(Image& image, const SheetGlyph& glyph, int left, int top) {
    for (int y = 0; y < glyph.height; ++y)
        for (int x = 0; x < glyph.width; ++x) {
            const int row = top + y, column = left + x;
            if (row < 0 || column < 0 || row >= image.height || column >= image.width) continue;
            const int cover = int(glyph.rows[std::size_t(y * glyph.width + x)]);
            for (int c = 0; c < image.channels; ++c) {
                std::uint8_t& value = image.at(row, column, c);
                value = std::uint8_t((value * (255 - cover) + kInk * cover + 127) / 255);
            }
        }
}

}  // namespace

int sheetTextWidth(std::string_view text) {
    int width = 0;
    for (const char letter : text)
        if (const SheetGlyph* glyph = sheetFont().glyph(letter)) width += glyph->advance;
    return width;
}

void drawSheetText(Image& image, int left, int top, std::string_view text) {
    for (const char letter : text) {
        const SheetGlyph* glyph = sheetFont().glyph(letter);
        if (!glyph) continue;
        drawGlyph(image, *glyph, left + glyph->left, top + kBaseLine - glyph->top);
        left += glyph->advance;
    }
}

}  // namespace vitrine
