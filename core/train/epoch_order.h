// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/random.h"

namespace vitrine {

/// Shows each item once an epoch, in an order that is a function of (seed, epoch) alone.
class EpochOrder {
public:
    EpochOrder(std::vector<std::size_t> items, std::uint64_t seed)
        : m_items(std::move(items)), m_seed(seed) {}

    /// The item at a place of the whole training, counted from 0.
    std::size_t at(std::uint64_t position) {
        const auto epoch = std::int64_t(position / m_items.size());
        if (epoch != m_epoch) shuffle(epoch);
        return m_order[position % m_items.size()];
    }

private:
    void shuffle(std::int64_t epoch) {
        m_epoch = epoch;
        m_order = m_items;
        Rng rng({m_seed, 0xE90C, std::uint64_t(epoch)});
        for (std::size_t i = m_order.size() - 1; i > 0; --i) std::swap(m_order[i], m_order[rng.below(i + 1)]);
    }

    std::vector<std::size_t> m_items, m_order;
    std::uint64_t m_seed;
    std::int64_t m_epoch = -1;
};

}  // namespace vitrine
