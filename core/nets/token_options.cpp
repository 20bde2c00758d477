// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/token_options.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/nets/metadata_fields.h"

namespace vitrine {
namespace {

constexpr const char* kTokenArchitecture = "token-predictor";
constexpr std::int64_t kMaxCodes = 1 << 16, kMaxMaps = 4096;

bool allWithin(const std::vector<std::int64_t>& numbers, std::int64_t least, std::int64_t most) {
    return std::ranges::all_of(numbers,
                               [=](std::int64_t number) { return number >= least && number <= most; });
}

void bindTokenOptions(FieldSet& fields, TokenPredictorOptions& options) {
    fields.value("num_classes", options.numClasses, AsText()).required();
    fields.value("image_size", options.imageSize, AsText()).required();
    fields.value("levels", options.levels, AsText()).required();
    fields.value("label_maps", options.labelMaps, AsText()).required();
    fields.value("image_maps", options.imageMaps, AsText()).required();
    fields.value("prior_maps", options.priorMaps, AsText()).required();
    fields.value("prior_layers", options.priorLayers, AsText()).required();
    fields.value("prior_heads", options.priorHeads, AsText()).required();
}

}  // namespace

std::int64_t TokenPredictorOptions::numCodes() const {
    return std::accumulate(levels.begin(), levels.end(), std::int64_t(1), std::multiplies<>());
}

std::int64_t TokenPredictorOptions::gridSide() const {
    return imageSize / kTokenStride;
}

Status TokenPredictorOptions::validate() const {
    const auto areMaps = [](const std::vector<std::int64_t>& maps, std::size_t count) {
        return maps.size() == count && allWithin(maps, 1, kMaxMaps);
    };
    const bool areSizesFine = numClasses >= 2 && numClasses <= 255 && imageSize >= 2 * kCoarsestStride &&
                              imageSize <= 1024 && imageSize % kCoarsestStride == 0;
    const bool areTokensFine =
        levels.size() >= 1 && levels.size() <= 8 && allWithin(levels, 2, 64) && numCodes() <= kMaxCodes;
    const bool areLayersFine = areMaps(labelMaps, 2) && areMaps(imageMaps, 4) && areMaps(priorMaps, 3);
    const bool isAttentionFine = areLayersFine && priorLayers >= 1 && priorLayers <= 64 && priorHeads >= 1 &&
                                 priorMaps[2] % priorHeads == 0;
    if (areSizesFine && areTokensFine && isAttentionFine) return {};
    return Error{ErrorCode::InvalidArgument, "The sizes of the token predictor are out of range."};
}

std::int64_t TokenPredictorOptions::numParameters() const {
    const auto layer = [](std::int64_t in, std::int64_t out, std::int64_t side) {
        return in * out * side * side + out;
    };
    const auto block = [&](std::int64_t maps) { return 2 * layer(maps, maps, 3); };
    /// Down to the next coarser maps, up again, and joined there.
    const auto step = [&](std::int64_t fine, std::int64_t coarse) {
        return layer(fine, coarse, 4) + layer(coarse, fine, 4) + layer(2 * fine, fine, 3);
    };
    const auto &l = labelMaps, &m = imageMaps, &w = priorMaps;
    const auto channels = std::int64_t(levels.size());
    const std::int64_t recognition =
        layer(numClasses, l[0], 4) + layer(l[0], l[1], 4) + layer(l[1], channels, 1);
    const std::int64_t generation =
        layer(channels, l[1], 3) + 2 * block(l[1]) + layer(l[1], l[0], 4) + layer(l[0], numClasses, 4);
    const std::int64_t picture = layer(4 + numClasses, m[0], 4) + step(m[0], m[1]) + step(m[1], m[2]) +
                                 step(m[2], m[3]) + block(m[1]) + block(m[2]) + 2 * block(m[3]) +
                                 layer(m[1], w[0], 1) + layer(m[0], 4 * numClasses, 3);
    const std::int64_t attention = 4 * w[2] + layer(w[2], 3 * w[2], 1) + layer(w[2], w[2], 1) +
                                   layer(w[2], 4 * w[2], 1) + layer(4 * w[2], w[2], 1);
    const std::int64_t coarse = imageSize / kCoarsestStride;
    const std::int64_t prior = (numCodes() + 1) * w[0] + step(w[0], w[1]) + step(w[1], w[2]) +
                               2 * block(w[0]) + 2 * block(w[1]) + coarse * coarse * w[2] +
                               priorLayers * attention + layer(w[0], numCodes(), 1);
    return recognition + generation + picture + prior;
}

std::map<std::string, std::string> TokenPredictorOptions::toMetadata() const {
    return writeMetadata(*this, kTokenArchitecture, bindTokenOptions);
}

Result<TokenPredictorOptions> TokenPredictorOptions::fromMetadata(
    const std::map<std::string, std::string>& metadata) {
    VITRINE_CHECK(checkArchitecture(metadata, kTokenArchitecture, "a token predictor"));
    TokenPredictorOptions options;
    VITRINE_CHECK(readMetadata(metadata, options, bindTokenOptions));
    if (!options.validate())
        return Error{
            ErrorCode::BadFormat,
            "The weight file's sizes are out of range; it was not written by Vitrine or is damaged."};
    return options;
}

}  // namespace vitrine
