// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/image_convert.h"

#include <algorithm>

namespace vitrine {

QImage toQImage(const Image& image) {
    if (image.empty()) return {};
    const auto format = image.channels == 4   ? QImage::Format_RGBA8888
                        : image.channels == 3 ? QImage::Format_RGB888
                                              : QImage::Format_Grayscale8;
    QImage out(image.width, image.height, format);
    const std::size_t rowBytes = std::size_t(image.width) * image.channels;
    for (int y = 0; y < image.height; ++y) std::copy_n(image.row(y), rowBytes, out.scanLine(y));
    return out;
}

Image fromQImage(const QImage& image) {
    if (image.isNull()) return {};
    const bool transparent = image.hasAlphaChannel();
    const QImage source =
        image.convertToFormat(transparent ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    Image out(source.width(), source.height(), transparent ? 4 : 3);
    const std::size_t rowBytes = std::size_t(out.width) * out.channels;
    for (int y = 0; y < out.height; ++y) std::copy_n(source.constScanLine(y), rowBytes, out.row(y));
    return out;
}

}  // namespace vitrine
