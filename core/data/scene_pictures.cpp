// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/scene_pictures.h"

#include <algorithm>
#include <array>

namespace vitrine {
namespace {

constexpr int kChannels = 3;

void shrinkImage(const std::uint8_t* source, int sourceSize, int size, std::uint8_t* out) {
    const int factor = sourceSize / size, count = factor * factor;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            for (int c = 0; c < kChannels; ++c) {
                int sum = count / 2;
                for (int dy = 0; dy < factor; ++dy)
                    for (int dx = 0; dx < factor; ++dx)
                        sum += source[((y * factor + dy) * sourceSize + x * factor + dx) * kChannels + c];
                *out++ = std::uint8_t(sum / count);
            }
}

/// Thin legs survive: of two labels that are equally frequent the greater one, which is not the background,
/// wins.
std::uint8_t labelOfCell(const std::uint8_t* cell, int sourceSize, int factor) {
    std::array<int, 256> votes{};
    int best = -1;
    for (int dy = 0; dy < factor; ++dy)
        for (int dx = 0; dx < factor; ++dx) ++votes[cell[dy * sourceSize + dx]];
    for (int label = 0; label < 256; ++label)
        if (votes[std::size_t(label)] > 0 &&
            (best < 0 || votes[std::size_t(label)] >= votes[std::size_t(best)]))
            best = label;
    return std::uint8_t(best);
}

}  // namespace

Result<ScenePictures> ScenePictures::make(const PackedScenes& data, int size) {
    if (size > data.size() || data.size() % size != 0)
        return Error{ErrorCode::InvalidArgument,
                     "The training wants pictures of " + std::to_string(size) +
                         " pixels a side, which does not divide the data set's " +
                         std::to_string(data.size()) +
                         "; choose another \"size\" or pack the data at a multiple of it."};
    ScenePictures pictures;
    pictures.m_data = &data;
    pictures.m_size = size;
    return pictures;
}

void ScenePictures::append(std::size_t index, SceneBatch& batch) const {
    const int sourceSize = m_data->size(), factor = sourceSize / m_size;
    const auto pixels = std::size_t(m_size) * std::size_t(m_size);
    batch.images.resize(batch.images.size() + pixels * kChannels);
    shrinkImage(m_data->image(index),
                sourceSize,
                m_size,
                batch.images.data() + batch.images.size() - pixels * kChannels);
    const std::uint8_t* labels = m_data->labels(index);
    for (int y = 0; y < m_size; ++y)
        for (int x = 0; x < m_size; ++x)
            batch.labels.push_back(labelOfCell(labels + (y * sourceSize + x) * factor, sourceSize, factor));
}

void leaveOut(std::uint8_t* image, int size, const PixelBox& box) {
    for (int y = box.top; y < box.top + box.height; ++y)
        std::fill_n(image + (y * size + box.left) * kChannels, box.width * kChannels, std::uint8_t(0));
}

}  // namespace vitrine
