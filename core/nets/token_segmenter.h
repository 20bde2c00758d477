// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/segmenter.h"
#include "core/nets/token_predictor.h"

namespace vitrine {

/// A token predictor as a segmenter. Its deterministic answer is the initial guess. There are no sweeps:
/// listeners hear nothing.
class TokenSegmenter : public Segmenter {
public:
    TokenSegmenter(TokenPredictor network, SegmenterInfo info);

    void look(const PictureEvidence& evidence) override;
    torch::Tensor guess() const override { return m_reading.guess; }
    torch::Tensor mean(const SamplingOptions& options, const SweepListener& onSweep) const override;
    torch::Tensor samples(std::int64_t first,
                          std::int64_t count,
                          const SamplingOptions& options,
                          const SweepListener& onSweep) const override;
    std::int64_t samplesPerPass() const override { return 4; }
    torch::Tensor reconstruction(const torch::Tensor& labels) const override;
    /// log p(z|x) at the tokens of labels, in nats, when drawn in the usual number of steps. Shapes: one-hot
    /// [1, K, H, W].
    double priorLogLikelihood(const torch::Tensor& labels) const;

private:
    TokenPredictor m_network;
    PictureEvidence m_evidence;
    PictureReading m_reading;
};

/// Keys: those of TokenPredictorOptions, "step", "classes", "seed". Errors: BadFormat naming the key,
/// Unsupported.
Result<SegmenterInfo> tokenSegmenterInfo(const std::map<std::string, std::string>& metadata);
/// Errors: as above, and those of reading the parameters.
Result<std::unique_ptr<Segmenter>> makeTokenSegmenter(const SafetensorsFile& file);

}  // namespace vitrine
