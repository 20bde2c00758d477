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
