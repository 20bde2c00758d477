// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/chair_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

std::int64_t numLinear(std::int64_t in, std::int64_t out) {
    return in * out + out;
}

std::int64_t numStream(std::int64_t jointWidth, std::vector<std::int64_t> maps, std::int64_t outChannels) {
    constexpr std::int64_t kFirstPixels = 8 * 8, kTaps = 5 * 5;
    std::int64_t count = numLinear(jointWidth, maps.front() * kFirstPixels);
    maps.push_back(outChannels);
    for (std::size_t i = 0; i + 1 < maps.size(); ++i) count += kTaps * maps[i] * maps[i + 1] + maps[i + 1];
    return count;
}

/// All but the options.
void bindChairWeights(FieldSet& fields, ChairWeightsInfo& info) {
    fields.value("step", info.step, AsText());
    fields.value("classes", info.styleIds, AsText());
}

}  // namespace

Result<ChairWeightsInfo> chairWeightsInfo(const std::map<std::string, std::string>& metadata) {
    ChairWeightsInfo info;
    VITRINE_TRY(info.options, ChairGeneratorOptions::fromMetadata(metadata));
    VITRINE_CHECK(readMetadata(metadata, info, bindChairWeights));
    if (!info.styleIds.empty() && std::int64_t(info.styleIds.size()) != info.options.numStyles)
        return badMetadata("classes", "does not name one chair for each style");
    return info;
}

std::int64_t numParameters(const ChairGeneratorOptions& options) {
    const auto numBranch = [&](std::int64_t in) {
        return numLinear(in, options.branchWidth) + numLinear(options.branchWidth, options.branchWidth);
    };
    const bool oneStream = options.maskMaps.empty();
    const std::int64_t styleInputs =
        options.styleDimensions > 0 ? options.styleDimensions : options.numStyles;
    return 2 * options.numStyles * options.styleDimensions + numBranch(styleInputs) + numBranch(4) +
           numBranch(options.thetaSize) + numLinear(3 * options.branchWidth, options.jointWidth) +
           numLinear(options.jointWidth, options.jointWidth) +
           numStream(options.jointWidth, options.rgbMaps, oneStream ? 3 + options.maskChannels : 3) +
           (oneStream ? 0 : numStream(options.jointWidth, options.maskMaps, options.maskChannels));
}

Result<ChairGenerator> makeChairGenerator(const SafetensorsFile& file) {
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, numParameters(info.options)));
    ChairGenerator network(info.options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return network;
}

}  // namespace vitrine
