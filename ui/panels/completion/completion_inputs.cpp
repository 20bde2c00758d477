// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_inputs.h"

#include <QObject>
#include <array>

#include "core/base/log.h"
#include "core/data/idx_images.h"
#include "core/io/image_file.h"
#include "ui/shell/file_title.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kClasses = 10, kGarmentsPerClass = 4;

QString garmentName(std::size_t garment, std::size_t number) {
    const QString name = QString::fromStdString(fashionMnistClassNames()[garment]);
    return QObject::tr("Fashion-MNIST: %1 %2").arg(name).arg(number);
}

}  // namespace

std::vector<CompletionPicture> readTestGarments(const fs::path& folder) {
    const auto images = readIdxTestImages(folder);
    if (!images) {
        if (images.error().code != ErrorCode::NotFound) logWarning(images.error().message);
        return {};
    }
    std::array<std::vector<CompletionPicture>, kClasses> classes;
    for (std::size_t i = 0; i < images->count(); ++i) {
        const std::size_t garment = images->labels[i];
        std::vector<CompletionPicture>& same = classes[garment];
        if (same.size() < kGarmentsPerClass)
            same.push_back({images->picture(i), garmentName(garment, same.size() + 1)});
    }
    std::vector<CompletionPicture> garments;
    for (const auto& same : classes) garments.insert(garments.end(), same.begin(), same.end());
    return garments;
}

Result<CompletionPicture> readCompletionPicture(const fs::path& file) {
    VITRINE_TRY(const Image image, readImage(file));
    return CompletionPicture{completionPicture(image), titleOf(file)};
}

}  // namespace vitrine
