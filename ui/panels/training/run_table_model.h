// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <functional>
#include <vector>

#include "ui/bridge/run_info.h"

namespace vitrine {

/// All runs as rows: what each is doing and how good it is. Name and notes can be edited; an edit is a
/// request, and the row changes once the folder did.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        State,
        Name,
        Network,
        Step,
        Progress,
        Quality,
        Speed,
        TimeLeft,
        Created,
        Notes,
        NumColumns
    };
    enum Role { SortRole = Qt::UserRole, PathRole, ProgressRole };

    explicit RunTableModel(QObject* parent = nullptr);

    /// Keeps the rows of runs that are still there, so that selections stay.
    void setRuns(const std::vector<RunInfo>& runs);
    const RunInfo& runAt(int row) const { return m_runs[std::size_t(row)]; }
    int rowOf(const std::filesystem::path& run) const;  ///< -1: not there
    int rowOfName(const QString& name) const;
    /// Which metric tells how good a run of a recipe is: name, title with unit.
    void setQuality(std::function<QString(const std::string& recipe)> metric);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void renameRequested(const std::filesystem::path& run, const QString& name);
    void notesRequested(const std::filesystem::path& run, const QString& notes);

private:
    QString text(const RunInfo& run, int column) const;
    QVariant sortKey(const RunInfo& run, int column) const;
    double quality(const RunInfo& run) const;

    std::vector<RunInfo> m_runs;
    std::function<QString(const std::string&)> m_metric;
};

}  // namespace vitrine
