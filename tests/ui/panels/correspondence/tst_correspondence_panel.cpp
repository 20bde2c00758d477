// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on a matcher that needs no weights.
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QToolButton>
#include <cmath>

#include "core/io/atomic_file.h"
#include "core/io/flo_file.h"
#include "core/recipe/correspondence_recipe.h"
#include "core/recipe/drawn_style.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/correspondence/correspondence_fixture.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

double distanceBetween(const QPointF& a, const QPointF& b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

class TestCorrespondencePanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itStartsWithAMatch() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().from, u"style-0"_s);
        QCOMPARE(f.panel->state().to, u"style-1"_s);
        QCOMPARE(f.find<MorphStrip>("strip")->numFrames(), 64);
        QVERIFY(!f.a()->image().isNull() && !f.b()->image().isNull());
        QVERIFY(f.undo.count() == 0);
    }

    void withoutANetworkItSaysSo() {
        CorrespondenceFixture f;
        f.open(/*hasModel=*/false);
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"is not there"_s));
        QVERIFY(f.find<QPushButton>("notice.button")->isVisible());
        QVERIFY(!f.can("export"));
    }

    void aClickOnAShowsThePointOnB() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        QCOMPARE(f.panel->state().points.size(), std::size_t(1));
        const CanvasPoint onA = f.a()->points().at(0), onB = f.b()->points().at(0);
        QVERIFY(distanceBetween(onA.place, {20, 30}) < 0.6);
        QVERIFY(distanceBetween(onB.place, onA.place + QPointF(4, 0)) < 1e-3);
        QCOMPARE(onB.trail.size(), 64);
        QVERIFY(!onB.isHollow);
        QVERIFY(f.find<QLabel>("caption")->text().contains(u"sure"_s));
        QCOMPARE(f.find<QTableWidget>("points")->item(0, 3)->text(), u"sure"_s);
    }

    void aPointBesideTheChairIsHollow() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 60, 60);
        QVERIFY(f.b()->points().at(0).isHollow);
        QCOMPARE(f.find<QTableWidget>("points")->item(0, 3)->text(), u"off chair"_s);
    }

    void aDragIsOneStepOfUndo() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        const int steps = f.undo.count();
        QTest::mousePress(f.a(), Qt::LeftButton, {}, f.a()->toWidget({20, 30}).toPoint());
        QTest::mouseMove(f.a(), f.a()->toWidget({22, 31}).toPoint());
        QTest::mouseMove(f.a(), f.a()->toWidget({25, 33}).toPoint());
        QTest::mouseRelease(f.a(), Qt::LeftButton, {}, f.a()->toWidget({25, 33}).toPoint());
        QCOMPARE(f.undo.count(), steps + 1);
        QVERIFY(distanceBetween(f.b()->points().at(0).place, {29, 33}) < 0.6);
        f.undo.undo();
        QVERIFY(distanceBetween(f.b()->points().at(0).place, {24, 30}) < 0.6);
    }

    void keysMoveAndDeleteThePoint() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        f.click(f.a(), 25, 35);
        const float before = f.panel->state().points[1].place.x;
        QTest::keyClick(f.a(), Qt::Key_Right);
        QVERIFY(std::abs(f.panel->state().points[1].place.x - before - 0.5f) < 1e-4f);
        QTest::keyClick(f.a(), Qt::Key_Delete);
        QCOMPARE(f.panel->state().points.size(), std::size_t(1));
        f.run("clearPoints");
        QVERIFY(f.panel->state().points.empty());
        f.undo.undo();
        QCOMPARE(f.panel->state().points.size(), std::size_t(1));
    }

    void pointsAreNamedInTheTable() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        f.find<QTableWidget>("points")->item(0, 0)->setText(u"left leg"_s);
        QCOMPARE(f.panel->state().points[0].name, std::string("left leg"));
        QCOMPARE(f.b()->points().at(0).label, u"left leg"_s);
    }

    void theChairsAreChosenByThumbnailAndDrop() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* gallery = f.find<QListWidget>("gallery");
        QCOMPARE(gallery->count(), 4);
        QTest::mouseClick(
            gallery->viewport(), Qt::LeftButton, {}, gallery->visualItemRect(gallery->item(2)).center());
        QCOMPARE(f.panel->state().from, u"style-2"_s);
        QMimeData mime;
        mime.setData(u"application/x-vitrine-style"_s, "style-3");
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.b(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(f.b(), &drop);
        QCOMPARE(f.panel->state().to, u"style-3"_s);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().from, pureStyle(2));
        QCOMPARE(f.log.asked.back().to, pureStyle(3));
    }

    void aNewChairIsTakenByItsName() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        QMimeData mime;
        mime.setData(u"application/x-vitrine-style"_s, "new-7");
        f.panel->drop(&mime);
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().from, u"new-7"_s);
        QCOMPARE(f.find<QComboBox>("from")->currentText(), u"New chair 7"_s);
        QCOMPARE(f.log.asked.back().from, pureStyle(kFirstDrawnStyle + 7));
    }

    void theSameChairTwiceIsOneSentenceAndNothingIsLost() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        const auto asked = f.log.asked.size();
        auto* to = f.find<QComboBox>("to");
        to->setCurrentIndex(0);
        Q_EMIT to->activated(0);
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("warning.text")->text().contains(u"same chair"_s));
        QCOMPARE(f.log.asked.size(), asked);
        QVERIFY(f.panel->result() != nullptr);
        f.undo.undo();
        QVERIFY(f.settle());
        QVERIFY(!f.find<QWidget>("warning")->isVisible());
    }

    void theNewestQuestionWins() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.isHeld = true;
        f.find<QSpinBox>("frames")->setValue(9);
        QTRY_COMPARE(f.log.asked.size(), std::size_t(2));
        f.find<QSpinBox>("frames")->setValue(10);
        QTRY_COMPARE(f.log.numStopped.load(), 1);
        f.log.isHeld = false;
        QVERIFY(f.settle());
        QCOMPARE(f.panel->result()->frames.size(), std::size_t(10));
    }

    void theWindowLivesWhileTheMatcherWorks() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.isHeld = true;
        f.find<QSpinBox>("frames")->setValue(9);
        int ticks = 0;
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&ticks] { ++ticks; });
        timer.start(10);
        QTRY_VERIFY(ticks > 20);
        QVERIFY(!f.panel->isSettled());
        f.find<MorphStrip>("strip")->setFocus();
        QTest::keyClick(f.find<MorphStrip>("strip"), Qt::Key_Home);  // scrubbing does not wait
        QCOMPARE(f.find<MorphStrip>("strip")->current(), 0);
        f.log.isHeld = false;
        QVERIFY(f.settle());
    }

    void aMatchCanBeCancelledOnTheStatusLine() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.isHeld = true;
        f.find<QSpinBox>("frames")->setValue(9);
        QTRY_COMPARE(f.log.asked.size(), std::size_t(2));
        QCOMPARE(f.status.numJobs(), 1);
        f.status.findChild<QToolButton*>()->click();
        QTRY_COMPARE(f.log.numStopped.load(), 1);
        QVERIFY(f.settle());
        QCOMPARE(f.status.numJobs(), 0);
        QCOMPARE(f.panel->result()->frames.size(), std::size_t(64));  // the last good one stays
        QVERIFY(f.find<QLabel>("warning.text")->text().contains(u"cancelled"_s));
    }

    void aFailureKeepsTheLastPictures() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QSpinBox>("frames")->setValue(13);
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("warning.text")->text().contains(u"no answer"_s));
        QCOMPARE(f.panel->result()->frames.size(), std::size_t(64));
    }

    void peersAreADirectMatch() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("route")->setCurrentIndex(1);
        auto* method = f.find<QComboBox>("method");
        method->setCurrentIndex(method->findText(u"SIFT flow"_s));
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().route, CorrespondenceRoute::Direct);
        QCOMPARE(f.log.asked.back().method, FlowMethod::SiftFlow);
        QVERIFY(!f.find<QSpinBox>("frames")->isEnabled());
        QCOMPARE(f.find<MorphStrip>("strip")->numFrames(), 2);
    }

    void theGuideIsForMorphsAndMethodsThatTakeOne() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* guided = f.find<QCheckBox>("guided");
        QVERIFY(guided->isEnabled() && guided->isChecked());
        guided->click();
        QVERIFY(!f.panel->state().isGuided);
        f.undo.undo();
        QVERIFY(f.panel->state().isGuided && guided->isChecked());
        const auto choose = [&f](const char* box, int value) {
            auto* choice = f.find<QComboBox>(box);
            choice->setCurrentIndex(choice->findData(value));
        };
        choose("method", int(FlowMethod::DeepFlow));
        QVERIFY(!guided->isEnabled() && !guided->isChecked());
        choose("method", int(FlowMethod::SiftFlow));
        QVERIFY(guided->isEnabled() && guided->isChecked());
        choose("route", int(CorrespondenceRoute::Direct));
        QVERIFY(!guided->isEnabled());
        QVERIFY(f.panel->state().isGuided);
    }

    void overlaysChangeThePictures() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        const QImage plain = f.b()->image();
        auto* overlay = f.find<QComboBox>("overlay");
        const auto choose = [&](CorrespondenceOverlay which) {
            overlay->setCurrentIndex(overlay->findData(int(which)));
        };
        choose(CorrespondenceOverlay::Wheel);
        QVERIFY(f.b()->image() != plain);
        QVERIFY(f.find<QWidget>("wheel")->isVisible());
        QVERIFY(f.find<QWidget>("wheel")->accessibleName().contains(u"4 pixels"_s));
        choose(CorrespondenceOverlay::Checkerboard);
        QVERIFY(f.b()->image() != plain && !f.find<QWidget>("wheel")->isVisible());
        choose(CorrespondenceOverlay::Blink);
        const QImage first = f.b()->image();
        QTRY_VERIFY(f.b()->image().cacheKey() != first.cacheKey());
        choose(CorrespondenceOverlay::None);
        QCOMPARE(f.b()->image(), plain);
    }

    void aPaintedMaskIsCarriedToB() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* overlay = f.find<QComboBox>("overlay");
        overlay->setCurrentIndex(overlay->findData(int(CorrespondenceOverlay::Mask)));
        f.click(f.a(), 20, 30);
        QVERIFY(f.panel->state().points.empty());
        QCOMPARE(f.panel->state().mask.at(30, 20), std::uint8_t(1));
        QVERIFY(f.b()->image().pixelColor(24, 30).red() > f.b()->image().pixelColor(24, 30).blue() + 50);
        QVERIFY(f.b()->image().pixelColor(14, 41).red() < f.b()->image().pixelColor(14, 41).blue() + 50);
        f.undo.undo();
        QVERIFY(f.panel->state().mask.empty());
    }

    void annotatorsMarkBothChairs() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        f.find<QCheckBox>("annotating")->click();
        f.click(f.b(), 26, 30);
        f.find<QLineEdit>("annotator")->setText(u"Bob"_s);
        Q_EMIT f.find<QLineEdit>("annotator")->editingFinished();
        f.click(f.b(), 40, 40);
        QCOMPARE(f.panel->state().annotations.size(), std::size_t(2));
        QCOMPARE(f.panel->state().annotations[1].annotator, std::string("Bob"));
        QVERIFY(f.find<QLabel>("spread")->text().contains(u"2 annotators"_s));
        QVERIFY(f.b()->points().at(0).radius > 5);
        f.answer = QString::fromStdString(f.at("marks.csv").string());
        f.run("exportAnnotations");
        QVERIFY(f.settle());
        QVERIFY(readTextFile(f.at("marks.csv"))->find("Bob,B,1,") != std::string::npos);
    }

    void swappingTakesThePointsAlong() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        const float x = f.panel->state().points[0].place.x;
        f.run("swap");
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().from, u"style-1"_s);
        QVERIFY(std::abs(f.panel->state().points[0].place.x - x - 4) < 1e-3f);
    }

    void anExportBringsTheStateBack() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        f.click(f.a(), 20, 30);
        f.answer = f.folder.filePath(u"out"_s);
        f.run("export");
        QVERIFY(f.settle());
        QVERIFY(*readFlo(f.at("out/forward.flo")) == f.panel->result()->matching.forward);
        const QJsonObject before = f.panel->saveState();
        f.run("clearPoints");
        f.run("swap");
        QVERIFY(f.settle());
        QVERIFY(f.panel->openFile(f.folder.filePath(u"out/sheet.png"_s)));
        QVERIFY(f.settle());
        QCOMPARE(f.panel->saveState(), before);
    }

    void pointsComeFromAFile() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(writeFileAtomically(f.at("p.csv"), "name,x,y\nleg,20,30\n"));
        QVERIFY(f.panel->openFile(f.folder.filePath(u"p.csv"_s)));
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().points, (std::vector<NamedPoint>{{"leg", {20, 30}}}));
        QVERIFY(writeFileAtomically(f.at("bad.csv"), "u,v\n1,2\n"));
        QVERIFY(f.panel->openFile(f.folder.filePath(u"bad.csv"_s)));
        QVERIFY(f.settle());
        QVERIFY(f.messages.text().contains(u"columns x and y"_s));
        QCOMPARE(f.panel->state().points.size(), std::size_t(1));
    }

    void theFormerKeyOfTheRouteIsRead() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        QJsonObject state = f.panel->saveState();
        QVERIFY(state.contains(u"route"_s) && !state.contains(u"way"_s));
        state.remove(u"route"_s);
        state[u"way"_s] = u"direct"_s;
        QVERIFY(f.panel->restoreState(state).ok());
        QCOMPARE(f.panel->state().route, CorrespondenceRoute::Direct);
        QVERIFY(f.settle());
    }

    void aBadStateIsRefusedWhole() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        const QJsonObject before = f.panel->saveState();
        for (const QString& field : {u"method"_s, u"guided"_s, u"route"_s, u"schedule"_s, u"points"_s}) {
            QJsonObject json = before;
            json[field] = u"magic"_s;
            const Status restored = f.panel->restoreState(json);
            QVERIFY(!restored.ok());
            QVERIFY(restored.error().message.find(field.toStdString()) != std::string::npos);
            QCOMPARE(f.panel->saveState(), before);
        }
    }

    void everyWidgetHasANameAndTheKeysAreFree() {
        CorrespondenceFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY2(unnamedWidgets(f.panel.get()).isEmpty(),
                 qPrintable(unnamedWidgets(f.panel.get()).join(u"; "_s)));
        QCOMPARE(f.registry.clashes(), QStringList());
    }
};

VITRINE_TEST(TestCorrespondencePanel)
#include "tst_correspondence_panel.moc"
