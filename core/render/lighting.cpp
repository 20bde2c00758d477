// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/lighting.h"

#include <algorithm>
#include <numbers>

#include "core/base/srgb.h"

namespace vitrine {
namespace {

constexpr float kKeyStrength = 0.61f, kFillStrength = 0.12f, kSkyStrength = 0.51f, kFloorStrength = 0.22f;
constexpr float kDarkest = 0.012f;  // linear albedo; no real surface is blacker, and shape shows on it
constexpr float kHighlightStrength = 0.2f, kHighlightPower = 24;
constexpr float kKeyRadius = 0.13f;    // of the key light's disc, seen from the chair
constexpr int kNumSkyDirections = 12;  // a sample, over the whole sphere; about half are cast
constexpr float kGoldenAngle = 2.39996323f;

std::vector<Vector3> discDirections(Vector3 centre, int count) {
    const Vector3 side = normalized(cross(centre, Vector3{0, 0, 1}));
    const Vector3 up = cross(side, centre);
    std::vector<Vector3> directions;
    for (int i = 0; i < count; ++i) {
        const float radius = kKeyRadius * std::sqrt((float(i) + 0.5f) / float(count));
        const float angle = float(i) * kGoldenAngle;
        directions.push_back(
            normalized(centre + side * (radius * std::cos(angle)) + up * (radius * std::sin(angle))));
    }
    return directions;
}

Vector3 spherePoint(int i, int count) {
    const float y = 1 - 2 * (float(i) + 0.5f) / float(count);
    const float radius = std::sqrt(std::max(0.f, 1 - y * y));
    const float angle = float(i) * kGoldenAngle;
    return {radius * std::cos(angle), y, radius * std::sin(angle)};
}

}  // namespace

Lighting::Lighting(Vector3 right, Vector3 towardsViewer, int numSamples) : m_skyDirections(numSamples) {
    const Vector3 up{0, 1, 0};
    const Vector3 front = normalized({towardsViewer.x, 0, towardsViewer.z});
    m_key = normalized(right * -0.50f + up * 0.80f + front * 0.62f);
    m_fill = normalized(right * 0.75f + up * 0.25f + front * 0.60f);
    m_keyDirections = discDirections(m_key, numSamples);
    const int count = numSamples * kNumSkyDirections;
    for (int i = 0; i < count; ++i) {
        const Vector3 p = spherePoint(i, count);
        m_skyDirections[i % numSamples].push_back(right * p.x + up * p.y + front * p.z);
    }
}

float Lighting::skyWeight(Vector3 direction, Vector3 normal) {
    return std::max(0.f, dot(direction, normal)) * (0.6f + 0.4f * direction.y);
}

Vector3 Lighting::shade(Vector3 albedo,
                        float gloss,
                        Vector3 normal,
                        Vector3 towardsViewer,
                        float keyVisible,
                        float skyVisible) const {
    const float key = kKeyStrength * std::max(0.f, dot(normal, m_key)) * keyVisible;
    const float fill = kFillStrength * std::max(0.f, dot(normal, m_fill)) * skyVisible;
    const float upwards = 0.5f + 0.5f * normal.y;
    const float sky = (kFloorStrength + (kSkyStrength - kFloorStrength) * upwards) * skyVisible;
    const float light = key + fill + sky;
    const float towardsHighlight = std::max(0.f, dot(normal, normalized(m_key + towardsViewer)));
    const float highlight =
        gloss * kHighlightStrength * keyVisible * std::pow(towardsHighlight, kHighlightPower);
    const auto channel = [&](float c) {
        return linearToSrgb(
            softenHighlight((kDarkest + (1 - kDarkest) * srgbToLinear(c)) * light + highlight));
    };
    return {channel(albedo.x), channel(albedo.y), channel(albedo.z)};
}

}  // namespace vitrine
