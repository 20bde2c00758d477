// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/metrics/bootstrap.h"
#include "core/nets/chair_generator.h"

namespace vitrine {

/// Quality of pictures against renders: RGB composited on white, and the mask cut at one half.
struct ChairScore {
    double psnr = 0;          ///< mean over views of each view's PSNR. Units: dB
    double pooledPsnr = 0;    ///< PSNR of the mean squared error over all views. Units: dB
    double squaredError = 0;  ///< mean over views of the squared error, summed over a picture's RGB values
    double iou = 0;           ///< mean over views of the masks' intersection over union
    double edge =
        0;  ///< gradient energy of the pictures over that of the renders; below 1 where they are blurred
    std::size_t views = 0;
    Interval psnrInterval, iouInterval;  ///< 95 %, bootstrap by chair model
};

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
