// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/chair_camera.h"

#include <cmath>
#include <numbers>

namespace vitrine {

ChairCamera::ChairCamera(const ChairView& view) {
    const float degree = std::numbers::pi_v<float> / 180;
    const float azimuth = view.azimuthDeg * degree, elevation = view.elevationDeg * degree;
    towardsViewer = {std::sin(azimuth) * std::cos(elevation),
                     std::sin(elevation),
                     std::cos(azimuth) * std::cos(elevation)};
    right = {std::cos(azimuth), 0, -std::sin(azimuth)};
    up = cross(towardsViewer, right);
    eye = towardsViewer * kDistance;
}

Vector3 ChairCamera::direction(float x, float y) const {
    return normalized(right * (x * kHalfFrame) - up * (y * kHalfFrame) - towardsViewer);
}

std::array<float, 2> ChairCamera::seenAt(Vector3 point) const {
    const Vector3 fromEye = point - eye;
    const float depth = -dot(fromEye, towardsViewer) * kHalfFrame;
    return {dot(fromEye, right) / depth, -dot(fromEye, up) / depth};
}

std::array<float, 2> ChairCamera::pixelOf(Vector3 point, int size) const {
    const auto [x, y] = seenAt(point);
    return {(x + 1) / 2 * float(size) - 0.5f, (y + 1) / 2 * float(size) - 0.5f};
}

}  // namespace vitrine
