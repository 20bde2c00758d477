// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/segmentation_task.h"

#include <fmt/format.h>

#include "core/base/join.h"
#include "core/nets/random_tensors.h"
#include "core/nets/raster_tensors.h"
#include "core/render/scene_job.h"
#include "core/runs/evenly_spread.h"
#include "core/train/known_blocks.h"
#include "core/train/segmentation_score.h"

namespace vitrine {
namespace {

constexpr std::size_t kScored = 96;  // scenes of each kind, for the curves
constexpr int kScoredSamples = 6;    // answers drawn for each of them
constexpr std::uint64_t kScoreNoise = 0x5C;

Result<SegmentationNetOptions> optionsOf(const SegmentationTrainConfig& config, std::int64_t numClasses) {
    SegmentationNetOptions options;
    options.variant = *segmentationVariantFromName(config.variant);
    options.numClasses = numClasses;
    options.multiScale = config.multiScale;
    options.headKernel = config.headKernel == "5" ? 5 : 9;
    options.recognitionSeesImage = config.recognitionModel == "qzxy";
    options.priorSeesImage = config.priorModel == "pzx";
    options.predictionSeesImage = config.predictionModel == "pyxz";
    options.recurrent = config.recurrent;
    options.width = config.width;
    options.batchNorm = config.batchNorm;
    VITRINE_CHECK(options.validate());
    return options;
}

}  // namespace

Result<std::unique_ptr<SegmentationTask>> SegmentationTask::open(SegmentationTrainConfig config) {
    auto task = std::make_unique<SegmentationTask>(std::move(config));
    auto& data = task->m_config.settings.data;
    if (data.empty()) data = defaultScenesFile();
    VITRINE_TRY(PackedScenes packed, PackedScenes::open(data));
    task->m_data.emplace(std::move(packed));
    VITRINE_TRY(task->m_options, optionsOf(task->m_config, std::int64_t(task->m_data->numClasses())));
    for (const auto& stage : task->m_config.stages)
        VITRINE_CHECK(ScenePictures::make(*task->m_data, int(stage.size)));
    VITRINE_TRY(const SceneSplit split,
                scenesToTrainOn(*task->m_data, data, task->m_config.augmentation.family));
    task->m_trained = split.trained, task->m_heldOut = split.heldOut;
    return task;
}

Result<std::shared_ptr<torch::nn::Module>> SegmentationTask::makeNetwork(std::size_t stage) const {
    SegmentationNet network(m_options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed * 1000003 + stage),
                        m_config.initialisation == "he" ? Initialisation::He : Initialisation::Paper);
    return std::shared_ptr<torch::nn::Module>(network.ptr());
}

Status SegmentationTask::begin(std::size_t stage,
                               std::int64_t /*stageStart*/,
                               std::int64_t step,
                               std::shared_ptr<torch::nn::Module> network,
                               torch::Device device) {
    m_network = SegmentationNet(std::dynamic_pointer_cast<SegmentationNetImpl>(network));
    m_device = device;
    m_nextStep = step;
    m_stage = stage;
    m_batches.reset();  // before the pictures it reads
    VITRINE_TRY(m_pictures, ScenePictures::make(*m_data, int(m_config.stages[stage].size)));
    m_batches = std::make_unique<SegmentationBatchSource>(
        *m_pictures, m_trained, m_config.settings, m_config.augmentationOf(stage), step);
    return {};
}

void SegmentationTask::fetch() {
    SceneBatch batch = m_batches->next();
    const auto step = std::uint64_t(m_nextStep++);
    m_tensors = toTensors(batch, step);
    if (const double share = m_config.augmentation.observedLabelFraction; share > 0 && m_options.recurrent)
        m_tensors.observed = knownBlocks(m_tensors.image.size(0),
                                         m_tensors.image.size(2),
                                         share,
                                         /*smallestSide=*/4,
                                         generatorOf({m_config.settings.seed, 0x701D, step}))
                                 .to(m_device);
}

SegmentationBatchTensors SegmentationTask::toTensors(SceneBatch& batch, std::uint64_t noiseKey) const {
    const auto size = std::int64_t(m_pictures->size()),
               count = std::int64_t(batch.labels.size()) / (size * size);
    SegmentationBatchTensors tensors;
    tensors.image = imagesTensor(batch.images, size, m_device);
    tensors.labels = torch::from_blob(batch.labels.data(), {count, size, size}, torch::kUInt8)
                         .to(m_device)
                         .to(torch::kInt64);
    if (!m_options.hasNoise()) return tensors;
    auto generator = generatorOf({m_config.settings.seed, 0x2015, noiseKey});
    const auto shape = m_network->latentShape(tensors.image);
    tensors.recognitionNoise = torch::randn(shape, generator).to(m_device);
    tensors.priorNoise = torch::randn(shape, generator).to(m_device);
    return tensors;
}

LossTerms SegmentationTask::loss() {
    const SegmentationObjective objective{
        m_config.alpha, m_config.klWeightAt(m_nextStep - 1), m_config.freeBits};
    return segmentationLoss(*m_network, m_tensors, objective);
}

bool SegmentationTask::learns(std::size_t /*stage*/, const std::string& name, bool /*isFresh*/) const {
    return !isGathered(name);
}

Result<TaskScore> SegmentationTask::score() {
    TaskScore score;
    m_network->eval();
    const auto scoreOf = [&](const std::vector<std::size_t>& scenes, const std::string& prefix) {
        if (scenes.empty()) return;
        SceneBatch batch =
            scoredScenes(*m_pictures, evenlySpread(scenes, kScored), m_config.augmentationOf(m_stage));
        const auto tensors = toTensors(batch, kScoreNoise);
        const auto answers = answersOf(*m_network, tensors, kScoredSamples);
        score.metrics.merge(scoresOf(answers, tensors, m_options.numClasses, prefix));
        score.sheet = answerSheet(answers, tensors);  // of the held-out scenes, which come last
        for (std::int64_t c = 0;
             prefix == "heldOut" && answers.klPerChannel.defined() && c < answers.klPerChannel.numel();
             ++c)
            score.metrics[fmt::format("klOfChannel/{:02}", c)] = answers.klPerChannel[c].item<double>();
    };
    scoreOf(m_trained, "train");
    scoreOf(m_heldOut, "heldOut");
    m_network->train();
    return score;
}

std::map<std::string, std::string> SegmentationTask::metadata() const {
    auto metadata = m_options.toMetadata();
    metadata["classes"] = joined(m_data->classNames());
    metadata["image_size"] =
        std::to_string(m_pictures ? m_pictures->size() : int(m_config.stages.back().size));
    if (m_config.augmentation.noiseInjection > 0)
        metadata["noise_injection"] = std::to_string(m_config.augmentation.noiseInjection);
    if (m_config.augmentation.observedLabelFraction > 0)
        metadata["told_share"] = std::to_string(m_config.augmentation.observedLabelFraction);
    return metadata;
}

}  // namespace vitrine
