// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>

namespace vitrine {

/// The weighted mean of the numbers among the values; NaN while there are none.
class Mean {
public:
    void add(double value, double weight = 1) {
        if (!std::isfinite(value)) return;
        m_sum += weight * value;
        m_weight += weight;
    }
    double value() const { return isEmpty() ? std::numeric_limits<double>::quiet_NaN() : m_sum / m_weight; }
    bool isEmpty() const { return m_weight == 0; }

private:
    double m_sum = 0, m_weight = 0;
};

}  // namespace vitrine
