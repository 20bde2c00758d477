// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <string>

namespace vitrine {

/// Batch normalisation of the hidden layers of a network, between a layer and its ReLU, while it is trained.
/// What it has learned can be folded into the layers afterwards. Source: Ioffe, Szegedy 2015.
struct BatchNormsImpl : torch::nn::Module {
    void add(const std::string& layer, std::int64_t numMaps);
    /// While training by the batch's mean and variance, else by those gathered; a layer that was not added
    /// stays as it is. Shapes: [N, C, H, W].
    torch::Tensor after(const std::string& layer, const torch::Tensor& maps);
    /// Scales the layers of a network, Conv2d or UpConvolution with these names, so that it needs no
    /// normalisation.
    void foldInto(torch::nn::Module& network) const;
};
TORCH_MODULE(BatchNorms);

/// Whether a parameter is a mean or variance that is gathered, not learned.
bool isGathered(const std::string& parameter);

}  // namespace vitrine
