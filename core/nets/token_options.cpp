// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/token_options.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/nets/metadata_reader.h"

namespace vitrine {
namespace {

constexpr std::int64_t kMostCodes = 1 << 16, kMostMaps = 4096;

std::string joined(const std::vector<std::int64_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
    return text;
}

bool allWithin(const std::vector<std::int64_t>& numbers, std::int64_t least, std::int64_t most) {
    return std::ranges::all_of(numbers, [=](std::int64_t number) { return number >= least && number <= most; });
}

}  // namespace

std::int64_t TokenPredictorOptions::numCodes() const {
    return std::accumulate(levels.begin(), levels.end(), std::int64_t(1), std::multiplies<>());
}

std::int64_t TokenPredictorOptions::gridSide() const { return imageSize / kTokenStride; }

Status TokenPredictorOptions::validate() const {
    const bool areSizesFine = numClasses >= 2 && numClasses <= 255 && imageSize >= 2 * kTokenStride && imageSize <= 1024 &&
                              imageSize % kTokenStride == 0;
    const bool areLayersFine = levels.size() >= 1 && levels.size() <= 8 && allWithin(levels, 2, 64) && numCodes() <= kMostCodes &&
                               labelMaps.size() == 3 && allWithin(labelMaps, 1, kMostMaps) && imageMaps.size() == 4 &&
                               allWithin(imageMaps, 1, kMostMaps);
    const bool isPriorFine = priorLayers >= 1 && priorLayers <= 64 && priorHeads >= 1 && priorWidth >= priorHeads &&
                             priorWidth <= kMostMaps && priorWidth % priorHeads == 0;
    if (areSizesFine && areLayersFine && isPriorFine) return {};
    return Error{ErrorCode::InvalidArgument, "The sizes of the token predictor are out of range."};
}

std::int64_t TokenPredictorOptions::numParameters() const {
    const auto layer = [](std::int64_t in, std::int64_t out, std::int64_t side) { return in * out * side * side + out; };
    const auto block = [&](std::int64_t maps) { return 2 * layer(maps, maps, 3); };
    const auto &l = labelMaps, &m = imageMaps;
    const auto channels = std::int64_t(levels.size()), w = priorWidth;
    const std::int64_t recognition =
        layer(numClasses, l[0], 4) + layer(l[0], l[1], 4) + layer(l[1], l[2], 4) + layer(l[2], channels, 1) + block(l[2]);
    const std::int64_t generation =
        layer(channels, l[2], 3) + 2 * block(l[2]) + layer(l[2], l[1], 4) + layer(l[1], l[0], 4) + layer(l[0], numClasses, 4);
    std::int64_t picture = layer(4 + numClasses, m[0], 3) + 2 * block(m[3]) + layer(m[3], w, 1) + layer(m[0], numClasses, 1);
    for (std::size_t i = 0; i < 3; ++i) picture += layer(m[i], m[i + 1], 4) + layer(m[i + 1], m[i], 4) + layer(2 * m[i], m[i], 3);
    const std::int64_t each = 4 * w + layer(w, 3 * w, 1) + layer(w, w, 1) + layer(w, 4 * w, 1) + layer(4 * w, w, 1);
    const std::int64_t prior = (numCodes() + 1 + numTokens()) * w + priorLayers * each + 2 * w + layer(w, numCodes(), 1);
    return recognition + generation + picture + prior;
}

std::map<std::string, std::string> TokenPredictorOptions::toMetadata() const {
    return {{"architecture", "token-predictor"},
            {"num_classes", std::to_string(numClasses)},
            {"image_size", std::to_string(imageSize)},
            {"levels", joined(levels)},
            {"label_maps", joined(labelMaps)},
            {"image_maps", joined(imageMaps)},
            {"prior_width", std::to_string(priorWidth)},
            {"prior_layers", std::to_string(priorLayers)},
            {"prior_heads", std::to_string(priorHeads)}};
}

Result<TokenPredictorOptions> TokenPredictorOptions::fromMetadata(const std::map<std::string, std::string>& metadata) {
    MetadataReader reader(metadata);
    const std::string architecture = reader.text("architecture");
    VITRINE_CHECK(reader.status());
    if (architecture != "token-predictor")
        return Error{ErrorCode::Unsupported, "The weight file holds a \"" + architecture + "\", not a token predictor; choose another."};
    TokenPredictorOptions options;
    options.numClasses = reader.integer("num_classes");
    options.imageSize = reader.integer("image_size");
    options.levels = reader.integers("levels");
    options.labelMaps = reader.integers("label_maps");
    options.imageMaps = reader.integers("image_maps");
    options.priorWidth = reader.integer("prior_width");
    options.priorLayers = reader.integer("prior_layers");
    options.priorHeads = reader.integer("prior_heads");
    VITRINE_CHECK(reader.status());
    if (!options.validate()) return Error{ErrorCode::BadFormat, "The weight file's sizes are out of range; it was not written by Vitrine or is damaged."};
    return options;
}

}  // namespace vitrine
