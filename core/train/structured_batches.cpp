// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/structured_batches.h"

#include <cmath>

#include "core/data/scene_changes.h"

namespace vitrine {
namespace {

constexpr int kChannels = 3;

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
    if (a.studio > 0 && rng.uniform() < a.studio) putInStudio(image, labels, size, rng);
    if (a.colour > 0) changeColours(image, size, a.colour, rng);
    if (a.flip && rng.uniform() < 0.5) mirror(image, size, kChannels), mirror(labels, size, 1);
    if (rng.uniform() < a.omissionShare)
        leaveOut(image, size, randomBox(rng, size, size, a.omissionMin, a.omissionMax));
    const double drawn = Rng({m_seed, 0x401, std::uint64_t(step)}).uniform();
    const int side = int(std::lround(size * drawn * a.noiseInjection));
    if (side > 0) leaveOut(image, size, randomBox(rng, size, size, double(side) / size, double(side) / size));
}

}  // namespace vitrine
