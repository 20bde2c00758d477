// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/label_colors.h"

#include <algorithm>

#include "core/base/label_colours.h"

namespace vitrine {
namespace {

QRgb mixed(QRgb under, QRgb over, double opacity) {
    const auto channel = [opacity](int a, int b) { return int(a + (b - a) * opacity + 0.5); };
    return qRgb(channel(qRed(under), qRed(over)),
                channel(qGreen(under), qGreen(over)),
                channel(qBlue(under), qBlue(over)));
}

/// The picture to paint on, or white, at the labels' size.
QImage ground(const QImage& picture, int width, int height) {
    QImage out = picture.convertToFormat(QImage::Format_RGB32);
    if (picture.isNull() && width > 0) {
        out = QImage(width, height, QImage::Format_RGB32);
        out.fill(Qt::white);
    }
    const QSize size(width, height);
    return out.size() == size ? out : out.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

}  // namespace

QColor classColor(int classIndex) {
    if (classIndex <= 0) return Qt::transparent;
    const auto colour = labelColour(std::uint8_t(classIndex));
    return {colour[0], colour[1], colour[2]};
}

QImage overlayLabels(const QImage& picture, const LabelMap& labels, double opacity) {
    QImage out = ground(picture, labels.width, labels.height);
    for (int y = 0; y < out.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < out.width(); ++x) {
            const int label = labels.at(y, x);
            if (label != 0 && label != kUnknownLabel)
                line[x] = mixed(line[x], classColor(label).rgb(), opacity);
        }
    }
    return out;
}

QImage overlayDifference(const QImage& picture, const LabelMap& a, const LabelMap& b) {
    constexpr double kFaint = 0.2, kStrong = 0.9;
    constexpr int kField = 2;  // pixels
    QImage out = ground(picture, a.width, a.height);
    for (int y = 0; y < out.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < out.width(); ++x) {
            const bool first = (x / kField + y / kField) % 2 == 0;
            const int label = first ? a.at(y, x) : b.at(y, x);
            const double opacity = a.at(y, x) == b.at(y, x) ? kFaint : kStrong;
            if (label != 0 && label != kUnknownLabel)
                line[x] = mixed(line[x], classColor(label).rgb(), opacity);
        }
    }
    return out;
}

QImage overlayProbabilities(const QImage& picture, const Raster<float>& probability, double opacity) {
    QImage out = ground(picture, probability.width, probability.height);
    for (int y = 0; y < out.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < out.width(); ++x) {
            double rest = 1, red = 0, green = 0, blue = 0;
            for (int c = 1; c < probability.channels; ++c) {
                const double weight = opacity * double(probability.at(y, x, c));
                const QRgb color = classColor(c).rgb();
                rest -= weight;
                red += weight * qRed(color);
                green += weight * qGreen(color);
                blue += weight * qBlue(color);
            }
            const auto sum = [rest](int under, double over) {
                return std::clamp(int(rest * under + over + 0.5), 0, 255);
            };
            line[x] = qRgb(sum(qRed(line[x]), red), sum(qGreen(line[x]), green), sum(qBlue(line[x]), blue));
        }
    }
    return out;
}

}  // namespace vitrine
