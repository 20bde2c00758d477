// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/nets/chair_generator.h"
#include "core/train/chair_batches.h"
#include "core/train/distillation_teacher.h"
#include "core/train/mix_critic.h"
#include "core/train/style_table.h"
#include "core/train/task.h"

namespace vitrine {

/// rgbWeight ||rgb - T(x s)||^2 + maskWeight ||mask - T s||^2, summed over a picture, averaged over the
/// batch; with the two optional terms of the configuration. Shapes: target [N, 4, S, S], masked RGB and mask.
/// Source: Dosovitskiy et al. 2015, equation 1; papers.md B2. The optional terms are ours.
LossTerms chairLoss(const ChairImages& images, const torch::Tensor& target, const ChairTrainConfig& config);

/// A batch as tensors. Shapes: target [V, 4, S, S] float32, channels last, of the data's V views; those of
/// the other N - V samples are the start network's pictures.
struct ChairBatchTensors {
    torch::Tensor style, view, theta, target;
    torch::Tensor styleNoise;  ///< [N, styleDimensions], or undefined
    torch::Tensor mixShares;   ///< [N] in [0, 0.5]
};

/// Training of the chair generator: style, viewpoint and theta in, masked RGB and mask out.
class ChairTask final : public StagedTask<ChairTrainConfig> {
public:
    using StagedTask::StagedTask;
    /// Errors: those of the data.
    static Result<std::unique_ptr<ChairTask>> open(ChairTrainConfig config);
    ~ChairTask() override;

    std::string dataHash() const override { return m_data->dataHash(); }
    std::int64_t imagesPerEpoch() const override;
    Result<std::shared_ptr<torch::nn::Module>> makeNetwork(std::size_t stage) const override;
    bool learns(std::size_t stage, const std::string& /*name*/, bool isFresh) const override {
        return isFresh || !m_config.stages[stage].onlyNewLayers;
    }
    std::function<double(const std::string&)> rateOf() const override;
    bool isExported(const std::string& name) const override;
    Status begin(std::size_t stage,
                 std::int64_t stageStart,
                 std::int64_t step,
                 std::shared_ptr<torch::nn::Module> network,
                 torch::Device device) override;
    void fetch() override;
    LossTerms loss() override;
    Result<TaskScore> score() override;
    std::map<std::string, std::string> metadata() const override;

    const ChairTrainConfig& config() const { return m_config; }
    const ChairBatchTensors& batch() const { return m_tensors; }

private:
    Result<ChairGeneratorOptions> optionsOf(const ChairStage& stage) const;
    std::vector<std::size_t> scoredViews(bool heldOut) const;
    torch::Tensor targets();
    void keepOnDevice();
    void addStyleDivergence(LossTerms& loss) const;
    void addMixCritic(LossTerms& loss, const ChairImages& images);
    ChairBatchTensors toTensors(ChairBatch& batch) const;
    Image previewSheet(const std::vector<std::size_t>& heldOut, const std::vector<std::size_t>& trained);

    std::optional<PackedChairs> m_data;
    StyleTable m_styles;
    std::optional<DistillationTeacher> m_teacher;  ///< with distillation only
    std::optional<ChairPictures> m_pictures;
    std::unique_ptr<ChairBatchSource> m_batches;
    ChairBatch m_batch;
    ChairBatchTensors m_tensors;
    ChairGenerator m_network{nullptr};
    MixCritic m_critic{nullptr};  ///< of stages with one: a child of the network named "critic"
    double m_criticWeight = 0;
    torch::Tensor m_devicePictures;  ///< [V, S, S, 4] uint8, the whole set, where the device transforms it
    torch::Device m_device{torch::kCPU};
};

}  // namespace vitrine
