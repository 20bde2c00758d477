// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/distillation.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

std::int64_t Distillation::numIn(std::int64_t batch) const {
    return std::clamp<std::int64_t>(std::llround(share * double(batch)), 0, batch - 1);
}

void Distillation::bind(FieldSet& fields) {
    const char* group = "Distillation";
    fields.number(share,
                  {.key = "distilledShare",
                   .label = "Distilled fraction",
                   .help = "Fraction of each batch whose targets are the start network's own pictures of the "
                           "styles without data, so that these stay as they are. Above 0 the network has the "
                           "sizes of Start from; vitrine-cli teach makes what it needs.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1,
                   .advanced = true});
    fields.number(styleRate,
                  {.key = "styleRate",
                   .label = "Rate of new styles",
                   .help = "With distillation: styles with data learn at this times the rate.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1000,
                   .advanced = true});
    fields.number(convolutionRate,
                  {.key = "convolutionRate",
                   .label = "Rate of convolutions",
                   .help = "With distillation: up-convolutions learn at this times the rate.",
                   .group = group,
                   .minimum = 0,
                   .maximum = 1000,
                   .advanced = true});
}

}  // namespace vitrine
