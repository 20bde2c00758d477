// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "core/base/log.h"
#include "core/base/sha256.h"
#include "core/io/atomic_file.h"
#include "core/nets/compute.h"
#include "core/runs/run_recorder.h"
#include "core/train/checkpoint.h"
#include "core/train/learner.h"
#include "core/train/precision.h"
#include "core/train/training_kind.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMaxBadSteps = 3;
constexpr std::size_t kCheckpointsKept = 3;
constexpr std::int64_t kMetricsEvery = 50;
constexpr std::int64_t kFirstPreview = 10;  // steps: there is something to look at within a minute
constexpr double kMetricsSeconds = 10;      // or so often, where steps are slow
constexpr auto kPausePoll = std::chrono::milliseconds(100);

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// best.json: the step of the best score so far, and the score.
struct Best {
    std::int64_t step = -1;
    double value = 0;

    static Best read(const std::filesystem::path& run) {
        const auto text = readTextFile(run / "best.json");
        const auto object = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
        if (!object.is_object()) return {};
        return {object.value("step", std::int64_t(-1)), object.value("value", 0.0)};
    }
    Status write(const std::filesystem::path& run) const {
        return writeFileAtomically(
            run / "best.json",
            std::string_view(nlohmann::json({{"step", step}, {"value", value}}).dump() + "\n"));
    }
};

/// Where a stage begins and ends, in steps of the whole training.
struct StageSpan {
    std::size_t index = 0;
    std::int64_t begin = 0, end = 0;
};

/// One training in one run folder.
class Trainer {
public:
    Trainer(const RunFolder& run, const TrainOptions& options, const JobContext& job)
        : m_run(run), m_options(options), m_job(job), m_recorder(run, job) {}

    Result<TrainResult> train() {
        m_recorder.publish(RunState::Preparing);
        VITRINE_CHECK(prepare());
        JobOutcome outcome = JobOutcome::Done;
        while (outcome == JobOutcome::Done && !reachedStop()) {
            VITRINE_CHECK(followPlan());
            const auto stage = currentStage();
            if (!stage) break;
            VITRINE_CHECK(enterStage(*stage));
            VITRINE_TRY(outcome, runStage(*stage));
        }
        if (m_learner && m_savedStep != m_info.step) VITRINE_CHECK(save());
        return finish(outcome);
    }

    /// Tells the run's status of an end that is not a good one.
    void fail(const Error& error) { m_recorder.publish(RunState::Failed, error.message); }

private:
    Result<TrainResult> finish(JobOutcome outcome) {
        const bool whole = m_info.step >= totalSteps();
        m_recorder.status.secondsLeft = whole ? 0 : -1;
        m_recorder.publish(whole ? RunState::Done : RunState::Stopped);
        m_job.report(
            {whole ? 1.0 : double(m_info.step) / double(totalSteps()), 0, whole ? "done" : "stopped"});
        return TrainResult{outcome, m_info.step, m_recorder.status.metrics};
    }

    Status prepare() {
        VITRINE_CHECK(openTask());
        m_best = Best::read(m_run.path());
        const std::string configHash = m_info.configHash;
        VITRINE_CHECK(readCheckpoint());
        m_info.configHash = configHash;
        m_info.seed = m_task->settings().seed;
        m_info.dataHash = m_task->dataHash();
        VITRINE_TRY(m_device, trainingDevice(m_options.device));
        if (m_options.threads > 0) m_info.threads = m_options.threads;
        setComputeThreads(m_info.threads);
        m_info.threads = computeThreads();
        if (m_options.precision != "auto") m_info.precision = m_options.precision;
        if (m_info.precision.empty()) {
            VITRINE_TRY(m_info.precision, trainingPrecision(*m_task, m_task->settings().precision, m_device));
        }
        VITRINE_CHECK(m_recorder.begin(m_info.step));
        m_handledSaves = m_recorder.pollControl().saves;
        auto& status = m_recorder.status;
        status.device = m_device.is_cpu() ? fmt::format("CPU ({} threads)", m_info.threads) : "CUDA";
        status.precision = m_info.precision;
        return {};
    }

