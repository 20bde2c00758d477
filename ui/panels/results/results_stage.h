// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>
#include <optional>

#include "core/recipe/results_comparison.h"
#include "ui/plots/curve_series.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace vitrine {

class CurvePlot;
class MarkdownView;
class ResultTableView;

/// What a command printed, beside the table that it made earlier.
struct MadeResult {
    QString command;
    QString output;  ///< Markdown
    ResultComparison comparison;
};

/// "22 of 24 figures agree with the stored ones in every place, 2 differ; ..."
QString summaryOf(const MadeResult& made);
/// The curves of a table, and dashed beside them those that were made again.
QList<CurveSeries> curveSeriesOf(const MarkdownTable& table, const MadeResult* made);

/// What its curves are drawn over.
QString curveAxisOf(const ResultTable& table);

/// The list of all tables; the chosen one as table, curve and text, its commands, and what they made again.
/// Thread: GUI.
class ResultsStage : public QWidget {
    Q_OBJECT
public:
    explicit ResultsStage(const std::vector<ResultsPage>& pages, QWidget* parent = nullptr);

    /// Chooses a table in the list; false: there is none with this id.
    bool choose(const QString& id);
    /// `made`: nullptr if it was not made again.
    void showTable(const ResultsPage& page, const ResultTable& table, const MadeResult* made);
    /// While a command runs; none: it has ended.
    void setProgress(std::optional<double> fraction);
    /// The chosen one; empty: the table has none.
    QString command() const;
    ResultTableView* table() const { return m_stored; }

Q_SIGNALS:
    void tableChosen(const QString& id);
    void commandChosen();
    void copyRequested();
    void cancelRequested();
    void linkClicked(const QUrl& link);

private:
    QWidget* buildList(const std::vector<ResultsPage>& pages);
    QWidget* buildCommandRow();
    void buildWorkRow();
    QWidget* buildTabs();
    void connectSignals();
    void showCommands(const ResultTable& table);
    void showCurves(const ResultTable& table, const MadeResult* made);
    void showMade(const ResultTable& table, const MadeResult* made);
    void showNote();

    QTreeWidget* m_list = nullptr;
    QComboBox* m_command = nullptr;
    QPushButton* m_copy = nullptr;
    QWidget* m_work = nullptr;  ///< progress and cancel
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_note = nullptr;  ///< why a command is not run here, or how the figures compare
    QTabWidget* m_tabs = nullptr;
    ResultTableView* m_stored = nullptr;
    ResultTableView* m_again = nullptr;
    QWidget* m_againSide = nullptr;
    CurvePlot* m_plot = nullptr;
    MarkdownView* m_output = nullptr;
    MarkdownView* m_text = nullptr;
    QString m_summary;
};

}  // namespace vitrine
