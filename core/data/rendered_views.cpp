// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a rendered_chairs tree as the networks see them: masks, cutting, resampling.
#include <algorithm>
#include <cmath>

#include "core/data/rendered_chairs.h"
#include "core/io/image_file.h"

namespace vitrine {
namespace {

/// Contribution of a run of source pixels to one pixel of the result, along one axis.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

/// Area average where the picture shrinks, linear interpolation where it grows.
std::vector<Taps> tapsOf(double start, double side, int size, int sourceSize) {
    const double step = side / size;
    const double reach = std::max(step, 1.0);
    std::vector<Taps> taps(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
        const double centre = start + (i + 0.5) * step;
        const double low = centre - (step > 1 ? reach / 2 : 1.0),
                     high = centre + (step > 1 ? reach / 2 : 1.0);
        const int first = std::max(0, int(std::floor(low))),
                  last = std::min(sourceSize - 1, int(std::ceil(high)) - 1);
        taps[std::size_t(i)].first = first;
        for (int x = first; x <= last; ++x) {
            const double overlap = std::min(high, x + 1.0) - std::max(low, double(x));
            const double weight = step > 1 ? overlap / step : 1.0 - std::abs(x + 0.5 - centre);
            taps[std::size_t(i)].weights.push_back(float(std::max(0.0, weight)));
        }
    }
    return taps;
}

/// Shapes: [H, W, 4] -> [H, size, 4] float.
std::vector<float> resampleRows(const Image& image, const std::vector<Taps>& taps, int firstRow, int endRow) {
    std::vector<float> out(std::size_t(endRow - firstRow) * taps.size() * 4);
    float* to = out.data();
    for (int y = firstRow; y < endRow; ++y) {
        for (const Taps& tap : taps) {
            float sum[4] = {};
            const std::uint8_t* from = image.row(y) + std::size_t(tap.first) * 4;
            for (const float weight : tap.weights)
                for (int c = 0; c < 4; ++c) sum[c] += weight * float(*from++);
            to = std::copy(sum, sum + 4, to);
        }
    }
    return out;
}

struct Box {
    int left = 1 << 30, top = 1 << 30, right = -1, bottom = -1;  // inclusive
    bool empty() const { return right < left; }
};

void includeMask(Box& box, const Image& image) {
    for (int y = 0; y < image.height; ++y) {
        const std::uint8_t* row = image.row(y);
        for (int x = 0; x < image.width; ++x) {
            if (row[4 * x + 3] == 0) continue;
            box.left = std::min(box.left, x), box.right = std::max(box.right, x);
            box.top = std::min(box.top, y), box.bottom = std::max(box.bottom, y);
        }
    }
}

/// The mask of a picture on white is what is not white; the colour outside of it becomes 0.
Image maskedByWhite(const Image& rgb) {
    Image out(rgb.width, rgb.height, 4);
    const std::size_t numPixels = std::size_t(rgb.width) * rgb.height;
    for (std::size_t i = 0; i < numPixels; ++i) {
        const std::uint8_t* from = &rgb.pixels[3 * i];
        if (from[0] == 255 && from[1] == 255 && from[2] == 255) continue;
        std::copy(from, from + 3, &out.pixels[4 * i]);
        out.pixels[4 * i + 3] = 255;
    }
    return out;
}

/// The square that all views of a model are cut by; the border is the share of the picture that public
/// croppers use. Source: papers.md B5 (20 of 600 pixels).
struct Square {
    double left, top, side;
};

Square cutOf(const std::vector<Image>& views) {
    Box box;
    for (const Image& view : views) includeMask(box, view);
    const int width = views.front().width, height = views.front().height;
    if (box.empty()) return {0, 0, double(std::max(width, height))};
    const double border = std::max(width, height) / 30.0;
    const double side = std::max(box.right - box.left, box.bottom - box.top) + 1 + 2 * border;
    return {(box.left + box.right + 1 - side) / 2, (box.top + box.bottom + 1 - side) / 2, side};
}

Result<std::vector<Image>> readViews(const RenderedModel& model, bool& framed) {
    std::vector<Image> views;
    for (const RenderedView& view : model.views) {
        VITRINE_TRY(Image image, readImage(view.file));
        const bool hasAlpha = image.channels == 4;
        if (views.empty()) framed = hasAlpha;
        if (!views.empty() && (image.width != views.front().width || image.height != views.front().height ||
                               framed != hasAlpha))
            return Error{ErrorCode::BadFormat,
                         view.file.string() +
                             " has another size or kind than the views before it; "
                             "all views of a model must be alike."};
        views.push_back(hasAlpha ? premultiply(image) : maskedByWhite(image));
    }
    return views;
}

}  // namespace

Image premultiply(const Image& straight) {
    Image out = straight;
    for (std::size_t i = 0; i < out.pixels.size(); i += 4)
        for (int c = 0; c < 3; ++c)
            out.pixels[i + c] = std::uint8_t((straight.pixels[i + c] * straight.pixels[i + 3] + 127) / 255);
    return out;
}

Image unpremultiply(const Image& premultiplied) {
    Image out = premultiplied;
    for (std::size_t i = 0; i < out.pixels.size(); i += 4) {
        const int alpha = premultiplied.pixels[i + 3];
        for (int c = 0; c < 3; ++c)
            out.pixels[i + c] =
                alpha == 0
                    ? 0
                    : std::uint8_t(std::min(255, (premultiplied.pixels[i + c] * 255 + alpha / 2) / alpha));
    }
    return out;
}

Image resampleSquare(const Image& image, double left, double top, double side, int size) {
    if (left == 0 && top == 0 && side == size && image.width == size && image.height == size) return image;
    const std::vector<Taps> columns = tapsOf(left, side, size, image.width);
    const std::vector<Taps> rows = tapsOf(top, side, size, image.height);
    const std::vector<float> wide = resampleRows(image, columns, 0, image.height);
    Image out(size, size, 4);
    const std::size_t rowLength = std::size_t(size) * 4;
    std::vector<float> sum(rowLength);
    for (int y = 0; y < size; ++y) {
        std::fill(sum.begin(), sum.end(), 0.5f);
        const Taps& tap = rows[std::size_t(y)];
        for (std::size_t k = 0; k < tap.weights.size(); ++k) {
            const float* from = wide.data() + (std::size_t(tap.first) + k) * rowLength;
            for (std::size_t x = 0; x < rowLength; ++x) sum[x] += tap.weights[k] * from[x];
        }
        std::uint8_t* to = out.row(y);
        for (std::size_t x = 0; x < rowLength; ++x) to[x] = std::uint8_t(std::clamp(sum[x], 0.0f, 255.0f));
    }
    return out;
}

Result<std::vector<Image>> loadPremultipliedViews(const RenderedModel& model, int size) {
    bool framed = true;
    VITRINE_TRY(std::vector<Image> views, readViews(model, framed));
    if (views.empty()) return views;
    const int side = std::max(views.front().width, views.front().height);
    const Square whole{(views.front().width - side) / 2.0, (views.front().height - side) / 2.0, double(side)};
    const Square cut = framed ? whole : cutOf(views);
    for (Image& view : views) view = resampleSquare(view, cut.left, cut.top, cut.side, size);
    return views;
}

}  // namespace vitrine
