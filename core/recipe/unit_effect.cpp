// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/unit_effect.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/luminance.h"
#include "core/base/srgb.h"

namespace vitrine {
namespace {

constexpr double kMinArea = 4;      // pixels; below it a mask has no outline
constexpr int kNumSteps = 8;        // of Gauss-Newton, at most
constexpr double kRest = 1e-4;      // pixels, radians, logarithm: a smaller step is the last
constexpr double kCalmShiftPx = 2;  // of the centroid, by which the score of a zoom falls to 1 / e
constexpr int kMaskChannel = 3;

constexpr std::array<EffectMeasureInfo, 7> kMeasures{{
    {EffectMeasure::Zoom,
     "zoom",
     "Zoom",
     "%",
     "Change of size: the lesser of the outline's zoom and the square root of the area's factor, where they "
     "agree; less the farther the centroid moves (1/e at 2 px)."},
    {EffectMeasure::Shift,
     "shift",
     "Shift",
     "px",
     "How far the outline moves, times the share of it that a similarity explains."},
    {EffectMeasure::Rotation,
     "rotation",
     "Rotation",
     "\u00b0",
     "How far the outline turns (+ clockwise), times the share of it that a similarity explains."},
    {EffectMeasure::Brightness, "brightness", "Brightness", "%", "Change of the chair's mean luminance."},
    {EffectMeasure::Hue,
     "hue",
     "Hue",
     "\u0394E",
     "Distance of the chair's mean colours across CIELAB's a* b* plane."},
    {EffectMeasure::Style,
     "style",
     "Style",
     "%",
     "Share of the outline's area that changes beyond any shift, rotation and zoom."},
    {EffectMeasure::Difference,
     "difference",
     "Difference",
     "%",
     "Mean absolute difference of the pictures on white."},
}};

double clampedMask(const float* pixel) {
    return std::clamp(double(pixel[kMaskChannel]), 0.0, 1.0);
}

/// Shapes: out [S/2, S/2, 1], the clamped mask averaged over 2 x 2 and blurred twice by 1 4 6 4 1, so that an
/// outline has a slope to follow.
ScalarMap blurredMask(const ChairOutput& output) {
    ScalarMap mask(output.width / 2, output.height / 2, 1);
    for (int y = 0; y < 2 * mask.height; ++y)
        for (int x = 0; x < 2 * mask.width; ++x)
            mask.at(y / 2, x / 2) += float(clampedMask(&output.pixels[output.index(y, x)]) / 4);
    constexpr std::array<float, 5> kTaps{1 / 16.f, 4 / 16.f, 6 / 16.f, 4 / 16.f, 1 / 16.f};
    const auto blur = [&](int stepY, int stepX) {
        const ScalarMap in = mask;
        for (int y = 0; y < mask.height; ++y) {
            for (int x = 0; x < mask.width; ++x) {
                float sum = 0;
                for (int k = -2; k <= 2; ++k)
                    sum += kTaps[std::size_t(k + 2)] * in.at(std::clamp(y + k * stepY, 0, mask.height - 1),
                                                             std::clamp(x + k * stepX, 0, mask.width - 1));
                mask.at(y, x) = sum;
            }
        }
    };
    for (int pass = 0; pass < 2; ++pass) blur(1, 0), blur(0, 1);
    return mask;
}

struct Moments {
    double area = 0, x = 0, y = 0;
    double spread = 0;  ///< root mean square distance from the centroid
};

Moments momentsOf(const ScalarMap& mask) {
    Moments moments;
    double squares = 0;
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            const double weight = double(mask.at(y, x));
            moments.area += weight;
            moments.x += weight * x;
            moments.y += weight * y;
            squares += weight * (x * x + y * y);
        }
    }
    if (moments.area <= 0) return moments;
    moments.x /= moments.area;
    moments.y /= moments.area;
    const double variance = squares / moments.area - moments.x * moments.x - moments.y * moments.y;
    moments.spread = std::sqrt(std::max(variance, 1e-6));
    return moments;
}

/// Shift, logarithm of the zoom and rotation about a centre. Units: pixels of the map, radians.
struct Similarity {
    std::array<double, 4> values{};  // shift x, shift y, log zoom, rotation
};

/// A map with its slopes across and down. Shapes: [H, W, 1] -> [H, W, 3].
Raster<float> withSlopes(const ScalarMap& map) {
    Raster<float> out(map.width, map.height, 3);
    for (int y = 0; y < map.height; ++y) {
        for (int x = 0; x < map.width; ++x) {
            const int left = std::max(x - 1, 0), right = std::min(x + 1, map.width - 1);
            const int above = std::max(y - 1, 0), below = std::min(y + 1, map.height - 1);
            out.at(y, x, 0) = map.at(y, x);
            out.at(y, x, 1) = (map.at(y, right) - map.at(y, left)) / 2;
            out.at(y, x, 2) = (map.at(below, x) - map.at(above, x)) / 2;
        }
    }
    return out;
}

