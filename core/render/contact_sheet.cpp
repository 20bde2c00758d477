// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/contact_sheet.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace vitrine {
namespace {

constexpr int kGlyphWidth = 5, kGlyphHeight = 7, kAdvance = 6, kLineHeight = 9, kNumLines = 2;
constexpr std::string_view kGlyphNames = "0123456789-abcdefghijklmnopqrstuvwxyz.%+";
// Seven rows of five pixels, the leftmost in bit 4: names on a sheet need no font library.
// clang-format off
constexpr std::uint8_t kGlyphs[][kGlyphHeight] = {
    {0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e},  // 0
    {0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e},  // 1
    {0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f},  // 2
    {0x0e, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0e},  // 3
    {0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02},  // 4
    {0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e},  // 5
    {0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e},  // 6
    {0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08},  // 7
    {0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e},  // 8
    {0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c},  // 9
    {0x00, 0x00, 0x00, 0x0e, 0x00, 0x00, 0x00},  // -
    {0x00, 0x00, 0x0e, 0x01, 0x0f, 0x11, 0x0f},  // a
    {0x10, 0x10, 0x1e, 0x11, 0x11, 0x11, 0x1e},  // b
    {0x00, 0x00, 0x0e, 0x10, 0x10, 0x10, 0x0e},  // c
    {0x01, 0x01, 0x0f, 0x11, 0x11, 0x11, 0x0f},  // d
    {0x00, 0x00, 0x0e, 0x11, 0x1f, 0x10, 0x0e},  // e
    {0x06, 0x08, 0x1e, 0x08, 0x08, 0x08, 0x08},  // f
    {0x00, 0x0f, 0x11, 0x11, 0x0f, 0x01, 0x0e},  // g
    {0x10, 0x10, 0x16, 0x19, 0x11, 0x11, 0x11},  // h
    {0x04, 0x00, 0x0c, 0x04, 0x04, 0x04, 0x0e},  // i
    {0x02, 0x00, 0x06, 0x02, 0x02, 0x12, 0x0c},  // j
    {0x10, 0x10, 0x12, 0x14, 0x18, 0x14, 0x12},  // k
    {0x0c, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e},  // l
    {0x00, 0x00, 0x1a, 0x15, 0x15, 0x15, 0x15},  // m
    {0x00, 0x00, 0x16, 0x19, 0x11, 0x11, 0x11},  // n
    {0x00, 0x00, 0x0e, 0x11, 0x11, 0x11, 0x0e},  // o
    {0x00, 0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10},  // p
    {0x00, 0x0f, 0x11, 0x11, 0x0f, 0x01, 0x01},  // q
    {0x00, 0x00, 0x16, 0x19, 0x10, 0x10, 0x10},  // r
    {0x00, 0x00, 0x0f, 0x10, 0x0e, 0x01, 0x1e},  // s
    {0x08, 0x08, 0x1e, 0x08, 0x08, 0x09, 0x06},  // t
    {0x00, 0x00, 0x11, 0x11, 0x11, 0x13, 0x0d},  // u
    {0x00, 0x00, 0x11, 0x11, 0x11, 0x0a, 0x04},  // v
    {0x00, 0x00, 0x11, 0x11, 0x15, 0x15, 0x0a},  // w
    {0x00, 0x00, 0x11, 0x0a, 0x04, 0x0a, 0x11},  // x
    {0x00, 0x11, 0x11, 0x11, 0x0f, 0x01, 0x0e},  // y
    {0x00, 0x00, 0x1f, 0x02, 0x04, 0x08, 0x1f},  // z
    {0x00, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x0c},  // .
    {0x18, 0x19, 0x02, 0x04, 0x08, 0x13, 0x03},  // %
    {0x00, 0x04, 0x04, 0x1f, 0x04, 0x04, 0x00},  // +
};
// clang-format on
static_assert(std::size(kGlyphs) == kGlyphNames.size());

void drawText(Image& image, int left, int top, std::string_view text) {
    for (const char letter : text) {
        const std::size_t glyph = kGlyphNames.find(letter);
        // Letters that reach below the line hang one pixel lower.
        const int first = top + (std::string_view("gpqy").find(letter) == std::string_view::npos ? 0 : 1);
        for (int y = 0; glyph != std::string_view::npos && y < kGlyphHeight; ++y)
            for (int x = 0; x < kGlyphWidth; ++x)
                if ((kGlyphs[glyph][y] >> (kGlyphWidth - 1 - x) & 1) != 0 && left + x < image.width &&
                    first + y < image.height)
                    std::fill_n(image.row(first + y) + 3 * (left + x), 3, std::uint8_t(60));
        left += kAdvance;
    }
}

/// Two lines at most: breaks at the last dash that fits.
std::array<std::string_view, kNumLines> breakLabel(std::string_view label, int width) {
    const std::size_t fits = std::size_t(std::max(1, width / kAdvance));
    if (label.size() <= fits) return {label, {}};
    const std::size_t dash = label.substr(0, fits).rfind('-');
    const std::size_t cut = dash == std::string_view::npos ? fits : dash + 1;
    return {label.substr(0, cut), label.substr(cut, fits)};
}

void drawTile(Image& sheet, const SheetTile& tile, int left, int top) {
    const Image& picture = tile.picture;
    for (int y = 0; y < picture.height; ++y)
        std::copy_n(
            picture.row(y), std::size_t(picture.width) * 3, sheet.row(top + y) + std::size_t(left) * 3);
    int lineTop = top + picture.height;
    for (const std::string_view line : breakLabel(tile.label, picture.width)) {
        drawText(sheet, left + (picture.width - int(line.size()) * kAdvance) / 2, lineTop, line);
        lineTop += kLineHeight;
    }
}

Image overWhite(const Image& premultiplied) {
    Image out(premultiplied.width, premultiplied.height, 3);
    const std::size_t numPixels = std::size_t(out.width) * out.height;
    for (std::size_t i = 0; i < numPixels; ++i)
        for (int c = 0; c < 3; ++c)
            out.pixels[3 * i + c] =
                std::uint8_t(premultiplied.pixels[4 * i + c] + 255 - premultiplied.pixels[4 * i + 3]);
    return out;
}

struct SheetJob {
    const std::vector<ChairEntry>& chairs;
    const ChairView view;
    const bool parts;
    const ChairRenderOptions options;
    const JobContext& context;
    std::vector<SheetTile> tiles = std::vector<SheetTile>(chairs.size());
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> failed = false;
    std::mutex mutex = {};  // guards what follows, and the caller's report function
    std::optional<Error> error = {};
    std::size_t numDone = 0;

