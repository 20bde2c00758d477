// SPDX-License-Identifier: GPL-3.0-or-later
// From pictures and masks to a packed set, whatever their source.
#include "core/data/labelled_pictures.h"

#include <algorithm>

#include "core/data/resize.h"
#include "core/io/image_file.h"
#include "core/io/label_png.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

Image withoutAlpha(const Image& image) {
    if (image.channels == 3) return image;
    Image out(image.width, image.height, 3);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {  // over white
        const int alpha = image.pixels[i / 3 * 4 + 3];
        out.pixels[i] =
            std::uint8_t((image.pixels[i / 3 * 4 + i % 3] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
    return out;
}

Result<LabelMap> labelsOfLfwColours(const fs::path& file) {
    VITRINE_TRY(const Image image, readImage(file));
    LabelMap labels(image.width, image.height, 1);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const std::uint8_t* pixel = &image.pixels[i * std::size_t(image.channels)];
        const int colour = (pixel[0] >= 128 ? 1 : 0) + (pixel[1] >= 128 ? 2 : 0) + (pixel[2] >= 128 ? 4 : 0);
        const int classes[8] = {0, -1, -1, 1, 2, -1, -1, 3};
        if (classes[colour] < 0)
            return Error{
                ErrorCode::BadFormat,
                file.string() + " has a colour at " + std::to_string(i % std::size_t(image.width)) + ", " +
                    std::to_string(i / std::size_t(image.width)) +
                    " that is neither black, yellow, blue nor white; these are the classes of LFW parts."};
        labels.pixels[i] = std::uint8_t(classes[colour]);
    }
    return labels;
}

Result<LabelMap> readLabels(const fs::path& file, MaskRule rule) {
    if (rule == MaskRule::LfwColours) return labelsOfLfwColours(file);
    VITRINE_TRY(LabelMap labels, readLabelPng(file));
    if (rule == MaskRule::Foreground)
        for (std::uint8_t& label : labels.pixels) label = label >= 128;
    return labels;
}

Status checkRange(const LabelMap& labels, std::size_t numClasses, const fs::path& file) {
    for (const std::uint8_t label : labels.pixels)
        if (label >= numClasses && label != kUnknownLabel)
            return Error{ErrorCode::BadFormat,
                         file.string() + " has a label " + std::to_string(label) + ", but there are " +
                             std::to_string(numClasses) + " classes from 0 on; 255 marks what is unknown."};
    return {};
}

Status packPicture(const LabelledPictures& set,
                   const LabelledPicture& picture,
                   int size,
                   SceneWriter& writer) {
    VITRINE_TRY(const Image image, readImage(picture.image));
    VITRINE_TRY(const LabelMap labels, readLabels(picture.mask, set.rule));
    if (labels.width != image.width || labels.height != image.height)
        return Error{ErrorCode::BadFormat,
                     picture.mask.string() + " has " + std::to_string(labels.width) + " x " +
                         std::to_string(labels.height) + " pixels, but its picture has " +
                         std::to_string(image.width) + " x " + std::to_string(image.height) +
                         "; make both the same size."};
    VITRINE_CHECK(checkRange(labels, set.header.classNames.size(), picture.mask));
    return writer.append(
        resizeBicubic(withoutAlpha(image), size, size), resizeNearest(labels, size, size), picture.info);
}

}  // namespace

Result<JobOutcome> packLabelledPictures(const LabelledPictures& set,
                                        const fs::path& file,
                                        int size,
                                        const JobContext& context) {
    ScenesHeader header = set.header;
    header.size = size;
    bool cancelled = false;
    const Status status = PackedScenes::write(file, header, [&](SceneWriter& writer) -> Status {
        const double total = double(set.pictures.size());
        for (const LabelledPicture& picture : set.pictures) {
            cancelled = context.stop.stop_requested();
            if (cancelled) return Error{ErrorCode::Internal, "cancelled"};
            VITRINE_CHECK(packPicture(set, picture, size, writer));
            context.report(
                {double(writer.count()) / total, -1, "packing " + picture.image.filename().string()});
        }
        return {};
    });
    if (cancelled) return JobOutcome::Cancelled;
    if (!status) return status.error();
    return JobOutcome::Done;
}

}  // namespace vitrine
