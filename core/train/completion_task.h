// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/nets/completion_nets.h"
#include "core/runs/completion_config.h"
#include "core/train/epoch_order.h"
#include "core/train/task.h"

namespace vitrine {

/// NN: -log p(y|x). CVAE: KL(q || p) - log p(y|x, z ~ q). GSNN: -log p(y|x, z ~ p). Averages over the batch.
/// Parts: "nll", "kl", those that there are. Shapes: images [N, 784] in [0, 1], noise [N, latent].
LossTerms completionLoss(CompletionNetImpl& network, const torch::Tensor& images, const torch::Tensor& noise);

/// Training of the networks that complete pictures of which quadrants are seen.
class CompletionTask final : public StagedTask<CompletionTrainConfig> {
public:
    using StagedTask::StagedTask;
    /// Errors: those of the data.
    static Result<std::unique_ptr<CompletionTask>> open(CompletionTrainConfig config);

    std::string dataHash() const override { return m_dataHash; }
    std::int64_t imagesPerEpoch() const override { return m_trained.size(0); }
    Result<std::shared_ptr<torch::nn::Module>> makeNetwork(std::size_t stage) const override;
    /// The deterministic network is frozen while the latent is trained.
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

private:
    CompletionNetOptions optionsOf(std::size_t stage) const;
    torch::Tensor pixelsOf(const torch::Tensor& bytes) const;
    Image previewSheet();

    torch::Tensor m_trained, m_heldOut;  ///< [count, 784] uint8, grey
    std::string m_dataHash;
    std::optional<EpochOrder> m_order;
    CompletionNet m_network{nullptr};
    torch::Device m_device{torch::kCPU};
    torch::Tensor m_images, m_noise;
    std::int64_t m_nextStep = 0;
};

}  // namespace vitrine
