// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/token_config.h"

#include <fmt/format.h>

#include <charconv>

namespace vitrine {

void TokenStage::bind(FieldSet& fields) {
    fields.choice(trains,
                  {.key = "trains",
                   .label = "Trains",
                   .help = "tokens: recognition and generation, from labels alone; prior: the networks that "
                           "see the picture.",
                   .group = "Network",
                   .choices = {"tokens", "prior"}});
    bindStage(fields, *this);
}

void TokenTrainConfig::bind(FieldSet& fields) {
    const char *network = "Network", *objective = "Objective";
    fields.integer(size,
                   {.key = "size",
                    .label = "Picture size",
                    .help = "Images are scaled down to this; a multiple of 16 that divides the data's size.",
                    .unit = "px",
                    .group = network,
                    .minimum = 16,
                    .maximum = 1024});
    const auto priorSize =
        [&](std::int64_t& value, const char* key, const char* label, const char* help, double maximum) {
            fields.integer(value,
                           {.key = key,
                            .label = label,
                            .help = help,
                            .group = network,
                            .minimum = 1,
                            .maximum = maximum,
                            .advanced = true});
        };
    priorSize(priorWidth,
              "priorWidth",
              "Width of the prior",
              "Maps of the finest level, which has one cell per token; twice and four times as many below.",
              4096);
    priorSize(
        priorLayers, "priorLayers", "Layers of the prior", "Layers of attention at the coarsest level.", 64);
    priorSize(priorHeads, "priorHeads", "Heads of the prior", "Attention heads of each layer.", 64);
    fields.text(classWeights,
                {.key = "classWeights",
                 .label = "Weights of the classes",
                 .help = "Of each class in the cross-entropy, separated by commas, so that thin parts are "
                         "not lost; empty: 1 each.",
                 .group = objective});
    fields.number(guessWeight,
                  {.key = "guessWeight",
                   .label = "Weight of the guess",
                   .help = "Weight of the initial guess's cross-entropy per pixel beside that of a token.",
                   .group = objective,
                   .minimum = 0,
                   .maximum = 1e6,
                   .advanced = true});
    bindAugmentation(fields, augmentation);
}

Status TokenTrainConfig::check() const {
    if (size % 16 != 0) return configError("size", "must be a multiple of 16");
    if (4 * priorWidth % priorHeads != 0)
        return configError("priorWidth", "times 4 must be a multiple of \"priorHeads\"");
    return checkAugmentation(augmentation);
}

Result<std::vector<double>> TokenTrainConfig::weightsOfClasses(std::int64_t numClasses) const {
    if (classWeights.empty()) return std::vector<double>(std::size_t(numClasses), 1);
    std::vector<double> weights;
    const char *at = classWeights.data(), *const end = at + classWeights.size();
    while (at < end) {
        double weight = 0;
        const auto [next, error] = std::from_chars(at, end, weight);
        if (error != std::errc() || weight <= 0 || (next != end && *next != ',')) break;
        weights.push_back(weight);
        at = next + (next != end);
    }
    if (at == end && std::int64_t(weights.size()) == numClasses) return weights;
    return configError(
        "classWeights",
        fmt::format("must hold a number above 0 for each of the data's {} classes", numClasses));
}

}  // namespace vitrine
