// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// What a network is fed for the ids of a training set: a style of its own, or, for a chair between two of
/// the family, the mix of both at its share.
struct StyleTable {
    std::vector<std::string> styles;  ///< ids of the network's styles, by its class index
    torch::Tensor weights;            ///< [ids, styles] float32

    /// The network's styles are the ids that are not between two others; these must come first, so that class
    /// indices of the set and of the network are the same. Errors: InvalidArgument naming the id (one that
    /// follows, an end that is missing).
    static Result<StyleTable> make(std::span<const std::string> ids);
};

}  // namespace vitrine
