// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

namespace vitrine {

/// The mean of the numbers among the values; NaN while there are none.
class Mean {
public:
    void add(double value) {
        if (!std::isfinite(value)) return;
        m_sum += value;
        ++m_count;
    }
    double value() const {
        return m_count > 0 ? m_sum / double(m_count) : std::numeric_limits<double>::quiet_NaN();
    }
    std::size_t count() const { return m_count; }

private:
    double m_sum = 0;
    std::size_t m_count = 0;
};

}  // namespace vitrine
