// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/runs/config_fields.h"

namespace vitrine {

/// How a training that adds a chair to a network keeps the network's other styles as they are. Source: Li,
/// Hoiem 2016, "Learning without forgetting".
struct Distillation {
    double share = 0;      ///< of each batch, for which the start network's own pictures are the targets
    double styleRate = 1;  ///< learning rate of the styles with data, times the schedule's
    double convolutionRate = 1;  ///< of the up-convolutions

    bool isOn() const { return share > 0; }
    /// How many of a batch's samples; at least one of a batch is left to the data.
    std::int64_t numIn(std::int64_t batch) const;
    void bind(FieldSet& fields);
};

}  // namespace vitrine
