// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_inputs.h"

#include <QObject>
#include <algorithm>

#include "core/base/log.h"
#include "core/data/idx_images.h"
#include "core/io/image_file.h"
#include "core/recipe/segmentation_input.h"
#include "ui/shell/file_title.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr auto kLabelsSuffix = "-labels.png";
constexpr int kMaxLegendClasses = 254;
constexpr int kGarments[] = {0, 1, 3, 7, 8};  ///< T-shirt, trousers, dress, sneaker, bag

/// They are stored bright on black.
Image onWhite(const IdxImages& images, std::size_t index) {
    Image image(images.width, images.height, 1);
    std::transform(images.image(index),
                   images.image(index) + image.pixels.size(),
                   image.pixels.begin(),
                   [](std::uint8_t grey) { return std::uint8_t(255 - grey); });
    return image;
}

}  // namespace

Result<LabelMap> readSquareLabels(const fs::path& file, int numClasses, int width, int height) {
    VITRINE_TRY(const LabelMap labels, readLabels(file, numClasses));
    VITRINE_CHECK(checkCovers(labels, file, width, height));
    return squareMap(labels, kPictureSize, kUnknownLabel);
}

Result<SegmentationPicture> readPicture(const fs::path& file) {
    VITRINE_TRY(const Image image, readImage(file));
    SegmentationPicture picture{
        squarePicture(image, kPictureSize), {}, titleOf(file), image.width, image.height};
    const fs::path labels = file.parent_path() / (file.stem().string() + kLabelsSuffix);
    if (std::error_code error; fs::exists(labels, error)) {
        VITRINE_TRY(picture.truth, readSquareLabels(labels, kMaxLegendClasses, image.width, image.height));
    }
    return picture;
}

std::vector<SegmentationPicture> readPictures(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".png" && !entry.path().string().ends_with(kLabelsSuffix))
            files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<SegmentationPicture> pictures;
    for (const fs::path& file : files)
        if (auto picture = readPicture(file)) pictures.push_back(std::move(*picture));
    return pictures;
}

std::vector<SegmentationPicture> readGarments(const fs::path& folder) {
    const auto images = readIdxTestImages(folder);
    if (!images) {
        if (images.error().code != ErrorCode::NotFound) logWarning(images.error().message);
        return {};
    }
    std::vector<SegmentationPicture> garments;
    for (const int garment : kGarments) {
        const auto found = std::ranges::find(images->labels, std::uint8_t(garment));
        if (found == images->labels.end()) continue;
        const QString name = QString::fromStdString(fashionMnistClassNames()[std::size_t(garment)]);
        garments.push_back(
            {squarePicture(onWhite(*images, std::size_t(found - images->labels.begin())), kPictureSize),
             {},
             QObject::tr("Fashion-MNIST: %1").arg(name)});
    }
    return garments;
}

}  // namespace vitrine
