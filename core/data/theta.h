// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "core/base/image.h"
#include "core/base/random.h"

namespace vitrine {

inline constexpr int kThetaSize = 8;

/// The transformation input of the chair generator; all zeros = identity. Multiplicative values are stored as
/// logarithms. Source: papers.md B4 (data_augmentation_layer), reduced to the eight numbers that vary there,
/// in that order.
struct Theta {
    float translateX = 0;  ///< fraction of the width, + moves the chair right
    float translateY = 0;  ///< fraction of the height, + moves the chair down
    float rotateRad = 0;   ///< + turns clockwise
    float logZoom = 0;     ///< + enlarges
    float logStretch = 0;  ///< + widens and flattens
    float logSaturation = 0;
    float logBrightness = 0;
    float hueRad = 0;

    std::array<float, kThetaSize> values() const;
    static Theta fromValues(std::span<const float, kThetaSize> values);
    bool operator==(const Theta&) const = default;
};

/// What a slider, a form and a sampler need to know of one value of theta.
struct ThetaRange {
    const char* key;     ///< name on the command line and in recipes, e.g. "zoom"
    const char* label;   ///< name in the window, e.g. "Zoom"
    float trained;       ///< spread of training, symmetric: uniform in [-trained, trained]
    float extrapolated;  ///< spread of the paper's extrapolation figure
    enum class Display { Fraction, Degrees, Factor } display;  ///< shown as value, value*180/pi, exp(value)
};

/// In the order of Theta's fields.
std::span<const ThetaRange, kThetaSize> thetaRanges();

/// Draws theta uniformly within `scale` times the trained ranges. Spatial values are drawn up to 20 times
/// until the four corners of the output lie inside the source, else they stay 0; the source counts with an
/// empty margin of a quarter on each side, because what lies around a chair is known to be nothing. Source:
/// papers.md B4.
Theta sampleTheta(Rng& rng, double scale);

/// Transforms a picture as the training does. `premultiplied` [H, W, 4] with colour already multiplied by
/// alpha, so that what lies outside is empty (0). Bilinear; colour stays within [0, alpha].
Image applyTheta(const Image& premultiplied, const Theta& theta);

/// The same into float32 in [0, 1]: out [H, W, 4], interleaved as the input; three of masked RGB, then the
/// mask.
void applyTheta(const std::uint8_t* premultiplied, int width, int height, const Theta& theta, float* out);

}  // namespace vitrine
