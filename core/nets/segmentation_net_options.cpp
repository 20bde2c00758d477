// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/segmentation_net_options.h"

#include <algorithm>
#include <cmath>

#include "core/nets/metadata_fields.h"

namespace vitrine {
namespace {

constexpr const char* kSegmentationArchitecture = "structured-predictor";
constexpr std::int64_t kImageChannels = 3;

std::int64_t numConv(std::int64_t kernel, std::int64_t in, std::int64_t out) {
    return kernel * kernel * in * out + out;
}

/// Gain, shift, mean and variance of each map.
std::int64_t numNorms(const SegmentationNetOptions& o, std::initializer_list<std::int64_t> hidden) {
    std::int64_t maps = 0;
    for (const std::int64_t ofPaper : hidden) maps += o.maps(ofPaper);
    return o.batchNorm ? 4 * maps : 0;
}

std::int64_t numEncoder(const SegmentationNetOptions& o, std::int64_t inChannels) {
    const std::int64_t heads = o.hasNoise() ? 2 : 1;
    return numNorms(o, {64, 96, 128}) + numConv(9, inChannels, o.maps(64)) +
           numConv(5, o.maps(64), o.maps(96)) + numConv(3, o.maps(96), o.maps(128)) +
           heads * numConv(3, o.maps(128), o.latentMaps());
}

std::int64_t numGeneration(const SegmentationNetOptions& o) {
    return numNorms(o, {96, 64, 48, 48}) + numConv(3, o.latentMaps(), o.maps(96)) +
           numConv(5, o.maps(96), o.maps(64)) + numConv(5, o.maps(64), o.maps(48)) +
           numConv(5, o.maps(48), o.maps(48)) + numConv(o.headKernel, o.maps(48), o.numClasses);
}

std::int64_t numCnn(const SegmentationNetOptions& o) {
    std::int64_t count = numNorms(o, {64, 96, 128, 128, 96, 64, 48}) +
                         numConv(9, kImageChannels, o.maps(64)) + numConv(5, o.maps(64), o.maps(96)) +
                         numConv(3, o.maps(96), o.maps(128)) + numConv(3, o.maps(128), o.maps(128)) +
                         numConv(3, o.maps(128), o.maps(96)) + numConv(5, o.maps(96), o.maps(64)) +
                         numConv(5, o.maps(64), o.maps(48)) + numConv(o.headKernel, o.maps(48), o.numClasses);
    if (o.multiScale) count += numConv(3, o.maps(96), o.numClasses) + numConv(5, o.maps(64), o.numClasses);
    return count;
}

void bindSegmentationNetOptions(FieldSet& fields, SegmentationNetOptions& options) {
    fields.choice("variant", options.variant, segmentationVariantNames()).required();
    fields.value("num_classes", options.numClasses, AsText()).required();
    fields.value("multi_scale", options.multiScale, AsText()).required();
    fields.value("head_kernel", options.headKernel, AsText()).required();
    fields.value("recognition_sees_image", options.recognitionSeesImage, AsText()).required();
    fields.value("prior_sees_image", options.priorSeesImage, AsText()).required();
    fields.value("prediction_sees_image", options.predictionSeesImage, AsText()).required();
    fields.value("recurrent", options.recurrent, AsText()).required();
    fields.value("batch_norm", options.batchNorm, AsText());
    fields.value("width", options.width, AsText()).required();
}

}  // namespace

const std::vector<std::string>& segmentationVariantNames() {
    static const std::vector<std::string> names = {"cnn", "gdnn", "gsnn", "cvae", "hybrid"};
    return names;
}

std::string nameOf(SegmentationVariant variant) {
    return segmentationVariantNames()[std::size_t(variant)];
}

std::optional<SegmentationVariant> segmentationVariantFromName(const std::string& name) {
    const auto& names = segmentationVariantNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return {};
    return SegmentationVariant(found - names.begin());
}

std::int64_t SegmentationNetOptions::maps(std::int64_t ofPaper) const {
    return std::max<std::int64_t>(1, std::llround(double(ofPaper) * width));
}

Status SegmentationNetOptions::validate() const {
    const auto refused = [](const char* why) { return Error{ErrorCode::InvalidArgument, why}; };
    if (numClasses < 2 || numClasses > 64)
        return refused("A structured predictor has 2 to 64 classes; the data name another number.");
    if (headKernel != 9 && headKernel != 5)
        return refused("The head's kernel is 9 (the paper) or 5 (the released code).");
    if (!(width >= 0.01 && width <= 4)) return refused("The width must lie between 0.01 and 4.");
    if (hasLatent() && !priorSeesImage && !recurrent)
        return refused("A prior that does not see the image needs the recurrent connection.");
    if (multiScale && !hasCnn())
        return refused(
            "Multi-scale prediction needs the CNN: turn on the recurrent connection or let the "
            "prediction see the image.");
    return {};
}

std::map<std::string, std::string> SegmentationNetOptions::toMetadata() const {
    return writeMetadata(*this, kSegmentationArchitecture, bindSegmentationNetOptions);
}

Result<SegmentationNetOptions> SegmentationNetOptions::fromMetadata(
    const std::map<std::string, std::string>& metadata) {
    VITRINE_CHECK(checkArchitecture(metadata, kSegmentationArchitecture, "a structured predictor"));
    SegmentationNetOptions options;
    VITRINE_CHECK(readMetadata(metadata, options, bindSegmentationNetOptions));
    if (const Status valid = options.validate(); !valid)
        return Error{ErrorCode::BadFormat, "The weight file's options cannot be: " + valid.error().message};
    return options;
}

std::int64_t SegmentationNetOptions::numParameters() const {
    std::int64_t count = hasCnn() ? numCnn(*this) : 0;
    if (hasLatent())
        count += numGeneration(*this) +
                 numEncoder(*this, (priorSeesImage ? kImageChannels : 0) + (recurrent ? numClasses : 0));
    if (hasRecognition())
        count += numEncoder(*this, (recognitionSeesImage ? kImageChannels : 0) + numClasses);
    return count;
}

}  // namespace vitrine
