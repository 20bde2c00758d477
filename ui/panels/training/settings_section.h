// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "core/runs/run_list.h"

class QLabel;
class QTableWidget;

namespace vitrine {

/// The settings of one run, or those in which two runs differ.
class SettingsSection : public QWidget {
    Q_OBJECT
public:
    explicit SettingsSection(QWidget* parent = nullptr);

    /// `right` empty: `rows` are the settings of one run.
    void show(const QString& left, const QString& right, const std::vector<ConfigDifference>& rows);
    void showNothing();
    int numRows() const;

private:
    QLabel* m_title = nullptr;
    QTableWidget* m_table = nullptr;
};

}  // namespace vitrine
