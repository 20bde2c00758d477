// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_trainer.h"

#include <ATen/autocast_mode.h>

#include <chrono>
#include <optional>

#include "core/base/log.h"
#include "core/data/chair_catalogue.h"
#include "core/eval/chair_metrics.h"
#include "core/io/png.h"
#include "core/nets/compute.h"
#include "core/nets/fast_chair_generator.h"
#include "core/train/chair_batches.h"
#include "core/train/checkpoint.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMaxBadSteps = 3;
constexpr std::size_t kCheckpointsKept = 3;
constexpr std::int64_t kMetricsEvery = 50;
constexpr std::size_t kQuickViews = 128;  // of each kind, for the curves

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Mixed precision on the CPU while in scope.
class Bf16Scope {
public:
    explicit Bf16Scope(bool enabled) : m_enabled(enabled) {
        if (!m_enabled) return;
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
        at::autocast::set_autocast_enabled(at::kCPU, true);
    }
    ~Bf16Scope() {
        if (!m_enabled) return;
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(at::kCPU, false);
    }

private:
    bool m_enabled;
};

struct BatchTensors {
    torch::Tensor style, view, theta, target;  // target [N, 4, S, S], channels last
};

BatchTensors toTensors(ChairBatch& batch, std::int64_t numStyles, int size) {
    const auto n = std::int64_t(batch.styles.size());
    BatchTensors tensors;
    tensors.style = torch::one_hot(torch::from_blob(batch.styles.data(), {n}, torch::kInt64), numStyles).to(torch::kFloat32);
    tensors.view = encodeViews(torch::from_blob(batch.azimuthDeg.data(), {n}), torch::from_blob(batch.elevationDeg.data(), {n}));
    tensors.theta = torch::from_blob(batch.theta.data(), {n, kThetaSize});
    tensors.target = torch::from_blob(batch.images.data(), {n, size, size, 4}).permute({0, 3, 1, 2});
    return tensors;
}

struct Loss {
    torch::Tensor total, rgb, mask;  // squared errors, summed over a picture, averaged over the batch
};

/// lambda ||rgb - T(x s)||^2 + ||mask - T s||^2
Loss chairLoss(const ChairImages& images, const torch::Tensor& target, double rgbWeight) {
    const double n = double(target.size(0));
    const auto rgb = (images.rgb.to(torch::kFloat32) - target.slice(1, 0, 3)).square().sum() / n;
    const auto mask = (images.mask.to(torch::kFloat32) - target.slice(1, 3)).square().sum() / n;
    return {rgbWeight * rgb + mask, rgb.detach(), mask.detach()};
}

/// One training in one run folder.
class ChairTrainer {
public:
    ChairTrainer(const RunFolder& run, const TrainOptions& options, const JobContext& job) : m_run(run), m_options(options), m_job(job) {}

    Result<TrainResult> train() {
        VITRINE_CHECK(prepare());
        std::int64_t stageStart = 0;
        for (std::size_t i = 0; i < m_config.stages.size(); ++i) {
            const std::int64_t stageEnd = stageStart + m_config.stages[i].schedule.steps;
            if (m_info.step < stageEnd) {
                VITRINE_CHECK(enterStage(i, stageStart));
                VITRINE_TRY(const JobOutcome outcome, runStage(m_config.stages[i], stageStart, stageEnd));
                if (outcome == JobOutcome::Cancelled || reachedStop()) return TrainResult{outcome, m_info.step, m_heldOutPsnr};
            }
            stageStart = stageEnd;
        }
        if (m_network) VITRINE_CHECK(save());  // else it was finished before
        m_job.report({1, 0, "done"});
        return TrainResult{JobOutcome::Done, m_info.step, m_heldOutPsnr};
    }

private:
    Status prepare() {
        VITRINE_TRY(const std::string text, m_run.configJson());
        VITRINE_TRY(m_config, ChairTrainConfig::parse(text));
        if (m_config.data.empty()) m_config.data = cacheFolder() / "chairs-128.vpack";
        VITRINE_TRY(PackedChairs data, PackedChairs::open(m_config.data));
        m_data.emplace(std::move(data));
        for (const auto& stage : m_config.stages) {
            VITRINE_TRY(const auto options, optionsOf(stage));
            if (options.imageSize() > m_data->size())
                return Error{ErrorCode::InvalidArgument, "The preset " + stage.preset + " makes larger pictures than the data set's " + std::to_string(m_data->size()) + " pixels; render it larger."};
        }
        VITRINE_CHECK(readCheckpoint());
        m_info.seed = m_config.seed;
        m_info.dataHash = m_data->dataHash();
        if (m_options.threads > 0) m_info.threads = m_options.threads;
        setComputeThreads(m_info.threads);
        m_info.threads = computeThreads();
        if (m_info.precision.empty()) m_info.precision = m_config.precision == "auto" ? (FastChairGenerator::cpuHasBFloat16() ? "bf16" : "fp32") : m_config.precision;
        return {};
    }

