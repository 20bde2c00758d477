// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of docs/results as a reader meets them; the fake helper makes one of them again.
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/results/result_table_view.h"
#include "ui/panels/results/results_panel.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kLimitMs = 20'000;
enum Tab { TableTab, CurveTab, OutputTab };

const char* const kToys = R"(# Toys

About toys.

## Methods

`vitrine-cli eval toy`, on 3 pairs.

| method | PSNR (dB) | IoU | paper: IoU |
|---|---|---|---|
| **ours** | 24.96 | 0.912 | 0.9 |
| theirs | 17.95 | 0.744 | 0.8 |
| none | 9.5 | - | |
| paper, CUB | 20.1 | 0.5 | |

Ours is [better](toys.md#slider).

## Slider

`vitrine-cli eval missing`, after `vitrine-cli data render`.

| | -0.5 | 0 | 0.5 |
|---|---|---|---|
| ambiguity | 1.5 | 1.8 | 5.8 |

## Training

`experiments/toy/train NAME`

| killed | times |
|---|---|
| while saving | 128 |
)";

class ResultsFixture : public PanelFixture<ResultsPanel> {
public:
    ResultsFixture() : ResultsFixture({readResultsPage("toys", kToys)}) {}
    explicit ResultsFixture(std::vector<ResultsPage> pages) : PanelFixture(u"results"_s) {
        show(ResultsPanelParts{QStringLiteral(VITRINE_FAKE_HELPER), std::move(pages)});
        panel->resize(855, 548);  // of a window of 960 x 600
    }
    ~ResultsFixture() { panel.reset(); }

    ResultTableView* table() const { return find<ResultTableView>("table"); }
    QString shown(int row, int column) const {
        return table()->model()->index(row, column).data().toString();
    }
    QStringList column(int column) const {
        QStringList cells;
        for (int row = 0; row < table()->model()->rowCount(); ++row) cells << shown(row, column);
        return cells;
    }
    QFont font(const ResultTableView* view, int row, int column) const {
        return view->model()->index(row, column).data(Qt::FontRole).value<QFont>();
    }
    bool choose(const char* id) {
        return panel->restoreState({{u"table"_s, QString::fromLatin1(id)}}).ok() && panel->table()->id == id;
    }
    bool makeAgain() {
        run("makeAgain");
        return QTest::qWaitFor([this] { return panel->made() && panel->isSettled(); }, kLimitMs);
    }
    QByteArray exported(const char* command, const char* name) {
        answer = pathOf(name);
        run(command);
        if (!QTest::qWaitFor([this] { return QFile::exists(answer) && panel->isSettled(); }, kLimitMs))
            return {};
        QFile file(answer);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

}  // namespace

class TestResultsPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allTablesOfTheDocumentsAreInTheList() {
        const std::vector<ResultsPage> pages = bundledResults();
        QVERIFY(pages.size() >= 6);
        QCOMPARE(pages.front().title, std::string("Generator"));  // as the README orders and names them
        std::size_t numTables = 0;
        for (const ResultsPage& page : pages) numTables += page.tables.size();
        QVERIFY(numTables >= 20);
        ResultsFixture f(pages);
        std::size_t numListed = 0;
        for (QTreeWidgetItemIterator item(f.find<QTreeWidget>("list")); *item; ++item)
            numListed += !(*item)->data(0, Qt::UserRole).toString().isEmpty();
        QCOMPARE(numListed, numTables);
        for (const ResultsPage& page : pages)
            for (const ResultTable& table : page.tables) {
                QVERIFY2(f.choose(table.id.c_str()), table.id.c_str());
                QCOMPARE(f.table()->model()->rowCount(), int(table.table.rows.size()));
            }
    }

