// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/completion_task.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/data/idx_images.h"
#include "core/metrics/conditional_likelihood.h"
#include "core/nets/random_tensors.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::int64_t kScoredPictures = 1000;    // held-out pictures, for the curves
constexpr std::int64_t kScoredByImportance = 50;  // of these, by importance sampling
constexpr std::int64_t kImportanceSamples = 20;
constexpr std::int64_t kCompletionColumns = 12, kCompletionSamples = 5;

/// Shapes: [count, 784] uint8.
Tensor flatPictures(const IdxImages& images) {
    const std::int64_t numPixels = kCompletionSide * kCompletionSide;
    return torch::from_blob(const_cast<std::uint8_t*>(images.pixels.data()),
                            {std::int64_t(images.count()), numPixels},
                            torch::kUInt8)
        .clone();
}

std::string hashOf(const IdxSet& set) {
    Sha256 sum;
    for (const IdxImages* part : {&set.train, &set.test}) sum.update(std::as_bytes(std::span(part->pixels)));
    return sum.hexDigest();
}

/// Rows of flat pictures as one grey sheet. Shapes: each [N, 784] in [0, 1].
Image greySheet(const std::vector<Tensor>& rows) {
    const auto columns = int(rows.front().size(0)), side = int(kCompletionSide);
    Image sheet(columns * side, int(rows.size()) * side, 3);
    for (int row = 0; row < int(rows.size()); ++row) {
        const Tensor bytes =
            rows[std::size_t(row)].mul(255).round().clamp(0, 255).to(torch::kCPU, torch::kUInt8).contiguous();
        const auto* pixels = bytes.data_ptr<std::uint8_t>();
        for (int i = 0; i < columns * side * side; ++i) {
            const int column = i / (side * side), y = i / side % side, x = i % side;
            std::fill_n(sheet.row(row * side + y) + 3 * (column * side + x), 3, pixels[i]);
        }
    }
    return sheet;
}

}  // namespace

LossTerms completionLoss(CompletionNetImpl& network, const Tensor& images, const Tensor& noise) {
    const auto nllOf = [&](const Tensor& logits) {
        return -hiddenLogLikelihood(logits, images, network.seen).mean();
    };
    const Tensor guess = network.guess(images);
    if (!network.generation) {
        const Tensor nll = nllOf(guess);
        return {nll, {{"nll", nll.detach()}}};
    }
    const LatentGaussian prior = network.priorOf(images, guess.defined() ? guess.detach() : guess);
    if (!network.recognition) {
        const Tensor nll = nllOf(network.logitsOf(prior.sample(noise)));
        return {nll, {{"nll", nll.detach()}}};
    }
    const LatentGaussian q = network.recognitionOf(images);
    const Tensor kl = klPerChannel(q, prior).sum(1).mean(), nll = nllOf(network.logitsOf(q.sample(noise)));
    return {kl + nll, {{"nll", nll.detach()}, {"kl", kl.detach()}}};
}

Result<std::unique_ptr<CompletionTask>> CompletionTask::open(CompletionTrainConfig config) {
    auto task = std::make_unique<CompletionTask>(std::move(config));
    VITRINE_TRY(const IdxSet pictures, readIdxSet(task->m_config.settings.data));
    task->m_trained = flatPictures(pictures.train);
    task->m_heldOut = flatPictures(pictures.test);
    task->m_dataHash = hashOf(pictures);
    std::vector<std::size_t> all(pictures.train.count());
    std::iota(all.begin(), all.end(), std::size_t(0));
    task->m_order.emplace(std::move(all), task->m_config.settings.seed);
    return task;
}

CompletionNetOptions CompletionTask::optionsOf(std::size_t stage) const {
    CompletionNetOptions options;
    options.variant = m_config.stages[stage].part == "baseline"
                          ? CompletionVariant::Nn
                          : *completionVariantFromName(m_config.variant);
    options.numQuadrants = m_config.numQuadrants;
    options.hidden = m_config.hidden;
    options.latent = m_config.latent;
    options.binarised = m_config.binarise;
    return options;
}

Tensor CompletionTask::pixelsOf(const Tensor& bytes) const {
    return completionPixels(bytes.to(m_device), m_config.binarise);
}

