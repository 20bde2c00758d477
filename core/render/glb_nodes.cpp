// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/glb_nodes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/render/mesh.h"

namespace vitrine::gltf {
namespace {

/// Column-major, as in the file.
using GltfMatrix = std::array<double, 16>;

GltfMatrix matrixOf(const GltfJson& node) {
    GltfMatrix matrix{};
    if (const auto given = numbersAt(node, "matrix", 16)) {
        std::ranges::copy(*given, matrix.begin());
        return matrix;
    }
    const auto move = numbersAt(node, "translation", 3).value_or(std::vector<double>{0, 0, 0});
    const auto turn = numbersAt(node, "rotation", 4).value_or(std::vector<double>{0, 0, 0, 1});
    const auto scale = numbersAt(node, "scale", 3).value_or(std::vector<double>{1, 1, 1});
    const double x = turn[0], y = turn[1], z = turn[2], w = turn[3];
    const double rows[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                               {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                               {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column)
            matrix[4 * column + row] = rows[row][column] * scale[column];
        matrix[12 + row] = move[row];
    }
    matrix[15] = 1;
    return matrix;
}

GltfMatrix product(const GltfMatrix& a, const GltfMatrix& b) {
    GltfMatrix result{};
    for (std::size_t column = 0; column < 4; ++column)
        for (std::size_t row = 0; row < 4; ++row)
            for (std::size_t k = 0; k < 4; ++k)
                result[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    return result;
}

/// The corners of the box from `min` to `max`.
void add(GltfBox& box,
         const GltfMatrix& matrix,
         const std::vector<double>& min,
         const std::vector<double>& max) {
    for (int corner = 0; corner < 8; ++corner)
        for (std::size_t row = 0; row < 3; ++row) {
            double value = matrix[12 + row];
            for (std::size_t k = 0; k < 3; ++k)
                value += matrix[4 * k + row] * (corner >> k & 1 ? max[k] : min[k]);
            box.low[row] = std::min(box.low[row], value);
            box.high[row] = std::max(box.high[row], value);
        }
}

}  // namespace

std::optional<std::vector<double>> numbersAt(const GltfJson& object, const char* key, std::size_t count) {
    std::vector<double> numbers;
    for (const GltfJson& number : listOf(object, key))
        if (number.is_number()) numbers.push_back(number.get<double>());
    return numbers.size() == count ? std::optional(std::move(numbers)) : std::nullopt;
}

bool GltfBox::isFar() const {
    const double diagonal = std::hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
    return low[0] <= high[0] && std::max({std::abs(centre(0)), std::abs(centre(1)), std::abs(centre(2))}) >
                                    kFarDiagonals * diagonal;
}

std::vector<std::size_t> rootsOf(const GltfJson& nodes) {
    std::vector<bool> hasParent(nodes.size(), false);
    for (const GltfJson& node : nodes)
        for (const GltfJson& child : listOf(node, "children")) hasParent[sizeOf(child)] = true;
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (!hasParent[i]) roots.push_back(i);
    return roots;
}

GltfBox boxOf(const GltfJson& json) {
    const GltfJson &nodes = listOf(json, "nodes"), &meshes = listOf(json, "meshes"),
                   &accessors = listOf(json, "accessors");
    GltfBox box;
    std::vector<std::pair<std::size_t, GltfMatrix>> open;
    for (const std::size_t root : rootsOf(nodes)) open.emplace_back(root, matrixOf(nodes[root]));
    while (!open.empty()) {
        const auto [index, matrix] = open.back();
        open.pop_back();
        const GltfJson& node = nodes[index];
        for (const GltfJson& child : listOf(node, "children"))
            open.emplace_back(sizeOf(child), product(matrix, matrixOf(nodes[sizeOf(child)])));
        if (!node.contains("mesh")) continue;
        for (const GltfJson& primitive : listOf(meshes[sizeOf(node, "mesh")], "primitives")) {
            const GltfJson& position = memberOf(primitive.at("attributes"), "POSITION");
            if (position.is_null()) continue;
            const GltfJson& accessor = accessors[sizeOf(position)];
            const auto min = numbersAt(accessor, "min", 3), max = numbersAt(accessor, "max", 3);
            if (min && max && accessor["componentType"] == int(kGlFloat)) add(box, matrix, *min, *max);
        }
    }
    return box;
}

}  // namespace vitrine::gltf
