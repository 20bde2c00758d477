// SPDX-License-Identifier: GPL-3.0-or-later
// What docs/results names as the command of a table is a command of this program, with these options.
#include <QDir>
#include <QFile>
#include <QtTest>

#include "core/recipe/results_page.h"
#include "tests/support/cli_run.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::Answer;
using vitrine::test::run;

namespace {

const QString kSource = QStringLiteral(VITRINE_TEST_DATA "/../../");

/// Each command of docs/results once.
QStringList documentedCommands() {
    QStringList commands;
    const QDir folder(kSource + QStringLiteral("docs/results"));
    for (const QString& name : folder.entryList({QStringLiteral("*.md")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (name == QStringLiteral("README.md") || !file.open(QIODevice::ReadOnly)) continue;
        for (const ResultTable& table : readResultsPage("", file.readAll().toStdString()).tables)
            for (const std::string& command : table.commands) commands << QString::fromStdString(command);
    }
    commands.removeDuplicates();
    return commands;
}

/// "eval chairs" of "eval chairs --model FILE", "segment" of "segment a.png".
QStringList commandPath(const QStringList& words) {
    static const QStringList kGroups{
        QStringLiteral("eval"), QStringLiteral("bench"), QStringLiteral("data"), QStringLiteral("runs")};
    return words.mid(0, kGroups.contains(words.first()) ? 2 : 1);
}

}  // namespace

class TestCliResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void documentedCommandsExist_data() {
        QTest::addColumn<QString>("command");
        for (const QString& command : documentedCommands()) QTest::newRow(qPrintable(command)) << command;
    }
    void documentedCommandsExist() {
        QFETCH(QString, command);
        QStringList words = command.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        const QString program = words.takeFirst();
        if (program != QStringLiteral("vitrine-cli")) {
            QVERIFY2(QFile::exists(kSource + program), "no such script");
            return;
        }
        const QStringList path = commandPath(words);
        const Answer help = run(path + QStringList{QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY2(help.out.contains(QStringLiteral("vitrine-cli ") + path.join(QLatin1Char(' '))),
                 "no such command");
        static const QString common = run({QStringLiteral("--help")}).out;
        const QString options = help.out + common;
        for (const QString& word : words)
            if (word.startsWith(QStringLiteral("--")))
                QVERIFY2(options.contains(QRegularExpression(QRegularExpression::escape(word) +
                                                             QStringLiteral("[\\s,=]"))),
                         qPrintable(QStringLiteral("no option ") + word));
        // Values of options are checked before help is given.
        if (!argumentsOf(command.toStdString()).empty())
            QCOMPARE(run(words + QStringList{QStringLiteral("--help")}).exitCode, 0);
    }

    void aWrongValueIsNoticed() {
        QVERIFY(run({QStringLiteral("bench"),
                     QStringLiteral("segment"),
                     QStringLiteral("--size"),
                     QStringLiteral("7"),
                     QStringLiteral("--help")})
                    .exitCode != 0);
    }
};

VITRINE_TEST(TestCliResults)
#include "tst_cli_results.moc"
