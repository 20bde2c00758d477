// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <string>

#include "core/data/packed_scenes.h"
#include "core/io/atomic_file.h"
#include "core/io/file_hash.h"
#include "core/io/safetensors.h"
#include "core/nets/completion_nets.h"
#include "core/nets/weights.h"
#include "tests/support/cli_run.h"
#include "tests/support/csv_table.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using test::Answer;
using test::columns;
using test::Csv;
using test::isFinite;
using test::run;
using test::words;
namespace fs = std::filesystem;

namespace {

constexpr int kSide = 32, kNumTestScenes = 4;

/// Twelve scenes of two chairs, the left half of each being class 1: eight to fit on, four to score.
void writeScenes(const fs::path& file, int numClasses) {
    ScenesHeader header{kSide, {}, {"one", "other"}, "test"};
    for (int i = 0; i < numClasses; ++i) header.classNames.push_back(std::to_string(i));
    const auto produce = [](SceneWriter& writer) -> Status {
        LabelMap labels(kSide, kSide);
        for (int y = 0; y < kSide; ++y) std::fill_n(labels.row(y), kSide / 2, std::uint8_t(1));
        for (int i = 0; i < 12; ++i) {
            const Split split = i < 12 - kNumTestScenes ? Split::Validation : Split::Test;
            VITRINE_CHECK(
                writer.append(Image(kSide, kSide, 3, std::uint8_t(20 * i)), labels, {i % 2, split}));
        }
        return {};
    };
    if (!PackedScenes::write(file, header, produce)) qFatal("no scenes");
}

/// A CVAE that sees two quadrants.
void writeCompletionNet(const fs::path& file) {
    const CompletionNetOptions options{CompletionVariant::Cvae, 2, 20, 6};
    CompletionNet network(options);
    network->initialise(at::detail::createCPUGenerator(5));
    TensorSet tensors;
    tensors.addParameters(*network, torch::kFloat32);
    if (!writeSafetensors(file, tensors.views(), options.toMetadata())) qFatal("no model");
}

std::string bigEndian(std::uint32_t value) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += char(value >> shift & 0xff);
    return text;
}

/// Three pictures of 28 x 28, as MNIST's files for testing.
void writeIdxFiles(const fs::path& folder) {
    constexpr std::uint32_t kCount = 3, kIdxSide = 28;
    std::string pictures = bigEndian(0x803) + bigEndian(kCount) + bigEndian(kIdxSide) + bigEndian(kIdxSide);
    for (std::uint32_t i = 0; i < kCount * kIdxSide * kIdxSide; ++i) pictures += char(i % 251);
    const std::string labels = bigEndian(0x801) + bigEndian(kCount) + std::string(kCount, '\1');
    if (!writeFileAtomically(folder / "t10k-images-idx3-ubyte", pictures) ||
        !writeFileAtomically(folder / "t10k-labels-idx1-ubyte", labels))
        qFatal("no pictures");
}

QJsonObject rowOf(const QJsonValue& rows, const char* method) {
    for (const QJsonValue& row : rows.toArray())
        if (row[QLatin1String("method")].toString() == QLatin1String(method)) return row.toObject();
    return {};
}

constexpr const char* kSegmentationColumns =
    "method|default|models|pixel %|sd pixel|IoU %|sd IoU|foregroundIoU|reconstructionIoU|paper pixel %|paper "
    "IoU %|"
    "meanIoU|sampleIoU|bestOf4|boxForegroundIoU|boxReconstructionIoU|diversity|distance|GED2|GED2 (empty = "
    "1)|"
    "wholeLegs|falseLegs|NCC|ECE|T|ECE at T";
/// Columns that a row of the fixtures cannot fill: a single model, no class of legs.
constexpr const char* kNeverFilled = "default|sd pixel|sd IoU|wholeLegs|falseLegs";

QStringList withIntervals(const QStringList& names) {
    QStringList all;
    for (const QString& name : names) all << name + QStringLiteral(" low") << name + QStringLiteral(" high");
    return all;
}

}  // namespace

class TestCliEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    fs::path file(const char* name) const { return path(name).toStdString(); }
    Answer eval(const QString& table,
                const char* model,
                const char* data,
                const QStringList& more = {}) const {
        QStringList arguments{QStringLiteral("eval"), table, QStringLiteral("--models")};
        for (const QString& name : words(model)) arguments.append(m_folder.filePath(name));
        return run(arguments + QStringList{QStringLiteral("--data"), path(data)} + more);
    }
    Answer segmentation(const char* more = "", const QStringList& rest = {}) const {
        return eval(QStringLiteral("segmentation"),
                    "cnn gdnn hybrid tokens",
                    "scenes",
                    words("--samples 4") + words(more) + rest);
    }
    QStringList csv(const char* name) const { return {QStringLiteral("--csv"), path(name)}; }

