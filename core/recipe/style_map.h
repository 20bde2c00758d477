// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/recipe/morph.h"
#include "core/recipe/style_codes.h"
#include "core/recipe/triangulation.h"

namespace vitrine {

/// Styles on a plane: the two principal components of their codes. The style furthest from the middle is at
/// distance 1. Every style keeps its place when styles are mixed: a mix lies where the weighted mean of its
/// styles does.
class StyleMap {
public:
    StyleMap() = default;
    /// `codes` of fewer than three styles make an empty map.
    explicit StyleMap(const StyleCodes& codes);

    bool empty() const { return m_points.empty(); }
    /// By class index.
    const std::vector<PlanePoint>& points() const { return m_points; }
    /// How much of the codes' variance the plane shows, 0 to 1.
    double explainedVariance() const { return m_explainedVariance; }
    /// Where a mix lies, of drawn styles too. Styles that the network lacks count nothing.
    PlanePoint pointOf(const StyleMix& mix) const;
    /// The mix that lies at a point: of the three styles around it; outside of all styles, of the two that
    /// are next to it.
    StyleMix mixAt(PlanePoint point) const;

private:
    PlanePoint project(std::span<const float> code) const;

    std::vector<PlanePoint> m_points;
    std::vector<Triangle> m_triangles;
    std::array<std::vector<double>, 2> m_axes;  ///< unit length over the largest distance
    PlanePoint m_origin;                        ///< of the code 0
    double m_explainedVariance = 0;
    StyleCodes m_codes;
};

}  // namespace vitrine