    /// The newest checkpoint that reads whole; an unreadable one is passed over with a warning.
    Status readCheckpoint() {
        auto folders = m_run.checkpoints();
        for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
            auto checkpoint = Checkpoint::read(*folder);
            if (!checkpoint) {
                logWarning(checkpoint.error().message + " Going back to the one before.");
                continue;
            }
            if (checkpoint->info.dataHash != m_data->dataHash())
                return Error{ErrorCode::InvalidArgument, "The data set " + m_config.data.string() + " has changed since the checkpoint; start a new run on it with \"startFrom\"."};
            m_info = checkpoint->info;
            m_checkpoint.emplace(std::move(*checkpoint));
            return m_run.truncateMetrics(m_info.step);
        }
        return {};
    }

    Result<ChairGeneratorOptions> optionsOf(const ChairStage& stage) const {
        return ChairGeneratorOptions::fromPreset(stage.preset, std::int64_t(m_data->styleIds().size()), stage.width);
    }

    /// Builds the stage's network: from the checkpoint, from the stage before, from a file, or fresh.
    Status enterStage(std::size_t stageIndex, std::int64_t stageStart) {
        const ChairStage& stage = m_config.stages[stageIndex];
        VITRINE_TRY(const auto options, optionsOf(stage));
        ChairGenerator network(options);
        network->initialise(at::make_generator<at::CPUGeneratorImpl>(m_config.seed * 1000003 + stageIndex));
        std::vector<std::string> fresh;
        VITRINE_CHECK(takeOverWeights(network, fresh));
        m_network = network;
        for (auto& parameter : m_network->named_parameters())
            parameter.value().set_requires_grad(!stage.onlyNewLayers || std::find(fresh.begin(), fresh.end(), parameter.key()) != fresh.end());
        NamedParameters learned;
        for (const auto& parameter : m_network->named_parameters())
            if (parameter.value().requires_grad()) learned.insert(parameter.key(), parameter.value());
        if (learned.is_empty()) learned = m_network->named_parameters();
        m_optimiser = m_config.optimiser == "adam" ? makeAdam(learned, {}) : makeMomentumSgd(learned, m_config.momentum);
        m_average.emplace(m_network->named_parameters(), m_config.averageDecay);
        VITRINE_TRY(m_pictures, ChairPictures::make(*m_data, int(options.imageSize())));
        if (m_checkpoint && m_info.step > stageStart) {
            VITRINE_CHECK(m_checkpoint->restore(m_network, *m_average, *m_optimiser));
            m_checkpoint.reset();
        }
        return {};
    }

    Status takeOverWeights(ChairGenerator& network, std::vector<std::string>& fresh) {
        if (m_network) {  // the stage before goes over by its average
            m_average->swap();
            TensorSet set;
            set.addParameters(*m_network, torch::kFloat32);
            fresh = loadMatchingParameters(*network, set.views());
        } else if (m_checkpoint) {
            fresh = loadMatchingParameters(*network, m_checkpoint->file.tensors(), "average.");
        } else if (!m_config.startFrom.empty()) {
            VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(m_config.startFrom));
            fresh = loadMatchingParameters(*network, file.tensors());
        }
        return {};
    }

    bool reachedStop() const { return m_options.stopAfter > 0 && m_info.step >= m_options.stopAfter; }

    Result<JobOutcome> runStage(const ChairStage& stage, std::int64_t stageStart, std::int64_t stageEnd) {
        ChairBatchSource batches(*m_data, *m_pictures, m_config, stage, stageStart, m_info.step);
        m_measuredFrom = Clock::now();
        m_measuredStep = m_info.step;
        auto lastSave = Clock::now();
        while (m_info.step < stageEnd && !reachedStop()) {
            VITRINE_CHECK(takeStep(batches.next(), stage, m_info.step - stageStart));
            if (m_info.step % kMetricsEvery == 0) VITRINE_CHECK(reportStep());
            if (m_info.step % m_config.previewEvery == 0) VITRINE_CHECK(preview());
            const bool stopped = m_job.stop.stop_requested();
            const bool due = m_config.checkpointMinutes > 0 && secondsSince(lastSave) > 60 * m_config.checkpointMinutes;
            if (stopped || due || reachedStop()) {
                VITRINE_CHECK(save());
                lastSave = Clock::now();
            }
            if (stopped) return JobOutcome::Cancelled;
        }
        return JobOutcome::Done;
    }

    Status takeStep(ChairBatch batch, const ChairStage& stage, std::int64_t stepInStage) {
        const auto tensors = toTensors(batch, m_network->options.numStyles, int(m_network->options.imageSize()));
        m_network->zero_grad();
        Loss loss;
        {
            const Bf16Scope scope(m_info.precision == "bf16");
            loss = chairLoss(m_network->forward(tensors.style, tensors.view, tensors.theta), tensors.target, m_config.rgbWeight);
        }
        loss.total.backward();
        ++m_info.step;
        if (!std::isfinite(loss.total.item<double>())) return countBadStep();
        if (m_config.gradientClip > 0) torch::nn::utils::clip_grad_norm_(m_network->parameters(), m_config.gradientClip);
        m_badSteps = 0;
        m_learningRate = stage.schedule.at(stepInStage);
        m_optimiser->step(m_learningRate);
        m_average->update(stepInStage);
        m_lossSums["loss"] += loss.total.item<double>();
        m_lossSums["rgbLoss"] += loss.rgb.item<double>();
        m_lossSums["maskLoss"] += loss.mask.item<double>();
        ++m_numSummed;
        return {};
    }

    Status countBadStep() {
        logWarning("The loss of step " + std::to_string(m_info.step) + " is not finite; the step is not taken.");
        if (++m_badSteps < kMaxBadSteps) return {};
        return Error{ErrorCode::NonFinite, "Training diverged: three losses in a row were not finite. The last good checkpoint is kept; go on from it with a lower learning rate."};
    }

    Status reportStep() {
        const double rate = double(m_info.step - m_measuredStep) / std::max(secondsSince(m_measuredFrom), 1e-9);
        const std::int64_t total = m_options.stopAfter > 0 ? std::min(m_options.stopAfter, m_config.totalSteps()) : m_config.totalSteps();
        std::map<std::string, double> metrics = {{"learningRate", m_learningRate}, {"imagesPerSecond", rate * double(m_config.batch)}};
        for (const auto& [name, sum] : m_lossSums) metrics[name] = sum / double(std::max<std::int64_t>(m_numSummed, 1));
        char text[160];
        std::snprintf(text, sizeof text, "step %lld of %lld, loss %.1f, %.0f images/s, held out %.2f dB", static_cast<long long>(m_info.step),
                      static_cast<long long>(total), metrics["loss"], metrics["imagesPerSecond"], m_heldOutPsnr);
        m_job.report({double(m_info.step) / double(total), double(total - m_info.step) / std::max(rate, 1e-9), text});
        m_lossSums.clear();
        m_numSummed = 0;
        m_measuredFrom = Clock::now();
        m_measuredStep = m_info.step;
        return m_run.appendMetrics(m_info.step, metrics);
    }

    /// Scores the averaged weights on some views of either kind and paints a sheet of them.
    Status preview() {
        m_average->swap();
        const auto heldOut = spread(viewIndices(*m_data, true)), trained = spread(viewIndices(*m_data, false));
        const auto picture = [this](std::size_t index) { return m_pictures->at(index); };
        ChairScore trainScore, heldOutScore;
        {
            const Bf16Scope scope(m_info.precision == "bf16");
            trainScore = scoreViews(m_network, m_data->views(), trained, picture);
            heldOutScore = scoreViews(m_network, m_data->views(), heldOut, picture);
        }
        const Image sheet = previewSheet(heldOut, trained);
        m_average->swap();
        m_heldOutPsnr = heldOutScore.psnr;
        VITRINE_CHECK(writePng(m_run.previewPath(m_info.step), sheet));
        return m_run.appendMetrics(m_info.step, {{"trainPsnr", trainScore.psnr}, {"trainIou", trainScore.iou},
                                                 {"heldOutPsnr", heldOutScore.psnr}, {"heldOutIou", heldOutScore.iou}});
    }

    static std::vector<std::size_t> spread(const std::vector<std::size_t>& all) {
        std::vector<std::size_t> some;
        const std::size_t count = std::min(kQuickViews, all.size());
        for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * all.size() / count]);
        return some;
    }

    /// Rows: held-out truth, prediction, training truth, prediction.
    Image previewSheet(const std::vector<std::size_t>& heldOut, const std::vector<std::size_t>& trained) {
        constexpr std::size_t columns = 14;
        const int size = m_pictures->size();
        Image sheet(size * int(columns), size * 4, 3, 255);
        int row = 0;
        for (const auto* indices : {&heldOut, &trained}) {
            std::vector<PackedView> views;
            const std::size_t count = std::min(columns, indices->size());
            for (std::size_t i = 0; i < count; ++i) views.push_back(m_data->views()[(*indices)[i * indices->size() / count]]);
            if (views.empty()) continue;
            const auto predicted = predictViews(m_network, views);
            for (std::size_t i = 0; i < count; ++i) {
                paste(sheet, viewTensor(m_pictures->at((*indices)[i * indices->size() / count]), size), int(i) * size, row * size);
                paste(sheet, predicted[std::int64_t(i)], int(i) * size, (row + 1) * size);
            }
            row += 2;
        }
        return sheet;
    }

    static void paste(Image& sheet, const torch::Tensor& premultiplied, int left, int top) {
        const auto shown = (premultiplied.slice(0, 0, 3) + 1 - premultiplied.slice(0, 3, 4)).clamp(0, 1).mul(255).round().to(torch::kUInt8).permute({1, 2, 0}).contiguous();
        for (int y = 0; y < shown.size(0); ++y)
            std::copy_n(shown.data_ptr<std::uint8_t>() + y * shown.size(1) * 3, shown.size(1) * 3, sheet.row(top + y) + left * 3);
    }

    Status save() {
        VITRINE_CHECK(saveCheckpoint(m_run.checkpointPath(m_info.step), m_network, *m_average, *m_optimiser, m_info));
        m_run.removeOldCheckpoints(kCheckpointsKept);
        m_average->swap();
        const Status exported = exportWeights(m_run.snapshotPath(), m_network, m_info, m_data->styleIds());
        m_average->swap();
        return exported;
    }

    const RunFolder& m_run;
    TrainOptions m_options;
    const JobContext& m_job;
    ChairTrainConfig m_config;
    std::optional<PackedChairs> m_data;
    std::optional<ChairPictures> m_pictures;
    std::optional<Checkpoint> m_checkpoint;
    ChairGenerator m_network{nullptr};
    std::unique_ptr<Optimiser> m_optimiser;
    std::optional<WeightAverage> m_average;
    CheckpointInfo m_info;
    std::map<std::string, double> m_lossSums;
    std::int64_t m_numSummed = 0, m_measuredStep = 0;
    Clock::time_point m_measuredFrom;
    double m_learningRate = 0, m_heldOutPsnr = 0;
    int m_badSteps = 0;
};

}  // namespace

Result<TrainResult> trainChairs(const RunFolder& run, const TrainOptions& options, const JobContext& job) {
    try {
        return ChairTrainer(run, options, job).train();
    } catch (const std::bad_alloc& error) {
        return Error{ErrorCode::OutOfMemory, "Training ran out of memory; use a smaller batch or a smaller preset.", error.what()};
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal, "Training stopped by an internal error; the last checkpoint is kept.", error.what()};
    }
}

}  // namespace vitrine
