// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/staged_training_kind.h"
#include "core/train/token_task.h"
#include "core/train/training_kinds.h"

namespace vitrine {
namespace {

TokenStage stageOf(const char* trains, std::int64_t steps, double learningRate) {
    TokenStage stage;
    stage.trains = trains;
    stage.schedule.kind = ScheduleKind::Cosine;
    stage.schedule.steps = steps;
    stage.schedule.learningRate = learningRate;
    stage.schedule.warmupSteps = 200;
    return stage;
}

ConfigTemplate chairs() {
    TokenTrainConfig config;
    config.settings.batch = 32;
    config.settings.beta2 = 0.999;
    config.settings.gradientClip = 1;
    config.classWeights = "0.5,1,1,2,1.5";
    config.augmentation.cutOut = 0.6;
    config.augmentation.colour = 0.3;
    config.augmentation.studio = 0.7;
    config.augmentation.omissionShare = 0.85;
    config.augmentation.omissionMin = 0.25;
    config.augmentation.omissionMax = 0.85;
    config.augmentation.observedLabelFraction = 0.4;
    config.stages = {stageOf("tokens", 4000, 1.5e-3), stageOf("prior", 20000, 1e-3)};
    return {"tokens-128",
            "Tokens, 128 x 128",
            "Labels as discrete tokens with a joint prior: consistent samples; some hours on two cores.",
            config.toJson()};
}

std::vector<MetricPlot> tokenPlots() {
    return {
        {"Loss", "", "What the optimiser minimises. Lower is better.", "loss", ""},
        {"Reconstruction",
         "nats per pixel",
         "Reconstruction loss of the tokens, weighted by class.",
         "reconstructionCe",
         ""},
        {"Tokens",
         "nats per token",
         "Cross-entropy of the prior on the masked tokens of the truth.",
         "tokenCe",
         ""},
        {"IoU",
         "",
         "Overlap with the truth, without the background: of the reconstruction from tokens, then of the "
         "samples' mean.",
         "trainIou",
         "heldOutIou"},
        {"Best of four samples", "IoU", "The sample nearest to the truth.", "trainBestIou", "heldOutBestIou"},
        {"Diversity of samples",
         "1 - IoU",
         "Mean distance between two samples.",
         "trainDiversity",
         "heldOutDiversity"},
        {"IoU of the initial guess", "", "The answer without a latent.", "trainCnnIou", "heldOutCnnIou"},
        {"Initial guess", "nats per pixel", "Cross-entropy of the guess, weighted by class.", "guessCe", ""},
        {"Gradient norm", "", "Norm of the gradient; a jump is a sign of trouble.", "gradientNorm", ""},
        {"Learning rate", "", "Size of a step, by the schedule.", "learningRate", ""},
        {"Speed", "images/s", "Training images per second.", "imagesPerSecond", ""}};
}

TrainingKindInfo tokenInfo() {
    TrainingKindInfo info;
    info.title = "Token predictor";
    info.summary = "Possible label maps for an image, part of which may be hidden, drawn token by token.";
    info.templates = {chairs()};
    info.plots = tokenPlots();
    info.panel = "segmentation";
    info.bestMetric = "heldOutIou";
    return info;
}

}  // namespace

const TrainingKind& tokenTrainingKind() {
    static const StagedTrainingKind<TokenTrainConfig, TokenTask> kind(tokenInfo);
    return kind;
}

}  // namespace vitrine
