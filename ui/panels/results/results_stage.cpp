// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/results/results_stage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include "ui/panels/results/result_table_view.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/markdown_view.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kIdRole = Qt::UserRole;
constexpr int kListWidth = 232, kFewestCommandCharacters = 12, kBarSteps = 1000;
enum Tab { TableTab, CurveTab, OutputTab };

QVBoxLayout* columnIn(QWidget* widget, int spacing) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing);
    return column;
}

QSplitter* splitterOf(Qt::Orientation orientation, const QString& id, QWidget* parent) {
    auto* splitter = new QSplitter(orientation, parent);
    splitter->setObjectName(id);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(measure::kGap);
    return splitter;
}

/// A table under a small heading.
QWidget* underHeading(const QString& heading, QWidget* table, QWidget* parent) {
    auto* side = new QWidget(parent);
    auto* label = new QLabel(heading, side);
    label->setProperty("role", u"caption"_s);
    label->setFont(Theme::font(TextRole::Caption));
    label->setBuddy(table);
    auto* column = columnIn(side, measure::kGap / 2);
    column->addWidget(label);
    column->addWidget(table, 1);
    return side;
}

QString textAround(const ResultsPage& page, const ResultTable& table) {
    QStringList parts{u"## "_s + toQ(table.title), toQ(table.before), toQ(table.after)};
    if (!page.intro.empty() && page.intro != table.before)
        parts << u"### "_s + ResultsStage::tr("About all tables of this page") << toQ(page.intro);
    parts.removeAll(QString());
    return parts.join(u"\n\n"_s);
}

}  // namespace

QString summaryOf(const MadeResult& made) {
    const ResultComparison& c = made.comparison;
    if (c.numSame + c.numDifferent == 0)
        return ResultsStage::tr(
            "Made again. No figure could be compared by the words of its row and column; read the output.");
    QString text = ResultsStage::tr("Made again: %1 of %2 figures agree with the stored ones, %3 differ.")
                       .arg(c.numSame)
                       .arg(c.numSame + c.numDifferent)
                       .arg(c.numDifferent);
    if (c.numNotCompared > 0)
        text += u' ' + ResultsStage::tr("%1 more could not be compared.").arg(c.numNotCompared);
    return text;
}

QList<CurveSeries> curveSeriesOf(const MarkdownTable& table, const MadeResult* made) {
    QList<CurveSeries> all;
    const auto add = [&all](const ResultCurves& curves, const QString& suffix, bool isDashed) {
        for (std::size_t i = 0; i < curves.curves.size(); ++i) {
            const QString label = toQ(curves.curves[i].label) + suffix;
            CurveSeries series{label + QString::number(i), label, int(i), isDashed};
            for (const auto& [x, y] : curves.curves[i].points) series.points << QPointF(x, y);
            all << series;
        }
    };
    add(curvesOf(table), {}, false);
    if (made && !all.isEmpty())
        add(curvesOf(madeInPlace(table, made->comparison)), ResultsStage::tr(", made again"), true);
    return all;
}

QString curveAxisOf(const ResultTable& table) {
    const std::string label = curvesOf(table.table).xLabel;
    return toQ(label.empty() ? table.title : label);
}

ResultsStage::ResultsStage(const std::vector<ResultsPage>& pages, QWidget* parent) : QWidget(parent) {
    auto* columns = splitterOf(Qt::Horizontal, u"results.columns"_s, this);
    columns->addWidget(buildList(pages));
    auto* right = new QWidget(columns);
    auto* rows = splitterOf(Qt::Vertical, u"results.rows"_s, right);
    m_text = new MarkdownView(rows);
    m_text->setObjectName(u"results.text"_s);
    m_text->setAccessibleName(tr("About this table"));
    rows->addWidget(buildTabs());
    rows->addWidget(m_text);
    rows->setStretchFactor(0, 3);
    rows->setStretchFactor(1, 2);
    auto* column = columnIn(right, measure::kGap / 2);
    column->addWidget(buildCommandRow());
    column->addWidget(m_work);
    column->addWidget(m_note);
    column->addWidget(rows, 1);
    columns->addWidget(right);
    columns->setStretchFactor(1, 1);
    columns->setSizes({kListWidth, 4 * kListWidth});
    columnIn(this, 0)->addWidget(columns);
    connectSignals();
}

