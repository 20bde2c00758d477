// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/runs/token_config.h"
#include "core/train/segmentation_batches.h"
#include "core/train/token_objective.h"

namespace vitrine {

/// Training of the token predictor: first the tokens of label maps, then the networks that see the picture.
class TokenTask final : public StagedTask<TokenTrainConfig> {
public:
    using StagedTask::StagedTask;
    /// Errors: those of the data; InvalidArgument (no training scenes, a size that does not divide, class
    /// weights for other classes).
    static Result<std::unique_ptr<TokenTask>> open(TokenTrainConfig config);

    std::string dataHash() const override { return m_data->dataHash(); }
    std::int64_t imagesPerEpoch() const override { return std::int64_t(m_trained.size()); }
    Result<std::shared_ptr<torch::nn::Module>> makeNetwork(std::size_t stage) const override;
    bool learns(std::size_t stage, const std::string& name, bool isFresh) const override;
    Status begin(std::size_t stage,
                 std::int64_t stageStart,
                 std::int64_t step,
                 std::shared_ptr<torch::nn::Module> network,
                 torch::Device device) override;
    void fetch() override;
    LossTerms loss() override;
    Result<TaskScore> score() override;
    std::map<std::string, std::string> metadata() const override;

    const TokenBatchTensors& batch() const { return m_tensors; }

private:
    TokenBatchTensors toTensors(SceneBatch& batch, std::uint64_t key) const;

    TokenPredictorOptions m_options;
    torch::Tensor m_classWeights;
    std::optional<PackedScenes> m_data;
    std::vector<std::size_t> m_trained, m_heldOut;
    std::optional<ScenePictures> m_pictures;
    std::unique_ptr<SegmentationBatchSource> m_batches;
    TokenBatchTensors m_tensors;
    TokenPredictor m_network{nullptr};
    torch::Device m_device{torch::kCPU};
    std::size_t m_stage = 0;
    std::int64_t m_nextStep = 0;
};

}  // namespace vitrine
