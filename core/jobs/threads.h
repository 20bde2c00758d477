// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace vitrine {

/// Runs `work` on `wanted` threads (0 = one a core), but on no more than there are `items`, and waits for
/// all.
inline void runOnThreads(int wanted, std::size_t items, const std::function<void()>& work) {
    const std::size_t count =
        wanted > 0 ? std::size_t(wanted) : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(count, items); ++i) threads.emplace_back(work);
}

}  // namespace vitrine
