// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/chair_layer.h"

#include <fmt/format.h>

#include "core/nets/chair_generator.h"

namespace vitrine {
namespace {

/// FC-5, the up-convolutions and the output of a stream. `suffix` tells the streams apart.
std::vector<ChairLayer> streamLayers(ChairSubnet subnet,
                                     const std::vector<std::int64_t>& maps,
                                     std::int64_t outChannels,
                                     const std::string& suffix) {
    std::vector<ChairLayer> layers{{"FC-5" + suffix, subnet, 5, int(maps.front()), kFc5Side}};
    int side = kFc5Side;
    for (std::size_t i = 1; i < maps.size(); ++i) {
        side *= 2;
        layers.push_back({fmt::format("uconv-{}{}", i, suffix), subnet, 5 + int(i), int(maps[i]), side});
    }
    layers.push_back({"output" + suffix, subnet, 5 + int(maps.size()), int(outChannels), 2 * side});
    return layers;
}

}  // namespace

std::vector<ChairLayer> chairLayers(const ChairGeneratorOptions& options) {
    std::vector<ChairLayer> layers;
    for (const int depth : {1, 2}) {
        const std::string name = fmt::format("FC-{}", depth);
        layers.push_back({name + " style", ChairSubnet::Style, depth, int(options.branchWidth)});
        layers.push_back({name + " view", ChairSubnet::View, depth, int(options.branchWidth)});
        layers.push_back({name + " theta", ChairSubnet::Theta, depth, int(options.branchWidth)});
    }
    for (const int depth : {3, 4})
        layers.push_back({fmt::format("FC-{}", depth), ChairSubnet::Joint, depth, int(options.jointWidth)});
    const bool oneStream = options.maskMaps.empty();
    const auto rgb =
        streamLayers(ChairSubnet::Rgb, options.rgbMaps, oneStream ? 3 + options.maskChannels : 3, "");
    layers.insert(layers.end(), rgb.begin(), rgb.end());
    if (oneStream) return layers;
    const auto mask = streamLayers(ChairSubnet::Mask, options.maskMaps, options.maskChannels, " mask");
    layers.insert(layers.end(), mask.begin(), mask.end());
    return layers;
}

}  // namespace vitrine
