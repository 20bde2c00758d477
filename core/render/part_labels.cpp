// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/part_labels.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace vitrine {
namespace {

constexpr int kNumSamples = 40'000;
constexpr int kNumLevels = 48;        // of the chair's height
constexpr int kTopGrid = 40;          // cells a side of the view from above
constexpr float kFlat = 0.75f;        // |normal.y| from which a surface can be sat on
constexpr float kSeatMargin = 0.03f;  // a seat is not quite flat
constexpr float kThinSeat = 0.025f;   // the least thickness of a seat
constexpr float kBackMargin = 0.035f;
constexpr float kHighAbove = 0.15f;  // the seat; nothing of the seat reaches up there
constexpr float kMiddle = 0.5f;      // the share of the width that counts as the chair's middle

float halton(int index, int base) {
    float result = 0, digit = 1;
    for (; index > 0; index /= base) {
        digit /= float(base);
        result += digit * float(index % base);
    }
    return result;
}

float quantile(std::vector<float> values, float share) {
    const auto nth = values.begin() + std::ptrdiff_t(share * float(values.size() - 1));
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

}  // namespace

/// Points spread evenly over the surface, the same ones each time.
struct PartLabels::Samples {
    struct Point {
        Vector3 position;
        bool isFlat;
    };
    std::vector<Point> points;

