// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/segmentation_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

/// All but the options.
void bindSegmentationWeights(FieldSet& fields, SegmentationWeightsInfo& info) {
    fields.value("step", info.step, AsText());
    fields.value("image_size", info.imageSize, AsText());
    fields.value("classes", info.classNames, AsText());
    fields.value("noise_injection", info.noiseInjection, AsText());
    fields.value("told_share", info.observedLabelFraction, AsText());
    fields.value("seed", info.seed, AsText());
}

}  // namespace

Result<SegmentationWeightsInfo> segmentationWeightsInfo(const std::map<std::string, std::string>& metadata) {
    SegmentationWeightsInfo info;
    VITRINE_TRY(info.options, SegmentationNetOptions::fromMetadata(metadata));
    VITRINE_CHECK(readMetadata(metadata, info, bindSegmentationWeights));
    if (!info.classNames.empty() && std::int64_t(info.classNames.size()) != info.options.numClasses)
        return badMetadata("classes", "does not name each class");
    if (info.imageSize < 0 || info.imageSize > 4096 || info.imageSize % kLatentStride != 0)
        return badMetadata("image_size", "is not a multiple of 16 up to 4096");
    return info;
}

Result<SegmentationNet> makeSegmentationNet(const SafetensorsFile& file) {
    VITRINE_TRY(const SegmentationWeightsInfo info, segmentationWeightsInfo(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, info.options.numParameters()));
    SegmentationNet network(info.options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return info.options.batchNorm ? withoutBatchNorm(network) : network;
}

}  // namespace vitrine
