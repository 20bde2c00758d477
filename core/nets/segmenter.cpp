// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/segmenter.h"

#include <fmt/format.h>

#include "core/io/safetensors.h"
#include "core/nets/gaussian_segmenter.h"
#include "core/nets/segmentation_weights.h"
#include "core/nets/token_segmenter.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

bool isOfTokens(const std::map<std::string, std::string>& metadata) {
    const auto architecture = metadata.find("architecture");
    return architecture != metadata.end() && architecture->second == "token-predictor";
}

}  // namespace

const std::vector<std::string>& segmenterVariantNames() {
    static const std::vector<std::string> names = [] {
        auto all = segmentationVariantNames();
        all.emplace_back("tokens");
        return all;
    }();
    return names;
}

torch::Tensor withKnownLabels(const torch::Tensor& logits, const torch::Tensor& known) {
    constexpr double kCertain = 40;
    return torch::where(known.sum(1, /*keepdim=*/true) > 0, kCertain * known, logits);
}

std::vector<std::string> namesOfClasses(std::vector<std::string> names, int numClasses) {
    for (int i = int(names.size()); i < numClasses; ++i) names.push_back(fmt::format("class {}", i));
    return names;
}

Result<SegmenterInfo> segmenterInfo(const std::map<std::string, std::string>& metadata) {
    if (isOfTokens(metadata)) return tokenSegmenterInfo(metadata);
    VITRINE_TRY(const SegmentationWeightsInfo weights, segmentationWeightsInfo(metadata));
    return segmenterInfo(weights);
}

Result<SegmenterInfo> segmenterInfo(const std::filesystem::path& file) {
    VITRINE_TRY(const SafetensorsFile read, SafetensorsFile::read(file));
    auto info = segmenterInfo(read.metadata());
    if (!info) return cannotUse(file, info.error());
    return info;
}

Result<std::unique_ptr<Segmenter>> makeSegmenter(const SafetensorsFile& file) {
    if (isOfTokens(file.metadata())) return makeTokenSegmenter(file);
    VITRINE_TRY(const SegmentationWeightsInfo weights, segmentationWeightsInfo(file.metadata()));
    VITRINE_TRY(SegmentationNet network, makeSegmentationNet(file));
    return std::unique_ptr<Segmenter>(std::make_unique<GaussianSegmenter>(std::move(network), weights));
}

Status checkClasses(const SegmenterInfo& info, int numClassesOfData) {
    if (info.numClasses == numClassesOfData) return {};
    return Error{
        ErrorCode::InvalidArgument,
        fmt::format("The network has {} classes, but the data have {}; choose a model trained on such data.",
                    info.numClasses,
                    numClassesOfData)};
}

}  // namespace vitrine
