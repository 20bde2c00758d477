// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/run_table_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/panels/training/texts.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

struct ColumnText {
    const char* title;
    const char* tip;
};

constexpr ColumnText kColumns[RunTableModel::NumColumns] = {
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "State"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "What the run is doing")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Name"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "The name of the run's folder; press F2 to change it")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Network"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "The preset of the network that is trained")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Step"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel",
                       "Weight updates so far; one step uses one batch of pictures")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Progress"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Fraction of the planned steps")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Held-out"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel",
                       "Score on held-out pictures; for PSNR in dB higher is better")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Images/s"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Training pictures per second")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Time left"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Until the planned end, at the current speed")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Created"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "When the run was created")},
    {QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Notes"),
     QT_TRANSLATE_NOOP("vitrine::RunTableModel", "Your notes; double-click to edit")},
};

bool isNumber(int column) {
    return column >= RunTableModel::Step && column <= RunTableModel::TimeLeft;
}

double progressOf(const RunStatus& status) {
    return status.totalSteps > 0 ? double(status.step) / double(status.totalSteps) : 0;
}

}  // namespace

RunTableModel::RunTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunTableModel::setQuality(std::function<QString(const std::string& recipe)> metric) {
    m_metric = std::move(metric);
}

int RunTableModel::rowOf(const std::filesystem::path& run) const {
    for (std::size_t row = 0; row < m_runs.size(); ++row)
        if (m_runs[row].path() == run) return int(row);
    return -1;
}

int RunTableModel::rowOfName(const QString& name) const {
    for (std::size_t row = 0; row < m_runs.size(); ++row)
        if (m_runs[row].name() == name) return int(row);
    return -1;
}

// Rows keep their order here (the view sorts): gone ones leave, changed ones change, new ones come last.
void RunTableModel::setRuns(const std::vector<RunInfo>& runs) {
    for (int row = int(m_runs.size()) - 1; row >= 0; --row) {
        const auto same = [this, row](const RunInfo& run) {
            return run.path() == m_runs[std::size_t(row)].path();
        };
        if (std::any_of(runs.begin(), runs.end(), same)) continue;
        beginRemoveRows({}, row, row);
        m_runs.erase(m_runs.begin() + row);
        endRemoveRows();
    }
    for (const RunInfo& run : runs) {
        const int row = rowOf(run.path());
        if (row < 0) {
            beginInsertRows({}, int(m_runs.size()), int(m_runs.size()));
            m_runs.push_back(run);
            endInsertRows();
        } else if (!(m_runs[std::size_t(row)] == run)) {
            m_runs[std::size_t(row)] = run;
            Q_EMIT dataChanged(index(row, 0), index(row, NumColumns - 1));
        }
    }
}

int RunTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : NumColumns;
}

double RunTableModel::quality(const RunInfo& run) const {
    if (!m_metric) return std::numeric_limits<double>::quiet_NaN();
    const auto found = run.summary.status.metrics.find(m_metric(run.summary.recipe).toStdString());
    return found == run.summary.status.metrics.end() ? std::numeric_limits<double>::quiet_NaN()
                                                     : found->second;
}

QString RunTableModel::text(const RunInfo& run, int column) const {
    const RunStatus& status = run.summary.status;
    switch (column) {
        case State:
            return nameOf(phaseOf(run));
        case Name:
            return run.name();
        case Network:
            return QString::fromStdString(run.summary.preset);
        case Step:
            return groupedNumber(status.step);
        case Progress:
            return status.totalSteps > 0 ? tr("%1 %").arg(std::floor(100 * progressOf(status))) : QString();
        case Quality:
            return std::isfinite(quality(run)) ? figureText(quality(run)) : QString();
        case Speed:
            return advances(run) && status.imagesPerSecond > 0 ? figureText(status.imagesPerSecond)
                                                               : QString();
        case TimeLeft:
            return advances(run) ? durationText(status.secondsLeft) : QString();
        case Created:
            return momentText(run.summary.created);
        case Notes:
            return QString::fromStdString(run.summary.notes).section(u'\n', 0, 0);
        default:
            return {};
    }
}

QVariant RunTableModel::sortKey(const RunInfo& run, int column) const {
    const RunStatus& status = run.summary.status;
    switch (column) {
        case Step:
            return qlonglong(status.step);
        case Progress:
            return progressOf(status);
        case Quality:
            return std::isfinite(quality(run)) ? quality(run) : -std::numeric_limits<double>::max();
        case Speed:
            return advances(run) ? status.imagesPerSecond : -1;
        case TimeLeft:
            return advances(run) && status.secondsLeft >= 0 ? status.secondsLeft
                                                            : std::numeric_limits<double>::max();
        case Created:
            return run.summary.created;
        default:
            return text(run, column);
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(m_runs.size())) return {};
    const RunInfo& run = m_runs[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return text(run, column);
        case Qt::EditRole:
            return column == Notes ? QString::fromStdString(run.summary.notes) : text(run, column);
        case Qt::DecorationRole:
            if (column == State) return Theme::pixmap(iconOf(phaseOf(run)), colorOf(phaseOf(run)), 16, 2);
            return {};
        case Qt::TextAlignmentRole:
            return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ToolTipRole:
            if (column == State)
                return run.summary.problem.empty() && run.summary.status.message.empty()
                           ? explain(phaseOf(run))
                           : QString::fromStdString(run.summary.problem.empty() ? run.summary.status.message
                                                                                : run.summary.problem);
            return column == Notes ? QString::fromStdString(run.summary.notes) : QVariant();
        case SortRole:
            return sortKey(run, column);
        case PathRole:
            return QString::fromStdString(run.path().string());
        case ProgressRole:
            return progressOf(run.summary.status);
        default:
            return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= NumColumns) return {};
    if (role == Qt::DisplayRole) return tr(kColumns[section].title);
    if (role == Qt::ToolTipRole) return tr(kColumns[section].tip);
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid()) return flags;
    const RunInfo& run = m_runs[std::size_t(index.row())];
    if (index.column() == Name && allows(run, RunAction::Rename)) flags |= Qt::ItemIsEditable;
    if (index.column() == Notes && allows(run, RunAction::Notes)) flags |= Qt::ItemIsEditable;
    return flags;
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable)) return false;
    if (value.toString() == data(index, Qt::EditRole).toString()) return false;
    const std::filesystem::path run = m_runs[std::size_t(index.row())].path();
    if (index.column() == Name)
        Q_EMIT renameRequested(run, value.toString());
    else
        Q_EMIT notesRequested(run, value.toString());
    return true;
}

}  // namespace vitrine
