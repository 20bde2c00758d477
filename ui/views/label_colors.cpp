// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_colors.h"

#include <QColor>
#include <array>
#include <cstring>

namespace vitrine {
namespace {

constexpr std::array<QRgb, 7> kColors{
    0xff0072b2, 0xffd55e00, 0xffcc79a7, 0xff009e73, 0xffe69f00, 0xff56b4e9, 0xfff0e442};

int mixed(int under, int over, double opacity) {
    return int(under + (over - under) * opacity + 0.5);
}

}  // namespace

QColor classColor(int classIndex) {
    if (classIndex <= 0) return Qt::transparent;
    return QColor::fromRgb(kColors[std::size_t(classIndex - 1) % kColors.size()]);
}

QImage overlayLabels(const QImage& picture, const LabelMap& labels, double opacity) {
    if (labels.empty()) return {};
    QImage out = picture.convertToFormat(QImage::Format_RGB32);
    if (out.isNull()) {
        out = QImage(labels.width, labels.height, QImage::Format_RGB32);
        out.fill(Qt::white);
    }
    for (int y = 0; y < std::min(labels.height, out.height()); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < std::min(labels.width, out.width()); ++x) {
            const int label = labels.at(y, x);
            if (label == 0 || label == kUnknownLabel) continue;
            const QRgb over = classColor(label).rgb();
            line[x] = qRgb(mixed(qRed(line[x]), qRed(over), opacity),
                           mixed(qGreen(line[x]), qGreen(over), opacity),
                           mixed(qBlue(line[x]), qBlue(over), opacity));
        }
    }
    return out;
}

QImage paletteImage(const LabelMap& labels) {
    QImage out(labels.width, labels.height, QImage::Format_Indexed8);
    QList<QRgb> colors{0xffffffff};
    for (int label = 1; label < 256; ++label)
        colors << (label == kUnknownLabel ? 0xff808080 : classColor(label).rgb());
    out.setColorTable(colors);
    for (int y = 0; y < labels.height; ++y)
        std::memcpy(out.scanLine(y), labels.row(y), std::size_t(labels.width));
    return out;
}

}  // namespace vitrine
