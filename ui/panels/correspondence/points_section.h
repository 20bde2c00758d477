// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/recipe/correspondence_points.h"
#include "ui/panels/correspondence/correspondence_state.h"

class QLabel;
class QTableWidget;

namespace vitrine {

/// The points with what was found: place on B, both-way error, trust. Names are edited in place.
class PointsSection : public QWidget {
    Q_OBJECT
public:
    explicit PointsSection(CorrespondenceStore& store, QWidget* parent = nullptr);
    /// By point; empty: not matched yet.
    void showMatches(const std::vector<PointMatch>& matches);

private:
    void buildTable();
    void showState();
    void fillRow(int row, const NamedPoint& point);

    CorrespondenceStore& m_store;
    std::vector<PointMatch> m_matches;
    QTableWidget* m_table = nullptr;
    QLabel* m_empty = nullptr;
};

}  // namespace vitrine