/// Registers `after` to `before`.
class Registration {
public:
    Registration(const ScalarMap& before, const ScalarMap& after, double centreX, double centreY)
        : m_before(before), m_after(withSlopes(after)), m_centreX(centreX), m_centreY(centreY) {}

    /// The best of the steps from `start`, and what it leaves: the sum of absolute differences.
    std::pair<Similarity, double> run(Similarity start) const {
        std::pair<Similarity, double> best{start, HUGE_VAL};
        Similarity at = start;
        for (int step = 0; step <= kNumSteps; ++step) {
            const Normal normal = normalAt(at);
            if (normal.residual < best.second) best = {at, normal.residual};
            const auto change = solved(normal);
            const bool rests =
                std::ranges::all_of(change, [](double part) { return std::abs(part) < kRest; });
            if (rests) break;
            for (std::size_t i = 0; i < change.size(); ++i) at.values[i] += change[i];
            if (!isWithinReach(at)) break;  // it diverges: too little is left of the outline
        }
        return best;
    }

private:
    /// False also for what is not a number.
    bool isWithinReach(const Similarity& at) const {
        constexpr double kMaxLogZoom = 2;
        const double side = std::max(m_after.height, m_after.width);
        return std::abs(at.values[0]) < side && std::abs(at.values[1]) < side &&
               std::abs(at.values[2]) < kMaxLogZoom && std::isfinite(at.values[3]);
    }

    struct Normal {
        std::array<std::array<double, 5>, 4> rows{};  // J^T J | J^T e
        double residual = 0;
    };

    /// Value and slopes between the pixels.
    std::array<double, 3> sample(double y, double x) const {
        const double clampedY = std::clamp(y, 0.0, m_after.height - 1.001);
        const double clampedX = std::clamp(x, 0.0, m_after.width - 1.001);
        const int top = int(clampedY), left = int(clampedX);
        const double v = clampedY - top, u = clampedX - left;
        const float* above = &m_after.pixels[m_after.index(top, left)];
        const float* below = &m_after.pixels[m_after.index(top + 1, left)];
        std::array<double, 3> between;
        for (std::size_t c = 0; c < 3; ++c)
            between[c] = (1 - v) * ((1 - u) * double(above[c]) + u * double(above[c + 3])) +
                         v * ((1 - u) * double(below[c]) + u * double(below[c + 3]));
        return between;
    }

    Normal normalAt(const Similarity& at) const {
        Normal normal;
        const auto [shiftX, shiftY, logZoom, rotation] = at.values;
        const double cosine = std::exp(logZoom) * std::cos(rotation),
                     sine = std::exp(logZoom) * std::sin(rotation);
        for (int y = 0; y < m_before.height; ++y) {
            for (int x = 0; x < m_before.width; ++x) {
                const double fromX = x - m_centreX, fromY = y - m_centreY;
                const double dx = cosine * fromX - sine * fromY, dy = sine * fromX + cosine * fromY;
                const auto [value, slopeX, slopeY] = sample(m_centreY + shiftY + dy, m_centreX + shiftX + dx);
                const double error = double(m_before.at(y, x)) - value;
                const std::array<double, 4> slopes{
                    slopeX, slopeY, slopeX * dx + slopeY * dy, slopeY * dx - slopeX * dy};
                normal.residual += std::abs(error);
                for (std::size_t i = 0; i < 4; ++i) {
                    for (std::size_t j = 0; j < 4; ++j) normal.rows[i][j] += slopes[i] * slopes[j];
                    normal.rows[i][4] += slopes[i] * error;
                }
            }
        }
        return normal;
    }

    /// By Gauss-Jordan elimination; a little is added to the diagonal, so that a round outline does not spin.
    static std::array<double, 4> solved(Normal normal) {
        auto& rows = normal.rows;
        for (std::size_t i = 0; i < 4; ++i) rows[i][i] += 1e-3 * rows[i][i] + 1e-6;
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t k = 0; k < 4; ++k) {
                if (k == i) continue;
                const double factor = rows[k][i] / rows[i][i];
                for (std::size_t j = i; j < 5; ++j) rows[k][j] -= factor * rows[i][j];
            }
        }
        std::array<double, 4> solution;
        for (std::size_t i = 0; i < 4; ++i) solution[i] = rows[i][4] / rows[i][i];
        return solution;
    }

    const ScalarMap& m_before;
    Raster<float> m_after;
    double m_centreX, m_centreY;
};

using Colour = std::array<double, 3>;

/// Of the chair: RGB over mask. Units: sRGB in [0, 1].
Colour meanColour(const ChairOutput& output) {
    Colour sum{};
    double area = 0;
    for (std::size_t i = 0; i < output.pixels.size(); i += 4) {
        const double mask = clampedMask(&output.pixels[i]);
        area += mask;
        for (std::size_t c = 0; c < 3; ++c) sum[c] += std::clamp(double(output.pixels[i + c]), 0.0, mask);
    }
    for (double& channel : sum) channel /= std::max(area, 1e-6);
    return sum;
}

