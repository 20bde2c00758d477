// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

namespace vitrine {

/// What is known of pictures. Shapes: image [N, 3, H, W] in [0, 1], black where hidden; isSeen [N, 1, H, W];
/// labels one-hot [N, K, H, W], all zero where unknown.
struct PictureEvidence {
    torch::Tensor image, isSeen, labels;
};

}  // namespace vitrine
