// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/structured_batches.h"

#include <algorithm>
#include <array>
#include <cmath>

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

void mirror(std::uint8_t* pixels, int size, int channels) {
    for (int y = 0; y < size; ++y) {
        std::uint8_t* const row = pixels + y * size * channels;
        for (int x = 0; x < size / 2; ++x)
            std::swap_ranges(row + x * channels, row + (x + 1) * channels, row + (size - 1 - x) * channels);
    }
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

void ScenePictures::append(std::size_t index, StructuredBatch& batch) const {
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

PixelBox randomBox(Rng& rng, int size, double minShare, double maxShare) {
    const auto side = [&] {
        return std::clamp(int(std::lround(size * rng.uniform(minShare, maxShare))), 1, size);
    };
    PixelBox box;
    box.width = side();
    box.height = side();
    box.left = int(rng.below(std::uint64_t(size - box.width + 1)));
    box.top = int(rng.below(std::uint64_t(size - box.height + 1)));
    return box;
}

void leaveOut(std::uint8_t* image, int size, const PixelBox& box) {
    for (int y = box.top; y < box.top + box.height; ++y)
        std::fill_n(image + (y * size + box.left) * kChannels, box.width * kChannels, std::uint8_t(0));
}

StructuredBatch scoredScenes(const ScenePictures& pictures,
                             const std::vector<std::size_t>& indices,
                             const StructuredAugmentation& augmentation) {
    StructuredBatch batch;
    const int size = pictures.size();
    for (const std::size_t index : indices) {
        pictures.append(index, batch);
        Rng rng({0x5C0E, index});
        if (rng.uniform() < augmentation.omissionShare)
            leaveOut(batch.images.data() + batch.images.size() - std::size_t(size) * size * kChannels,
                     size,
                     randomBox(rng, size, augmentation.omissionMin, augmentation.omissionMax));
    }
    return batch;
}

StructuredBatchSource::StructuredBatchSource(const ScenePictures& pictures,
                                             std::vector<std::size_t> trained,
                                             const StructuredTrainConfig& config,
                                             std::int64_t firstStep)
    : m_pictures(pictures),
      m_config(config),
      m_order(std::move(trained), config.settings.seed),
      m_ahead(firstStep, [this](std::int64_t step) { return make(step); }) {}

StructuredBatch StructuredBatchSource::make(std::int64_t step) {
    const auto count = std::size_t(m_config.settings.batch);
    StructuredBatch batch;
    for (std::size_t place = 0; place < count; ++place) {
        m_pictures.append(m_order.at(std::uint64_t(step) * count + place), batch);
        augment(batch, place, step);
    }
    return batch;
}

/// The side of the injected noise is drawn for the batch, its place for each image. Source: papers.md A4.
void StructuredBatchSource::augment(StructuredBatch& batch, std::size_t place, std::int64_t step) const {
    const auto& a = m_config.augmentation;
    const int size = m_pictures.size();
    std::uint8_t* const labels = batch.labels.data() + place * std::size_t(size) * size;
    std::uint8_t* const image = batch.images.data() + place * std::size_t(size) * size * kChannels;
    Rng rng({m_config.settings.seed, 0xA06, std::uint64_t(step), place});
    if (a.flip && rng.uniform() < 0.5) mirror(image, size, kChannels), mirror(labels, size, 1);
    if (rng.uniform() < a.omissionShare)
        leaveOut(image, size, randomBox(rng, size, a.omissionMin, a.omissionMax));
    const double drawn = Rng({m_config.settings.seed, 0x401, std::uint64_t(step)}).uniform();
    const int side = int(std::lround(size * drawn * a.noiseInjection));
    if (side > 0) leaveOut(image, size, randomBox(rng, size, double(side) / size, double(side) / size));
}

}  // namespace vitrine
