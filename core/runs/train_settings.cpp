// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/train_settings.h"

namespace vitrine {
namespace {

void bindData(FieldSet& fields, TrainSettings& s) {
    fields.path(s.data,
                {.key = "data",
                 .label = "Data set",
                 .help = "The packed data set; empty takes the one that Vitrine rendered.",
                 .group = "Data"});
    fields.path(s.startFrom,
                {.key = "startFrom",
                 .label = "Start from",
                 .help = "Initial weights, in each stage for the layers that the previous stage lacks; "
                         "layers that do not fit are initialised at random.",
                 .group = "Data"});
    fields.integer(s.batch,
                   {.key = "batch",
                    .label = "Batch size",
                    .help = "Images in one step.",
                    .unit = "images",
                    .group = "Data",
                    .minimum = 1,
                    .maximum = 65536});
    fields.integer(
        s.seed,
        {.key = "seed",
         .label = "Seed",
         .help = "Two runs with the same seed, data and thread count give the same weights, bit for bit.",
         .group = "Data",
         .minimum = 0,
         .maximum = 9e15});
}

void bindOptimiser(FieldSet& fields, TrainSettings& s) {
    const char* group = "Optimiser";
    fields.choice(
        s.optimiser,
        {.key = "optimiser",
         .label = "Optimiser",
         .help = "Adam adapts the step to each weight; SGD with momentum is what the chair paper used.",
         .group = group,
         .choices = {"adam", "sgd"}});
    fields.number(s.beta1,
                  {.key = "beta1",
                   .label = "Adam beta 1",
                   .help = "How long Adam remembers the gradient.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 0.9999,
                   .advanced = true});
    fields.number(s.beta2,
                  {.key = "beta2",
                   .label = "Adam beta 2",
                   .help = "How long Adam remembers the gradient's square.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 0.999999,
                   .advanced = true});
    fields.number(s.epsilon,
                  {.key = "epsilon",
                   .label = "Adam epsilon",
                   .help = "Prevents a division by zero in Adam.",
                   .group = group,
                   .minimum = 1e-16,
                   .maximum = 1,
                   .advanced = true});
    fields.number(s.momentum,
                  {.key = "momentum",
                   .label = "SGD momentum",
                   .help = "Fraction of the last step that is added to the next.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 0.9999,
                   .advanced = true});
    fields.number(
        s.biasRate,
        {.key = "biasRate",
         .label = "SGD rate of biases",
         .help = "Biases of fully connected layers learn at this times the rate; 2 in the chair paper.",
         .group = group,
         .minimum = 0,
         .maximum = 100,
         .advanced = true});
    fields.number(s.weightDecay,
                  {.key = "weightDecay",
                   .label = "Weight decay",
                   .help = "Pulls weights towards zero: this times the weight is added to its gradient.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1,
                   .advanced = true});
    fields.number(s.gradientClip,
                  {.key = "gradientClip",
                   .label = "Gradient clip",
                   .help = "Largest norm of all gradients together; 0 turns clipping off.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e12,
                   .advanced = true});
    fields.number(s.averageDecay,
                  {.key = "averageDecay",
                   .label = "Weight average (EMA)",
                   .help = "Snapshots hold a moving average of the weights, steadier than those of the last "
                           "step; closer to 1 averages longer.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 0.999999,
                   .advanced = true});
}

void bindUpkeep(FieldSet& fields, TrainSettings& s) {
    const char* group = "Run";
    fields.choice(s.precision,
                  {.key = "precision",
                   .label = "Precision",
                   .help = "auto measures at first use which of the two is faster on this processor.",
                   .group = group,
                   .choices = {"auto", "fp32", "bf16"},
                   .advanced = true});
    fields.number(s.checkpointMinutes,
                  {.key = "checkpointMinutes",
                   .label = "Checkpoint every",
                   .help = "Interval between checkpoints; 0 saves at the end and on request only.",
                   .unit = "min",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6});
    fields.integer(s.previewEvery,
                   {.key = "previewEvery",
                    .label = "Preview every",
                    .help = "Writes a sheet of predictions beside the truth and scores held-out data.",
                    .unit = "steps",
                    .group = group,
                    .minimum = 1,
                    .maximum = 1e9});
}

void bindSchedule(FieldSet& fields, Schedule& s) {
    const char* group = "Schedule";
    fields.integer(s.steps,
                   {.key = "steps",
                    .label = "Steps",
                    .help = "Length of this stage; a step uses one batch.",
                    .unit = "steps",
                    .group = group,
                    .minimum = 1,
                    .maximum = 1e9});
    fields.choice(s.kind,
                  {.key = "schedule",
                   .label = "Schedule",
                   .help = "How the learning rate changes: constant, cosine decay to 0, halved repeatedly "
                           "(the chair paper), or inverse decay (the CVAE paper).",
                   .group = group,
                   .choices = scheduleNames()});
    fields.number(s.learningRate,
                  {.key = "learningRate",
                   .label = "Learning rate",
                   .help = "Size of a step; too large diverges, too small converges slowly.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 10});
    fields.integer(s.warmupSteps,
                   {.key = "warmupSteps",
                    .label = "Warm-up",
                    .help = "The learning rate grows from 0 over this number of steps.",
                    .unit = "steps",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e9,
                    .advanced = true});
    fields.integer(s.decayAfter,
                   {.key = "decayAfter",
                    .label = "Decay after",
                    .help = "Halve and inverse decay begin here.",
                    .unit = "steps",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e9,
                    .advanced = true});
    fields.integer(s.decayEvery,
                   {.key = "decayEvery",
                    .label = "Decay every",
                    .help = "Halve: steps between two falls. Inverse decay: steps that count as one epoch.",
                    .unit = "steps",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e9,
                    .advanced = true});
    fields.number(s.decayFactor,
                  {.key = "decayFactor",
                   .label = "Decay factor",
                   .help = "Halve: the rate is multiplied by this; the chair paper's last stage uses 0.2.",
                   .group = group,
                   .minimum = 1e-6,
                   .maximum = 1,
                   .advanced = true});
    fields.number(s.decayRate,
                  {.key = "decayRate",
                   .label = "Decay rate",
                   .help = "Inverse decay: rate / (1 + this x epochs since it began).",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1000,
                   .advanced = true});
}

}  // namespace

void TrainStage::prolong(std::int64_t steps) {
    schedule = schedule.goingOn(steps);
    continuesPrevious = true;
}

void bindSettings(FieldSet& fields, TrainSettings& settings) {
    bindData(fields, settings);
    bindOptimiser(fields, settings);
    bindUpkeep(fields, settings);
}

void bindStage(FieldSet& fields, TrainStage& stage) {
    bindSchedule(fields, stage.schedule);
    fields
        .flag(stage.continuesPrevious,
              {.key = "continuesPrevious",
               .label = "Continue previous stage",
               .help = "Keeps network, optimiser and average of the previous stage; set when a run is "
                       "extended.",
               .group = "Network",
               .advanced = true})
        .formerly("goesOn");
}

}  // namespace vitrine
