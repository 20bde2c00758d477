// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

#include "core/io/image_file.h"
#include "core/io/png.h"
#include "tests/support/cli_run.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
using vitrine::test::Answer;
using vitrine::test::run;

class TestCliUnit : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    Answer unit(const QStringList& arguments) const {
        return run(QStringList{u"unit"_s, u"--model"_s, path(u"model.safetensors"_s)} + arguments);
    }

private Q_SLOTS:
    void initTestCase() { test::writeRandomChairModel(path(u"model.safetensors"_s).toStdString()); }

    void paintsAUnit() {
        const Answer answer = unit({u"--layer"_s,
                                    u"FC-4"_s,
                                    u"--index"_s,
                                    u"28"_s,
                                    u"--value"_s,
                                    u"8"_s,
                                    u"--out"_s,
                                    path(u"f.png"_s),
                                    u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(answer.json()[u"effect"_s][u"difference"_s].toDouble() > 0);
        const auto picture = readImage(path(u"f.png"_s).toStdString());
        QVERIFY(picture.ok());
        QCOMPARE(picture->width, 32);
    }

    void everyQuestionIsAnsweredAndReplayed_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* name, const QString& arguments) {
            QTest::newRow(name) << arguments.split(u' ');
        };
        row("picture", u"--layer uconv-1 --index 3 --channel rgb"_s);
        row("close-up", u"--layer FC-5 --index 3 --cell 2 5 --show close-up"_s);
        row("difference", u"--layer FC-4 --index 3 --boost --value 4 --show difference"_s);
        row("base", u"--layer FC-3 --show base"_s);
        row("strip", u"--layer FC-4 --index 7 --value 35 --strip --style style-2"_s);
        row("sheet", u"--sheet FC-1"_s);
        row("search", u"--search zoom --layer FC-4 --top 5"_s);
        row("window", u"--layer FC-5 --window 4"_s);
        row("outside a window", u"--layer FC-5 --window 1 1 6 6 --outside"_s);
        row("zeroed maps", u"--layer uconv-1 --zero 1,5"_s);
        row("kept maps", u"--layer uconv-1 --keep 1,5"_s);
        row("filters", u"--filters"_s);
        row("filters of the mask", u"--filters --mask"_s);
        row("maps", u"--maps"_s);
    }
    void everyQuestionIsAnsweredAndReplayed() {
        QFETCH(QStringList, arguments);
        const QString file = path(u"question.png"_s);
        const Answer answer = unit(arguments + QStringList{u"--out"_s, file, u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(!answer.json().isEmpty());
        const Answer again =
            run({u"replay"_s, file, u"--model"_s, path(u"model.safetensors"_s), u"--json"_s});
        QVERIFY2(again.exitCode == 0, qPrintable(again.error));
        QVERIFY(again.json()[u"identical"_s].toBool());
    }

    void searchRanksByTheMeasure() {
        const Answer answer = unit({u"--search"_s, u"shift"_s, u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonArray ranking = answer.json()[u"ranking"_s].toArray();
        QCOMPARE(ranking.size(), 32);
        for (int i = 1; i < ranking.size(); ++i)
            QVERIFY(ranking[i - 1][u"score"_s].toDouble() >= ranking[i][u"score"_s].toDouble());
        QCOMPARE(answer.json()[u"measure"_s][u"unit"_s].toString(), u"px"_s);
    }

    void mapsTellTheirPeriods() {
        const Answer answer = unit({u"--maps"_s, u"--json"_s});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonArray maps = answer.json()[u"maps"_s].toArray();
        QCOMPARE(maps.size(), 8);
        for (int i = 1; i < maps.size(); ++i)
            QVERIFY(maps[i - 1][u"share"_s].toDouble() >= maps[i][u"share"_s].toDouble());
    }

    void writesNumbers() {
        const Answer answer = unit({u"--layer"_s, u"FC-5"_s, u"--npz"_s, path(u"unit.npz"_s)});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QFile file(path(u"unit.npz"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const char* name : {"activations.npy", "base.npy", "changed.npy"}) QVERIFY(bytes.contains(name));
    }

    void badInputIsOneSentence_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const QString& arguments, const QString& part) {
            QTest::newRow(name) << arguments.split(u' ') << part;
        };
        row("layer", u"--layer FC-9 --json"_s, u"has no layer \"FC-9\"; it has FC-1 style"_s);
        row("sheet of no layer", u"--sheet uconv-7 --json"_s, u"has no layer \"uconv-7\""_s);
        row("index", u"--layer FC-4 --index 32 --json"_s, u"use 0 to 31"_s);
        row("negative index", u"--layer FC-4 --index -1 --json"_s, u"use 0 to 31"_s);
        row("cell", u"--layer FC-5 --cell 0 8 --json"_s, u"8 pixels a side"_s);
        row("cell of FC-4", u"--layer FC-4 --cell 0 0 --json"_s, u"fully connected"_s);
        row("window", u"--layer FC-5 --window 9 --json"_s, u"reaches beyond"_s);
        row("window of three", u"--layer FC-5 --window 1 2 3 --json"_s, u"TOP LEFT HEIGHT WIDTH"_s);
        row("window of FC-4", u"--layer FC-4 --window 4 --json"_s, u"only maps"_s);
        row("map", u"--layer FC-5 --zero 16 --json"_s, u"use 0 to 15"_s);
        row("style", u"--style nobody --json"_s, u"nobody"_s);
        row("two questions", u"--filters --maps --json"_s, u"at a time"_s);
        row("nowhere to go", u"--layer FC-4"_s, u"--out"_s);
        row("no PNG", u"--out unit.jpg"_s, u".png"_s);
        row("cuda", u"--device cuda --json"_s, u"CPU"_s);
    }
    void badInputIsOneSentence() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, part);
        const Answer answer = unit(arguments);
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().startsWith(u"vitrine-cli: "_s) && answer.sentence().contains(part),
                 qPrintable(answer.error));
    }
};

VITRINE_TEST(TestCliUnit)
#include "tst_cli_unit.moc"
