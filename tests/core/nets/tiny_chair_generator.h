// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/chair_generator.h"
#include "core/nets/inference_backend.h"

namespace vitrine::test {

/// Widths that are no multiples of eight, so that maps are added.
inline ChairGeneratorOptions tinyChairGeneratorOptions(bool twoStreams, double leakySlope) {
    ChairGeneratorOptions options;
    options.numStyles = 6;
    options.branchWidth = 24;
    options.jointWidth = 40;
    options.rgbMaps = {20, 12, 9};
    options.maskMaps = twoStreams ? std::vector<std::int64_t>{10, 8, 5} : std::vector<std::int64_t>{};
    options.leakySlope = leakySlope;
    return options;
}

inline ChairGenerator tinyChairGenerator(bool twoStreams,
                                         double leakySlope,
                                         std::int64_t maskChannels = 1,
                                         std::int64_t styleDimensions = 0) {
    ChairGeneratorOptions options = tinyChairGeneratorOptions(twoStreams, leakySlope);
    options.maskChannels = maskChannels;
    options.styleDimensions = styleDimensions;
    ChairGenerator network(options);
    network->initialise(at::detail::createCPUGenerator(3));
    const torch::NoGradGuard noGrad;
    for (auto& parameter : network->named_parameters()) {
        if (parameter.key().ends_with("bias")) parameter.value().uniform_(-0.1, 0.2);
        if (parameter.key().ends_with("output.weight")) parameter.value().mul_(6);
    }
    return network;
}

inline ChairInputs someChairInputs(const ChairGenerator& network, std::int64_t batch) {
    torch::manual_seed(5);
    return {torch::rand({batch, network->options.numStyles}),
            torch::rand({batch, 4}) * 2 - 1,
            torch::rand({batch, network->options.thetaSize}) - 0.5};
}

/// Relative to the largest expected value.
inline double largestError(const torch::Tensor& actual, const torch::Tensor& expected) {
    return ((actual - expected).abs().max() / expected.abs().max()).item<double>();
}

}  // namespace vitrine::test
