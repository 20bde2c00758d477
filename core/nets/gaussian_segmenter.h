// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/fast_segmentation_net.h"
#include "core/nets/segmentation_weights_info.h"
#include "core/nets/segmenter.h"

namespace vitrine {

/// The paper's networks as a segmenter: CNN, GDNN, GSNN, CVAE, hybrid.
class GaussianSegmenter : public Segmenter {
public:
    GaussianSegmenter(SegmentationNet network, const SegmentationWeightsInfo& weights);

    void look(const PictureEvidence& evidence) override;
    torch::Tensor guess() const override { return m_condition.guess; }
    torch::Tensor mean(const SamplingOptions& options, const SweepListener& onSweep) const override;
    torch::Tensor samples(std::int64_t first,
                          std::int64_t count,
                          const SamplingOptions& options,
                          const SweepListener& onSweep) const override;
    std::int64_t samplesPerPass() const override { return FastSegmentationNet::kSamplesPerPass; }
    int numSweeps(const SamplingOptions& options) const override;
    torch::Tensor between(std::int64_t from,
                          std::int64_t to,
                          int count,
                          const SamplingOptions& options,
                          const SweepListener& onSweep) const override;
    torch::Tensor reconstruction(const torch::Tensor& labels) const override;
    torch::Tensor channelActivity(const torch::Tensor& labels) const override;

    const FastSegmentationNet& network() const { return m_network; }
    const FastSegmentationNet::Condition& condition() const { return m_condition; }

private:
    LatentGaussian prior() const;
    int numSamplingStepsOf(const SamplingOptions& options) const;
    torch::Tensor noise(std::int64_t first, std::int64_t count, const SamplingOptions& options) const;
    torch::Tensor logitsOf(const torch::Tensor& noise,
                           const SamplingOptions& options,
                           const SweepListener& onSweep) const;
    torch::Tensor completed(torch::Tensor z,
                            const SamplingOptions& options,
                            const SweepListener& onSweep) const;

    FastSegmentationNet m_network;
    FastSegmentationNet::Condition m_condition;
    torch::Tensor m_known;  ///< one-hot [1, K, H, W], undefined where no label is known
};

SegmenterInfo segmenterInfo(const SegmentationWeightsInfo& weights);

}  // namespace vitrine
