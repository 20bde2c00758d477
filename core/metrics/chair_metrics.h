// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/metrics/chair_score.h"
#include "core/nets/chair_generator.h"

namespace vitrine {

/// Adds up scores of one view after the other. Shapes: premultiplied [4, S, S] float32 in [0, 1].
class ChairScoreSum {
public:
    void add(const torch::Tensor& predicted, const torch::Tensor& truth, int chair = 0);
    void add(const ChairScoreSum& other);
    /// Without intervals, which take long.
    ChairScore mean() const;
    ChairScore meanWithIntervals() const;

private:
    std::vector<ChairSample> m_psnr, m_iou;
    double m_squaredError = 0, m_gradientEnergy = 0, m_trueGradientEnergy = 0;
    std::int64_t m_numValues = 0;  ///< of a picture
};

/// The network's pictures of views at theta = 0, clamped as shown. Shapes: [N, 4, S, S] float32,
/// premultiplied.
torch::Tensor predictViews(ChairGenerator& network, std::span<const PackedView> views);
/// Truth as a tensor of the same shape, from [S, S, 4] uint8.
torch::Tensor viewTensor(const std::uint8_t* premultiplied, int size);

/// Scores the views named by index. `picture` gives the truth at the network's size.
ChairScore scoreViews(ChairGenerator& network,
                      std::span<const PackedView> views,
                      std::span<const std::size_t> indices,
                      const std::function<const std::uint8_t*(std::size_t)>& picture,
                      const std::function<bool(double)>& goOn = {});

/// Adds the scores of the views named by index to a sum; otherwise as scoreViews().
void addScores(ChairScoreSum& sum,
               ChairGenerator& network,
               std::span<const PackedView> views,
               std::span<const std::size_t> indices,
               const std::function<const std::uint8_t*(std::size_t)>& picture,
               const std::function<bool(double)>& goOn = {});

/// Held-out or training views of a set, without those of chairs between two others.
std::vector<std::size_t> viewIndices(const PackedChairs& data, bool heldOut);

}  // namespace vitrine
