// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/token_task.h"

#include "core/nets/random_tensors.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/segmentation_net.h"
#include "core/render/scene_job.h"
#include "core/runs/evenly_spread.h"
#include "core/train/known_blocks.h"
#include "core/train/segmentation_score.h"

namespace vitrine {
namespace {

constexpr std::size_t kScoredTokens = 96, kScoredPrior = 24;  // scenes of each kind, for the curves
constexpr int kSamples = 4, kSampleSteps = 12;
constexpr std::uint64_t kScoreKey = 0x5C;

TokenPredictorOptions optionsOf(const TokenTrainConfig& config, std::int64_t numClasses) {
    TokenPredictorOptions options;
    options.numClasses = numClasses;
    options.imageSize = config.size;
    options.priorMaps = {config.priorWidth, 2 * config.priorWidth, 4 * config.priorWidth};
    options.priorLayers = config.priorLayers;
    options.priorHeads = config.priorHeads;
    return options;
}

bool isOfTokens(const std::string& parameter) {
    return parameter.starts_with("recognition.") || parameter.starts_with("generation.");
}

/// The labels that their tokens give back.
SegmentationAnswers reconstructions(TokenPredictorImpl& network, const TokenBatchTensors& batch) {
    const auto logits = network.generation->forward(
        network.recognition->forward(oneHotLabels(batch.labels, network.options.numClasses)));
    SegmentationAnswers answers;
    answers.mean = likeliestClasses(logits);
    answers.crossEntropy = labelCrossEntropy(logits, batch.labels).mean().item<double>();
    return answers;
}

/// Samples, their mean as the answer, and the initial guess.
SegmentationAnswers sampledAnswers(TokenPredictorImpl& network, const TokenBatchTensors& batch) {
    const PictureReading reading = network.picture->forward(batch.evidence);
    SegmentationAnswers answers;
    answers.guess = likeliestClasses(reading.guess);
    torch::Tensor mean;
    const std::int64_t count = reading.features.size(0);
    for (int s = 0; s < kSamples; ++s) {
        const TokenNoise noise = tokenNoise(s * count, count, network.options.numTokens(), kScoreKey);
        const auto tokens = network.sampleTokens(reading.features, noise, kSampleSteps, /*temperature=*/1);
        const auto logits = network.logitsOf(tokens, reading, batch.evidence.isSeen);
        answers.samples.push_back(likeliestClasses(logits));
        mean = s == 0 ? logits.softmax(1) : mean + logits.softmax(1);
    }
    answers.mean = likeliestClasses(mean);
    answers.crossEntropy =
        labelCrossEntropy((mean / kSamples).clamp_min(1e-8).log(), batch.labels).mean().item<double>();
    return answers;
}

}  // namespace

Result<std::unique_ptr<TokenTask>> TokenTask::open(TokenTrainConfig config) {
    auto task = std::make_unique<TokenTask>(std::move(config));
    auto& data = task->m_config.settings.data;
    if (data.empty()) data = defaultScenesFile();
    VITRINE_TRY(PackedScenes packed, PackedScenes::open(data));
    task->m_data.emplace(std::move(packed));
    const auto numClasses = std::int64_t(task->m_data->numClasses());
    task->m_options = optionsOf(task->m_config, numClasses);
    VITRINE_CHECK(task->m_options.validate());
    VITRINE_TRY(const auto weights, task->m_config.weightsOfClasses(numClasses));
    task->m_classWeights = torch::tensor(weights).to(torch::kFloat32);
    VITRINE_TRY(task->m_pictures, ScenePictures::make(*task->m_data, int(task->m_config.size)));
    VITRINE_TRY(const SceneSplit split,
                scenesToTrainOn(*task->m_data, data, task->m_config.augmentation.family));
    task->m_trained = split.trained, task->m_heldOut = split.heldOut;
    return task;
}

Result<std::shared_ptr<torch::nn::Module>> TokenTask::makeNetwork(std::size_t stage) const {
    TokenPredictor network(m_options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed * 1000003 + stage));
    return std::shared_ptr<torch::nn::Module>(network.ptr());
}

