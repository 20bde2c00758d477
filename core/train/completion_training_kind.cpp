// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/train/completion_task.h"
#include "core/train/staged_training_kind.h"
#include "core/train/training_kinds.h"

namespace vitrine {
namespace {

constexpr std::int64_t kStepsAnEpoch = 469;  // 60,000 pictures in batches of 128

/// Pyro's settings: Adam at 1e-3, batches of 128, the deterministic network first; but Pyro takes grey
/// values. Source: papers.md A10.
CompletionTrainConfig pyro(const char* variant, std::int64_t numQuadrants) {
    CompletionTrainConfig config;
    config.variant = variant;
    config.numQuadrants = numQuadrants;
    config.binarise = true;
    config.settings.batch = 128;
    config.settings.beta2 = 0.999;
    config.settings.averageDecay = 0;
    config.settings.previewEvery = kStepsAnEpoch;
    CompletionTrainStage stage;
    stage.schedule.kind = ScheduleKind::Constant;
    stage.schedule.learningRate = 1e-3;
    stage.schedule.warmupSteps = 0;
    if (numQuadrants > 0) {
        stage.part = "baseline";
        stage.schedule.steps = 10 * kStepsAnEpoch;
        config.stages.push_back(stage);
    }
    stage.part = "latent";
    stage.schedule.steps = 40 * kStepsAnEpoch;
    config.stages.push_back(stage);
    return config;
}

ConfigTemplate cvae(std::int64_t numQuadrants) {
    return {fmt::format("cvae-{}", numQuadrants),
            fmt::format("CVAE, {} observed {}", numQuadrants, numQuadrants == 1 ? "quadrant" : "quadrants"),
            "The deterministic network, then the CVAE on top of it; minutes on two cores.",
            pyro("cvae", numQuadrants).toJson()};
}

std::vector<ConfigTemplate> completionTemplates() {
    return {cvae(1),
            cvae(2),
            cvae(3),
            {"vae",
             "VAE, nothing observed",
             "A plain VAE of whole pictures; minutes on two cores.",
             pyro("cvae", 0).toJson()},
            {"gsnn-1",
             "GSNN, 1 observed quadrant",
             "Noise trained from the prior alone; minutes on two cores.",
             pyro("gsnn", 1).toJson()}};
}

std::vector<MetricPlot> completionPlots() {
    return {{"Loss",
             "nats per image",
             "Negative log-likelihood of the hidden pixels; for a CVAE its bound. Lower is better.",
             "trainLoss",
             "heldOutLoss"},
            {"KL",
             "nats per image",
             "Information in the latent about the hidden pixels; near 0 it is ignored.",
             "kl",
             "heldOutKl"},
            {"Negative CLL by importance sampling",
             "nats per image",
             "The likelihood itself, from 20 samples per image.",
             "",
             "heldOutNllByImportance"},
            {"Reconstruction", "nats per image", "The loss without its KL.", "nll", ""},
            {"Gradient norm", "", "Norm of the gradient; a jump is a sign of trouble.", "gradientNorm", ""},
            {"Learning rate", "", "Size of a step, by the schedule.", "learningRate", ""},
            {"Speed", "images/s", "Training images per second.", "imagesPerSecond", ""}};
}

TrainingKindInfo completionInfo() {
    TrainingKindInfo info;
    info.title = "Quadrant networks";
    info.summary = "Completes a small grey picture of which some quadrants are observed.";
    info.panel = "completion";
    info.templates = completionTemplates();
    info.plots = completionPlots();
    info.bestMetric = "heldOutLoss";
    info.higherIsBetter = false;
    return info;
}

}  // namespace

const TrainingKind& completionTrainingKind() {
    static const StagedTrainingKind<CompletionTrainConfig, CompletionTask> kind(completionInfo);
    return kind;
}

}  // namespace vitrine
