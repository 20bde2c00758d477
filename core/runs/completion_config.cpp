// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/completion_config.h"

namespace vitrine {

void CompletionTrainStage::bind(FieldSet& fields) {
    fields.choice(part,
                  {.key = "part",
                   .label = "Trains",
                   .help = "baseline: the deterministic network; latent: the others, with that one frozen.",
                   .group = "Network",
                   .choices = {"latent", "baseline"}});
    bindStage(fields, *this);
}

void CompletionTrainConfig::bind(FieldSet& fields) {
    const char* group = "Network";
    fields.choice(
        variant,
        {.key = "variant",
         .label = "Variant",
         .help = "cvae: the latent is trained from the whole picture; gsnn: from the observed quadrants "
                 "alone.",
         .group = group,
         .choices = {"cvae", "gsnn"}});
    fields.integer(numQuadrants,
                   {.key = "numQuadrants",
                    .label = "Observed quadrants",
                    .help = "0: none, a plain VAE; 1: bottom left; 2: left half; 3: all but bottom right.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 3});
    fields.integer(hidden,
                   {.key = "hidden",
                    .label = "Hidden units",
                    .help = "Width of both hidden layers of every network.",
                    .group = group,
                    .minimum = 1,
                    .maximum = 16384,
                    .advanced = true});
    fields.integer(latent,
                   {.key = "latent",
                    .label = "Latent size",
                    .help = "Dimensions of the latent.",
                    .group = group,
                    .minimum = 1,
                    .maximum = 4096,
                    .advanced = true});
    fields.flag(binarise,
                {.key = "binarise",
                 .label = "Black and white",
                 .help = "Trains on pixels that are either black or white, split at half brightness: the "
                         "likelihood of a pixel is defined for these alone. Off: grey values.",
                 .group = "Data"});
}

Status CompletionTrainConfig::check() const {
    if (numQuadrants == 0 && variant != "cvae")
        return configError("variant", "must be cvae if no quadrant is observed");
    return {};
}

Status CompletionTrainConfig::checkStage(std::size_t index, const std::string& name) const {
    const bool isBaseline = stages[index].part == "baseline";
    if (isBaseline && numQuadrants == 0)
        return configError(name + ".part",
                           "cannot be the baseline, which needs at least one observed quadrant");
    if (isBaseline && index > 0 && stages[index - 1].part == "latent")
        return configError(name + ".part", "cannot be the baseline after the latent, which builds on it");
    if (!isBaseline && index == 0 && numQuadrants > 0 && settings.startFrom.empty())
        return configError(name + ".part", "must be the baseline, unless \"startFrom\" brings a trained one");
    return {};
}

}  // namespace vitrine