    void theFirstTableIsShownWithItsTextAndCommand() {
        ResultsFixture f;
        QCOMPARE(f.column(0), (QStringList{u"ours"_s, u"theirs"_s, u"none"_s, u"paper, CUB"_s}));
        QCOMPARE(f.find<QComboBox>("command")->currentText(), u"vitrine-cli eval toy"_s);
        const QString text = f.find<QTextBrowser>("text")->toPlainText();
        QVERIFY(text.contains(u"on 3 pairs"_s) && text.contains(u"Ours is better"_s));
        QVERIFY(text.contains(u"About toys"_s));
        QVERIFY(f.font(f.table(), 0, 0).bold());
        QVERIFY(f.font(f.table(), 0, 3).italic() && f.font(f.table(), 3, 1).italic());
        QVERIFY(!f.font(f.table(), 0, 1).italic());
        const QVariant alignment = f.table()->model()->index(0, 1).data(Qt::TextAlignmentRole);
        QVERIFY(alignment.toInt() & Qt::AlignRight);
    }

    void numbersAreSortedByValueAndThePaperStaysBelow() {
        ResultsFixture f;
        f.table()->sortByColumn(1, Qt::AscendingOrder);
        QCOMPARE(f.column(0), (QStringList{u"none"_s, u"theirs"_s, u"ours"_s, u"paper, CUB"_s}));
        f.table()->sortByColumn(1, Qt::DescendingOrder);
        QCOMPARE(f.column(0), (QStringList{u"ours"_s, u"theirs"_s, u"none"_s, u"paper, CUB"_s}));
        f.table()->setCurrentIndex(f.table()->model()->index(0, 2));
        f.run("sort");
        QCOMPARE(f.column(0).first(), u"theirs"_s);
        f.run("sort");
        QCOMPARE(f.table()->horizontalHeader()->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(f.column(0),
                 (QStringList{u"ours"_s, u"theirs"_s, u"none"_s, u"paper, CUB"_s}));  // "-" below
    }

    void aTableIsMadeAgainAndDifferencesAreMarked() {
        ResultsFixture f;
        auto* again = f.find<ResultTableView>("again");
        QVERIFY(!again->isVisible());
        QVERIFY(f.makeAgain());
        QCOMPARE(f.panel->made()->comparison.numSame, 3);
        QCOMPARE(f.panel->made()->comparison.numDifferent, 1);
        QVERIFY(again->isVisible());
        QCOMPARE(again->model()->index(0, 2).data().toString(), u"0.801"_s);
        for (const ResultTableView* view : {f.table(), again}) {
            QVERIFY(f.font(view, 0, 2).underline());
            QVERIFY(!f.font(view, 0, 1).underline());
        }
        QVERIFY(f.table()->model()->index(0, 2).data(Qt::ToolTipRole).toString().contains(u"0.801"_s));
        QVERIFY(f.find<QLabel>("note")->text().contains(u"3 of 4"_s));
        QVERIFY(f.find<QTextBrowser>("output")->toPlainText().contains(u"3 pairs"_s));
        QVERIFY(f.choose("toys/slider"));
        QVERIFY(!again->isVisible());
        QVERIFY(f.choose("toys/methods"));
        QVERIFY(again->isVisible());
    }

    void whatIsMadeAgainCanBeCancelled() {
        qputenv("VITRINE_FAKE_SLOW", "1");
        const auto restore = qScopeGuard([] { qunsetenv("VITRINE_FAKE_SLOW"); });
        ResultsFixture f;
        f.run("makeAgain");
        QVERIFY(!f.can("makeAgain"));
        QTRY_VERIFY_WITH_TIMEOUT(f.status.jobText().contains(u" %"_s), kLimitMs);
        auto* stop = f.find<QPushButton>("stop");
        QVERIFY(stop->isVisible());
        stop->click();
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->isSettled(), kLimitMs);
        QVERIFY(!stop->isVisible());
        QVERIFY(!f.panel->made());
        QCOMPARE(f.status.numJobs(), 0);
        QCOMPARE(f.messages.text(), QString());
        QVERIFY(f.can("makeAgain"));
    }

