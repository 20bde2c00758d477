// SPDX-License-Identifier: GPL-3.0-or-later
// Files of earlier versions: all are read, and written again with the same values.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "core/io/atomic_file.h"
#include "core/recipe/recipe_file.h"
#include "core/recipe/recipe_kinds.h"
#include "core/render/correspondence_set.h"
#include "core/runs/metrics_file.h"
#include "core/runs/run_list.h"
#include "core/train/training_kind.h"
#include "tests/corpus/same_values.h"

using namespace vitrine;
using namespace vitrine::test;
using namespace Qt::StringLiterals;

namespace {

namespace fs = std::filesystem;

const fs::path kCorpus = VITRINE_CORPUS;

void addFilesOf(const char* folder) {
    QTest::addColumn<QString>("path");
    const QDir files(QString::fromStdString((kCorpus / folder).string()));
    for (const QString& name : files.entryList(QDir::Files))
        QTest::newRow(qPrintable(name)) << files.filePath(name);
}

QJsonObject objectIn(const std::string& text) {
    return test::objectIn(QByteArray::fromStdString(text));
}

Result<std::string> recipeIn(const QString& path) {
    if (path.endsWith(".json"_L1)) return readTextFile(path.toStdString());
    VITRINE_TRY(const std::optional<std::string> recipe, readRecipe(path.toStdString()));
    return recipe.value_or(std::string());
}

Result<std::string> normalised(const std::string& config) {
    VITRINE_TRY(const auto* kind, trainingKindOf(config));
    return kind->normalise(config);
}

}  // namespace

class TestCorpus : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_run;

private Q_SLOTS:
    void initTestCase() {
        const fs::path runs = fs::path(m_folder.path().toStdString()) / "runs";
        fs::copy(kCorpus / "runs", runs, fs::copy_options::recursive);
        m_run = runs / "quadrants-small";
    }

    void aLostValueIsNoticed() {
        const QJsonObject old{{u"a"_s, QJsonArray{1, QJsonObject{{u"b"_s, u"{\"c\": 2}"_s}}}}};
        QVERIFY(lostValues(old, old).isEmpty());
        const QJsonObject other{{u"a"_s, QJsonArray{1, QJsonObject{{u"b"_s, u"{\"c\": 3}"_s}}}}};
        QCOMPARE(lostValues(old, other), QStringList{u"/a/1/b/c"_s});
        QCOMPARE(lostValues(old, QJsonObject()), QStringList{u"/a"_s});
    }

    void recipesKeepTheirValues_data() { addFilesOf("recipes"); }
    void recipesKeepTheirValues() {
        QFETCH(QString, path);
        const auto recipe = recipeIn(path);
        QVERIFY2(recipe.ok() && !recipe->empty(), qPrintable(path));
        const auto again = normalisedRecipe(*recipe);
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().message.c_str());
        QCOMPARE(lostValues(objectIn(*recipe), objectIn(*again)), QStringList());
    }

    void configurationsKeepTheirValues_data() { addFilesOf("configs"); }
    void configurationsKeepTheirValues() {
        QFETCH(QString, path);
        const std::string config = readTextFile(path.toStdString()).value();
        const auto again = normalised(config);
        QVERIFY2(again.ok(), again.ok() ? "" : again.error().message.c_str());
        QCOMPARE(lostValues(objectIn(config), objectIn(*again)), QStringList());
    }

    void aCorrespondenceSetKeepsItsValues() {
        const auto set = CorrespondenceSet::load(kCorpus / "correspondence.json");
        QVERIFY2(set.ok(), set.ok() ? "" : set.error().message.c_str());
        const fs::path again = fs::path(m_folder.path().toStdString()) / "again.json";
        QVERIFY(set->save(again).ok());
        QCOMPARE(lostValues(objectIn(readTextFile(kCorpus / "correspondence.json").value()),
                            objectIn(readTextFile(again).value())),
                 QStringList());
    }

    void aRunIsListedWithItsFigures() {
        const auto runs = listRuns(m_run.parent_path());
        QCOMPARE(runs.size(), std::size_t(1));
        const RunSummary& run = runs.front();
        QCOMPARE(run.problem, std::string());
        QCOMPARE(run.name, std::string("quadrants-small"));
        QCOMPARE(run.recipe, std::string("quadrants"));
        QCOMPARE(run.notes, std::string("Too short to learn anything; kept to be looked at.\n"));
        QCOMPARE(run.status.state, RunState::Stopped);
        QCOMPARE(run.status.step, std::int64_t(10));
        QCOMPARE(run.status.metrics.at("heldOutLoss"), 412.5028991699219);
        const std::string config = readTextFile(m_run / "config.json").value();
        QCOMPARE(lostValues(objectIn(config), objectIn(normalised(config).value())), QStringList());
    }

    void aRunsStatusAndControlKeepTheirValues() {
        const fs::path again = fs::path(m_folder.path().toStdString()) / "again";
        fs::create_directories(again);
        QVERIFY(writeStatus(again, readStatus(m_run).value()).ok());
        QVERIFY(writeControl(again, readControl(m_run).value()).ok());
        for (const char* name : {"status.json", "control.json"})
            QCOMPARE(lostValues(objectIn(readTextFile(m_run / name).value()),
                                objectIn(readTextFile(again / name).value())),
                     QStringList());
    }

    void aRunsCurvesHistogramsAndPreviewsAreRead() {
        const auto news = MetricsTail(m_run).readNew();
        QVERIFY(news.ok());
        QCOMPARE(news->points.size(), std::size_t(12));
        const MetricPoint& last = news->points.back();
        QCOMPARE(last.step, std::int64_t(10));
        QCOMPARE(last.metric, std::string("trainLoss"));
        QCOMPARE(last.value, 412.515839);
        QCOMPARE(histogramSteps(m_run), std::vector<std::int64_t>{8});
        const auto layers = readHistograms(m_run, 8);
        QVERIFY(layers.ok() && !layers->empty());
        QVERIFY(!layers->front().layer.empty());
        QVERIFY(layers->front().weights.high > layers->front().weights.low);
        const auto preview = readImage(m_run / "previews/step-0000004.png");
        QVERIFY(preview.ok() && !preview->empty());
    }
};

QTEST_GUILESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
