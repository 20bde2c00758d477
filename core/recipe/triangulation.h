// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

namespace vitrine {

struct PlanePoint {
    double x = 0;
    double y = 0;
    bool operator==(const PlanePoint&) const = default;
};

/// Indices of three points, counter-clockwise where y points up.
using Triangle = std::array<int, 3>;

/// Triangles between the points such that no point lies in the circumcircle of one: they cover the points'
/// convex hull. Points that coincide with an earlier one are in no triangle; points on one line have none.
/// Source: Bowyer 1981, Watson 1981.
std::vector<Triangle> delaunayTriangles(std::span<const PlanePoint> points);

/// Shares of a triangle's corners that sum to 1; all are positive inside. Its area must not be 0.
std::array<double, 3> barycentric(const std::array<PlanePoint, 3>& corners, PlanePoint point);

}  // namespace vitrine
