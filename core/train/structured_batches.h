// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/data/packed_scenes.h"
#include "core/train/batches_ahead.h"
#include "core/train/epoch_order.h"
#include "core/train/structured_config.h"

namespace vitrine {

/// A mini-batch as plain numbers. Shapes: images [N, S, S, 3], labels [N, S, S], both uint8.
struct StructuredBatch {
    std::vector<std::uint8_t> images, labels;
};

/// The scenes of a packed set at the network's size.
class ScenePictures {
public:
    /// Errors: InvalidArgument (the size does not divide the set's).
    static Result<ScenePictures> make(const PackedScenes& data, int size);
    int size() const { return m_size; }
    /// Appends one scene: the image box-filtered, of the labels the most frequent in each cell (the greater
    /// of two).
    void append(std::size_t index, StructuredBatch& batch) const;

private:
    const PackedScenes* m_data = nullptr;
    int m_size = 0;
};

/// A rectangle of pixels.
struct PixelBox {
    int left = 0, top = 0, width = 0, height = 0;
};
/// A box of random sides between the two shares of the image's, wholly inside.
PixelBox randomBox(Rng& rng, int size, double minShare, double maxShare);
/// Leaves the box out of an image [S, S, 3]: black, as papers.md A4 has it.
void leaveOut(std::uint8_t* image, int size, const PixelBox& box);

/// Held-out scenes as they are scored: the configuration's omission, the same for a scene each time; no
/// mirror, no noise.
StructuredBatch scoredScenes(const ScenePictures& pictures,
                             const std::vector<std::size_t>& indices,
                             const StructuredAugmentation& augmentation);

/// Training batches, made ahead on a thread. What is in a batch is a function of (seed, step, place) alone.
class StructuredBatchSource {
public:
    /// `trained`: indices of the scenes to train on, at least one. `firstStep` counts over the whole
    /// training.
    StructuredBatchSource(const ScenePictures& pictures,
                          std::vector<std::size_t> trained,
                          const StructuredTrainConfig& config,
                          std::int64_t firstStep);
    StructuredBatch next() { return m_ahead.next(); }

private:
    StructuredBatch make(std::int64_t step);
    void augment(StructuredBatch& batch, std::size_t place, std::int64_t step) const;

    const ScenePictures& m_pictures;
    const StructuredTrainConfig& m_config;
    EpochOrder m_order;
    BatchesAhead<StructuredBatch> m_ahead;  ///< last: its thread stops before what it uses goes
};

}  // namespace vitrine