    void missingDataAreASentenceThatNamesTheCommand() {
        ResultsFixture f;
        QVERIFY(f.choose("toys/slider"));
        QCOMPARE(f.find<QComboBox>("command")->currentText(), u"vitrine-cli eval missing"_s);
        f.run("makeAgain");
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"vitrine-cli data render"_s), kLimitMs);
        QVERIFY(f.panel->isSettled());
    }

    void aCommandForTheTerminalIsOnlyCopied() {
        ResultsFixture f;
        QVERIFY(f.choose("toys/training"));
        QVERIFY(!f.can("makeAgain"));
        QVERIFY(f.find<QLabel>("note")->text().contains(u"terminal"_s));
        f.find<QPushButton>("copy")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"experiments/toy/train NAME"_s);
        QVERIFY(f.choose("toys/slider"));
        f.find<QComboBox>("command")->setCurrentText(u"vitrine-cli data render"_s);
        QVERIFY(!f.can("makeAgain"));
    }

    void aSliderHasCurves() {
        ResultsFixture f;
        auto* tabs = f.find<QTabWidget>("tabs");
        QVERIFY(!tabs->isTabVisible(CurveTab));
        QVERIFY(f.choose("toys/slider"));
        QVERIFY(tabs->isTabVisible(CurveTab));
        tabs->setCurrentIndex(CurveTab);
        QVERIFY(f.choose("toys/training"));
        QCOMPARE(tabs->currentIndex(), int(TableTab));
    }

    void tablesAreExported() {
        ResultsFixture f;
        QVERIFY(
            f.exported("exportCsv", "a.csv").startsWith("method,PSNR (dB),IoU,paper: IoU\r\nours,24.96,"));
        const QByteArray markdown = f.exported("exportMarkdown", "a.md");
        QCOMPARE(tablesIn(markdown.toStdString()), std::vector{f.panel->table()->table});
        QVERIFY(f.makeAgain());
        const QByteArray pdf = f.exported("exportPdf", "a.pdf");
        QVERIFY(pdf.startsWith("%PDF") && pdf.size() > 5000);
        QVERIFY(f.choose("toys/slider"));
        QVERIFY(f.exported("exportPdf", "b.pdf").startsWith("%PDF"));
        f.answer = f.pathOf("no/such/folder/a.csv");
        f.messages.dismiss();
        f.run("exportCsv");
        QTRY_VERIFY(!f.messages.text().isEmpty());
    }

    void cellsAreCopiedForASpreadsheet() {
        ResultsFixture f;
        f.table()->selectAll();
        QTest::keyClick(f.table(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"ours\t24.96\t0.912\t0.9\ntheirs\t"_s));
    }

    void theStateIsTheChosenTable() {
        ResultsFixture f;
        QVERIFY(f.choose("toys/slider"));
        const QJsonObject saved = f.panel->saveState();
        QVERIFY(f.choose("toys/methods"));
        QVERIFY(f.panel->restoreState(saved).ok());
        QCOMPARE(f.panel->table()->id, std::string("toys/slider"));
        QVERIFY(f.panel->restoreState({{u"table"_s, u"of/another-version"_s}}).ok());
        QCOMPARE(f.panel->table()->id, std::string("toys/slider"));
        QVERIFY(!f.panel->restoreState({{u"table"_s, 3}}).ok());
    }

    void linksLeadToOtherTables() {
        ResultsFixture f;
        Q_EMIT f.find<QTextBrowser>("text")->anchorClicked(QUrl(u"toys.md#slider"_s));
        QCOMPARE(f.panel->table()->id, std::string("toys/slider"));
    }

    void everyControlHasANameInBothThemes() {
        for (const ThemeChoice theme : {ThemeChoice::Dark, ThemeChoice::Light}) {
            ResultsFixture f;
            Theme::instance().apply(theme);
            QVERIFY(f.makeAgain());
            QCOMPARE(unnamedWidgets(f.panel.get()), QStringList());
            QCOMPARE(f.registry.clashes(), QStringList());
            QVERIFY(f.panel->minimumSizeHint().width() <= 855);
            QVERIFY(f.panel->minimumSizeHint().height() <= 548);
        }
    }
};

VITRINE_TEST(TestResultsPanel)
#include "tst_results_panel.moc"
