// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/flow_maths.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/mean.h"
#include "core/flow/cv_pictures.h"

namespace vitrine {
namespace {

/// The four pixels around a place and how much each counts.
struct Bilinear {
    int x0, y0, x1, y1;
    float right, down;

    template <class Scalar, class Kind>
    Bilinear(const Raster<Scalar, Kind>& raster, PixelPoint point) {
        const float x = std::clamp(point.x, 0.f, float(raster.width - 1));
        const float y = std::clamp(point.y, 0.f, float(raster.height - 1));
        x0 = int(x), y0 = int(y);
        x1 = std::min(x0 + 1, raster.width - 1), y1 = std::min(y0 + 1, raster.height - 1);
        right = x - float(x0), down = y - float(y0);
    }

    template <class Scalar, class Kind>
    float sample(const Raster<Scalar, Kind>& raster, int channel) const {
        const float top =
            std::lerp(float(raster.at(y0, x0, channel)), float(raster.at(y0, x1, channel)), right);
        const float bottom =
            std::lerp(float(raster.at(y1, x0, channel)), float(raster.at(y1, x1, channel)), right);
        return std::lerp(top, bottom, down);
    }
};

template <class Scalar, class Kind>
bool isInside(const Raster<Scalar, Kind>& raster, PixelPoint point) {
    return point.x > -0.5f && point.y > -0.5f && point.x < float(raster.width) - 0.5f &&
           point.y < float(raster.height) - 0.5f;
}

bool isSet(const LabelMap& mask, int y, int x) {
    return mask.empty() || mask.at(y, x) != 0;
}

PixelPoint at(const FlowField& flow, int y, int x) {
    return {flow.at(y, x, 0), flow.at(y, x, 1)};
}

}  // namespace

float distance(PixelPoint a, PixelPoint b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

PixelPoint flowAt(const FlowField& flow, PixelPoint point) {
    const Bilinear place(flow, point);
    return {place.sample(flow, 0), place.sample(flow, 1)};
}

float valueAt(const ScalarMap& map, PixelPoint point) {
    return Bilinear(map, point).sample(map, 0);
}

PixelPoint advect(const FlowField& flow, PixelPoint point) {
    const PixelPoint step = flowAt(flow, point);
    return {point.x + step.x, point.y + step.y};
}

std::vector<PixelPoint> trailOf(std::span<const FlowField> flows, PixelPoint point) {
    std::vector<PixelPoint> trail{point};
    for (const FlowField& flow : flows) trail.push_back(advect(flow, trail.back()));
    return trail;
}

FlowField concatenated(std::span<const FlowField> flows) {
    if (flows.empty()) return {};
    FlowField whole = flows.front();
    for (const FlowField& flow : flows.subspan(1)) {
        for (int y = 0; y < whole.height; ++y)
            for (int x = 0; x < whole.width; ++x) {
                float* vector = &whole.at(y, x, 0);
                const PixelPoint step = flowAt(flow, {float(x) + vector[0], float(y) + vector[1]});
                vector[0] += step.x;
                vector[1] += step.y;
            }
    }
    return whole;
}

ScalarMap roundTripError(const FlowField& there, const FlowField& back) {
    ScalarMap error(there.width, there.height, 1);
    for (int y = 0; y < there.height; ++y)
        for (int x = 0; x < there.width; ++x) {
            const PixelPoint begin{float(x), float(y)};
            error.at(y, x) = distance(begin, advect(back, advect(there, begin)));
        }
    return error;
}

FlowField smoothed(const FlowField& flow, const ScalarMap& weights, double sigma) {
    cv::Mat weight, weighted, mean;
    cv::merge(std::array{viewOf(weights), viewOf(weights)}, weight);
    cv::GaussianBlur(viewOf(flow).mul(weight), weighted, {}, sigma);
    cv::GaussianBlur(weight, weight, {}, sigma);
    cv::divide(weighted, weight, mean);
    return fieldOf(mean);
}

Image warpBackward(const Image& image, const FlowField& flow, std::uint8_t fill) {
    Image out(flow.width, flow.height, image.channels, fill);
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x) {
            const PixelPoint source = advect(flow, {float(x), float(y)});
            if (!isInside(image, source)) continue;
            const Bilinear place(image, source);
            for (int c = 0; c < image.channels; ++c)
                out.at(y, x, c) = std::uint8_t(place.sample(image, c) + 0.5f);
        }
    return out;
}

LabelMap warpLabelsBackward(const LabelMap& labels, const FlowField& flow, std::uint8_t fill) {
    LabelMap out(flow.width, flow.height, fill);
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x) {
            const PixelPoint source = advect(flow, {float(x), float(y)});
            if (isInside(labels, source))
                out.at(y, x) = labels.at(int(std::lround(source.y)), int(std::lround(source.x)));
        }
    return out;
}

double endPointError(const FlowField& flow, const FlowField& truth, const LabelMap& mask) {
    Mean mean;
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x)
            if (isSet(mask, y, x)) mean.add(distance(at(flow, y, x), at(truth, y, x)));
    return mean.value();
}

float largestFlow(const FlowField& flow, const LabelMap& mask) {
    float largest = 0;
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x)
            if (isSet(mask, y, x)) largest = std::max(largest, distance(at(flow, y, x), {}));
    return largest;
}

}  // namespace vitrine
