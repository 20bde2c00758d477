// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/leg_measures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace vitrine {
namespace {

constexpr double kMinFoot = 0.03;  // of the picture's height: less is an uneven edge, not a foot

/// One connected part of a sample's leg pixels.
struct LegPart {
    int numPixels = 0;
    int lowestRow = 0;
    bool isHidden = false;    ///< reaches into the hidden area
    bool isAttached = false;  ///< touches another part of the chair
    bool isCut = false;       ///< touches the picture's edge
};

/// Finds the connected parts of a map's leg pixels.
class LegParts {
public:
    LegParts(const LabelMap& map, const LabelMap& hidden, const LegRule& rule)
        : m_map(map), m_hidden(hidden), m_rule(rule), m_seen(map.width, map.height) {
        for (int y = 0; y < map.height; ++y)
            for (int x = 0; x < map.width; ++x)
                if (map.at(y, x) == rule.legsClass && m_seen.at(y, x) == 0) m_parts.push_back(partFrom(y, x));
    }
    const std::vector<LegPart>& all() const { return m_parts; }

private:
    struct Pixel {
        int y, x;
    };

    LegPart partFrom(int y, int x) {
        LegPart part;
        m_seen.at(y, x) = 1;
        m_open.assign(1, {y, x});
        while (!m_open.empty()) {
            const Pixel pixel = m_open.back();
            m_open.pop_back();
            add(part, pixel);
        }
        return part;
    }

    void add(LegPart& part, Pixel pixel) {
        const int lastRow = m_map.height - 1, lastColumn = m_map.width - 1;
        ++part.numPixels;
        part.lowestRow = std::max(part.lowestRow, pixel.y);
        part.isHidden = part.isHidden || m_hidden.at(pixel.y, pixel.x) != 0;
        part.isCut =
            part.isCut || pixel.y == 0 || pixel.y == lastRow || pixel.x == 0 || pixel.x == lastColumn;
        const int reach = m_rule.reachPx;
        for (int y = std::max(pixel.y - reach, 0); y <= std::min(pixel.y + reach, lastRow); ++y)
            for (int x = std::max(pixel.x - reach, 0); x <= std::min(pixel.x + reach, lastColumn); ++x)
                visit(part, {y, x});
    }

    void visit(LegPart& part, Pixel pixel) {
        const std::uint8_t label = m_map.at(pixel.y, pixel.x);
        if (label == 0 || label == kUnknownLabel) return;
        if (label != m_rule.legsClass) {
            part.isAttached = true;
        } else if (m_seen.at(pixel.y, pixel.x) == 0) {
            m_seen.at(pixel.y, pixel.x) = 1;
            m_open.push_back(pixel);
        }
    }

    const LabelMap& m_map;
    const LabelMap& m_hidden;
    const LegRule& m_rule;
    LabelMap m_seen;
    std::vector<Pixel> m_open;
    std::vector<LegPart> m_parts;
};

/// By column, the lowest row of a class; -1 where there is none.
std::vector<int> lowestRows(const LabelMap& map, std::uint8_t label) {
    std::vector<int> rows(std::size_t(map.width), -1);
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (map.at(y, x) == label) rows[std::size_t(x)] = y;
    return rows;
}

/// How far a profile rises beside a foot before it comes to a lower place: `step` is -1 or 1. Where the legs
/// end beside it, without bound.
int riseBeside(const std::vector<int>& rows, int column, int step) {
    const int foot = rows[std::size_t(column)];
    int highest = foot;
    for (int x = column + step; x >= 0 && x < int(rows.size()); x += step) {
        const int row = rows[std::size_t(x)];
        if (row < 0) break;
        if (row > foot) return foot - highest;
        highest = std::min(highest, row);
    }
    return std::numeric_limits<int>::max();
}

/// Rows between the lowest and the highest foot. A foot is a place where the legs' lower edge comes down
/// farther than on both sides.
int footSpread(const std::vector<int>& rows, int leastRise) {
    int lowest = -1, highest = std::numeric_limits<int>::max();
    for (int x = 0; x < int(rows.size()); ++x) {
        if (rows[std::size_t(x)] < 0) continue;
        if (std::min(riseBeside(rows, x, -1), riseBeside(rows, x, 1)) < leastRise) continue;
        lowest = std::max(lowest, rows[std::size_t(x)]);
        highest = std::min(highest, rows[std::size_t(x)]);
    }
    return lowest < 0 ? 0 : lowest - highest;
}

int lowestRow(const std::vector<int>& rows) {
    return rows.empty() ? -1 : *std::ranges::max_element(rows);
}

/// Half the side of the largest square that fits into a class, rounded up. Source: the largest square of ones
/// by dynamic programming.
int squareRadius(const LabelMap& map, std::uint8_t label) {
    std::vector<int> side(map.pixels.size(), 0);  // side of the square that ends here
    int most = 0;
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) {
            const std::size_t here = map.index(y, x);
            if (map.pixels[here] != label) continue;
            const bool isFirst = y == 0 || x == 0;
            const auto width = std::size_t(map.width);
            side[here] =
                1 + (isFirst ? 0 : std::min({side[here - 1], side[here - width], side[here - width - 1]}));
            most = std::max(most, side[here]);
        }
    return (most + 1) / 2;
}

