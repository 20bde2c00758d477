// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/data/scene_pictures.h"
#include "core/runs/segmentation_config.h"
#include "core/train/batches_ahead.h"
#include "core/train/epoch_order.h"

namespace vitrine {

/// Scenes of a set to train on and to score by: the validation split, or the test split of a set that has
/// none.
struct SceneSplit {
    std::vector<std::size_t> trained, heldOut;
};
/// `file`: of the data, for messages. `withFamily`: also scenes of parametric chairs. Errors: InvalidArgument
/// (nothing to train on).
Result<SceneSplit> scenesToTrainOn(const PackedScenes& data,
                                   const std::filesystem::path& file,
                                   bool withFamily);

/// Held-out scenes as they are scored: the configuration's omission, the same for a scene each time; no
/// mirror, no noise.
SceneBatch scoredScenes(const ScenePictures& pictures,
                        const std::vector<std::size_t>& indices,
                        const SegmentationAugmentation& augmentation);

/// Training batches, made ahead on a thread. What is in a batch is a function of (seed, step, place) alone.
class SegmentationBatchSource {
public:
    /// `trained`: indices of the scenes to train on, at least one. `firstStep` counts over the whole
    /// training.
    SegmentationBatchSource(const ScenePictures& pictures,
                            std::vector<std::size_t> trained,
                            const TrainSettings& settings,
                            const SegmentationAugmentation& augmentation,
                            std::int64_t firstStep);
    SceneBatch next() { return m_ahead.next(); }

private:
    SceneBatch make(std::int64_t step);
    void fill(SceneBatch& batch, std::size_t place, std::int64_t step, std::size_t scene) const;

    const ScenePictures& m_pictures;
    std::uint64_t m_seed;
    std::size_t m_batch;
    SegmentationAugmentation m_augmentation;
    EpochOrder m_order;
    BatchesAhead<SceneBatch> m_ahead;  ///< last: its thread stops before what it uses goes
};

}  // namespace vitrine
