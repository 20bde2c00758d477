// SPDX-License-Identifier: GPL-3.0-or-later
// Tables, commands and curves of a page of results; a stored table beside what a command printed.
#include <QDir>
#include <QFile>
#include <QtTest>

#include "core/recipe/results_comparison.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using Strings = std::vector<std::string>;

namespace {

const char* const kPage = R"(# Toys: measured figures

Networks: [models](../../models/toy.md).

## Unseen views

`vitrine-cli data render`, then `vitrine-cli eval chairs [--studio] [--model FILE]`. Held out.

| pictures | PSNR (dB) | IoU | paper: IoU |
|---|---|---|---|
| **ours, test** | **24.96** | 0.912 | 0.9 |
| baseline | 17.95 | - | |
| paper, CUB | 20.1 | 0.5 | |

The baseline is behind.

**Along the slider.** Means of 200 pairs:

| | -0.5 | 0 | 0.5 |
|---|---|---|---|
| ambiguity | 1.5 | 1.8 | 5.8 |
| a \| b | - | 2 | 3 |

A last word.

## Protocol

```
# all of it
experiments/toy/all
vitrine-cli eval toy RUN/models
```

## Without a command

| a | b |
|---|---|
| 1 | 2 |

## Speed

`vitrine-cli bench segment --size 64|128` and `experiments/toy/train NAME`:

| steps | loss | gain |
|---|---|---|
| 1,000 | 3.5x | 1 |
| 100 | 4e-1 | 2 |
| 10 | 5 | 3 |
)";

ResultsPage toyPage() {
    return readResultsPage("toys", kPage);
}

std::string textOfFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

QDir resultsFolder() {
    return QDir(QStringLiteral(VITRINE_TEST_DATA "/../../docs/results"));
}

}  // namespace

class TestResultsPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPageIsReadWithTheTextAroundItsTables() {
        const ResultsPage page = toyPage();
        QCOMPARE(page.title, "Toys: measured figures");
        QVERIFY(page.intro.starts_with("Networks: [models](../../models/toy.md).\n\n### Protocol\n\n```"));
        QCOMPARE(page.tables.size(), 4u);
        QCOMPARE(page.tables[0].id, "toys/unseen-views");
        QCOMPARE(page.tables[0].title, "Unseen views");
        QCOMPARE(page.tables[0].after, "The baseline is behind.");
        QCOMPARE(page.tables[1].id, "toys/unseen-views-2");
        QCOMPARE(page.tables[1].title, "Unseen views: Along the slider");
        QCOMPARE(page.tables[1].before, "**Along the slider.** Means of 200 pairs:");
        QCOMPARE(page.tables[1].after, "A last word.");
        QCOMPARE(page.tables[1].table.rows[1], (Strings{"a | b", "-", "2", "3"}));
        QCOMPARE(page.tables[0].table.rows[1].size(), 4u);
    }

    void commandsAreThoseAboveTheTable() {
        const ResultsPage page = toyPage();
        const Strings commands{
            "vitrine-cli data render", "vitrine-cli eval chairs", "vitrine-cli eval chairs --studio"};
        QCOMPARE(page.tables[0].commands, commands);
        QCOMPARE(page.tables[1].commands, commands);
        QCOMPARE(argumentsOf(commands[0]), Strings());
        QCOMPARE(argumentsOf(commands[2]), (Strings{"eval", "chairs", "--studio"}));
        QCOMPARE(page.tables[2].commands,
                 (Strings{"experiments/toy/all", "vitrine-cli eval toy RUN/models"}));
        QCOMPARE(page.tables[3].commands,
                 (Strings{"vitrine-cli bench segment --size 64|128", "experiments/toy/train NAME"}));
        for (const ResultTable* table : {&page.tables[2], &page.tables[3]})
            for (const std::string& command : table->commands) QCOMPARE(argumentsOf(command), Strings());
        QCOMPARE(argumentsOf("vitrine-cli eval morphs --write-trust"), Strings());
    }

    void numbersAreReadAsTheyAreWritten_data() {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("decimals");
        QTest::newRow("bold") << "**24.96**" << 24.96 << 2;
        QTest::newRow("thousands") << "534,000" << 534000.0 << 0;
        QTest::newRow("ratio") << "5.6x" << 5.6 << 1;
        QTest::newRow("negative") << "-0.5" << -0.5 << 1;
        QTest::newRow("exponent") << "6e-7" << 6e-7 << 7;
        QTest::newRow("interval") << "3.36 (2.35 - 4.97)" << 3.36 << 2;
    }
    void numbersAreReadAsTheyAreWritten() {
        QFETCH(QString, cell);
        const auto number = numberOf(cell.toStdString());
        QVERIFY(number.has_value());
        QTEST(number->value, "value");
        QTEST(number->decimals, "decimals");
    }

    void whatBeginsWithNoNumberIsNone() {
        for (const char* cell : {"", "-", "not yet", "x2", "IoU"}) QVERIFY(!numberOf(cell));
    }

    void thePaperIsSetApart() {
        const MarkdownTable table = toyPage().tables[0].table;
        QCOMPARE(firstPaperColumn(table), 3u);
        QVERIFY(isPaperRow(table.rows[2]));
        QVERIFY(!isPaperRow(table.rows[0]));
        QVERIFY(!isPaperRow({"paper-128, 31.9 M parameters"}));
    }

    void rowsOverNumbersAreCurves() {
        const ResultCurves curves = curvesOf(toyPage().tables[1].table);
        QCOMPARE(curves.curves.size(), 1u);  // two points are none
        QCOMPARE(curves.curves[0].label, "ambiguity");
        QCOMPARE(curves.curves[0].points[2], std::pair(0.5, 5.8));
    }

    void columnsOverNumbersAreCurvesThatRise() {
        const ResultCurves curves = curvesOf(toyPage().tables[3].table);
        QCOMPARE(curves.xLabel, "steps");
        QCOMPARE(curves.curves.size(), 2u);
        QCOMPARE(curves.curves[0].points[0], std::pair(10.0, 5.0));
        QCOMPARE(curves.curves[0].points[2], std::pair(1000.0, 3.5));
        QVERIFY(curvesOf(toyPage().tables[0].table).curves.empty());
    }

    void aTableIsExported() {
        const MarkdownTable table = toyPage().tables[0].table;
        QVERIFY(tableAsCsv(table).starts_with(
            "pictures,PSNR (dB),IoU,paper: IoU\r\n\"ours, test\",24.96,0.912,0.9\r\n"));
        const MarkdownTable bars = toyPage().tables[1].table;
        QCOMPARE(tablesIn(tableAsMarkdown(bars)), std::vector{bars});
    }

    void figuresAreComparedByTheWordsOfRowAndColumn() {
        const MarkdownTable stored = toyPage().tables[0].table;
        const auto made = tablesIn(
            "| method     | default | PSNR dB | PSNR low | IoU   | paper IoU |\n"
            "|------------|--------:|--------:|---------:|------:|----------:|\n"
            "| ours, test |    true |  24.958 |   23.000 | 0.901 |     0.900 |\n"
            "| ours, validation | true | 20.0 |   23.000 | 0.901 |     0.900 |\n"
            "| paper, CUB |       - |    99.0 |     99.0 |  99.0 |         - |\n");
        const ResultComparison comparison = compareResults(stored, made);
        QCOMPARE(comparison.figures[0][1].state, FigureState::Same);
        QCOMPARE(comparison.figures[0][1].made, "24.958");
        QCOMPARE(comparison.figures[0][2].state, FigureState::Different);
        QCOMPARE(comparison.figures[0][3].state, FigureState::NotCompared);
        QCOMPARE(comparison.figures[2][1].state, FigureState::NotCompared);
        QCOMPARE(comparison.numSame, 1);
        QCOMPARE(comparison.numDifferent, 1);
        QCOMPARE(comparison.numNotCompared, 1);  // of the baseline
        const MarkdownTable again = madeInPlace(stored, comparison);
        QCOMPARE(again.rows[0], (Strings{"**ours, test**", "24.958", "0.901", "0.9"}));
        QCOMPARE(again.rows[1][1], "-");
        QCOMPARE(again.rows[2], stored.rows[2]);
    }

    void aTransposedTableIsCompared() {
        const MarkdownTable stored{{"", "ends", "middle"}, {{"ambiguity", "1.87", "5.81"}}};
        const auto made = tablesIn(
            "| measure | mean | low |\n|---|---|---|\n"
            "| ends.ambiguity | 1.871 | 1.0 |\n| middle.ambiguity | 5.700 | 1.0 |\n");
        const ResultComparison comparison = compareResults(stored, made);
        QCOMPARE(comparison.numSame, 1);
        QCOMPARE(comparison.numDifferent, 1);
    }

    void columnsAreComparedWithinTheirGroup() {
        const MarkdownTable stored{{"", "IoU %", "foreground IoU", "studio: IoU %", "foreground IoU"},
                                   {{"CNN", "31.90", "0.634", "47.25", "0.849"}}};
        const auto made = tablesIn(
            "| method | default | models | IoU % | foregroundIoU |\n|---|---|---|---|---|\n"
            "| CNN msc | false | 1 | 31.904 | 0.634 |\n\n"
            "| method | default | meanIoU |\n|---|---|---|\n| CNN msc | false | 0.346 |\n");
        const ResultComparison comparison = compareResults(stored, made);
        QCOMPARE(comparison.numSame, 2);
        QCOMPARE(comparison.numDifferent, 0);
        QCOMPARE(comparison.numNotCompared, 2);
    }

    void whatIsAmbiguousIsNotCompared() {
        const MarkdownTable stored{{"method", "nats"}, {{"CVAE", "170.8"}}};
        const auto made =
            tablesIn("| method | S | nats |\n|---|---|---|\n| CVAE | 100 | 170.8 |\n| CVAE | 10 | 1.5 |\n");
        QCOMPARE(compareResults(stored, made).numNotCompared, 1);
        QCOMPARE(compareResults(stored, {}).numNotCompared, 1);
    }

    void everyTableOfTheDocumentsHasACommand() {
        const QStringList files = resultsFolder().entryList({QStringLiteral("*.md")}, QDir::Files);
        QVERIFY(files.size() > 6);
        QSet<QString> ids;
        for (const QString& file : files) {
            if (file == QStringLiteral("README.md")) continue;
            const std::string text = textOfFile(resultsFolder().filePath(file));
            const ResultsPage page = readResultsPage(file.chopped(3).toStdString(), text);
            QVERIFY2(!page.title.empty(), qPrintable(file));
            QCOMPARE(page.tables.size(), tablesIn(text).size());
            for (const ResultTable& table : page.tables) {
                QVERIFY2(!table.commands.empty(), table.id.c_str());
                QVERIFY2(!ids.contains(QString::fromStdString(table.id)), table.id.c_str());
                ids.insert(QString::fromStdString(table.id));
                QVERIFY2(!table.table.rows.empty(), table.id.c_str());
            }
        }
        QVERIFY(ids.size() >= 20);
    }
};

VITRINE_TEST(TestResultsPage)
#include "tst_results_page.moc"
