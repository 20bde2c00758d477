// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace vitrine {

/// The column for each row so that the sum of costs is least; each column once. Shapes: cost [n][n].
/// Source: Hungarian method, Kuhn 1955, with potentials in O(n^3).
std::vector<std::size_t> cheapestAssignment(const std::vector<std::vector<double>>& cost);

}  // namespace vitrine
