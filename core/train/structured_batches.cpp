// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/structured_batches.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

constexpr int kChannels = 3;

void mirror(std::uint8_t* pixels, int size, int channels) {
    for (int y = 0; y < size; ++y) {
        std::uint8_t* const row = pixels + y * size * channels;
        for (int x = 0; x < size / 2; ++x)
            std::swap_ranges(row + x * channels, row + (x + 1) * channels, row + (size - 1 - x) * channels);
    }
}

}  // namespace

SceneBatch scoredScenes(const ScenePictures& pictures,
                        const std::vector<std::size_t>& indices,
                        const StructuredAugmentation& augmentation) {
    SceneBatch batch;
    const int size = pictures.size();
    for (const std::size_t index : indices) {
        pictures.append(index, batch);
        Rng rng({0x5C0E, index});
        if (rng.uniform() < augmentation.omissionShare)
            leaveOut(batch.images.data() + batch.images.size() - std::size_t(size) * size * kChannels,
                     size,
                     randomBox(rng, size, size, augmentation.omissionMin, augmentation.omissionMax));
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

SceneBatch StructuredBatchSource::make(std::int64_t step) {
    const auto count = std::size_t(m_config.settings.batch);
    SceneBatch batch;
    for (std::size_t place = 0; place < count; ++place) {
        m_pictures.append(m_order.at(std::uint64_t(step) * count + place), batch);
        augment(batch, place, step);
    }
    return batch;
}

/// The side of the injected noise is drawn for the batch, its place for each image. Source: papers.md A4.
void StructuredBatchSource::augment(SceneBatch& batch, std::size_t place, std::int64_t step) const {
    const auto& a = m_config.augmentation;
    const int size = m_pictures.size();
    std::uint8_t* const labels = batch.labels.data() + place * std::size_t(size) * size;
    std::uint8_t* const image = batch.images.data() + place * std::size_t(size) * size * kChannels;
    Rng rng({m_config.settings.seed, 0xA06, std::uint64_t(step), place});
    if (a.flip && rng.uniform() < 0.5) mirror(image, size, kChannels), mirror(labels, size, 1);
    if (rng.uniform() < a.omissionShare)
        leaveOut(image, size, randomBox(rng, size, size, a.omissionMin, a.omissionMax));
    const double drawn = Rng({m_config.settings.seed, 0x401, std::uint64_t(step)}).uniform();
    const int side = int(std::lround(size * drawn * a.noiseInjection));
    if (side > 0) leaveOut(image, size, randomBox(rng, size, size, double(side) / size, double(side) / size));
}

}  // namespace vitrine
