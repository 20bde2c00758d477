// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/style_map.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "core/base/random.h"
#include "core/recipe/drawn_style.h"

namespace vitrine {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Adds `factor` * `addend`.
void add(Vector& sum, const Vector& addend, double factor) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * addend[i];
}

void scale(Vector& values, double factor) {
    for (double& value : values) value *= factor;
}

Vector meanOf(const std::vector<Vector>& rows) {
    Vector mean(rows.front().size());
    for (const Vector& row : rows) add(mean, row, 1.0 / double(rows.size()));
    return mean;
}

std::vector<Vector> transposed(const std::vector<Vector>& rows) {
    std::vector<Vector> columns(rows.front().size(), Vector(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t k = 0; k < columns.size(); ++k) columns[k][i] = rows[i][k];
    return columns;
}

/// Of every vector with every other.
std::vector<Vector> dotProducts(const std::vector<Vector>& vectors) {
    std::vector<Vector> products(vectors.size(), Vector(vectors.size()));
    for (std::size_t i = 0; i < vectors.size(); ++i)
        for (std::size_t k = 0; k <= i; ++k) products[i][k] = products[k][i] = dot(vectors[i], vectors[k]);
    return products;
}

/// The eigenvector of the largest eigenvalue that is orthogonal to `earlier`, by the power method; zero where
/// that value is 0.
Vector leadingVector(const std::vector<Vector>& matrix, std::span<const Vector> earlier) {
    constexpr int kMaxIterations = 500;
    constexpr double kConverged = 1e-12;
    Rng rng({earlier.size()});
    Vector vector(matrix.size());
    for (double& value : vector) value = rng.normal();
    for (int i = 0; i < kMaxIterations; ++i) {
        Vector next(vector.size());
        for (std::size_t row = 0; row < matrix.size(); ++row) next[row] = dot(matrix[row], vector);
        for (const Vector& other : earlier) add(next, other, -dot(next, other));
        const double length = std::sqrt(dot(next, next));
        if (length < kConverged) return Vector(vector.size());
        scale(next, 1 / length);
        const bool converged = 1 - std::abs(dot(next, vector)) < kConverged;
        vector = std::move(next);
        if (converged && i > 0) break;
    }
    return vector;
}

/// To unit length, the largest component positive.
void normalise(Vector& axis) {
    const double length = std::sqrt(dot(axis, axis));
    if (length == 0) return;
    const double largest = *std::ranges::max_element(axis, {}, [](double value) { return std::abs(value); });
    scale(axis, (largest < 0 ? -1 : 1) / length);
}

/// The two directions of largest variance. The smaller of the two matrices of products has the same
/// eigenvalues.
std::array<Vector, 2> principalAxes(const std::vector<Vector>& centred) {
    const bool isWide = centred.size() < centred.front().size();
    const auto matrix = dotProducts(isWide ? centred : transposed(centred));
    std::array<Vector, 2> vectors, axes;
    for (std::size_t k = 0; k < 2; ++k) {
        vectors[k] = leadingVector(matrix, std::span(vectors).first(k));
        axes[k] = isWide ? Vector(centred.front().size()) : vectors[k];
        for (std::size_t i = 0; isWide && i < centred.size(); ++i) add(axes[k], centred[i], vectors[k][i]);
        normalise(axes[k]);
    }
    return axes;
}

double varianceAlong(const std::vector<Vector>& centred, const Vector& axis) {
    double sum = 0;
    for (const Vector& row : centred) sum += dot(row, axis) * dot(row, axis);
    return sum;
}

/// The share of `to` at the point of the line from `from` that is nearest to `point`, within 0 and 1.
double shareAlong(PlanePoint from, PlanePoint to, PlanePoint point) {
    const double dx = to.x - from.x, dy = to.y - from.y, length2 = dx * dx + dy * dy;
    if (length2 == 0) return 0;
    return std::clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length2, 0.0, 1.0);
}

/// The three weights of a triangle's corners; none where the point is outside.
std::optional<StyleMix> mixInside(const Triangle& triangle,
                                  std::span<const PlanePoint> points,
                                  PlanePoint point) {
    constexpr double kRounding = 1e-9;
    const auto at = [&](std::size_t k) { return points[std::size_t(triangle[k])]; };
    const auto shares = barycentric({at(0), at(1), at(2)}, point);
    if (std::ranges::min(shares) < -kRounding) return std::nullopt;
    StyleMix mix;
    for (std::size_t k = 0; k < 3; ++k) mix.push_back({triangle[k], float(shares[k])});
    return normalised(mix);
}

}  // namespace

StyleMap::StyleMap(const StyleCodes& codes) : m_codes(codes) {
    if (codes.numStyles() < 3) return;
    std::vector<Vector> rows;
    for (int i = 0; i < codes.numStyles(); ++i) rows.emplace_back(codes.of(i).begin(), codes.of(i).end());
    const Vector mean = meanOf(rows);
    for (Vector& row : rows) add(row, mean, -1);
    m_axes = principalAxes(rows);

    double all = 0, largest = 0;
    for (const Vector& row : rows) {
        all += dot(row, row);
        largest = std::max(largest, std::hypot(dot(row, m_axes[0]), dot(row, m_axes[1])));
    }
    if (largest == 0) return;
    m_explainedVariance = (varianceAlong(rows, m_axes[0]) + varianceAlong(rows, m_axes[1])) / all;
    for (Vector& axis : m_axes) scale(axis, 1 / largest);
    m_origin = {-dot(mean, m_axes[0]), -dot(mean, m_axes[1])};
    for (int i = 0; i < codes.numStyles(); ++i) m_points.push_back(project(codes.of(i)));
    m_triangles = delaunayTriangles(m_points);
}

PlanePoint StyleMap::project(std::span<const float> code) const {
    const Vector values(code.begin(), code.end());
    return {dot(values, m_axes[0]) + m_origin.x, dot(values, m_axes[1]) + m_origin.y};
}

PlanePoint StyleMap::pointOf(const StyleMix& mix) const {
    if (empty()) return {};
    PlanePoint point = m_origin;  // a mix of codes is linear from the code 0 on
    for (const StyleWeight& part : expandDrawnStyles(mix, m_codes)) {
        if (part.styleIndex < 0 || part.styleIndex >= int(m_points.size())) continue;
        const PlanePoint place = m_points[std::size_t(part.styleIndex)];
        point.x += double(part.weight) * (place.x - m_origin.x);
        point.y += double(part.weight) * (place.y - m_origin.y);
    }
    return point;
}

StyleMix StyleMap::mixAt(PlanePoint point) const {
    StyleMix nearest;
    double least = std::numeric_limits<double>::max();
    for (const Triangle& triangle : m_triangles) {
        if (auto inside = mixInside(triangle, m_points, point)) return std::move(*inside);
        for (std::size_t k = 0; k < 3; ++k) {
            const int from = triangle[k], to = triangle[(k + 1) % 3];
            const PlanePoint a = m_points[std::size_t(from)], b = m_points[std::size_t(to)];
            const double share = shareAlong(a, b, point);
            const double distance =
                std::hypot(std::lerp(a.x, b.x, share) - point.x, std::lerp(a.y, b.y, share) - point.y);
            if (distance >= least) continue;
            least = distance;
            nearest = normalised({{from, float(1 - share)}, {to, float(share)}});
        }
    }
    return nearest;
}

}  // namespace vitrine