/// CIELAB's a* and b* of an sRGB colour under D65. Source: CIE 15.
std::array<double, 2> chromaOf(const Colour& colour) {
    Colour linear;
    for (std::size_t c = 0; c < 3; ++c) linear[c] = double(srgbToLinear(float(colour[c])));
    const auto response = [](double ratio) {
        constexpr double kEdge = 6.0 / 29;
        return ratio > kEdge * kEdge * kEdge ? std::cbrt(ratio) : ratio / (3 * kEdge * kEdge) + 4.0 / 29;
    };
    const double x = response((0.4124 * linear[0] + 0.3576 * linear[1] + 0.1805 * linear[2]) / 0.9505);
    const double y = response(luminance(linear));
    const double z = response((0.0193 * linear[0] + 0.1192 * linear[1] + 0.9505 * linear[2]) / 1.0890);
    return {500 * (x - y), 200 * (y - z)};
}

double meanDifference(const ChairOutput& before, const ChairOutput& after) {
    double sum = 0;
    for (std::size_t i = 0; i < before.pixels.size(); i += 4) {
        const double maskBefore = clampedMask(&before.pixels[i]), maskAfter = clampedMask(&after.pixels[i]);
        for (std::size_t c = 0; c < 3; ++c) {
            const double shownBefore =
                std::clamp(double(before.pixels[i + c]), 0.0, maskBefore) + 1 - maskBefore;
            const double shownAfter = std::clamp(double(after.pixels[i + c]), 0.0, maskAfter) + 1 - maskAfter;
            sum += std::abs(shownAfter - shownBefore);
        }
    }
    return sum / (3 * std::max(1.0, double(before.pixels.size()) / 4));
}

void measureOutline(const ScalarMap& before, const ScalarMap& after, UnitEffect& effect) {
    constexpr double kScale = 2;  // the maps are of half size
    const Moments from = momentsOf(before), to = momentsOf(after);
    if (std::min(from.area, to.area) * kScale * kScale < kMinArea) return;
    effect.areaFactor = to.area / from.area;
    effect.centroidShiftPx = kScale * std::hypot(to.x - from.x, to.y - from.y);
    const Similarity start{{to.x - from.x, to.y - from.y, std::log(to.spread / from.spread), 0}};
    const Registration registration(before, after, from.x, from.y);
    auto best = registration.run(start);
    if (const auto still = registration.run({}); still.second < best.second) best = still;
    const auto [shiftX, shiftY, logZoom, rotation] = best.first.values;
    effect.shiftXPx = kScale * shiftX;
    effect.shiftYPx = kScale * shiftY;
    effect.zoomFactor = std::exp(logZoom);
    effect.rotationDeg = rotation * 180 / std::numbers::pi;
    effect.outlineChange = std::min(1.0, best.second / from.area);
}

double zoomScore(const UnitEffect& effect) {
    const double outline = std::log(effect.zoomFactor), area = std::log(effect.areaFactor) / 2;
    if (outline * area <= 0) return 0;
    const double logZoom = std::copysign(std::min(std::abs(outline), std::abs(area)), area);
    return 100 * std::expm1(logZoom) * std::exp(-effect.centroidShiftPx / kCalmShiftPx);
}

}  // namespace

UnitEffect measureEffect(const ChairOutput& before, const ChairOutput& after) {
    UnitEffect effect;
    effect.difference = meanDifference(before, after);
    if (before == after) return effect;
    measureOutline(blurredMask(before), blurredMask(after), effect);
    const Colour from = meanColour(before), to = meanColour(after);
    effect.brightness = luminance(to) - luminance(from);
    const auto chromaFrom = chromaOf(from), chromaTo = chromaOf(to);
    effect.hue = std::hypot(chromaTo[0] - chromaFrom[0], chromaTo[1] - chromaFrom[1]);
    return effect;
}

std::span<const EffectMeasureInfo> effectMeasures() {
    return kMeasures;
}

const EffectMeasureInfo& infoOf(EffectMeasure measure) {
    return *std::ranges::find(kMeasures, measure, &EffectMeasureInfo::measure);
}

double scoreOf(const UnitEffect& effect, EffectMeasure measure) {
    const double explained = 1 - effect.outlineChange;
    switch (measure) {
        case EffectMeasure::Zoom:
            return zoomScore(effect);
        case EffectMeasure::Shift:
            return std::hypot(effect.shiftXPx, effect.shiftYPx) * explained;
        case EffectMeasure::Rotation:
            return effect.rotationDeg * explained;
        case EffectMeasure::Brightness:
            return 100 * effect.brightness;
        case EffectMeasure::Hue:
            return effect.hue;
        case EffectMeasure::Style:
            return 100 * effect.outlineChange;
        case EffectMeasure::Difference:
            return 100 * effect.difference;
    }
    return 0;
}

}  // namespace vitrine