private Q_SLOTS:
    void initTestCase() {
        for (const char* variant : {"cnn", "gdnn", "hybrid", "tokens"})
            test::writeRandomSegmentationModel(file(variant), {.variant = variant});
        test::writeRandomChairModel(file("chair.safetensors"));
        writeCompletionNet(file("quadrants"));
        writeScenes(file("scenes"), 3);
        writeScenes(file("two"), 2);
        fs::create_directory(file("idx"));
        writeIdxFiles(file("idx"));
    }

    void segmentationHasARowForEachModelAndForWhatIsMissing() {
        const Answer answer = segmentation("--json");
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json[QLatin1String("scenes")].toInt(), kNumTestScenes);
        QCOMPARE(json[QLatin1String("split")].toString(), QStringLiteral("test"));
        for (const char* method : {"CNN msc", "GDNN msc", "hybrid msc"}) {
            const QJsonObject row = rowOf(json[QLatin1String("rows")], method);
            QCOMPARE(row[QLatin1String("models")].toInt(), 1);
            QCOMPARE(row[QLatin1String("default")].toBool(true), false);
            const double accuracy = row[QLatin1String("pixel %")].toDouble(-1);
            QVERIFY2(accuracy >= 0 && accuracy <= 100, method);
            for (const char* share : {"foregroundIoU", "meanIoU", "bestOf4", "diversity"}) {
                const double value = row[QLatin1String(share)].toDouble(-1);
                QVERIFY2(value >= 0 && value <= 1, share);
            }
            QVERIFY2(row[QLatin1String("distance")].isDouble(), method);
            QVERIFY(!row.contains(QLatin1String("-CLL (MC)")));  // not asked for
        }
        const QJsonObject hybrid = rowOf(json[QLatin1String("rows")], "hybrid msc");
        QVERIFY(hybrid[QLatin1String("reconstructionIoU")].isDouble());
        const double parts =
            2 * hybrid[QLatin1String("distance")].toDouble() - hybrid[QLatin1String("diversity")].toDouble();
        QVERIFY(std::abs(hybrid[QLatin1String("GED2")].toDouble() - parts) < 1e-9);
        const QJsonObject missing = rowOf(json[QLatin1String("rows")], "MMBM");
        QCOMPARE(missing[QLatin1String("models")].toString(), QStringLiteral("not yet"));
        QVERIFY(missing[QLatin1String("pixel %")].isNull());
        QCOMPARE(missing[QLatin1String("paper pixel %")].toDouble(), 90.42);
        QCOMPARE(rowOf(json[QLatin1String("rows")], "truth")[QLatin1String("meanIoU")].toDouble(), 1.0);
    }

    void theNetworkOfThePanelIsMarked() {
        const fs::path box = file("resources") / "models";
        fs::create_directories(box);
        fs::copy_file(file("hybrid"), box / "segmentation-cvae.safetensors");
        fs::copy_file(file("gdnn"), box / "segmentation-gdnn.safetensors");
        qputenv("VITRINE_RESOURCES", path("resources").toUtf8());
        const Answer answer = run({QStringLiteral("eval"),
                                   QStringLiteral("segmentation"),
                                   QStringLiteral("--data"),
                                   path("scenes"),
                                   QStringLiteral("--samples"),
                                   QStringLiteral("2"),
                                   QStringLiteral("--json")});
        qunsetenv("VITRINE_RESOURCES");
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QStringList marked;
        for (const QJsonValue& row : answer.json()[QLatin1String("rows")].toArray())
            if (row[QLatin1String("default")].toBool()) marked << row[QLatin1String("method")].toString();
        QCOMPARE(marked, QStringList(QStringLiteral("hybrid msc")));
    }

    void theValidationSplitCanBeChosen() {
        const Answer answer = segmentation("--json --split validation");
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.json()[QLatin1String("scenes")].toInt(), 12 - kNumTestScenes);
        QVERIFY2(segmentation("--split train").exitCode == 2, "training scenes are not for scoring");
    }

    void markdownSaysWhatIsNotYetThere() {
        const Answer answer = segmentation();
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QStringList rows = answer.out.split(QLatin1Char('\n')).filter(QStringLiteral("| MMBM "));
        QCOMPARE(rows.size(), 1);  // none in the samples' table
        QVERIFY2(rows.first().contains(QLatin1String("not yet")), qPrintable(rows.first()));
        QVERIFY2(rows.first().contains(QLatin1String("90.42")), qPrintable(rows.first()));
        QCOMPARE(answer.out.count(QStringLiteral("| hybrid msc ")), 2);
    }

    void csvHasTheColumnsOfBothTablesAndTheirIntervals() {
        const Answer answer = segmentation("--likelihood 8", csv("table.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Csv table(path("table.csv"));
        QStringList measures = columns(kSegmentationColumns) + columns("-CLL (MC)|-CLL (IS)");
        const QStringList all = measures;
        for (const QString& name :
             columns("method|default|models|sd pixel|sd IoU|paper pixel %|paper IoU %|ECE|T|ECE at T"))
            measures.removeOne(name);
        const qsizetype place = measures.indexOf(QStringLiteral("IoU %"));
        QCOMPARE(place, 1);
        QCOMPARE(table.names(), all + withIntervals(measures));
        QVERIFY(table.isRectangular());
        const QStringList never = columns(kNeverFilled) + withIntervals(columns("wholeLegs|falseLegs"));
        QCOMPARE(table.columnsWithoutNumber(QStringLiteral("hybrid msc")), never);
        const QStringList certain = columns("reconstructionIoU|boxReconstructionIoU|NCC|-CLL (IS)");
        for (const char* method : {"CNN msc", "GDNN msc"}) {
            QStringList missing = table.columnsWithoutNumber(QString::fromLatin1(method));
            for (const QString& name : never + certain + withIntervals(certain))
                QVERIFY2(missing.removeOne(name), qPrintable(name));
            QCOMPARE(missing, QStringList());
        }
        QStringList unknown = table.names();
        for (const char* known : {"method", "paper pixel %", "paper IoU %"})
            unknown.removeOne(QString::fromLatin1(known));
        QCOMPARE(table.columnsWithoutNumber(QStringLiteral("MMBM")), unknown);
    }

    void reliabilityIsBesideTheTable() {
        const Answer answer = segmentation("", csv("figures.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QVERIFY(Csv(path("figures.csv")).isRectangular());
        const Csv bins(path("figures-reliability.csv"));
        QCOMPARE(bins.names(),
                 columns("method|bin|confidence|accuracy|pixels|confidence at T|accuracy at T|pixels at T"));
        QVERIFY(bins.isRectangular());
        QCOMPARE(bins.lines.size(), 1 + 4 * 15);
        QVERIFY(bins.columnsWithoutNumber(QStringLiteral("hybrid msc")).isEmpty());
        for (const char* count : {"pixels", "pixels at T"}) {
            const auto column = bins.names().indexOf(QString::fromLatin1(count));
            int pixels = 0;
            for (const QStringList& line : bins.lines)
                if (line.first() == QLatin1String("hybrid msc")) pixels += line[column].toInt();
            QCOMPARE(pixels, kNumTestScenes * kSide * kSide);
        }
    }

    void partialStandsBesideBothOfThePapersTables() {
        const Answer answer = eval(QStringLiteral("partial"),
                                   "gdnn hybrid",
                                   "scenes",
                                   words("--scenes 3 --sweeps 2 --json") + csv("partial.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QStringList measures;
        for (const char* suffix : {"", " map", " pixel"})
            for (const QString& column : columns("25/1|25/4|25/8|50/1|50/4|50/8|70/1|70/4|70/8"))
                measures << column + QString::fromLatin1(suffix);
        const Csv table(path("partial.csv"));
        QCOMPARE(table.names(), columns("method|default") + measures + withIntervals(measures));
        QVERIFY(table.isRectangular());
        const QStringList methods = columns(
            "GDNN msc|hybrid msc, sweep 0|hybrid msc, mean sweeps|hybrid msc, sampled sweeps|nearest known "
            "label|"
            "paper, CUB: GDNN|paper, CUB: CVAE|paper, LFW: GDNN|paper, LFW: CVAE");
        QCOMPARE(table.lines.size(), 1 + methods.size());
        for (qsizetype i = 0; i < methods.size(); ++i) QCOMPARE(table.lines[i + 1].first(), methods[i]);
        for (const QString& method : methods.first(5))
            QCOMPARE(table.columnsWithoutNumber(method), columns("default"));
        const QJsonValue rows = answer.json()[QLatin1String("rows")];
        QCOMPARE(rowOf(rows, "paper, LFW: CVAE")[QLatin1String("70/8 pixel")].toDouble(), 92.06);
        QCOMPARE(rowOf(rows, "paper, CUB: GDNN")[QLatin1String("25/1 map")].toDouble(), 89.37);
        QVERIFY(rowOf(rows, "paper, CUB: GDNN")[QLatin1String("25/1")].isNull());
        QCOMPARE(rowOf(rows, "hybrid msc, sweep 0")[QLatin1String("default")], QJsonValue(false));
    }

    void eachMeasureOfPartialIsATableOfItsOwn() {
        const Answer answer =
            eval(QStringLiteral("partial"), "gdnn", "scenes", words("--scenes 2 --sweeps 1"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QCOMPARE(answer.out.count(QStringLiteral("| GDNN msc ")), 3);
        QCOMPARE(answer.out.count(QStringLiteral("| paper, CUB: GDNN ")), 1);
    }

    void quadrantsHaveARowForEachEstimate() {
        const Answer answer = eval(QStringLiteral("quadrants"),
                                   "quadrants",
                                   "idx",
                                   words("--counts 2,4 --pictures 3") + csv("quadrants.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Csv table(path("quadrants.csv"));
        QCOMPARE(table.names(),
                 columns("method|quadrants|S|nats|sd over pictures|paper: MNIST (unverified)"));
        QVERIFY(table.isRectangular());
        QStringList rows;
        for (const QStringList& line : table.lines.mid(1)) {
            rows.append(line[0] + QLatin1Char(' ') + line[2]);
            QCOMPARE(line[1], QStringLiteral("2"));
            QVERIFY2(isFinite(line[3]) && line[3].toDouble() > 0, qPrintable(line[3]));
            QVERIFY2(isFinite(line[4]), qPrintable(line[4]));
        }
        QCOMPARE(rows, columns("NN |CVAE (MC) 2|CVAE (MC) 4|CVAE (IS) 2|CVAE (IS) 4|CVAE (-ELBO) "));
    }

    void eachRowOfAFileSaysWhereItComesFrom() {
        const QStringList options = words("--counts 2 --pictures 2") + csv("from.csv");
        const Answer answer = eval(QStringLiteral("quadrants"), "quadrants", "idx", options);
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Csv table(path("from.csv"));
        QVERIFY(table.lines.size() > 1);
        QCOMPARE(table.provenance.first(), columns("command|weights|commit|processor"));
        for (const QStringList& from : table.provenance.mid(1)) {
            QVERIFY2(from[0].startsWith(QLatin1String("vitrine-cli eval quadrants ")), qPrintable(from[0]));
            QVERIFY2(from[0].contains(QLatin1String("--counts 2 --pictures 2")), qPrintable(from[0]));
            QCOMPARE(from[1].toStdString(), fileHash(file("quadrants")).value());
            QVERIFY(!from[2].isEmpty());
            QVERIFY2(from[3].contains(QLatin1String("CPU (")), qPrintable(from[3]));
        }
    }

    void theSeedIsFollowed_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QStringList>("more");
        QTest::newRow("segmentation") << QStringLiteral("segmentation") << QByteArray("hybrid")
                                      << QByteArray("scenes") << words("--samples 3");
        QTest::newRow("partial") << QStringLiteral("partial") << QByteArray("hybrid") << QByteArray("scenes")
                                 << words("--scenes 2 --sweeps 1");
        QTest::newRow("quadrants") << QStringLiteral("quadrants") << QByteArray("quadrants")
                                   << QByteArray("idx") << words("--counts 2 --pictures 2");
    }
    void theSeedIsFollowed() {
        QFETCH(QString, table);
        QFETCH(QByteArray, model);
        QFETCH(QByteArray, data);
        QFETCH(QStringList, more);
        const auto figures = [&](const char* seed) {
            const QStringList options = words("--json --threads 1") + words(seed);
            return eval(table, model.constData(), data.constData(), more + options).json();
        };
        const QJsonObject one = figures("");
        QVERIFY(!one.isEmpty());
        QCOMPARE(figures("--seed 0"), one);
        QVERIFY(figures("--seed 5") != one);
    }

    void aModelThatCannotBeUsedIsNamed_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QString>("sentence");
        const QString chair = QStringLiteral("chair.safetensors cannot be used: ");
        QTest::newRow("segmentation") << QStringLiteral("segmentation") << QByteArray("cnn chair.safetensors")
                                      << QByteArray("scenes") << chair;
        QTest::newRow("partial") << QStringLiteral("partial") << QByteArray("chair.safetensors")
                                 << QByteArray("scenes") << chair;
        QTest::newRow("quadrants") << QStringLiteral("quadrants") << QByteArray("chair.safetensors")
                                   << QByteArray("idx") << chair;
        QTest::newRow("other classes") << QStringLiteral("partial") << QByteArray("hybrid")
                                       << QByteArray("two") << QStringLiteral("hybrid cannot be used: ");
    }
    void aModelThatCannotBeUsedIsNamed() {
        QFETCH(QString, table);
        QFETCH(QByteArray, model);
        QFETCH(QByteArray, data);
        QFETCH(QString, sentence);
        const Answer answer = eval(table, model.constData(), data.constData());
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(sentence), qPrintable(answer.error));
    }
};

VITRINE_TEST(TestCliEval)
#include "tst_cli_eval.moc"
