// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/segmentation_config.h"

#include <algorithm>

namespace vitrine {
namespace {

void bindNetwork(FieldSet& set, SegmentationTrainConfig& config) {
    const char* group = "Network";
    set.choice(config.variant,
               {.key = "variant",
                .label = "Variant",
                .help = "cnn: no latent; gdnn: a latent without noise; gsnn: noise, trained from the prior; "
                        "cvae: trained "
                        "from the recognition network; hybrid: both.",
                .group = group,
                .choices = {"hybrid", "cvae", "gsnn", "gdnn", "cnn"}});
    set.flag(
        config.multiScale,
        {.key = "multiScale",
         .label = "Multi-scale prediction",
         .help = "Also predicts labels at half and a quarter of the size while training (msc in the paper).",
         .group = group});
    set.flag(config.recurrent,
             {.key = "recurrent",
              .label = "Recurrent connection",
              .help = "The prior sees the CNN's initial guess beside the image.",
              .group = group,
              .advanced = true});
    set.choice(config.headKernel,
               {.key = "headKernel",
                .label = "Last kernel",
                .help = "Side of the last convolutions' kernels: 9 in the paper, 5 in the released code.",
                .unit = "px",
                .group = group,
                .choices = {"9", "5"},
                .advanced = true});
    set.choice(config.recognitionModel,
               {.key = "recognitionModel",
                .label = "Recognition input",
                .help = "qzxy: image and labels; qzy: labels alone.",
                .group = group,
                .choices = {"qzxy", "qzy"},
                .advanced = true});
    set.choice(config.priorModel,
               {.key = "priorModel",
                .label = "Prior input",
                .help = "pzx: the image (and the guess); pzy: the guess alone.",
                .group = group,
                .choices = {"pzx", "pzy"},
                .advanced = true});
    set.choice(config.predictionModel,
               {.key = "predictionModel",
                .label = "Prediction from",
                .help = "pyxz: the sum of CNN and generation network; pyz: the generation network alone.",
                .group = group,
                .choices = {"pyxz", "pyz"},
                .advanced = true});
    set.flag(
        config.batchNorm,
        {.key = "batchNorm",
         .label = "Batch normalisation",
         .help = "In the hidden layers during training; learns from fewer images. The exported network has "
                 "none.",
         .group = group,
         .advanced = true});
    set.number(config.width,
               {.key = "width",
                .label = "Width",
                .help = "Scales the size of every layer.",
                .unit = "x",
                .group = group,
                .minimum = 0.01,
                .maximum = 4,
                .advanced = true});
    set.choice(config.initialisation,
               {.key = "initialisation",
                .label = "Weights at the start",
                .help = "paper: variance 1 / fan-in; he: each layer keeps the variance of its signal, which "
                        "learns sooner.",
                .group = group,
                .choices = {"paper", "he"},
                .advanced = true});
}

void bindObjective(FieldSet& set, SegmentationTrainConfig& config) {
    const char* group = "Objective";
    set.number(
        config.alpha,
        {.key = "alpha",
         .label = "Alpha of the hybrid",
         .help = "Weight of the CVAE's loss, the rest is the GSNN's: more gives more diverse samples, less a "
                 "better mean.",
         .group = group,
         .minimum = 0,
         .maximum = 1});
    set.number(config.klWeight,
               {.key = "klWeight",
                .label = "Weight of KL",
                .help = "1 is the bound on the likelihood; less lets the latent hold more information.",
                .group = group,
                .minimum = 0,
                .maximum = 1000});
    set.integer(
        config.klAnnealSteps,
        {.key = "klAnnealSteps",
         .label = "KL rises over",
         .help =
             "The KL weight grows from 0 over this number of steps, so that the latent is not ignored; 0 in "
             "the paper.",
         .unit = "steps",
         .group = group,
         .minimum = 0,
         .maximum = 1e9});
    set.number(config.freeBits,
               {.key = "freeBits",
                .label = "Free bits",
                .help = "KL of each latent channel that is not penalised; 0 in the paper.",
                .unit = "nats",
                .group = group,
                .minimum = 0,
                .maximum = 100,
                .advanced = true});
}

}  // namespace

void SegmentationTrainStage::bind(FieldSet& fields) {
    fields.integer(size,
                   {.key = "size",
                    .label = "Picture size",
                    .help = "Images are scaled down to this; a multiple of 16 that divides the data's size.",
                    .unit = "px",
                    .group = "Network",
                    .minimum = 16,
                    .maximum = 1024});
    bindStage(fields, *this);
    fields.flag(omissions,
                {.key = "omissions",
                 .label = "Leave boxes out",
                 .help = "Off: this stage uses whole images, from which a CNN learns first.",
                 .group = "Augmentation"});
}

void SegmentationTrainConfig::bind(FieldSet& fields) {
    bindNetwork(fields, *this);
    bindObjective(fields, *this);
    bindAugmentation(fields, augmentation);
}

Status SegmentationTrainConfig::checkStage(std::size_t index, const std::string& name) const {
    if (stages[index].size % 16 != 0) return configError(name + ".size", "must be a multiple of 16");
    return {};
}

void bindAugmentation(FieldSet& set, SegmentationAugmentation& augmentation) {
    const char* group = "Augmentation";
    const auto share = [&](const char* key, const char* label, const char* help, double least) {
        return ConfigField{.key = key,
                           .label = label,
                           .help = help,
                           .unit = "of the side",
                           .group = group,
                           .minimum = least,
                           .maximum = 1};
    };
    const auto fraction = [&](const char* key, const char* label, const char* help) {
        return ConfigField{
            .key = key, .label = label, .help = help, .group = group, .minimum = 0, .maximum = 1};
    };
    set.flag(augmentation.family,
             {.key = "family",
              .label = "Parametric chairs",
              .help = "Trains on the scenes of parametric chairs too, if the set holds some (data scenes "
                      "--family); off: on real chairs alone.",
              .group = group});
    set.flag(augmentation.flip,
             {.key = "flip", .label = "Mirror", .help = "Mirrors every other image.", .group = group});
    set.number(
        augmentation.cutOut,
        share("cutOut",
              "Smallest cut-out",
              "Each image is a part of the scene, whose height and width are drawn between this and the "
              "whole; 1 for none.",
              0.3));
    set.number(
        augmentation.colour,
        fraction("colour",
                 "Change of colours",
                 "Channels are shuffled, and their gain and brightness changed by up to this; 0 for none."));
    set.number(
        augmentation.studio,
        fraction("studio",
                 "Images in a studio",
                 "Fraction of the images whose room is replaced by a plain wall and floor: shapes of chairs "
                 "are learned sooner, and chairs on plain backgrounds are recognised too."));
    set.number(augmentation.noiseInjection,
               share("noiseInjection",
                     "Noise injection",
                     "Largest side of a black box in every training image; 0.4 in the paper, 0 for none.",
                     0));
    set.number(augmentation.omissionShare,
               fraction("omissionShare",
                        "Images with an omission",
                        "Fraction of the images with a part left out, so that more than one answer is right; "
                        "held-out images are treated alike."));
    set.number(
        augmentation.omissionMin,
        share("omissionMin", "Smallest omission", "Smallest height and width of a box left out.", 0.01));
    set.number(augmentation.omissionMax,
               share("omissionMax", "Largest omission", "Largest height and width of a box left out.", 0.01));
    set.number(
        augmentation.omissionBlocks,
        fraction("omissionBlocks",
                 "Omissions in blocks",
                 "Fraction of the omissions that are blocks of 1, 4 or 8 pixels all over the image, 25 to "
                 "70% of them, instead of one box."));
    set.number(
           augmentation.observedLabelFraction,
           fraction("observedLabelFraction",
                    "Images with observed labels",
                    "Fraction of the images for which the prior is conditioned on the labels of some blocks: "
                    "it learns to complete answers, so that they can be sampled autoregressively."))
        .formerly("toldShare");
}

Status checkAugmentation(const SegmentationAugmentation& augmentation) {
    if (augmentation.omissionMin > augmentation.omissionMax)
        return configError("omissionMin", "must not be above \"omissionMax\"");
    return {};
}

SegmentationAugmentation SegmentationTrainConfig::augmentationOf(std::size_t stage) const {
    SegmentationAugmentation ofStage = augmentation;
    if (!stages[stage].omissions) ofStage.omissionShare = 0;
    return ofStage;
}

double SegmentationTrainConfig::klWeightAt(std::int64_t step) const {
    if (klAnnealSteps <= 0) return klWeight;
    return klWeight * std::min(1.0, double(step + 1) / double(klAnnealSteps));
}

}  // namespace vitrine
