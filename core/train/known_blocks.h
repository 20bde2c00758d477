// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace vitrine {

/// Pixels whose labels a prior is shown: of a share of the images a part between nothing and all, in blocks
/// whose side is a power of two from `smallestSide` to 32, the same in all images. Shapes: [N, size, size]
/// bool.
torch::Tensor knownBlocks(std::int64_t count,
                          std::int64_t size,
                          double share,
                          std::int64_t smallestSide,
                          torch::Generator generator);

}  // namespace vitrine