    Status renderTile(std::size_t at) {
        VITRINE_TRY(const ChairModel model, ChairModel::load(chairs[at]));
        const ChairRender render = model.render(view, options);
        tiles[at] = {parts ? colourParts(render.parts) : overWhite(render.premultiplied), chairs[at].id};
        return {};
    }

    void work() {
        for (;;) {
            const std::size_t at = next++;
            if (at >= chairs.size() || failed || context.stop.stop_requested()) return;
            const Status status = renderTile(at);
            const std::scoped_lock lock(mutex);
            if (!status && !error) error = status.error();
            if (!status) failed = true;
            ++numDone;
            context.report({double(numDone) / double(chairs.size()), -1, "rendering " + chairs[at].id});
        }
    }
};

}  // namespace

Image makeContactSheet(const std::vector<SheetTile>& tiles, int columns) {
    if (tiles.empty() || columns < 1) return {};
    const int tileWidth = tiles.front().picture.width;
    const int tileHeight = tiles.front().picture.height + kNumLines * kLineHeight;
    const int numRows = (int(tiles.size()) + columns - 1) / columns;
    Image sheet(columns * tileWidth, numRows * tileHeight, 3, 255);
    for (int i = 0; i < int(tiles.size()); ++i)
        drawTile(sheet, tiles[std::size_t(i)], i % columns * tileWidth, i / columns * tileHeight);
    return sheet;
}

Image colourParts(const LabelMap& parts) {
    // Background, seat, back, arms, legs, anything else.
    static constexpr std::uint8_t kColours[][3] = {
        {255, 255, 255}, {230, 159, 0}, {0, 114, 178}, {0, 158, 115}, {204, 51, 17}, {0, 0, 0}};
    Image out(parts.width, parts.height, 3);
    for (std::size_t i = 0; i < parts.pixels.size(); ++i)
        std::copy_n(
            kColours[std::min<std::size_t>(parts.pixels[i], std::size(kColours) - 1)], 3, &out.pixels[3 * i]);
    return out;
}

Result<Image> renderContactSheet(const std::vector<ChairEntry>& chairs,
                                 const ChairView& view,
                                 bool parts,
                                 const ChairRenderOptions& options,
                                 const JobContext& context) {
    if (chairs.empty())
        return Error{ErrorCode::InvalidArgument, "There are no chairs to put on a sheet; name at least one."};
    SheetJob job{chairs, view, parts, options, context};
    {
        std::vector<std::jthread> threads;
        const std::size_t numThreads =
            std::min<std::size_t>(chairs.size(), std::max(1u, std::thread::hardware_concurrency()));
        for (std::size_t i = 0; i < numThreads; ++i) threads.emplace_back([&job] { job.work(); });
    }
    if (job.error) return *job.error;
    if (job.numDone < chairs.size()) return Image();
    const int columns = std::clamp(1600 / options.size, 1, int(chairs.size()));
    return makeContactSheet(job.tiles, columns);
}

}  // namespace vitrine
