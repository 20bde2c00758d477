// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/chair_config.h"

#include <cmath>

#include "core/data/style_ids.h"

namespace vitrine {
namespace {

void bindTheta(FieldSet& fields, ChairStage& stage) {
    const char* group = "Transformation";
    fields.number(stage.identityShare,
                  {.key = "identityShare",
                   .label = "Untransformed fraction",
                   .help = "Fraction of the images without transformation (theta = 0).",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1});
    fields
        .number(stage.curriculumScaleStart,
                {.key = "curriculumScaleStart",
                 .label = "Initial curriculum scale",
                 .help = "Transformations start at this fraction of the paper's ranges.",
                 .group = group,
                 .minimum = 0,
                 .maximum = 2,
                 .advanced = true})
        .formerly("spreadStart");
    fields
        .number(stage.curriculumScaleEnd,
                {.key = "curriculumScaleEnd",
                 .label = "Final curriculum scale",
                 .help = "Transformations grow towards this fraction of the paper's ranges.",
                 .group = group,
                 .minimum = 0,
                 .maximum = 2,
                 .advanced = true})
        .formerly("spreadEnd");
    fields
        .number(stage.curriculumScaleRate,
                {.key = "curriculumScaleRate",
                 .label = "Curriculum rate",
                 .help = "How fast the curriculum scale grows, per step; 0.00001 in the paper.",
                 .group = group,
                 .minimum = 0,
                 .maximum = 1,
                 .advanced = true})
        .formerly("spreadRate");
}

}  // namespace

void ChairStage::bind(FieldSet& fields) {
    fields.choice(preset,
                  {.key = "preset",
                   .label = "Network",
                   .help = "paper: two streams as in the paper, 32 million parameters; compact: one stream, "
                           "two thirds of that. The number is the picture's side in pixels.",
                   .group = "Network",
                   .choices = {"compact-128", "compact-64", "paper-128", "paper-64"}});
    fields.number(width,
                  {.key = "width",
                   .label = "Width",
                   .help = "Scales the size of every layer.",
                   .unit = "x",
                   .group = "Network",
                   .minimum = 0.01,
                   .maximum = 4,
                   .advanced = true});
    fields.flag(onlyNewLayers,
                {.key = "onlyNewLayers",
                 .label = "Train new layers only",
                 .help = "Layers taken over from the previous stage stay fixed (the paper's second stage).",
                 .group = "Network",
                 .advanced = true});
    bindStage(fields, *this);
    fields.number(mixCriticWeight,
                  {.key = "mixCriticWeight",
                   .label = "Weight of the mix critic",
                   .help = "A critic learns to distinguish pictures between two styles from pictures of one; "
                           "the generator learns to fool it. 0 is the paper's loss.",
                   .group = "Objective",
                   .minimum = 0,
                   .maximum = 1e6,
                   .advanced = true});
    bindTheta(fields, *this);
}

double ChairStage::curriculumScaleAt(std::int64_t stepInStage) const {
    const double grown = 2 / (1 + std::exp(-curriculumScaleRate * double(stepInStage))) - 1;
    return curriculumScaleStart + (curriculumScaleEnd - curriculumScaleStart) * grown;
}

void ChairStage::prolong(std::int64_t steps) {
    curriculumScaleStart = curriculumScaleEnd = curriculumScaleAt(schedule.steps);
    TrainStage::prolong(steps);
}

void ChairTrainConfig::bind(FieldSet& fields) {
    const char* group = "Objective";
    fields.number(rgbWeight,
                  {.key = "rgbWeight",
                   .label = "Weight of RGB",
                   .help = "Lambda of the paper's loss: weight of the squared error of the masked RGB.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6});
    fields.number(maskWeight,
                  {.key = "maskWeight",
                   .label = "Weight of the mask",
                   .help = "Weight of the squared error of the mask; 1 with the paper's lambda of 10.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6});
    fields.number(compositeWeight,
                  {.key = "compositeWeight",
                   .label = "Weight of the composite",
                   .help = "Squared error of the picture composited over white; 0 is the paper's loss.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6,
                   .advanced = true});
    fields.number(edgeWeight,
                  {.key = "edgeWeight",
                   .label = "Weight of edges",
                   .help = "Squared error of differences between neighbouring pixels, for thin parts; 0 is "
                           "the paper's loss.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6,
                   .advanced = true});
    fields.integer(
        styleDimensions,
        {.key = "styleDimensions",
         .label = "Style dimensions",
         .help = "Each style is a Gaussian of this many dimensions, so that lines between styles stay among "
                 "chairs; 0 is the paper's one-hot style.",
         .group = "Network",
         .minimum = 0,
         .maximum = 1024,
         .advanced = true});
    fields.number(styleKlWeight,
                  {.key = "styleKlWeight",
                   .label = "Weight of the style's KL",
                   .help = "Divergence of each style's Gaussian from the standard normal, in nats.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1e6,
                   .advanced = true});
    fields.flag(betweenStyles,
                {.key = "betweenStyles",
                 .label = "Chairs between styles",
                 .help = "Also trains on the data set's chairs between two of the parametric family, as "
                         "mixes of both styles; off is "
                         "as in the paper.",
                 .group = "Data",
                 .advanced = true});
    fields.flag(holdOutViews,
                {.key = "holdOutViews",
                 .label = "Hold out views",
                 .help = "Keeps every fourth azimuth of every second chair out of training, to score unseen "
                         "views.",
                 .group = "Data"});
    fields.text(emphasised,
                {.key = "emphasised",
                 .label = "Emphasised chairs",
                 .help = "Ids of chairs that are shown more often, separated by commas: those with patterns "
                         "that are hard to learn.",
                 .group = "Data",
                 .advanced = true});
    fields.integer(emphasis,
                   {.key = "emphasis",
                    .label = "Emphasis",
                    .help = "How often an epoch shows each view of an emphasised chair.",
                    .group = "Data",
                    .minimum = 1,
                    .maximum = 1000,
                    .advanced = true});
    transfer.bind(fields);
    distillation.bind(fields);
}

std::set<std::string> ChairTrainConfig::emphasisedStyles() const {
    return styleIdsIn(emphasised);
}

Status ChairTrainConfig::check() const {
    const FieldCheck fault = transfer.check();
    return fault ? Status(configError(fault->name, fault->what)) : Status();
}

}  // namespace vitrine
