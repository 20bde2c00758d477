// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on networks that need no weights.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>

#include "core/io/image_file.h"
#include "core/recipe/recipe_file.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/transfer/transfer_fixture.h"
#include "ui/panels/transfer/transfer_strip_pane.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/picture_sheet_view.h"
#include "ui/views/turntable_ring.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestTransferPanel : public QObject {
    Q_OBJECT

    static void choose(QComboBox* box, int row) {
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
    }

private Q_SLOTS:
    void itStartsWithAnUnseenViewOfTheFirstTarget() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().target, u"bar-chair"_s);
        QCOMPARE(f.undo.count(), 0);
        QVERIFY(!isGivenView(f.panel->state().setting, f.panel->state().view));
        QCOMPARE(f.greyOf("with"), 100);
        QCOMPARE(f.greyOf("without"), 60);
        QCOMPARE(f.greyOf("nearest"), 120);
        QCOMPARE(f.greyOf("real"), 120);
        QCOMPARE(f.find<QLabel>("real.caption")->text(), u"Bar chair"_s);
        QVERIFY(f.find<QLabel>("with.caption")->text().endsWith(u" dB"_s));
        QVERIFY(f.find<QLabel>("nearest.caption")->text().startsWith(u"Oak chair"_s));
        QVERIFY(f.find<QLabel>("nearest.caption")->toolTip().contains(u"import"_s));  // the nearest is a scan
        QCOMPARE(f.find<QComboBox>("target")->count(), 3);
        QVERIFY(f.can("export") && f.can("exportStrip"));
        QVERIFY(unnamedWidgets(f.panel.get()).isEmpty());
    }

    void withoutNetworksItSaysHowToMakeThem() {
        TransferFixture f;
        f.open(/*hasNetworks=*/false);
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"There are none"_s));
        QVERIFY(f.find<QPushButton>("notice.button")->isVisible());
        QVERIFY(!f.can("export") && !f.can("exportStrip"));
        f.run("nextTarget");
        f.run("fewerViews");
        QVERIFY(f.settle());
    }

    void aScanIsDrawnWithoutItsMesh() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        choose(f.find<QComboBox>("target"), 2);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().target, std::string("scan-006"));
        QCOMPARE(f.greyOf("with"), 100);
        QCOMPARE(f.greyOf("real"), -1);
        QCOMPARE(f.greyOf("nearest"), -1);
        QCOMPARE(f.find<QLabel>("real.caption")->text(), u"Scan 6"_s);
        QCOMPARE(f.find<QLabel>("with.caption")->text(), QString());
        QVERIFY(f.can("export"));
    }

    void theGivenViewsAreTicksAndTheCountIsMarked() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* curve = f.find<CurvePlot>("curve");
        QCOMPARE(curve->mark().value(), 4.0);
        QVERIFY(curve->toCsv().contains(u"without transfer,4,150"_s));
        QCOMPARE(f.find<LabeledSlider>("azimuth")->spec().ticks.size(), 4);
        f.run("fewerViews");
        f.run("fewerViews");
        QVERIFY(f.settle());
        QCOMPARE(curve->mark().value(), 1.0);
        QCOMPARE(f.find<LabeledSlider>("azimuth")->spec().ticks.size(), 1);
        QCOMPARE(f.greyOf("with"), 100);
        QCOMPARE(f.greyOf("without"), -1);  // there is no such network
        f.run("fewerViews");
        QVERIFY(f.panel->state().setting == TransferSetting::Elevation);
        QVERIFY(!curve->mark());
        QVERIFY(f.find<QLabel>("elevationError")->text().contains(u"with transfer 60"_s));
        f.undo.undo();
        QVERIFY(f.panel->state().setting == TransferSetting::Views1);
    }

    void itIsTurnedByKeysAndRing() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        const float before = f.panel->state().view.azimuthDeg;
        f.run("turnRight");
        f.run("cameraUp");
        QCOMPARE(f.panel->state().view.azimuthDeg, before - 1);
        QCOMPARE(f.panel->state().view.elevationDeg, 21.0f);
        auto* ring = f.find<TurntableRing>("turntable");
        QTest::keyClick(ring, Qt::Key_Home);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().view.azimuthDeg, 0.0f);
        f.undo.undo();
        QCOMPARE(f.panel->state().view.azimuthDeg, before - 1);
    }

    void theOtherReadingAndTheOtherLikenessAreChosenInTheTitles() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("without.choice")->setCurrentIndex(1);
        QVERIFY(f.settle());
        QCOMPARE(f.greyOf("without"), 40);
        f.find<QComboBox>("nearest.choice")->setCurrentIndex(1);
        QVERIFY(f.settle());
        QVERIFY(f.panel->state().likeness == TransferLikeness::Hog);
        QVERIFY(!f.find<QLabel>("nearest.caption")->toolTip().contains(u"import"_s));
    }

    void aPictureOfTheStripIsLookedAt() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* strip = f.find<PictureSheetView>("strip");
        QCOMPARE(strip->numCells(), 10 * kTransferStripColumns);
        QVERIFY(!strip->cell(0).isNull());
        Q_EMIT strip->cellActivated(8 * kTransferStripColumns +
                                    4);  // 1 azimuth, with transfer, half-way round
        QVERIFY(f.panel->state().setting == TransferSetting::Views1);
        QCOMPARE(f.panel->state().view.azimuthDeg, 180.0f);
        QCOMPARE(f.undo.count(), 1);
        QVERIFY(f.settle());
    }

    void theStripHasRowsWhereThereAreNetworks() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        std::vector<Image> pictures(10 * std::size_t(kTransferStripColumns));
        pictures[4 * std::size_t(kTransferStripColumns)] = Image(8, 8, 4, 255);  // 4 azimuths, with
        f.panel->findChild<TransferStripPane*>()->setStrip(pictures);
        auto* strip = f.find<PictureSheetView>("strip");
        QCOMPARE(strip->numCells(), 2 * kTransferStripColumns);
        QVERIFY(!strip->cell(0).isNull());
        Q_EMIT strip->cellActivated(4);
        QVERIFY(f.panel->state().setting == TransferSetting::Views4);
        QVERIFY(f.settle());
    }

    void anExportedPictureBringsItsStateBack() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        f.run("turnLeft");
        f.find<QComboBox>("without.choice")->setCurrentIndex(1);
        QVERIFY(f.settle());
        const TransferState exported = f.panel->state();
        f.answer = f.pathOf("out.png");
        f.run("export");
        QVERIFY(f.settle());
        QCOMPARE(readImage(f.at("out.png"))->width, 4 * kToySide);
        QCOMPARE(recipeFormat(f.at("out.png")), std::string(kTransferRecipeFormat));
        f.answer = f.pathOf("strip.png");
        f.run("exportStrip");
        QVERIFY(f.settle());
        QVERIFY(readImage(f.at("strip.png")).ok());
        f.run("nextTarget");
        f.run("fewerViews");
        QVERIFY(f.panel->openFile(f.pathOf("out.png")).ok());
        QVERIFY(f.settle());
        QVERIFY(f.panel->state() == exported);
    }

    void aStateIsSavedAndABadOneIsRefused() {
        TransferFixture f;
        f.open();
        QVERIFY(f.settle());
        f.run("fewerViews");
        const QJsonObject saved = f.panel->saveState();
        f.run("nextTarget");
        QVERIFY(f.panel->restoreState(saved).ok());
        QCOMPARE(f.panel->saveState(), saved);
        QJsonObject bad = saved;
        bad[u"views"_s] = u"7"_s;
        const Status refused = f.panel->restoreState(bad);
        QCOMPARE(refused.error().code, ErrorCode::BadFormat);
        QVERIFY(refused.error().message.find("views") != std::string::npos);
        QCOMPARE(f.panel->saveState(), saved);
    }
};

VITRINE_TEST(TestTransferPanel)
#include "tst_transfer_panel.moc"
