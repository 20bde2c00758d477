// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/structured_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

/// All but the options.
void bindStructuredWeights(FieldSet& fields, StructuredWeightsInfo& info) {
    fields.value("step", info.step, AsText());
    fields.value("image_size", info.imageSize, AsText());
    fields.value("classes", info.classNames, AsText());
    fields.value("noise_injection", info.noiseInjection, AsText());
    fields.value("told_share", info.toldShare, AsText());
    fields.value("seed", info.seed, AsText());
}

}  // namespace

Result<StructuredWeightsInfo> structuredWeightsInfo(const std::map<std::string, std::string>& metadata) {
    StructuredWeightsInfo info;
    VITRINE_TRY(info.options, StructuredPredictorOptions::fromMetadata(metadata));
    VITRINE_CHECK(readMetadata(metadata, info, bindStructuredWeights));
    if (!info.classNames.empty() && std::int64_t(info.classNames.size()) != info.options.numClasses)
        return badMetadata("classes", "does not name each class");
    if (info.imageSize < 0 || info.imageSize > 4096 || info.imageSize % kLatentStride != 0)
        return badMetadata("image_size", "is not a multiple of 16 up to 4096");
    return info;
}

Result<StructuredPredictor> makeStructuredPredictor(const SafetensorsFile& file) {
    VITRINE_TRY(const StructuredWeightsInfo info, structuredWeightsInfo(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, info.options.numParameters()));
    StructuredPredictor network(info.options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return info.options.batchNorm ? withoutBatchNorm(network) : network;
}

}  // namespace vitrine
