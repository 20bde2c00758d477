// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/triangulation.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

/// Twice the signed area of a triangle.
double area(PlanePoint a, PlanePoint b, PlanePoint c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// For a counter-clockwise triangle.
bool circumcircleHolds(PlanePoint a, PlanePoint b, PlanePoint c, PlanePoint p) {
    const double ax = a.x - p.x, ay = a.y - p.y, bx = b.x - p.x, by = b.y - p.y, cx = c.x - p.x,
                 cy = c.y - p.y;
    const double a2 = ax * ax + ay * ay, b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    return ax * (by * c2 - b2 * cy) - ay * (bx * c2 - b2 * cx) + a2 * (bx * cy - by * cx) > 0;
}

using Edge = std::array<int, 2>;

/// The directed edges around a set of triangles: those whose reverse belongs to none of them.
std::vector<Edge> rimOf(std::span<const Triangle> triangles) {
    std::vector<Edge> edges, rim;
    for (const Triangle& t : triangles)
        for (std::size_t k = 0; k < 3; ++k) edges.push_back({t[k], t[(k + 1) % 3]});
    for (const Edge& edge : edges)
        if (std::ranges::find(edges, Edge{edge[1], edge[0]}) == edges.end()) rim.push_back(edge);
    return rim;
}

/// Three points far around all others, added to them.
void addFarTriangle(std::vector<PlanePoint>& points) {
    double reach = 1;
    for (const PlanePoint& point : points) reach = std::max({reach, std::abs(point.x), std::abs(point.y)});
    const double far = 1e4 * reach;
    points.insert(points.end(), {{-far, -far}, {far, -far}, {0, far}});
}

void insert(std::vector<Triangle>& triangles, const std::vector<PlanePoint>& points, int added) {
    const auto at = [&points](int index) { return points[std::size_t(index)]; };
    const auto kept = std::partition(triangles.begin(), triangles.end(), [&](const Triangle& t) {
        return !circumcircleHolds(at(t[0]), at(t[1]), at(t[2]), at(added));
    });
    const std::vector<Edge> rim = rimOf({kept, triangles.end()});
    triangles.erase(kept, triangles.end());
    for (const Edge& edge : rim) triangles.push_back({edge[0], edge[1], added});
}

}  // namespace

std::vector<Triangle> delaunayTriangles(std::span<const PlanePoint> points) {
    const int numPoints = int(points.size());
    std::vector<PlanePoint> all(points.begin(), points.end());
    addFarTriangle(all);
    std::vector<Triangle> triangles{{numPoints, numPoints + 1, numPoints + 2}};
    for (int i = 0; i < numPoints; ++i) {
        const bool isNew = std::find(all.begin(), all.begin() + i, all[std::size_t(i)]) == all.begin() + i;
        if (isNew) insert(triangles, all, i);
    }
    std::erase_if(triangles, [&](const Triangle& t) {
        const auto corner = [&](std::size_t k) { return all[std::size_t(t[k])]; };
        return std::ranges::max(t) >= numPoints || area(corner(0), corner(1), corner(2)) <= 0;
    });
    return triangles;
}

std::array<double, 3> barycentric(const std::array<PlanePoint, 3>& corners, PlanePoint point) {
    const auto& [a, b, c] = corners;
    const double whole = area(a, b, c);
    const double first = area(point, b, c) / whole, second = area(a, point, c) / whole;
    return {first, second, 1 - first - second};
}

}  // namespace vitrine
