// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/structured_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/metadata_reader.h"
#include "core/nets/weights.h"

namespace vitrine {

Result<StructuredWeightsInfo> structuredWeightsInfo(const std::map<std::string, std::string>& metadata) {
    StructuredWeightsInfo info;
    VITRINE_TRY(info.options, StructuredPredictorOptions::fromMetadata(metadata));
    MetadataReader reader(metadata);
    info.step = reader.optionalInteger("step", 0);
    info.imageSize = reader.optionalInteger("image_size", 0);
    info.classNames = reader.optionalTexts("classes");
    info.noiseInjection = reader.has("noise_injection") ? reader.real("noise_injection") : 0;
    info.toldShare = reader.has("told_share") ? reader.real("told_share") : 0;
    info.seed = reader.optionalInteger("seed", 0);
    if (!info.classNames.empty() && std::int64_t(info.classNames.size()) != info.options.numClasses)
        reader.fail("classes", "does not name each class");
    if (info.imageSize < 0 || info.imageSize > 4096 || info.imageSize % kLatentStride != 0)
        reader.fail("image_size", "is not a multiple of 16 up to 4096");
    VITRINE_CHECK(reader.status());
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
