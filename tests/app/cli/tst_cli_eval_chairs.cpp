// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <string>

#include "core/data/style_ids.h"
#include "core/io/file_hash.h"
#include "core/io/image_file.h"
#include "core/recipe/morph_trust.h"
#include "core/recipe/transfer_nearest.h"
#include "core/render/chair_family.h"
#include "core/render/correspondence_set.h"
#include "core/render/family_set.h"
#include "tests/support/cli_run.h"
#include "tests/support/csv_table.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;
using test::Answer;
using test::columns;
using test::Csv;
using test::run;
using test::words;
namespace fs = std::filesystem;

namespace {

/// Ids of two family styles of one build.
std::vector<std::string> familyPair() {
    const auto& reserved = familyGroups().front().numbers;
    return {familyId(reserved[0]), familyId(reserved[1])};
}

/// One pair of chairs with two points.
void writeCorrespondenceSet(const fs::path& file) {
    CorrespondencePair pair{"chair-0", "chair-1", {34, 20}, CorrespondenceDifficulty::Simple, 0.6f, {}};
    pair.points = {{"left", 40, 60, 42, 61}, {"right", 80, 60, 79, 62}};
    if (!CorrespondenceSet{{pair}}.save(file)) qFatal("no set");
}

}  // namespace

class TestCliEvalChairs : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    fs::path file(const char* name) const { return path(name).toStdString(); }
    void writeModel(const char* name,
                    std::vector<std::string> styleIds,
                    std::vector<std::int64_t> maps,
                    std::map<std::string, std::string> metadata = {}) const {
        test::RandomChairModel model;
        model.more = std::move(metadata);
        model.numStyles = int(styleIds.size());
        model.styleIds = std::move(styleIds);
        model.rgbMaps = std::move(maps);
        test::writeRandomChairModel(file(name), model);
    }
    Answer eval(const char* what, const char* more = "", const QStringList& rest = {}) const {
        return run(QStringList{QStringLiteral("eval"),
                               QString::fromLatin1(what),
                               QStringLiteral("--model"),
                               path("chairs.safetensors"),
                               QStringLiteral("--data"),
                               path("toy.vpack")} +
                   words(more) + rest);
    }
    QStringList csv(const char* name) const { return {QStringLiteral("--csv"), path(name)}; }

