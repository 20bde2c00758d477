// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <set>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"
#include "core/render/chair_camera.h"
#include "core/render/correspondence_set.h"
#include "core/render/landmarks.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

CorrespondenceSet someSet() {
    return {{{"a-chair",
              "b-chair",
              {34, 20},
              CorrespondenceDifficulty::Difficult,
              0.4f,
              {{"seat-front-left", 1.5f, 2, 3, 4.25f}}}}};
}

}  // namespace

class TestCorrespondenceSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSetInTheBoxIsWhatItPromises() {
        const auto set = CorrespondenceSet::loadDefault();
        QVERIFY2(set.ok(), set ? "" : set.error().message.c_str());
        QVERIFY(set->pairs.size() >= 30);
        QVERIFY(set->numPoints() >= 295);
        const auto catalogue = ChairCatalogue::load(resourceFolder() / "chairs.json");
        std::set<CorrespondenceDifficulty> kinds;
        for (const CorrespondencePair& pair : set->pairs) {
            QVERIFY(catalogue->find(pair.from).ok() && catalogue->find(pair.to).ok() && pair.from != pair.to);
            QVERIFY(std::ranges::count(trainedAzimuthsDeg(), pair.view.azimuthDeg) == 1);
            QCOMPARE(pair.difficulty == CorrespondenceDifficulty::Simple,
                     pair.silhouetteIou >= CorrespondenceSet::kSimpleIou);
            std::set<std::string> names;
            for (const MatchedPoint& point : pair.points) QVERIFY(names.insert(point.name).second);
            kinds.insert(pair.difficulty);
        }
        QCOMPARE(kinds.size(), std::size_t(2));
    }

    /// The points are those of the 3-D models: the first pair, marked and projected again.
    void aPairIsMadeAgainFromTheModels() {
        auto plan = CorrespondencePlan::load(resourceFolder() / "landmarks.json");
        QVERIFY(plan.ok());
        plan->pairs.resize(1);
        const auto again = makeCorrespondenceSet(*plan);
        QVERIFY(again.ok());
        QVERIFY(again->pairs.front() == CorrespondenceSet::loadDefault()->pairs.front());
    }

    void landmarksOfAToyStoolAreItsCorners() {
        QTemporaryDir folder;
        const auto landmarks = findLandmarks(test::makeToyChair(folder.path().toStdString(), 1));
        QVERIFY(landmarks.ok());
        const auto find = [&](const char* name) {
            return std::ranges::find(*landmarks, name, &Landmark::name);
        };
        for (const char* name : {"seat-front-left", "seat-back-right", "leg-front-right", "leg-back-left"})
            QVERIFY2(find(name) != landmarks->end(), name);
        // The stool is 0.5 x 0.55 x 0.5, scaled to a diagonal of 1 around its middle.
        const float scale = 1 / std::sqrt(0.5f * 0.5f + 0.55f * 0.55f + 0.5f * 0.5f);
        const Vector3 corner = find("seat-front-left")->point, foot = find("leg-front-right")->point;
        QVERIFY(length(corner - Vector3{-0.25f, 0.275f, 0.25f} * scale) < 0.01f);
        QVERIFY(length(foot - Vector3{0.25f, -0.275f, 0.25f} * scale) < 0.01f);
        QVERIFY(find("back-top-left") == landmarks->end());
    }

    void whatIsBehindIsHidden() {
        QTemporaryDir folder;
        const ChairEntry entry = test::makeToyChair(folder.path().toStdString(), 1);
        const auto model = ChairModel::load(entry);
        const auto landmarks = findLandmarks(entry);
        const ChairView view{20, 20};
        const ChairRender render = model->render(view, {256, 1});
        const auto seen = [&](const char* name) {
            return seenPoint(std::ranges::find(*landmarks, name, &Landmark::name)->point, render, view, 128);
        };
        QVERIFY(seen("seat-front-left").isVisible);
        QVERIFY(seen("leg-front-left").isVisible);
        const Vector3 under = Vector3{0, 0.15f, 0};  // of the seat, from above
        QVERIFY(!seenPoint(under, render, view, 128).isVisible);
        // As the camera says, in pixels of another size than the render's.
        const auto expected = ChairCamera(view).pixelOf(
            std::ranges::find(*landmarks, "seat-front-left", &Landmark::name)->point, 128);
        QCOMPARE(seen("seat-front-left").x, expected[0]);
        QCOMPARE(seen("seat-front-left").y, expected[1]);
    }

    void comesBackAsItWas() {
        QVERIFY(someSet().save(file()));
        const auto set = CorrespondenceSet::load(file());
        QVERIFY(set.ok());
        QVERIFY(set->pairs == someSet().pairs);
    }

    void badFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("no JSON") << QByteArray("{\"format\"") << QByteArray("{format");
        QTest::newRow("another format")
            << QByteArray("vitrine-correspondence 1") << QByteArray("vitrine-correspondence 2");
        QTest::newRow("no pairs") << QByteArray("\"pairs\"") << QByteArray("\"pears\"");
        QTest::newRow("no chair") << QByteArray("\"a-chair\"") << QByteArray("\"\"");
        QTest::newRow("difficulty") << QByteArray("\"difficult\"") << QByteArray("\"hard\"");
        QTest::newRow("a place outside") << QByteArray("4.25") << QByteArray("425");
        QTest::newRow("half a place") << QByteArray("[1.5,2.0]") << QByteArray("[1.5]");
        QTest::newRow("view") << QByteArray("\"elevation\":20.0") << QByteArray("\"elevation\":200");
    }
    void badFilesAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QVERIFY(someSet().save(file()));
        QByteArray text = QByteArray::fromStdString(readTextFile(file()).value());
        QVERIFY2(text.contains(from), text.constData());
        QVERIFY(writeFileAtomically(file(), std::string_view(text.replace(from, to).toStdString())));
        const auto set = CorrespondenceSet::load(file());
        QVERIFY(!set.ok());
        QCOMPARE(set.error().code, ErrorCode::BadFormat);
    }

private:
    std::filesystem::path file() const { return m_folder.filePath(u"set.json"_s).toStdString(); }
    QTemporaryDir m_folder;
};

VITRINE_TEST(TestCorrespondenceSet)
#include "tst_correspondence_set.moc"