QWidget* ResultsStage::buildList(const std::vector<ResultsPage>& pages) {
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"results.list"_s);
    m_list->setAccessibleName(tr("Tables"));
    m_list->setHeaderHidden(true);
    m_list->header()->setObjectName(u"results.list.header"_s);
    m_list->header()->setAccessibleName(tr("Columns"));
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(measure::kGap);
    m_list->setMinimumWidth(160);
    for (const ResultsPage& page : pages) {
        auto* group = new QTreeWidgetItem(m_list, {toQ(page.title)});
        group->setFlags(Qt::ItemIsEnabled);
        QFont bold = Theme::font(TextRole::Body);
        bold.setWeight(QFont::DemiBold);
        group->setFont(0, bold);
        for (const ResultTable& table : page.tables) {
            auto* item = new QTreeWidgetItem(group, {toQ(table.title)});
            item->setData(0, kIdRole, toQ(table.id));
            item->setToolTip(0, toQ(table.title));
        }
        group->setExpanded(true);
    }
    return m_list;
}

QWidget* ResultsStage::buildCommandRow() {
    auto* row = new QWidget(this);
    m_command = new QComboBox(row);
    m_command->setObjectName(u"results.command"_s);
    m_command->setAccessibleName(tr("Command that makes this table"));
    m_command->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_command->setMinimumContentsLength(kFewestCommandCharacters);
    m_copy = new QPushButton(tr("Copy"), row);
    m_copy->setObjectName(u"results.copy"_s);
    m_copy->setAccessibleName(tr("Copy the command"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(measure::kGap);
    line->addWidget(m_command, 1);
    line->addWidget(m_copy);
    buildWorkRow();
    m_note = new QLabel(this);
    m_note->setObjectName(u"results.note"_s);
    m_note->setWordWrap(true);
    m_note->setProperty("role", u"muted"_s);
    return row;
}

void ResultsStage::buildWorkRow() {
    m_work = new QWidget(this);
    m_bar = new QProgressBar(m_work);
    m_bar->setObjectName(u"results.bar"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, kBarSteps);
    m_bar->setTextVisible(false);
    m_cancel = new QPushButton(tr("Cancel"), m_work);
    m_cancel->setObjectName(u"results.stop"_s);
    m_cancel->setAccessibleName(tr("Cancel the command"));
    auto* line = new QHBoxLayout(m_work);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(measure::kGap);
    line->addWidget(m_bar, 1);
    line->addWidget(m_cancel);
    m_work->hide();
}

QWidget* ResultsStage::buildTabs() {
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"results.tabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setObjectName(u"results.tabs.bar"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Views of the table"));
    auto* sides = splitterOf(Qt::Horizontal, u"results.sides"_s, m_tabs);
    m_stored = new ResultTableView(u"results.table"_s, tr("Stored table"), sides);
    m_again = new ResultTableView(u"results.again"_s, tr("Table made again"), sides);
    sides->addWidget(underHeading(tr("Stored"), m_stored, sides));
    m_againSide = underHeading(tr("Made again"), m_again, sides);
    sides->addWidget(m_againSide);
    m_plot = new CurvePlot(m_tabs);
    m_plot->setObjectName(u"results.plot"_s);
    m_plot->setAccessibleName(tr("Curves of the table"));
    m_output = new MarkdownView(m_tabs);
    m_output->setObjectName(u"results.output"_s);
    m_output->setAccessibleName(tr("Output of the command"));
    m_tabs->addTab(sides, tr("Table"));
    m_tabs->addTab(m_plot, tr("Curve"));
    m_tabs->addTab(m_output, tr("Output"));
    return m_tabs;
}

