// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures, labels, states and exports.
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>

#include "core/recipe/segmentation_recipe.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/segmentation/segmentation_fixture.h"
#include "ui/shell/chair_drag.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestSegmentationPanelFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesAreDroppedAndLabelsOpened() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(f.at("pictures/b-chair.png").string()))});
        QVERIFY(f.panel->acceptsDrop(&mime));
        f.panel->drop(&mime);
        QVERIFY(QTest::qWaitFor([&f] { return f.panel->state().picture->name == u"B chair"_s; }, 10'000));
        QVERIFY(f.settle());
        QVERIFY(!f.panel->result()->scores);
        f.answer = QString::fromStdString(f.at("pictures/a-chair-labels.png").string());
        f.run("openTruth");
        QVERIFY(QTest::qWaitFor([&f] { return !f.panel->state().picture->truth.empty(); }, 10'000));
        QVERIFY(f.settle());
        QVERIFY(f.panel->result()->scores.has_value());
    }

    void aChairIsDragged() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QMimeData nothing;
        nothing.setText(u"chair"_s);
        QVERIFY(!f.panel->acceptsDrop(&nothing));
        QMimeData mime;
        QImage picture(160, 120, QImage::Format_ARGB32);
        picture.fill(Qt::transparent);
        addToDrag(mime, {u"Windsor chair"_s, picture});
        QVERIFY(f.panel->acceptsDrop(&mime));
        f.panel->drop(&mime);
        QCOMPARE(f.panel->state().picture->name, u"Windsor chair"_s);
        QCOMPARE(f.panel->state().picture->image.width, kToySize);
        QCOMPARE(int(f.panel->state().picture->image.at(64, 64, 0)), 255);  // on white
        QVERIFY(f.settle());
        f.undo.undo();
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
        QVERIFY(f.settle());
    }

    void garmentsAreOffered() {
        SegmentationFixture without;
        without.open();
        QVERIFY(without.settle());
        QVERIFY(!without.find<QListWidget>("garments")->isVisible());
        SegmentationFixture f;
        f.writeGarments();
        f.open();
        QVERIFY(f.settle());
        auto* list = f.find<QListWidget>("garments");
        QVERIFY(list->isVisible());
        QCOMPARE(list->count(), 5);
        Q_EMIT list->itemClicked(list->item(1));
        QCOMPARE(f.panel->state().picture->name, u"Fashion-MNIST: trousers"_s);
        QCOMPARE(int(f.panel->state().picture->image.at(64, 64, 1)), 254);  // 1, on white
        QVERIFY(f.settle());
    }

    void damagedFilesAreNamed() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        std::ofstream(f.at("empty.png")).flush();
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("empty.png").string())));
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"empty.png"_s), 10'000);
        (void)writePng(f.at("wrong.png"), Image(kToySize, kToySize, 1, 9));
        f.answer = QString::fromStdString(f.at("wrong.png").string());
        f.run("openLabels");
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"wrong.png"_s), 10'000);
        (void)writePng(f.at("small.png"), Image(30, kToySize, 1, 1));
        f.answer = QString::fromStdString(f.at("small.png").string());
        f.run("openTruth");
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"small.png is 30 x 128"_s), 10'000);
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
    }

    void formerKeysOfTheStateAreRead() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QJsonObject state = f.panel->saveState();
        for (const QString& key : {u"temperature"_s, u"samplingSteps"_s}) QVERIFY(state.contains(key));
        state.remove(u"temperature"_s);
        state.remove(u"samplingSteps"_s);
        state[u"spread"_s] = 0.5;
        state[u"numParts"_s] = 5;
        state[u"panel"_s] =
            u"{\"consensus\":\"way\",\"doubt\":\"mutual information\",\"pinned\":[1,2],\"way\":7}"_s;
        QVERIFY(f.panel->restoreState(state));
        QCOMPARE(f.panel->state().temperature, 0.5);
        QCOMPARE(f.panel->state().numSamplingSteps, 5);
        QCOMPARE(f.panel->state().aggregate, AggregateView::Path);
        QCOMPARE(f.panel->state().uncertainty, UncertaintyView::MutualInformation);
        QCOMPARE(f.panel->state().pathStep, 7);
        const QString saved = f.panel->saveState()[u"panel"_s].toString();
        for (const QString& old : {u"consensus"_s, u"doubt"_s, u"way"_s}) QVERIFY(!saved.contains(old));
        QVERIFY(f.settle());
    }

    void theStateSurvivesAFile() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.paint();
        f.find<QPushButton>("quadrant.1")->click();
        Q_EMIT f.grid()->pinToggled(2);
        QVERIFY(f.settle());
        const QJsonObject saved = f.panel->saveState();
        f.run("clear");
        QVERIFY(f.panel->restoreState(saved));
        QCOMPARE(f.panel->saveState(), saved);
        QJsonObject bad = saved;
        bad[u"panel"_s] = bad[u"panel"_s].toString().replace(u"\"mean\""_s, u"\"attic\""_s);
        QVERIFY(bad != saved);
        QVERIFY(!f.panel->restoreState(bad));
        bad = saved;
        bad[u"panel"_s] = bad[u"panel"_s].toString().replace(u"[2]"_s, u"[-2]"_s);
        QVERIFY(bad != saved);
        QVERIFY(!f.panel->restoreState(bad));
        bad = saved;
        bad[u"omission"_s] = u"not a picture"_s;
        QVERIFY(!f.panel->restoreState(bad));
        QCOMPARE(f.panel->saveState(), saved);
        QVERIFY(f.settle());
    }

    void theAnswerIsExported() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.paint();
        Q_EMIT f.grid()->pinToggled(2);
        QVERIFY(f.settle());
        f.answer = QString::fromStdString(f.at("out").string());
        f.run("export");
        QVERIFY(f.settle());
        for (const char* name :
             {"out/sample-000.png", "out/sample-015.png", "out/answer.npz", "out/sheet.png"})
            QVERIFY2(std::filesystem::exists(f.at(name)), name);
        const QJsonObject saved = f.panel->saveState();
        f.run("clear");
        f.find<QSpinBox>("seed")->setValue(9);
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("out/sample-003.png").string())));
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->saveState() == saved, 10'000);
        QVERIFY(f.settle());
    }

    void aStoppedAnswerIsNotExported() {
        SegmentationFixture f;
        f.openWithKnownLabels();
        f.log.delayMs = 40;
        f.run("sweepToEnd");
        f.run("stopSweeps");
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        f.answer = QString::fromStdString(f.at("out").string());
        f.run("export");
        QVERIFY(f.messages.text().contains(u"stopped"_s));
        QVERIFY(!std::filesystem::exists(f.at("out")));
        f.run("sweep");
        QVERIFY(f.settle());
        f.run("export");
        QVERIFY(f.settle());
        const auto recipe = readPngRecipe(f.at("out/sheet.png"));
        QCOMPARE(segmentationRecipeFromJson(**recipe)->request.numSweeps, 1);  // what is seen
    }
};

VITRINE_TEST(TestSegmentationPanelFiles)
#include "tst_segmentation_panel_files.moc"
