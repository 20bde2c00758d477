// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/scene_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace vitrine {
namespace {

constexpr int kChannels = 3;

/// Where the cells of a shrunk picture look at the source along one side: `perCell` places in each.
struct CellPlaces {
    int perCell = 1;
    std::vector<int> places;

    CellPlaces(int first, int length, int cells)
        : perCell(length % cells == 0 ? length / cells : length / cells + 2) {
        for (int i = 0; i < cells * perCell; ++i)
            places.push_back(first + int((i + 0.5) * length / (cells * perCell)));
    }
    std::span<const int> of(int cell) const {
        return std::span(places).subspan(std::size_t(cell * perCell), std::size_t(perCell));
    }
};

std::uint8_t meanOfCell(const std::uint8_t* channel,
                        int sourceSize,
                        std::span<const int> rows,
                        std::span<const int> columns) {
    const int count = int(rows.size() * columns.size());
    int sum = count / 2;
    for (const int y : rows)
        for (const int x : columns) sum += channel[(y * sourceSize + x) * kChannels];
    return std::uint8_t(sum / count);
}

/// How often each label is in a cell.
using Votes = std::array<int, 256>;

/// Thin legs survive: of two labels that are equally frequent the greater one, which is not the background,
/// wins. `votes` is all zeros, before and after.
std::uint8_t labelOfCell(const std::uint8_t* labels,
                         int sourceSize,
                         std::span<const int> rows,
                         std::span<const int> columns,
                         Votes& votes) {
    int best = -1;
    for (const int y : rows)
        for (const int x : columns) {
            const int label = labels[y * sourceSize + x], had = ++votes[std::size_t(label)];
            const int most = best < 0 ? 0 : votes[std::size_t(best)];
            if (had > most || (had == most && label > best)) best = label;
        }
    for (const int y : rows)
        for (const int x : columns) votes[std::size_t(labels[y * sourceSize + x])] = 0;
    return std::uint8_t(best);
}

}  // namespace

Result<ScenePictures> ScenePictures::make(const PackedScenes& data, int size) {
    if (size > data.size() || data.size() % size != 0)
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format("The training wants pictures of {} pixels a side, which does not divide the data "
                        "set's {}; choose another \"size\" or pack the data at a multiple of it.",
                        size,
                        data.size())};
    ScenePictures pictures;
    pictures.m_data = &data;
    pictures.m_size = size;
    return pictures;
}

std::size_t SceneBatch::addPlaces(std::size_t count, int size) {
    const std::size_t pixels = std::size_t(size) * std::size_t(size), had = labels.size() / pixels;
    images.resize((had + count) * pixels * kChannels);
    labels.resize((had + count) * pixels);
    seen.resize((had + count) * pixels, 1);
    return had;
}

void SceneBatch::hide(std::size_t place, int size, const PixelBox& box) {
    leaveOut(image(place, size), size, box);
    for (int y = box.top; y < box.top + box.height; ++y)
        std::fill_n(
            seen.begin() + std::ptrdiff_t((place * size + y) * size + box.left), box.width, std::uint8_t(0));
}

void SceneBatch::hide(std::size_t place, const LabelMap& omitted) {
    leaveOut(image(place, omitted.width), omitted);
    for (std::size_t pixel = 0; pixel < omitted.pixels.size(); ++pixel)
        if (omitted.pixels[pixel] != 0) seen[place * omitted.pixels.size() + pixel] = 0;
}

std::size_t ScenePictures::append(std::size_t index, SceneBatch& batch) const {
    const std::size_t place = batch.addPlaces(1, m_size);
    write(
        index, {0, 0, sourceSize(), sourceSize()}, batch.image(place, m_size), batch.labelsOf(place, m_size));
    return place;
}

void ScenePictures::write(std::size_t index,
                          const PixelBox& window,
                          std::uint8_t* image,
                          std::uint8_t* labels) const {
    const CellPlaces rows(window.top, window.height, m_size), columns(window.left, window.width, m_size);
    const std::uint8_t *source = m_data->image(index), *sourceLabels = m_data->labels(index);
    Votes votes{};
    for (int y = 0; y < m_size; ++y)
        for (int x = 0; x < m_size; ++x) {
            for (int c = 0; c < kChannels; ++c)
                *image++ = meanOfCell(source + c, sourceSize(), rows.of(y), columns.of(x));
            *labels++ = labelOfCell(sourceLabels, sourceSize(), rows.of(y), columns.of(x), votes);
        }
}

void leaveOut(std::uint8_t* image, int size, const PixelBox& box) {
    for (int y = box.top; y < box.top + box.height; ++y)
        std::fill_n(image + (y * size + box.left) * kChannels, box.width * kChannels, std::uint8_t(0));
}

void leaveOut(std::uint8_t* image, const LabelMap& omitted) {
    for (std::size_t pixel = 0; pixel < omitted.pixels.size(); ++pixel)
        if (omitted.pixels[pixel] != 0) std::fill_n(image + pixel * kChannels, kChannels, std::uint8_t(0));
}

}  // namespace vitrine
