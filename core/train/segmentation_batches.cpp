// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/segmentation_batches.h"

#include <ATen/Parallel.h>

#include <array>
#include <cmath>

#include "core/data/style_ids.h"
#include "core/render/chair_family.h"
#include "core/render/scene_changes.h"

namespace vitrine {
namespace {

constexpr int kChannels = 3;

/// A box or, if the configuration says so, blocks all over the image.
void omitSomething(
    SceneBatch& batch, std::size_t place, int size, const SegmentationAugmentation& augmentation, Rng& rng) {
    if (augmentation.omissionBlocks > 0 && rng.uniform() < augmentation.omissionBlocks) {
        const int block = std::array{1, 4, 8}[rng.below(3)];
        batch.hide(place, *omitBlocks(size, size, block, rng.uniform(0.25, 0.7), rng));
    } else {
        batch.hide(
            place, size, randomBox(rng, size, size, augmentation.omissionMin, augmentation.omissionMax));
    }
}

}  // namespace

Result<SceneSplit> scenesToTrainOn(const PackedScenes& data,
                                   const std::filesystem::path& file,
                                   bool withFamily) {
    SceneSplit split{data.indicesOf(Split::Train), data.indicesOf(Split::Validation)};
    if (!withFamily)
        std::erase_if(split.trained, [&](std::size_t scene) {
            return isFamilyId(data.groups()[std::size_t(data.info(scene).group)]);
        });
    if (split.heldOut.empty()) split.heldOut = data.indicesOf(Split::Test);
    if (split.trained.empty())
        return Error{ErrorCode::InvalidArgument,
                     "The data set " + file.string() + " holds no scenes to train on; choose another."};
    return split;
}

SceneBatch scoredScenes(const ScenePictures& pictures,
                        const std::vector<std::size_t>& indices,
                        const SegmentationAugmentation& augmentation) {
    SceneBatch batch;
    const int size = pictures.size();
    for (const std::size_t index : indices) {
        const std::size_t place = pictures.append(index, batch);
        Rng rng({0x5C0E, index});
        if (rng.uniform() < augmentation.omissionShare) omitSomething(batch, place, size, augmentation, rng);
    }
    return batch;
}

SegmentationBatchSource::SegmentationBatchSource(const ScenePictures& pictures,
                                                 std::vector<std::size_t> trained,
                                                 const TrainSettings& settings,
                                                 const SegmentationAugmentation& augmentation,
                                                 std::int64_t firstStep)
    : m_pictures(pictures),
      m_seed(settings.seed),
      m_batch(std::size_t(settings.batch)),
      m_augmentation(augmentation),
      m_order(std::move(trained), settings.seed),
      m_ahead(firstStep, [this](std::int64_t step) { return make(step); }) {}

SceneBatch SegmentationBatchSource::make(std::int64_t step) {
    std::vector<std::size_t> scenes;
    for (std::size_t place = 0; place < m_batch; ++place)
        scenes.push_back(m_order.at(std::uint64_t(step) * m_batch + place));
    SceneBatch batch;
    batch.addPlaces(m_batch, m_pictures.size());
    at::parallel_for(0, std::int64_t(m_batch), /*grain_size=*/1, [&](std::int64_t begin, std::int64_t end) {
        for (auto place = std::size_t(begin); place < std::size_t(end); ++place)
            fill(batch, place, step, scenes[place]);
    });
    return batch;
}

/// The side of the injected noise is drawn for the batch, its place for each image. Source: papers.md A4.
void SegmentationBatchSource::fill(SceneBatch& batch,
                                   std::size_t place,
                                   std::int64_t step,
                                   std::size_t scene) const {
    const auto& a = m_augmentation;
    const int size = m_pictures.size(), sourceSize = m_pictures.sourceSize();
    std::uint8_t *const image = batch.image(place, size), *const labels = batch.labelsOf(place, size);
    Rng rng({m_seed, 0xA06, std::uint64_t(step), place});
    m_pictures.write(scene, randomBox(rng, sourceSize, sourceSize, a.cutOut, 1), image, labels);
    if (a.studio > 0 && rng.uniform() < a.studio) putInStudio(image, labels, size, rng);
    if (a.colour > 0) changeColours(image, size, a.colour, rng);
    if (a.flip && rng.uniform() < 0.5) mirror(image, size, kChannels), mirror(labels, size, 1);
    if (rng.uniform() < a.omissionShare) omitSomething(batch, place, size, a, rng);
    const double drawn = Rng({m_seed, 0x401, std::uint64_t(step)}).uniform();
    const int side = int(std::lround(size * drawn * a.noiseInjection));
    if (side > 0)
        batch.hide(place, size, randomBox(rng, size, size, double(side) / size, double(side) / size));
}

}  // namespace vitrine
