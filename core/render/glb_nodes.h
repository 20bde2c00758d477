// SPDX-License-Identifier: GPL-3.0-or-later
// Where the nodes of a glTF file put its meshes.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/render/glb_parts.h"

namespace vitrine::gltf {

/// `count` numbers, or nothing where there are none.
std::optional<std::vector<double>> numbersAt(const GltfJson& object, const char* key, std::size_t count);

struct GltfBox {
    std::array<double, 3> low{1e300, 1e300, 1e300}, high{-1e300, -1e300, -1e300};

    double centre(std::size_t i) const { return (low[i] + high[i]) / 2; }
    /// More than kFarDiagonals from the origin.
    bool isFar() const;
};

/// Nodes that are no other's child.
std::vector<std::size_t> rootsOf(const GltfJson& nodes);
/// Of all meshes at their nodes, by what the file says of its accessors.
GltfBox boxOf(const GltfJson& json);

}  // namespace vitrine::gltf