    explicit Samples(const Mesh& mesh) {
        std::vector<double> areaUpTo;
        double total = 0;
        for (const auto& t : mesh.triangles) {
            const Vector3 a = mesh.positions[t[0]];
            total += length(cross(mesh.positions[t[1]] - a, mesh.positions[t[2]] - a));
            areaUpTo.push_back(total);
        }
        for (int i = 0; i < kNumSamples; ++i) {
            const double target = total * (double(i) + 0.5) / kNumSamples;
            const auto found = std::lower_bound(areaUpTo.begin(), areaUpTo.end(), target);
            if (found == areaUpTo.end()) break;
            const auto& t = mesh.triangles[std::size_t(found - areaUpTo.begin())];
            const Vector3 a = mesh.positions[t[0]], ab = mesh.positions[t[1]] - a,
                          ac = mesh.positions[t[2]] - a;
            float u = halton(i + 1, 2), v = halton(i + 1, 3);
            if (u + v > 1) u = 1 - u, v = 1 - v;
            points.push_back({a + ab * u + ac * v, std::abs(normalized(cross(ab, ac)).y) > kFlat});
        }
    }
};

PartLabels::PartLabels(const Mesh& mesh, std::optional<float> seatHeight)
    : m_low(mesh.boxMin()), m_high(mesh.boxMax()) {
    const Samples samples(mesh);
    if (seatHeight)
        m_seatTop = m_low.y + *seatHeight * (m_high.y - m_low.y);
    else
        findSeatTop(samples);
    findSeatBottom(samples);
    findSeatWidth(samples);
    findBack(samples);
    findArms(samples);
}

int PartLabels::levelOf(float y) const {
    const float share = (y - m_low.y) / std::max(m_high.y - m_low.y, 1e-6f);
    return std::clamp(int(share * kNumLevels), 0, kNumLevels - 1);
}

/// The height that is seen most often by someone who looks down on the middle of the chair.
void PartLabels::findSeatTop(const Samples& samples) {
    std::vector<float> top(kTopGrid * kTopGrid, m_low.y - 1);
    for (const auto& point : samples.points) {
        const float x = (point.position.x - m_low.x) / std::max(m_high.x - m_low.x, 1e-6f);
        const float z = (point.position.z - m_low.z) / std::max(m_high.z - m_low.z, 1e-6f);
        if (x < 0.2f || x > 0.8f || z < 0.3f || z > 0.9f) continue;
        float& cell = top[int(z * kTopGrid) * kTopGrid + int(x * kTopGrid)];
        cell = std::max(cell, point.position.y);
    }
    std::array<int, kNumLevels + 2> count{};
    for (const float y : top)
        if (y >= m_low.y) ++count[levelOf(y) + 1];
    int best = 1;
    const auto around = [&](int level) { return count[level - 1] + 2 * count[level] + count[level + 1]; };
    for (int level = 2; level <= kNumLevels; ++level)
        if (around(level) > around(best)) best = level;
    std::vector<float> heights;
    for (const float y : top)
        if (y >= m_low.y && std::abs(levelOf(y) + 1 - best) <= 1) heights.push_back(y);
    m_seatTop = heights.empty() ? m_high.y : quantile(std::move(heights), 0.5f);
}

/// Down the front of the seat until it is no longer closed across the chair; a sofa's front reaches almost to
/// the floor.
void PartLabels::findSeatBottom(const Samples& samples) {
    constexpr int kNumColumns = 8, kClosed = 6;
    std::array<std::bitset<kNumColumns>, kNumLevels> columns;
    const float reach = kMiddle * m_high.x;
    for (const auto& point : samples.points) {
        const float across = (point.position.x / std::max(reach, 1e-6f) + 1) / 2;
        if (across >= 0 && across < 1 && point.position.z > 0.3f * m_high.z && !point.isFlat)
            columns[levelOf(point.position.y)].set(std::size_t(across * kNumColumns));
    }
    const auto isClosed = [&](int level) { return columns[level].count() >= kClosed; };
    int level = levelOf(m_seatTop);
    if (!isClosed(level) && level > 0) --level;
    // One open level is the shadow gap between a cushion and its frame.
    for (int next = level - 1; next >= 0 && next >= level - 2; --next)
        if (isClosed(next)) level = next;
    const float levelHeight = (m_high.y - m_low.y) / kNumLevels;
    m_seatBottom = std::min(m_low.y + float(level) * levelHeight, m_seatTop - kThinSeat);
}

void PartLabels::findSeatWidth(const Samples& samples) {
    std::vector<float> distances;
    for (const auto& point : samples.points)
        if (point.isFlat && std::abs(point.position.y - m_seatTop) < kSeatMargin)
            distances.push_back(std::abs(point.position.x));
    m_seatHalfWidth = distances.empty() ? m_high.x : quantile(std::move(distances), 0.97f);
}

void PartLabels::findBack(const Samples& samples) {
    std::vector<std::vector<float>> depths(kNumLevels);
    const float halfWidth = (m_high.x - m_low.x) / 2;
    for (const auto& point : samples.points)
        if (!point.isFlat && point.position.y > m_seatTop + kSeatMargin &&
            std::abs(point.position.x) < kMiddle * halfWidth)
            depths[levelOf(point.position.y)].push_back(point.position.z);
    constexpr float kNoBack = -10;
    m_backFront.assign(kNumLevels, kNoBack);
    for (int level = 0; level < kNumLevels; ++level)
        if (depths[level].size() >= 3) m_backFront[level] = quantile(std::move(depths[level]), 0.95f);
    // Between two bars of a back there is back, too, and above its last bar as well.
    for (int level = 1; level < kNumLevels; ++level)
        if (m_backFront[level] == kNoBack) m_backFront[level] = m_backFront[level - 1];
    for (int level = kNumLevels - 2; level >= 0; --level)
        if (m_backFront[level] == kNoBack) m_backFront[level] = m_backFront[level + 1];
    const std::vector<float> exact = m_backFront;
    for (int level = 1; level + 1 < kNumLevels; ++level)
        m_backFront[level] = std::max({exact[level - 1], exact[level], exact[level + 1]});
}

bool PartLabels::isInFrontOfBack(Vector3 point) const {
    return point.z > m_backFront[levelOf(point.y)] + kBackMargin;
}

/// Whether the sides beside the seat belong to arms depends on what rises above them.
void PartLabels::findArms(const Samples& samples) {
    constexpr float kMinShare = 0.01f;
    const auto numRaised =
        std::count_if(samples.points.begin(), samples.points.end(), [this](const auto& point) {
            return point.position.y > m_seatTop + kSeatMargin && isInFrontOfBack(point.position) &&
                   std::abs(point.position.x) > kMiddle * m_high.x;
        });
    m_hasArms = float(numRaised) > kMinShare * float(samples.points.size());
}

ChairPart PartLabels::label(Vector3 point) const {
    if (point.y < m_seatBottom) return ChairPart::Legs;
    if (point.y <= m_seatTop + kSeatMargin) {
        const bool isBeside = std::abs(point.x) > m_seatHalfWidth + 0.01f;
        return m_hasArms && isBeside ? ChairPart::Arms : ChairPart::Seat;
    }
    if (!isInFrontOfBack(point)) return ChairPart::Back;
    if (m_hasArms && std::abs(point.x) > kMiddle * m_high.x) return ChairPart::Arms;
    return point.y > m_seatTop + kHighAbove ? ChairPart::Back : ChairPart::Seat;
}

}  // namespace vitrine