void ResultsStage::connectSignals() {
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        const QString id = item ? item->data(0, kIdRole).toString() : QString();
        if (!id.isEmpty()) Q_EMIT tableChosen(id);
    });
    connect(m_command, &QComboBox::currentIndexChanged, this, [this] {
        showNote();
        Q_EMIT commandChosen();
    });
    connect(m_copy, &QPushButton::clicked, this, &ResultsStage::copyRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ResultsStage::cancelRequested);
    for (MarkdownView* view : {m_text, m_output})
        connect(view, &MarkdownView::anchorClicked, this, &ResultsStage::linkClicked);
}

bool ResultsStage::choose(const QString& id) {
    for (QTreeWidgetItemIterator item(m_list); *item; ++item) {
        if (id.isEmpty() || (*item)->data(0, kIdRole).toString() != id) continue;
        m_list->setCurrentItem(*item);
        return true;
    }
    return false;
}

QString ResultsStage::command() const {
    return m_command->currentText();
}

void ResultsStage::showTable(const ResultsPage& page, const ResultTable& table, const MadeResult* made) {
    m_stored->setTable(table.table);
    m_text->showMarkdown(textAround(page, table));
    m_summary = made ? summaryOf(*made) : QString();
    showCommands(table);
    showCurves(table, made);
    showMade(table, made);
    if (!m_tabs->isTabVisible(m_tabs->currentIndex())) m_tabs->setCurrentIndex(TableTab);
    showNote();
}

void ResultsStage::showCommands(const ResultTable& table) {
    QStringList commands;
    for (const std::string& command : table.commands) commands << toQ(command);
    const QString before = command();
    const QSignalBlocker blocker(m_command);
    m_command->clear();
    m_command->addItems(commands);
    int chosen = int(commands.indexOf(before));
    for (int i = 0; chosen < 0 && i < commands.size(); ++i)
        if (!argumentsOf(table.commands[std::size_t(i)]).empty()) chosen = i;
    m_command->setCurrentIndex(std::max(0, chosen));
    m_command->setEnabled(!commands.isEmpty());
    m_command->setToolTip(command());
    m_copy->setEnabled(!commands.isEmpty());
}

void ResultsStage::showCurves(const ResultTable& table, const MadeResult* made) {
    const QList<CurveSeries> series = curveSeriesOf(table.table, made);
    m_tabs->setTabVisible(CurveTab, !series.isEmpty());
    if (series.isEmpty()) return;
    m_plot->setAxisLabels(curveAxisOf(table), tr("Value"));
    m_plot->setSeries(series);
    m_plot->fit();
}

void ResultsStage::showMade(const ResultTable& table, const MadeResult* made) {
    const bool isCompared = made && made->comparison.numSame + made->comparison.numDifferent > 0;
    m_againSide->setVisible(isCompared);
    m_tabs->setTabVisible(OutputTab, made != nullptr);
    m_output->showMarkdown(made ? made->output : QString());
    if (!isCompared) return;
    const MarkdownTable again = madeInPlace(table.table, made->comparison);
    m_again->setTable(again);
    m_again->mark(made->comparison, table.table, tr("Stored: %1"));
    m_stored->mark(made->comparison, again, tr("Made again: %1"));
}

void ResultsStage::showNote() {
    m_command->setToolTip(command());
    const bool isForTerminal = !command().isEmpty() && argumentsOf(command().toStdString()).empty();
    const QString note =
        !m_summary.isEmpty() ? m_summary
        : isForTerminal ? tr("This command trains, writes files or needs files of yours: copy it and run "
                             "it in a terminal.")
                        : QString();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void ResultsStage::setProgress(std::optional<double> fraction) {
    m_work->setVisible(fraction.has_value());
    m_bar->setValue(int(kBarSteps * fraction.value_or(0)));
}

}  // namespace vitrine
