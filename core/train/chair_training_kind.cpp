// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_task.h"
#include "core/train/staged_training_kind.h"
#include "core/train/training_kinds.h"

namespace vitrine {
namespace {

ChairStage stageOf(const char* preset, std::int64_t steps, ScheduleKind kind, double learningRate) {
    ChairStage stage;
    stage.preset = preset;
    stage.schedule.kind = kind;
    stage.schedule.steps = steps;
    stage.schedule.learningRate = learningRate;
    return stage;
}

/// A first run: 38,400 small pictures, half of the channels. 0.84 s of processor time a step.
ConfigTemplate tenMinutes() {
    ChairTrainConfig config;
    config.settings.batch = 32;
    config.settings.averageDecay = 0.99;
    config.settings.previewEvery = 100;
    ChairStage stage = stageOf("compact-64", 1200, ScheduleKind::Cosine, 1e-3);
    stage.width = 0.5;
    stage.schedule.warmupSteps = 50;
    stage.identityShare = 0.8, stage.curriculumScaleRate = 2e-3;
    config.stages = {stage};
    return {"ten-minutes-64",
            "First run, 64 x 64",
            "Small, blurred chairs, to see a training from start to end; about ten minutes on two cores.",
            config.toJson()};
}

/// A quick look: small pictures, an hour or two of a laptop.
ConfigTemplate quick() {
    ChairTrainConfig config;
    ChairStage stage = stageOf("compact-64", 6000, ScheduleKind::Cosine, 1e-3);
    stage.identityShare = 0.6, stage.curriculumScaleRate = 5e-4;
    config.stages = {stage};
    return {"quick-64",
            "Quick look, 64 x 64",
            "Small pictures; shapes after minutes, a usable model after an hour or two on two cores.",
            config.toJson()};
}

/// What the bundled model was trained with: half size first, then all.
ConfigTemplate compact() {
    ChairTrainConfig config;
    ChairStage small = stageOf("compact-64", 5250, ScheduleKind::Constant, 1e-3),
               large = stageOf("compact-128", 7000, ScheduleKind::Cosine, 1e-3);
    small.schedule.warmupSteps = large.schedule.warmupSteps = 200;
    small.identityShare = 0.6, small.curriculumScaleRate = 1e-4;
    large.identityShare = 0.5, large.curriculumScaleStart = 0.25, large.curriculumScaleRate = 2e-4;
    config.stages = {small, large};
    return {
        "compact-128",
        "Compact, 128 x 128",
        "One stream at full size, half-size stage first, like the bundled model; some hours on two cores.",
        config.toJson()};
}

/// Rates of the paper belong to Caffe's Euclidean loss, half the squared error. Source: papers.md B2, B3,
/// stages 1 to 3.
ConfigTemplate paper() {
    ChairTrainConfig config;
    config.settings.batch = 128;
    config.settings.optimiser = "sgd";
    config.settings.averageDecay = 0;
    config.settings.biasRate = 2;
    config.rgbWeight = 5, config.maskWeight = 0.5;
    ChairStage first = stageOf("paper-64", 300000, ScheduleKind::Halve, 2e-4);
    first.schedule.decayAfter = 250000, first.schedule.decayEvery = 50000;
    ChairStage second = stageOf("paper-128", 250, ScheduleKind::Constant, 1e-5);
    second.onlyNewLayers = true, second.identityShare = 1;
    ChairStage third = stageOf("paper-128", 50000, ScheduleKind::Halve, 5e-5);
    third.schedule.decayAfter = 20000, third.schedule.decayEvery = 10000, third.schedule.decayFactor = 0.2,
    third.curriculumScaleStart = 0.2;
    for (auto* stage : {&first, &second, &third}) stage->schedule.warmupSteps = 0;
    first.identityShare = third.identityShare = 0;
    config.stages = {first, second, third};
    return {"paper",
            "As in the paper",
            "Two streams, SGD with momentum, three stages, 350,000 steps of 128 images: days on a GPU.",
            config.toJson()};
}

std::vector<MetricPlot> chairPlots() {
    return {
        {"Loss",
         "squared error per picture",
         "What the optimiser minimises: weighted squared errors of RGB and mask. Lower is better.",
         "loss",
         ""},
        {"PSNR",
         "dB",
         "How close pictures are to the truth, on white; 6 dB more is half the error. Higher is better; "
         "held-out views are not trained on.",
         "trainPsnr",
         "heldOutPsnr"},
        {"Mask IoU", "", "Overlap of predicted and true silhouette, 1 is perfect.", "trainIou", "heldOutIou"},
        {"Kept styles",
         "dB",
         "How close pictures of the styles without data are to those of the network that a training with "
         "distillation began with; higher is better.",
         "keptPsnr",
         ""},
        {"Before teaching",
         "dB",
         "PSNR of the held-out views by the known style, or the mix of known ones, that a taught chair began "
         "as.",
         "startPsnr",
         ""},
        {"RGB error",
         "squared error per picture",
         "The RGB part of the loss, before its weight.",
         "rgbLoss",
         ""},
        {"Mask error", "squared error per picture", "The mask part of the loss.", "maskLoss", ""},
        {"Style divergence",
         "nats per image",
         "KL divergence of each style's Gaussian from the standard normal; only with Gaussian styles.",
         "styleKl",
         ""},
        {"Gradient norm", "", "Norm of the gradient; a jump is a sign of trouble.", "gradientNorm", ""},
        {"Learning rate", "", "Size of a step, by the schedule.", "learningRate", ""},
        {"Speed", "images/s", "Training images per second.", "imagesPerSecond", ""}};
}

TrainingKindInfo chairInfo() {
    TrainingKindInfo info;
    info.title = "Chair generator";
    info.summary = "Generates RGB and a mask from style, viewpoint and transformation.";
    info.templates = {tenMinutes(), compact(), quick(), paper()};
    info.plots = chairPlots();
    info.usesChairs = true;
    info.panel = "chairs";
    info.bestMetric = "heldOutPsnr";
    return info;
}

}  // namespace

const TrainingKind& chairTrainingKind() {
    static const StagedTrainingKind<ChairTrainConfig, ChairTask> kind(chairInfo);
    return kind;
}

}  // namespace vitrine
