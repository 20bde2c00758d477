// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/contact_sheet.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "core/render/sheet_text.h"

namespace vitrine {
namespace {

constexpr int kNumLines = 2;
constexpr int kLabelGap = 1;  // below the picture
constexpr int kBarHeight = 8, kBarGap = 4;

/// As many letters as fit, and at least one.
std::size_t numFitting(std::string_view text, int width) {
    std::size_t fits = text.size();
    while (fits > 1 && sheetTextWidth(text.substr(0, fits)) > width) --fits;
    return fits;
}

/// Two lines at most: breaks at the last blank or dash that fits.
std::array<std::string_view, kNumLines> breakLabel(std::string_view label, int width) {
    const std::size_t fits = numFitting(label, width);
    if (fits == label.size()) return {label, {}};
    const std::size_t mark = label.substr(0, fits).find_last_of(" -");
    const std::size_t cut = mark == std::string_view::npos ? fits : mark + 1;
    const std::string_view rest = label.substr(cut);
    return {label.substr(0, cut), rest.substr(0, numFitting(rest, width))};
}

/// The low end's value, the colours, the high end's value, in the second line.
void drawLegend(Image& sheet, const SheetLegend& legend, int left, int top, int width) {
    const int low = sheetTextWidth(legend.low), high = sheetTextWidth(legend.high);
    drawSheetText(sheet, left, top, legend.low);
    drawSheetText(sheet, left + width - high, top, legend.high);
    const int first = left + low + kBarGap, last = left + width - high - kBarGap;
    for (int y = top + (kSheetLine - kBarHeight) / 2; y < top + (kSheetLine + kBarHeight) / 2; ++y)
        for (int x = first; x < last; ++x) {
            const auto rgb = legend.colourOf(double(x - first) / std::max(1, last - first - 1));
            std::copy_n(rgb.begin(), 3, sheet.row(y) + std::size_t(x) * 3);
        }
}

void drawTile(Image& sheet, const SheetTile& tile, int left, int top) {
    const Image& picture = tile.picture;
    for (int y = 0; y < picture.height; ++y)
        std::copy_n(
            picture.row(y), std::size_t(picture.width) * 3, sheet.row(top + y) + std::size_t(left) * 3);
    int lineTop = top + picture.height + kLabelGap;
    for (const std::string_view line : breakLabel(tile.label, picture.width)) {
        drawSheetText(sheet, left + (picture.width - sheetTextWidth(line)) / 2, lineTop, line);
        lineTop += kSheetLine;
    }
    if (tile.legend.colourOf) drawLegend(sheet, tile.legend, left, lineTop - kSheetLine, picture.width);
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
    const int tileHeight = tiles.front().picture.height + kLabelGap + kNumLines * kSheetLine;
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