Result<std::shared_ptr<torch::nn::Module>> CompletionTask::makeNetwork(std::size_t stage) const {
    const CompletionNetOptions options = optionsOf(stage);
    VITRINE_CHECK(options.validate());
    CompletionNet network(options);
    network->initialise(at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed * 1000003 + stage));
    return std::shared_ptr<torch::nn::Module>(network.ptr());
}

bool CompletionTask::learns(std::size_t stage, const std::string& name, bool /*isFresh*/) const {
    return m_config.stages[stage].part == "baseline" || !name.starts_with("baseline.");
}

Status CompletionTask::begin(std::size_t /*stage*/,
                             std::int64_t /*stageStart*/,
                             std::int64_t step,
                             std::shared_ptr<torch::nn::Module> network,
                             torch::Device device) {
    m_network = CompletionNet(std::dynamic_pointer_cast<CompletionNetImpl>(network));
    m_device = device;
    m_nextStep = step;
    return {};
}

void CompletionTask::fetch() {
    const auto step = std::uint64_t(m_nextStep++), count = std::uint64_t(m_config.settings.batch);
    std::vector<std::int64_t> chosen;
    for (std::uint64_t place = 0; place < count; ++place)
        chosen.push_back(std::int64_t(m_order->at(step * count + place)));
    m_images = pixelsOf(m_trained.index_select(0, torch::tensor(chosen)));
    auto generator = generatorOf({m_config.settings.seed, 0x2015, step});
    m_noise = torch::randn({m_images.size(0), m_config.latent}, generator).to(m_device);
}

LossTerms CompletionTask::loss() {
    return completionLoss(*m_network, m_images, m_noise);
}

Result<TaskScore> CompletionTask::score() {
    const torch::NoGradGuard noGrad;
    TaskScore score;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed);
    const auto scoreOf = [&](const Tensor& all, const std::string& prefix) {
        const Tensor images = pixelsOf(all.slice(0, 0, kScoredPictures));
        const Tensor noise = torch::randn({images.size(0), m_config.latent}, generator).to(m_device);
        const LossTerms loss = completionLoss(*m_network, images, noise);
        score.metrics[prefix + "Loss"] = loss.total.item<double>();
        for (const auto& [name, value] : loss.parts)
            if (name == "kl") score.metrics[prefix + "Kl"] = value.item<double>();
    };
    scoreOf(m_trained, "train");
    scoreOf(m_heldOut, "heldOut");
    if (m_network->recognition) {
        std::vector<double> estimates;
        for (std::int64_t i = 0; i < std::min(kScoredByImportance, m_heldOut.size(0)); ++i) {
            const auto weights = logWeights(likelihoodOf(m_network, pixelsOf(m_heldOut.slice(0, i, i + 1))),
                                            LikelihoodEstimator::ImportanceSampling,
                                            kImportanceSamples,
                                            generator);
            estimates.push_back(-likelihoodCurve(weights, std::vector{kImportanceSamples}).front());
        }
        score.metrics["heldOutNllByImportance"] = summarise(estimates).mean;
    }
    score.sheet = previewSheet();
    return score;
}

/// Rows: what is seen, the truth, the deterministic answer, samples. Completed pictures keep what is seen.
Image CompletionTask::previewSheet() {
    const Tensor images = pixelsOf(m_heldOut.slice(0, 0, kCompletionColumns));
    const Tensor seen = m_network->seen.to(m_device);
    const auto completed = [&](const Tensor& logits) {
        return torch::where(seen, images, torch::sigmoid(logits));
    };
    const Tensor guess = m_network->guess(images);
    std::vector<Tensor> rows = {torch::where(seen, images, torch::full_like(images, 0.5)), images};
    if (guess.defined()) rows.push_back(completed(guess));
    auto generator = at::make_generator<at::CPUGeneratorImpl>(m_config.settings.seed);
    for (std::int64_t s = 0; s < kCompletionSamples && m_network->generation; ++s) {
        const Tensor noise = torch::randn({images.size(0), m_config.latent}, generator).to(m_device);
        rows.push_back(completed(m_network->logitsOf(m_network->priorOf(images, guess).sample(noise))));
    }
    return greySheet(rows);
}

std::map<std::string, std::string> CompletionTask::metadata() const {
    return m_network->options.toMetadata();
}

}  // namespace vitrine
