// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/assignment.h"

#include <limits>

namespace vitrine {
namespace {

/// Rows are added one by one; each finds its place along a shortest augmenting path. Row and column 0 are a
/// sentinel.
class Assigner {
public:
    explicit Assigner(const std::vector<std::vector<double>>& cost)
        : m_cost(cost),
          m_size(cost.size()),
          m_rowPotential(m_size + 1),
          m_columnPotential(m_size + 1),
          m_rowOf(m_size + 1) {}

    std::vector<std::size_t> solve() {
        for (std::size_t row = 1; row <= m_size; ++row) place(row);
        std::vector<std::size_t> columnOf(m_size);
        for (std::size_t column = 1; column <= m_size; ++column) columnOf[m_rowOf[column] - 1] = column - 1;
        return columnOf;
    }

private:
    void place(std::size_t row) {
        std::vector<double> slack(m_size + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(m_size + 1);
        std::vector<std::size_t> before(m_size + 1);
        m_rowOf[0] = row;
        std::size_t column = 0;
        while (m_rowOf[column] != 0) {
            used[column] = true;
            column = grow(column, slack, used, before);
        }
        for (; column != 0; column = before[column]) m_rowOf[column] = m_rowOf[before[column]];
    }

    /// Extends the tree from a used column to the free one that is nearest.
    std::size_t grow(std::size_t from,
                     std::vector<double>& slack,
                     const std::vector<bool>& used,
                     std::vector<std::size_t>& before) {
        const std::size_t row = m_rowOf[from];
        std::size_t nearest = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t column = 1; column <= m_size; ++column) {
            if (used[column]) continue;
            const double reduced =
                m_cost[row - 1][column - 1] - m_rowPotential[row] - m_columnPotential[column];
            if (reduced < slack[column]) slack[column] = reduced, before[column] = from;
            if (slack[column] < least) least = slack[column], nearest = column;
        }
        for (std::size_t column = 0; column <= m_size; ++column) {
            if (used[column])
                m_rowPotential[m_rowOf[column]] += least, m_columnPotential[column] -= least;
            else
                slack[column] -= least;
        }
        return nearest;
    }

    const std::vector<std::vector<double>>& m_cost;
    std::size_t m_size;
    std::vector<double> m_rowPotential, m_columnPotential;
    std::vector<std::size_t> m_rowOf;  ///< by column; 0 = free
};

}  // namespace

std::vector<std::size_t> cheapestAssignment(const std::vector<std::vector<double>>& cost) {
    return Assigner(cost).solve();
}

}  // namespace vitrine