/// 1 in a disc around each pixel of a class.
LabelMap near(const LabelMap& map, std::uint8_t label, double radius) {
    LabelMap out(map.width, map.height);
    const int reach = int(radius);
    const auto mark = [&](int centreY, int centreX) {
        for (int y = std::max(centreY - reach, 0); y <= std::min(centreY + reach, map.height - 1); ++y)
            for (int x = std::max(centreX - reach, 0); x <= std::min(centreX + reach, map.width - 1); ++x)
                if (std::hypot(y - centreY, x - centreX) <= radius) out.at(y, x) = 1;
    };
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (map.at(y, x) == label) mark(y, x);
    return out;
}

}  // namespace

LegMeasures::LegMeasures(const LabelMap& truth, LabelMap hidden, const LegRule& rule)
    : m_hidden(std::move(hidden)),
      m_rule(rule),
      m_nearTruth(near(truth, rule.legsClass, rule.falseDistancePx)) {
    const auto rows = lowestRows(truth, rule.legsClass);
    m_floorRow = lowestRow(rows);
    m_footSpreadPx = footSpread(rows, int(std::ceil(kMinFoot * truth.height)));
    m_mostRadiusPx = 2 * squareRadius(truth, rule.legsClass) + 1;
    const LegParts parts(truth, m_hidden, m_rule);
    for (const LegPart& part : parts.all())
        m_footSpreadPx = std::max(m_footSpreadPx, double(m_floorRow - part.lowestRow));
    for (std::size_t i = 0; i < truth.pixels.size(); ++i) m_counts = m_counts || isHiddenLeg(truth, i);
}

bool LegMeasures::isHiddenLeg(const LabelMap& map, std::size_t pixel) const {
    return map.pixels[pixel] == m_rule.legsClass && m_hidden.pixels[pixel] != 0;
}

bool LegMeasures::hasWholeLegs(const LabelMap& sample) const {
    const double tolerance = m_rule.floorTolerance * sample.height;
    const int floorRow = lowestRow(lowestRows(sample, m_rule.legsClass));
    if (floorRow < m_floorRow - tolerance || squareRadius(sample, m_rule.legsClass) > m_mostRadiusPx)
        return false;
    const double highestEnd = floorRow - std::max(tolerance, m_footSpreadPx);
    const LegParts parts(sample, m_hidden, m_rule);
    bool hasOne = false;
    for (const LegPart& part : parts.all()) {
        if (!part.isHidden) continue;
        const bool isWhole = part.isCut || (part.isAttached && part.lowestRow >= highestEnd);
        if (!isWhole && part.numPixels >= m_rule.leastPartPx) return false;
        hasOne = hasOne || isWhole;
    }
    return hasOne;
}

double LegMeasures::falseLegShare(const LabelMap& sample) const {
    std::size_t all = 0, isolated = 0;
    for (std::size_t i = 0; i < sample.pixels.size(); ++i) {
        if (!isHiddenLeg(sample, i)) continue;
        ++all;
        isolated += m_nearTruth.pixels[i] == 0;
    }
    return all > 0 ? double(isolated) / double(all) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace vitrine
