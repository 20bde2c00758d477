// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/data/theta.h"
#include "core/runs/chair_config.h"
#include "core/train/batches_ahead.h"
#include "core/train/epoch_order.h"

namespace vitrine {

/// Who paints the transformed pictures of a batch.
enum class Augmentation { OnCpu, OnDevice };

/// One mini-batch as plain numbers; samples whose targets the start network paints come last. Shapes: images
/// [V, S, S, 4] float32 in [0, 1], masked RGB and mask, empty where the device paints them; theta [N, 8];
/// views [V]: indices into the data set.
struct ChairBatch {
    std::vector<std::int64_t> styles, views;
    std::vector<float> azimuthDeg, elevationDeg, theta, images;
    std::vector<float> mixShares;   ///< [N] in [0, 0.5], how far to go towards another style of the batch
    std::vector<float> styleNoise;  ///< [N, styleDimensions] standard normal
};

/// The pictures of a packed set at the network's size, in memory.
class ChairPictures {
public:
    /// Box-filters down where the network is smaller. Errors: InvalidArgument (the network is larger than the
    /// set).
    static Result<ChairPictures> make(const PackedChairs& data, int size);
    const std::uint8_t* at(
        std::size_t viewIndex) const;  ///< [size, size, 4] premultiplied; views lie one behind the other
    int size() const { return m_size; }

private:
    const PackedChairs* m_data = nullptr;
    int m_size = 0;
    std::vector<std::uint8_t> m_shrunk;  ///< empty: the set's own size
};

/// Whether a view is kept out of training, to be scored: isHeldOut(), or, of an added chair, whatever its
/// class index, azimuth index i with i mod 4 = 1.
bool isKeptOut(const PackedView& view, const ChairTrainConfig& config);

/// Indices of the views of an epoch: without the held-out ones and the unseen ones of targets, those of
/// emphasised styles several times.
std::vector<std::size_t> trainedViews(const PackedChairs& data, const ChairTrainConfig& config);

/// Makes mini-batches ahead of the training, on a thread of its own. What is in a batch is a function of
/// (seed, step, place in the batch) alone: epochs are permutations of the views, theta is drawn for each
/// sample.
class ChairBatchSource {
public:
    /// `firstStep` counts over the whole training, `stageStart` is the stage's first step (the curriculum
    /// starts there). `keptStyles`: class indices of which the start network paints the targets.
    ChairBatchSource(const PackedChairs& data,
                     const ChairPictures& pictures,
                     const ChairTrainConfig& config,
                     const ChairStage& stage,
                     std::int64_t stageStart,
                     std::int64_t firstStep,
                     Augmentation augmentation = Augmentation::OnCpu,
                     std::vector<std::int64_t> keptStyles = {});
    ChairBatch next() { return m_ahead.next(); }

private:
    ChairBatch make(std::int64_t step);
    void addView(ChairBatch& batch, std::size_t viewIndex, const Theta& theta);
    void addKept(ChairBatch& batch, Rng& rng) const;

    const PackedChairs& m_data;
    const ChairPictures& m_pictures;
    const ChairTrainConfig& m_config;
    const ChairStage& m_stage;
    std::int64_t m_stageStart;
    Augmentation m_augmentation;
    std::vector<std::int64_t> m_keptStyles;
    std::size_t m_numViews;  ///< in a batch, before those of kept styles
    EpochOrder m_order;
    BatchesAhead<ChairBatch> m_ahead;  ///< last: its thread stops before what it uses goes
};

}  // namespace vitrine