private Q_SLOTS:
    void initTestCase() {
        test::packToyViews(file("toy.vpack"), 4, 64);
        writeModel("chairs.safetensors", {"chair-0", "chair-1", "chair-2", "chair-3"}, {8, 6, 4});
    }

    void chairsAnswersForValidationAndTestApart() {
        const QJsonObject json = eval("chairs", "--json").json();
        for (const char* key : {"trainPsnr",
                                "heldOutPsnr",
                                "heldOutIou",
                                "heldOutEdge",
                                "validationPsnr",
                                "validationIou",
                                "testPsnr",
                                "testIou",
                                "nearestViewPsnr",
                                "neighbourAveragePsnr"})
            QVERIFY2(json[QLatin1String(key)].isDouble(), key);
        QCOMPARE(json[QLatin1String("validationViews")].toInt(), 16);
        QCOMPARE(json[QLatin1String("testViews")].toInt(), 16);
        QCOMPARE(json[QLatin1String("chairs")].toInt(), 4);
    }

    void chairsWritesIntervalsAndWhereTheyComeFrom() {
        const Answer answer = eval("chairs", "", csv("chairs.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Csv table(path("chairs.csv"));
        QCOMPARE(
            table.names(),
            columns("pictures|PSNR dB|PSNR low|PSNR high|pooled PSNR dB|IoU|IoU low|IoU high|edge|views"));
        QVERIFY(table.isRectangular());
        QCOMPARE(table.lines.size(), 1 + 6);
        QCOMPARE(table.provenance[1][1].toStdString(), fileHash(file("chairs.safetensors")).value());
    }

    void morphsAnswersWithItsKeys() {
        const Answer answer = eval("morphs", "--pairs 9 --frames 5 --json");
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json[QLatin1String("pairs")].toInt(), 9);
        for (const char* place : {"real", "ends", "quarter", "middle", "beyond"})
            for (const char* key : {"ambiguity", "components", "outside"})
                QVERIFY2(json[QLatin1String(place)].toObject()[QLatin1String(key)].isDouble(), place);
        for (const char* key : {"jump", "between"}) QVERIFY2(json[QLatin1String(key)].isDouble(), key);
        for (const char* key : {"lost", "moves"})
            QVERIFY2(json[QLatin1String("beyond")].toObject()[QLatin1String(key)].isDouble(), key);
        QVERIFY(json.contains(QLatin1String("truth")) && json[QLatin1String("truth")].isNull());
        QVERIFY(answer.error.contains(QLatin1String(" left")));  // the time, while it works
    }

    void morphsFollowsTheSeed() {
        const auto figures = [&](const char* seed) {
            return eval("morphs", "--pairs 5 --frames 4 --json --threads 1", words(seed)).json();
        };
        const QJsonObject one = figures("");
        QVERIFY(!one.isEmpty());
        QCOMPARE(figures("--seed 0"), one);
        QVERIFY(figures("--seed 5") != one);
    }

    void morphsWritesEachPair() {
        const Answer answer = eval("morphs", "--pairs 9 --frames 5", csv("morphs.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Csv measures(path("morphs.csv")), pairs(path("morphs-pairs.csv"));
        QCOMPARE(measures.names(), columns("measure|mean|low|high"));
        QVERIFY(measures.isRectangular() && pairs.isRectangular());
        QCOMPARE(pairs.lines.size(), 1 + 9);
        QVERIFY(pairs.names().contains(QLatin1String("middle.ambiguity")));
        for (const Csv* table : {&measures, &pairs})
            QVERIFY(table->provenance[1][0].startsWith(QLatin1String("vitrine-cli eval morphs ")));
        QVERIFY(!fs::exists(file("morphs-truth.csv")));
    }

    void morphsWritesTheProfileBesideTheModel() {
        QVERIFY(!fs::exists(file("chairs.trust.json")));  // only where it is asked for
        const Answer answer = eval("morphs", "--pairs 5 --frames 4 --write-trust --json");
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const auto hash = fileHash(file("chairs.safetensors")).value();
        const auto profile = trustProfileOf(file("chairs.safetensors"), hash);
        QVERIFY(profile.has_value());
        QCOMPARE(profile->numPairs, 5);
        QCOMPARE(answer.json()[QLatin1String("trustFile")].toString(), path("chairs.trust.json"));
        const QJsonArray rows = answer.json()[QLatin1String("profile")].toArray();
        QCOMPARE(std::size_t(rows.size()), profile->points.size());
        QCOMPARE(rows.first().toObject()[QLatin1String("position")].toDouble(), -0.5);
        fs::remove(file("chairs.trust.json"));
    }

    void morphsDrawsTheFirstPairs() {
        const Answer answer = eval("morphs",
                                   "--pairs 5 --frames 4 --strip-pairs 3",
                                   {QStringLiteral("--strips"), path("strips.png")});
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const Image strips = readImage(file("strips.png")).value();
        const int rows = 3, columns = 9, gap = 2;
        const int size = (strips.height + gap) / rows - gap;
        QVERIFY(size > 0);
        QCOMPARE(strips.width, columns * (size + gap) - gap);
        QCOMPARE(strips.height, rows * (size + gap) - gap);
    }

    void morphsComparesFamilyStylesWithTheShapeBetween() {
        std::vector<std::string> ids = familyPair();
        ids.insert(ids.begin(), {"chair-0", "chair-2"});
        writeModel("family.safetensors", ids, {8, 6});
        const Answer answer = run(words("eval morphs --pairs 2 --frames 4 --json") +
                                  QStringList{QStringLiteral("--model"),
                                              path("family.safetensors"),
                                              QStringLiteral("--data"),
                                              path("toy.vpack")} +
                                  csv("family.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject truth = answer.json()[QLatin1String("truth")].toObject();
        QCOMPARE(truth[QLatin1String("pairs")].toInt(), 1);
        for (const char* key : {"psnr", "iou", "crossFadePsnr", "crossFadeIou"})
            QVERIFY2(truth[QLatin1String(key)].isDouble(), key);
        QCOMPARE(Csv(path("family-truth.csv")).lines.size(), 1 + 1);
    }

    void transferHasARowOfEachMethod() {
        fs::create_directories(file("transfer"));
        const std::vector<std::string> ids{"chair-0", "chair-1", "chair-2", "chair-3"};
        writeModel("transfer/with-4.safetensors",
                   ids,
                   {8, 6, 4},
                   {{"transfer", R"({"targets": "chair-3", "targetAzimuths": 4})"}});
        const Answer answer = run(words("eval transfer --write-nearest --json") +
                                  QStringList{path("transfer"),
                                              QStringLiteral("--data"),
                                              path("toy.vpack"),
                                              QStringLiteral("--strips"),
                                              path("transfer.png")} +
                                  csv("transfer.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        const QJsonObject json = answer.json();
        QCOMPARE(json[QLatin1String("targets")].toInt(), 1);
        const QJsonArray rows = json[QLatin1String("rows")].toArray();
        QCOMPARE(rows.size(), 6);
        const QJsonObject with = rows[0].toObject(), nearestView = rows[5].toObject();
        QCOMPARE(with[QLatin1String("method")].toString(), QLatin1String("with transfer"));
        QVERIFY(with[QLatin1String("views4")].isDouble() && with[QLatin1String("views15")].isNull());
        for (const char* key :
             {"views15", "views8", "views4", "views2", "views1", "psnr1", "iou1", "elevation"})
            QVERIFY2(nearestView[QLatin1String(key)].isDouble(), key);
        const Csv table(path("transfer.csv"));
        QCOMPARE(table.names().mid(0, 6), columns("method|views15|views8|views4|views2|views1"));
        QVERIFY(table.isRectangular());
        QVERIFY(readImage(file("transfer.png")).ok());
        const auto nearest = readNearestSources(nearestSourcesFile(file("transfer")));
        QVERIFY(nearest.ok() && findNearest(*nearest, "chair-3", TransferSetting::Views4));
    }

    void matchHasARowOfThePapersSetting() {
        writeModel("match.safetensors", {"chair-0", "chair-1"}, {6, 4, 4, 4});  // 128 pixels
        writeCorrespondenceSet(file("set.json"));
        const Answer answer = run(words("eval match --morph-only --methods dis --frames 5 --json") +
                                  QStringList{QStringLiteral("--model"),
                                              path("match.safetensors"),
                                              QStringLiteral("--set"),
                                              path("set.json")} +
                                  csv("match.csv"));
        QVERIFY2(answer.exitCode == 0, qPrintable(answer.error));
        QStringList methods;
        for (const QJsonValue& row : answer.json()[QLatin1String("rows")].toArray())
            methods.append(row[QLatin1String("method")].toString());
        QVERIFY2(methods.contains(QLatin1String("generator's morph, DIS, neighbouring frames")),
                 qPrintable(methods.join(QLatin1Char('|'))));
        const Csv table(path("match.csv"));
        QVERIFY(table.isRectangular());
        QCOMPARE(table.names().mid(0, 4), columns("method|all|all low|all high"));
    }

    void aMissingDataSetIsNamed() {
        const Answer answer = run(QStringList{QStringLiteral("eval"),
                                              QStringLiteral("morphs"),
                                              QStringLiteral("--model"),
                                              path("chairs.safetensors"),
                                              QStringLiteral("--data"),
                                              path("none.vpack")});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY2(answer.sentence().contains(QLatin1String("none.vpack")), qPrintable(answer.error));
    }
};

VITRINE_TEST(TestCliEvalChairs)
#include "tst_cli_eval_chairs.moc"
