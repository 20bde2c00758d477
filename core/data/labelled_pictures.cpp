// SPDX-License-Identifier: GPL-3.0-or-later
// From pictures and masks to a packed set, whatever their source.
#include "core/data/labelled_pictures.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/data/resize.h"
#include "core/io/image_file.h"

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

Status checkRange(const LabelMap& labels, std::size_t numClasses, const fs::path& file) {
    for (const std::uint8_t label : labels.pixels)
        if (label >= numClasses && label != kUnknownLabel)
            return Error{
                ErrorCode::BadFormat,
                fmt::format(
                    "{} has a label {}, but there are {} classes from 0 on; 255 marks what is unknown.",
                    file.string(),
                    int(label),
                    numClasses)};
    return {};
}

Status packPicture(const LabelledPictures& set,
                   const LabelledPicture& picture,
                   int size,
                   SceneWriter& writer) {
    VITRINE_TRY(const DecodedPicture decoded, readLabelledPicture(set, picture));
    return writer.append(resizeBicubic(withoutAlpha(decoded.image), size, size),
                         resizeNearest(decoded.labels, size, size),
                         picture.info);
}

}  // namespace

Result<DecodedPicture> readLabelledPicture(const LabelledPictures& set, const LabelledPicture& picture) {
    VITRINE_TRY(Image image, readImage(picture.image));
    VITRINE_TRY(LabelMap labels, readMask(picture.mask, set.masks));
    if (labels.width != image.width || labels.height != image.height)
        return Error{
            ErrorCode::BadFormat,
            fmt::format("{} has {} x {} pixels, but its picture has {} x {}; make both the same size.",
                        picture.mask.string(),
                        labels.width,
                        labels.height,
                        image.width,
                        image.height)};
    VITRINE_CHECK(checkRange(labels, set.header.classNames.size(), picture.mask));
    return DecodedPicture{std::move(image), std::move(labels)};
}

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