bool TokenTask::learns(std::size_t stage, const std::string& name, bool /*isFresh*/) const {
    return isOfTokens(name) == m_config.stages[stage].trainsTokens();
}

Status TokenTask::begin(std::size_t stage,
                        std::int64_t /*stageStart*/,
                        std::int64_t step,
                        std::shared_ptr<torch::nn::Module> network,
                        torch::Device device) {
    m_network = TokenPredictor(std::dynamic_pointer_cast<TokenPredictorImpl>(network));
    m_device = device;
    m_classWeights = m_classWeights.to(device);
    m_nextStep = step;
    m_stage = stage;
    m_batches = std::make_unique<SegmentationBatchSource>(
        *m_pictures, m_trained, m_config.settings, m_config.augmentation, step);
    return {};
}

void TokenTask::fetch() {
    SceneBatch batch = m_batches->next();
    m_tensors = toTensors(batch, std::uint64_t(m_nextStep++));
}

TokenBatchTensors TokenTask::toTensors(SceneBatch& batch, std::uint64_t key) const {
    const auto size = m_config.size, count = std::int64_t(batch.labels.size()) / (size * size);
    const auto bytes = [&](std::vector<std::uint8_t>& values) {
        return torch::from_blob(values.data(), {count, size, size}, torch::kUInt8).to(m_device);
    };
    TokenBatchTensors tensors;
    tensors.labels = bytes(batch.labels).to(torch::kInt64);
    const auto generator = generatorOf({m_config.settings.seed, 0x70C, key});
    const auto known =
        knownBlocks(count, size, m_config.augmentation.observedLabelFraction, /*smallestSide=*/1, generator)
            .to(m_device);
    tensors.evidence = {
        imagesTensor(batch.images, size, m_device),
        bytes(batch.seen).unsqueeze(1).to(torch::kFloat32),
        oneHotLabels(tensors.labels.masked_fill(known.logical_not(), kUnknownLabel), m_options.numClasses)};
    tensors.isMasked = maskTokens(tensors.evidence.isSeen, generator).to(m_device);
    return tensors;
}

LossTerms TokenTask::loss() {
    return m_config.stages[m_stage].trainsTokens()
               ? tokenLoss(*m_network, m_tensors, m_classWeights)
               : priorLoss(*m_network, m_tensors, m_classWeights, m_config.guessWeight);
}

Result<TaskScore> TokenTask::score() {
    const torch::NoGradGuard noGrad;
    const bool ofTokens = m_config.stages[m_stage].trainsTokens();
    TaskScore score;
    const auto scoreOf = [&](const std::vector<std::size_t>& scenes, const std::string& prefix) {
        if (scenes.empty()) return;
        SceneBatch batch = scoredScenes(*m_pictures,
                                        evenlySpread(scenes, ofTokens ? kScoredTokens : kScoredPrior),
                                        m_config.augmentation);
        const TokenBatchTensors tensors = toTensors(batch, kScoreKey);
        const SegmentationAnswers answers =
            ofTokens ? reconstructions(*m_network, tensors) : sampledAnswers(*m_network, tensors);
        SegmentationBatchTensors shown;
        shown.image = tensors.evidence.image, shown.labels = tensors.labels;
        score.metrics.merge(scoresOf(answers, shown, m_options.numClasses, prefix));
        score.sheet = answerSheet(answers, shown);  // of the held-out scenes, which come last
    };
    scoreOf(m_trained, "train");
    scoreOf(m_heldOut, "heldOut");
    return score;
}

std::map<std::string, std::string> TokenTask::metadata() const {
    auto metadata = m_options.toMetadata();
    std::string classes;
    for (const auto& name : m_data->classNames()) classes += (classes.empty() ? "" : ",") + name;
    metadata["classes"] = classes;
    return metadata;
}

}  // namespace vitrine
