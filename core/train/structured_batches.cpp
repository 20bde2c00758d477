// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/structured_batches.h"

#include <algorithm>
#include <array>
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

/// Other materials and another light. Shapes: image [S, S, 3].
void changeColours(std::uint8_t* image, int size, double strength, Rng& rng) {
    const auto change = [&] { return strength * (2 * rng.uniform() - 1); };
    std::array<int, kChannels> from = {0, 1, 2};
    for (int c = kChannels - 1; c > 0; --c)
        std::swap(from[std::size_t(c)], from[rng.below(std::uint64_t(c + 1))]);
    const double brightness = 0.5 * 255 * change();
    std::array<std::array<std::uint8_t, 256>, kChannels> tables;
    for (auto& table : tables) {
        const double gain = 1 + change();
        for (std::size_t v = 0; v < table.size(); ++v)
            table[v] = std::uint8_t(std::clamp(std::lround(gain * double(v) + brightness), 0L, 255L));
    }
    for (std::uint8_t* pixel = image; pixel < image + std::size_t(size) * size * kChannels;
         pixel += kChannels) {
        const std::array<std::uint8_t, kChannels> old = {pixel[0], pixel[1], pixel[2]};
        for (std::size_t c = 0; c < kChannels; ++c) pixel[c] = tables[c][old[std::size_t(from[c])]];
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
                                             const TrainSettings& settings,
                                             const StructuredAugmentation& augmentation,
                                             std::int64_t firstStep)
    : m_pictures(pictures),
      m_seed(settings.seed),
      m_batch(std::size_t(settings.batch)),
      m_augmentation(augmentation),
      m_order(std::move(trained), settings.seed),
      m_ahead(firstStep, [this](std::int64_t step) { return make(step); }) {}

SceneBatch StructuredBatchSource::make(std::int64_t step) {
    SceneBatch batch;
    for (std::size_t place = 0; place < m_batch; ++place) {
        Rng rng({m_seed, 0xA06, std::uint64_t(step), place});
        const std::size_t scene = m_order.at(std::uint64_t(step) * m_batch + place);
        const int size = m_pictures.sourceSize();
        m_pictures.append(scene, randomBox(rng, size, size, m_augmentation.cutOut, 1), batch);
        augment(batch, place, step, rng);
    }
    return batch;
}

/// The side of the injected noise is drawn for the batch, its place for each image. Source: papers.md A4.
void StructuredBatchSource::augment(SceneBatch& batch, std::size_t place, std::int64_t step, Rng& rng) const {
    const auto& a = m_augmentation;
    const int size = m_pictures.size();
    std::uint8_t* const labels = batch.labels.data() + place * std::size_t(size) * size;
    std::uint8_t* const image = batch.images.data() + place * std::size_t(size) * size * kChannels;
    if (a.colour > 0) changeColours(image, size, a.colour, rng);
    if (a.flip && rng.uniform() < 0.5) mirror(image, size, kChannels), mirror(labels, size, 1);
    if (rng.uniform() < a.omissionShare)
        leaveOut(image, size, randomBox(rng, size, size, a.omissionMin, a.omissionMax));
    const double drawn = Rng({m_seed, 0x401, std::uint64_t(step)}).uniform();
    const int side = int(std::lround(size * drawn * a.noiseInjection));
    if (side > 0) leaveOut(image, size, randomBox(rng, size, size, double(side) / size, double(side) / size));
}

}  // namespace vitrine
