// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace vitrine {

/// At most `count` of them, evenly spread.
inline std::vector<std::size_t> evenlySpread(const std::vector<std::size_t>& all, std::size_t count) {
    count = std::min(count, all.size());
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * all.size() / count]);
    return some;
}

}  // namespace vitrine