    Status openTask() {
        VITRINE_TRY(const std::string config, m_run.configJson());
        VITRINE_TRY(auto plan, readPlan(config));
        return openTask(std::move(plan), config);
    }

    /// `config`: the plan as the run folder holds it.
    Status openTask(std::unique_ptr<TrainPlan> plan, const std::string& config) {
        m_plan = std::move(plan);
        m_config = config;
        VITRINE_TRY(m_task, m_plan->open());
        m_info.configHash = Sha256().update(m_config).hexDigest();
        return {};
    }

    /// The newest checkpoint that reads whole; an unreadable one is passed over with a warning.
    Status readCheckpoint() {
        auto folders = m_run.checkpoints();
        for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
            auto checkpoint = Checkpoint::read(*folder);
            if (!checkpoint && checkpoint.error().code == ErrorCode::Unsupported) return checkpoint.error();
            if (!checkpoint) {
                logWarning(checkpoint.error().message + " Falling back to the previous one.");
                continue;
            }
            if (checkpoint->info.dataHash != m_task->dataHash())
                return Error{
                    ErrorCode::InvalidArgument,
                    "The data set " + m_task->settings().data.string() +
                        " has changed since the checkpoint; start a new run on it with \"startFrom\"."};
            m_info = checkpoint->info;
            m_savedStep = m_info.step;
            m_checkpoint.emplace(std::move(*checkpoint));
            if (m_best.step > m_info.step) m_best = {};
            return m_run.truncateAfter(m_info.step);
        }
        m_best = {};
        return m_run.truncateAfter(0);
    }

    /// A request to train beyond the plan becomes part of the plan.
    Status followPlan() {
        const std::int64_t more = m_recorder.pollControl().totalSteps - totalSteps();
        if (more <= 0) return {};
        auto prolonged = m_plan->prolonged(more);
        const std::string config = prolonged->toJson();
        VITRINE_CHECK(m_recorder.persist([&] { return m_run.replaceConfig(config); }));
        return openTask(std::move(prolonged), config);
    }

    std::int64_t totalSteps() const {
        std::int64_t total = 0;
        for (const auto& stage : m_task->stages()) total += stage.schedule.steps;
        return total;
    }
    bool reachedStop() const { return m_options.stopAfter > 0 && m_info.step >= m_options.stopAfter; }

    std::optional<StageSpan> currentStage() const {
        StageSpan span;
        for (const auto& stage : m_task->stages()) {
            span.end = span.begin + stage.schedule.steps;
            if (m_info.step < span.end) return span;
            span.begin = span.end;
            ++span.index;
        }
        return {};
    }

    /// Builds the stage's network: from the checkpoint, from the stage before, from a file, or fresh.
    Status enterStage(const StageSpan& stage) {
        const bool continuesPrevious = m_task->stages()[stage.index].continuesPrevious;
        const bool restores = m_checkpoint && (m_info.step > stage.begin || continuesPrevious);
        if (!(continuesPrevious && m_learner)) {
            VITRINE_TRY(const auto network, m_task->makeNetwork(stage.index));
            std::vector<std::string> fresh;
            VITRINE_CHECK(takeOverWeights(*network, fresh));
            m_learner.emplace(
                network,
                restores ? optimisedNames(m_checkpoint->file) : learnedNames(*network, stage.index, fresh),
                m_task->settings(),
                m_info.precision == "bf16",
                m_device,
                m_task->rateOf());
        }
        if (restores)
            VITRINE_CHECK(
                m_checkpoint->restore(*m_learner->network(), m_learner->average(), m_learner->optimiser()));
        m_checkpoint.reset();
        m_averageStart = averageStart(stage);
        if (m_best.step <= m_averageStart)
            m_best = {};  // another stage's pictures: its score says nothing here
        auto& status = m_recorder.status;
        status.numStages = std::int64_t(m_task->stages().size());
        status.stage = std::int64_t(stage.index);
        status.numParameters = m_learner->numParameters();
        return m_task->begin(stage.index, stage.begin, m_info.step, m_learner->network(), m_device);
    }

    /// A prolonged stage continues the average of the one it prolongs.
    std::int64_t averageStart(const StageSpan& stage) const {
        const auto stages = m_task->stages();
        std::int64_t begin = stage.begin;
        for (std::size_t i = stage.index; stages[i].continuesPrevious; --i)
            begin -= stages[i - 1].schedule.steps;
        return begin;
    }

    Status takeOverWeights(torch::nn::Module& network, std::vector<std::string>& fresh) {
        if (!m_task->settings().startFrom.empty()) {
            VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(m_task->settings().startFrom));
            fresh = loadMatchingParameters(network, file.tensors());
        }
        if (m_learner) {  // the stage before goes over by its average
            m_learner->swapAverage();
            TensorSet set;
            set.addParameters(*m_learner->network(), torch::kFloat32);
            fresh = loadMatchingParameters(network, set.views());
        } else if (m_checkpoint) {
            fresh = loadMatchingParameters(network, m_checkpoint->file.tensors(), "average.");
        }
        network.to(m_device);
        return {};
    }

    /// All, where none would be left.
    std::vector<std::string> learnedNames(const torch::nn::Module& network,
                                          std::size_t stage,
                                          const std::vector<std::string>& fresh) const {
        std::vector<std::string> all, learned;
        for (const auto& parameter : network.named_parameters()) {
            all.push_back(parameter.key());
            const bool isFresh = std::find(fresh.begin(), fresh.end(), parameter.key()) != fresh.end();
            if (m_task->learns(stage, parameter.key(), isFresh)) learned.push_back(parameter.key());
        }
        return learned.empty() ? all : learned;
    }

    Result<JobOutcome> runStage(const StageSpan& stage) {
        const Schedule schedule = m_task->stages()[stage.index].schedule;
        m_measuredFrom = m_lastSave = Clock::now();
        m_measuredStep = m_info.step;
        m_recorder.status.totalSteps = totalSteps();
        m_recorder.publish(RunState::Training);
        while (m_info.step < stage.end && !reachedStop()) {
            VITRINE_CHECK(takeStep(schedule, m_info.step - stage.begin));
            if (const Status recorded = record(); !recorded) {
                if (recorded.error().code != ErrorCode::NoSpace) return recorded.error();
                return JobOutcome::Cancelled;  // a full disk, and a stop is wanted
            }
            VITRINE_TRY(const JobOutcome outcome, obey());
            if (outcome == JobOutcome::Cancelled) return outcome;
        }
        return JobOutcome::Done;
    }

    Status takeStep(const Schedule& schedule, std::int64_t stepInStage) {
        m_learningRate = schedule.at(stepInStage);
        const auto outcome = m_learner->step(*m_task, m_learningRate, m_info.step - m_averageStart);
        ++m_info.step;
        if (outcome == Learner::Outcome::Taken) {
            m_badSteps = 0;
            return {};
        }
        logWarning(
            fmt::format("Loss or gradient of step {} is not finite; the step is skipped.", m_info.step));
        m_recorder.status.skippedSteps = ++m_info.skippedSteps;
        if (++m_badSteps < kMaxBadSteps) return {};
        return Error{ErrorCode::NonFinite,
                     "Training diverged: three steps in a row had no finite loss. The last good checkpoint "
                     "is kept; resume from it with a lower learning rate."};
    }

    Status record() {
        auto& status = m_recorder.status;
        status.step = m_info.step;
        status.epoch = double(m_info.step * m_task->settings().batch) /
                       double(std::max<std::int64_t>(m_task->imagesPerEpoch(), 1));
        const bool due = m_info.step % kMetricsEvery == 0 || secondsSince(m_measuredFrom) > kMetricsSeconds;
        if (due && m_info.step > m_measuredStep) VITRINE_CHECK(reportSteps());
        if (isPreviewDue()) VITRINE_CHECK(preview());
        m_recorder.publishSometimes(RunState::Training);
        return {};
    }

    bool isPreviewDue() const {
        return m_info.step == kFirstPreview || m_info.step % m_task->settings().previewEvery == 0;
    }

    Status reportSteps() {
        auto& status = m_recorder.status;
        const double rate =
            double(m_info.step - m_measuredStep) / std::max(secondsSince(m_measuredFrom), 1e-9);
        status.imagesPerSecond = rate * double(m_task->settings().batch);
        status.secondsLeft = double(lastStep() - m_info.step) / std::max(rate, 1e-9);
        status.shares = m_learner->takeTimes().shares();
        auto metrics = m_learner->takeMeans();
        metrics["learningRate"] = m_learningRate;
        metrics["imagesPerSecond"] = status.imagesPerSecond;
        m_job.report({double(m_info.step) / double(lastStep()),
                      status.secondsLeft,
                      fmt::format("step {} of {}, loss {:.1f}, {:.0f} images/s",
                                  m_info.step,
                                  lastStep(),
                                  m_learner->lastLoss(),
                                  status.imagesPerSecond)});
        m_measuredFrom = Clock::now();
        m_measuredStep = m_info.step;
        return m_recorder.metrics(m_info.step, metrics);
    }

    std::int64_t lastStep() const {
        return m_options.stopAfter > 0 ? std::min(m_options.stopAfter, totalSteps()) : totalSteps();
    }

    /// Scores the averaged weights, paints a sheet, and keeps the checkpoint if it is the best.
    Status preview() {
        VITRINE_TRY(const TaskScore score, m_learner->score(*m_task));
        const nlohmann::json recipe = {{"kind", "training-preview"},
                                       {"step", m_info.step},
                                       {"config", nlohmann::json::parse(m_config, nullptr, false)}};
        VITRINE_CHECK(m_recorder.preview(m_info.step, score.sheet, recipe.dump()));
        VITRINE_CHECK(m_recorder.histograms(m_info.step, m_learner->histograms()));
        VITRINE_CHECK(m_recorder.metrics(m_info.step, score.metrics));
        return keepIfBest(score);
    }

    Status keepIfBest(const TaskScore& score) {
        const TrainingKindInfo kind = m_plan->kind().info();
        const auto found = score.metrics.find(kind.bestMetric);
        if (found == score.metrics.end()) return {};
        const bool better = m_best.step < 0 || (kind.higherIsBetter ? found->second > m_best.value
                                                                    : found->second < m_best.value);
        if (!better) return {};
        m_best = {m_info.step, found->second};
        m_recorder.status.bestStep = m_best.step;
        VITRINE_CHECK(save());
        VITRINE_CHECK(m_recorder.persist([this] { return exportAverage(m_run.bestPath()); }));
        return m_recorder.persist([this] { return m_best.write(m_run.path()); });
    }

    /// Does what control.json and the stop token ask for, after a step.
    Result<JobOutcome> obey() {
        auto control = m_recorder.pollControl();
        const auto minutes = m_task->settings().checkpointMinutes;
        const bool due = minutes > 0 && secondsSince(m_lastSave) > 60 * minutes;
        const bool asked = control.saves > m_handledSaves;
        m_handledSaves = std::max(m_handledSaves, control.saves);
        const bool leaves = control.wanted != RunControl::Wanted::Train;
        if ((due || asked || leaves || reachedStop()) && m_savedStep != m_info.step) VITRINE_CHECK(save());
        if (control.wanted == RunControl::Wanted::Pause) VITRINE_CHECK(pause());
        if (m_recorder.pollControl().wanted == RunControl::Wanted::Stop) return JobOutcome::Cancelled;
        if (m_recorder.pollControl().totalSteps > totalSteps()) {
            VITRINE_CHECK(followPlan());
            m_recorder.status.totalSteps = totalSteps();
            VITRINE_CHECK(rebegin());
        }
        return JobOutcome::Done;
    }

    /// The task was opened anew under a longer plan: it continues at the same step of the same stage.
    Status rebegin() {
        if (const auto stage = currentStage(); stage && stage->begin < m_info.step)
            return m_task->begin(stage->index, stage->begin, m_info.step, m_learner->network(), m_device);
        return {};
    }

    Status pause() {
        m_recorder.publish(RunState::Paused);
        while (m_recorder.pollControl().wanted == RunControl::Wanted::Pause) {
            std::this_thread::sleep_for(kPausePoll);
            m_recorder.publishSometimes(RunState::Paused);
        }
        m_measuredFrom = m_lastSave = Clock::now();
        m_measuredStep = m_info.step;
        m_learner->takeTimes();
        m_recorder.publish(RunState::Training);
        return {};
    }

    Status save() {
        m_recorder.publish(RunState::Saving);
        const Status saved = m_recorder.persist([this] {
            return saveCheckpoint(m_run.checkpointPath(m_info.step),
                                  *m_learner->network(),
                                  m_learner->average(),
                                  m_learner->optimiser(),
                                  m_info,
                                  m_task->metadata());
        });
        // A full disk and a request to stop: the run resumes from the last checkpoint.
        if (!saved && saved.error().code == ErrorCode::NoSpace) {
            m_run.removeOldCheckpoints(kCheckpointsKept, m_best.step);
            return {};
        }
        VITRINE_CHECK(saved);
        m_savedStep = m_recorder.status.checkpointStep = m_info.step;
        m_lastSave = Clock::now();
        m_run.removeOldCheckpoints(kCheckpointsKept, m_best.step);
        VITRINE_CHECK(m_recorder.persist([this] { return exportAverage(m_run.snapshotPath()); }));
        m_recorder.publish(RunState::Training);
        return {};
    }

    Status exportAverage(const std::filesystem::path& file) {
        m_learner->swapAverage();
        const Status written = exportWeights(
            file,
            *m_learner->network(),
            [this](const std::string& name) { return m_task->isExported(name); },
            m_info,
            m_task->metadata());
        m_learner->swapAverage();
        return written;
    }

    const RunFolder& m_run;
    TrainOptions m_options;
    const JobContext& m_job;
    RunRecorder m_recorder;
    std::string m_config;
    std::unique_ptr<TrainPlan> m_plan;
    std::unique_ptr<TrainTask> m_task;
    torch::Device m_device{torch::kCPU};
    std::optional<Checkpoint> m_checkpoint;
    std::optional<Learner> m_learner;
    CheckpointInfo m_info;
    Best m_best;
    std::int64_t m_averageStart = 0, m_savedStep = -1, m_handledSaves = 0, m_measuredStep = 0;
    Clock::time_point m_measuredFrom, m_lastSave;
    double m_learningRate = 0;
    int m_badSteps = 0;
};

Result<TrainResult> trainCatching(Trainer& trainer) {
    try {
        return trainer.train();
    } catch (const std::bad_alloc& error) {
        return Error{ErrorCode::OutOfMemory,
                     "Training ran out of memory; use a smaller batch or a smaller preset.",
                     error.what()};
    } catch (const c10::OutOfMemoryError& error) {
        return Error{ErrorCode::OutOfMemory,
                     "The device ran out of memory; use a smaller batch or a smaller preset.",
                     error.what()};
    } catch (const c10::Error& error) {
        return Error{ErrorCode::Internal,
                     "Training stopped by an internal error; the last checkpoint is kept.",
                     error.what()};
    }
}

}  // namespace

Result<TrainResult> train(const RunFolder& run, const TrainOptions& options, const JobContext& job) {
    Trainer trainer(run, options, job);
    auto result = trainCatching(trainer);
    if (!result) trainer.fail(result.error());
    return result;
}

}  // namespace vitrine
