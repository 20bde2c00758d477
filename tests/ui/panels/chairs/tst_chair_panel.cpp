// SPDX-License-Identifier: GPL-3.0-or-later
// The picture that follows its controls: slider, view, strip and animation.
#include <QComboBox>
#include <QHelpEvent>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>

#include "core/recipe/morph_trust.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/chairs/chair_fixture.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/picture_sheet_view.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestChairPanel : public QObject, StartedChairFixture {
    Q_OBJECT
private:
    QString trackTip(double value) {
        QHelpEvent help(
            QEvent::ToolTip, m_it->onTrack(value), m_it->track()->mapToGlobal(m_it->onTrack(value)));
        QCoreApplication::sendEvent(m_it->track(), &help);
        return QToolTip::text();
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }
    void cleanup() { end(); }

    void startsWithAPairAndItsPicture() {
        start();
        QVERIFY(!slotId(0).empty());
        QVERIFY(!slotId(1).empty());
        QCOMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void sliderChangesThePicture() {
        start();
        const QColor before = m_it->stageColor();
        m_it->dragTrack(0, 0.7);
        QVERIFY(std::abs(m_it->panel->state().u - 0.7) < 0.02);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        QVERIFY(m_it->stageColor() != before);
        QTRY_VERIFY(m_it->panel->isSettled());
    }

    void theSliderIsShadedByAProfileOfItsWeights() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "toy.safetensors";
        const TrustProfile torn{"hash of toy", 200, {{0, 1, 1}, {0.5, 4, 1}, {1, 1, 1}, {1.5, 1, 3}}};
        QVERIFY(writeTrustProfile(trustFileOf(file), torn));
        ChairPanelParts parts;
        parts.model = file;
        start(std::move(parts));
        const auto hint = [this] { return m_it->text("styleHint"); };
        QVERIFY2(!hint().contains(u"Less reliable"_s), qPrintable(hint()));  // at A
        m_it->dragTrack(0, 0.5);
        QVERIFY2(hint().contains(u"4.0 times as ambiguous"_s), qPrintable(hint()));
        QVERIFY(m_it->track()->accessibleDescription().contains(hint()));
        m_it->dragTrack(0.5, 1.5);
        QVERIFY2(hint().contains(u"3.0 times as many components"_s), qPrintable(hint()));
        QVERIFY2(trackTip(0.5).contains(u"200 pairs"_s), qPrintable(trackTip(0.5)));
        m_it->run("randomMix");  // a mix as A was never measured
        m_it->dragTrack(0, 0.5);
        QVERIFY2(!hint().contains(u"Less reliable"_s), qPrintable(hint()));
    }

    void aProfileOfOtherWeightsIsPassedOver() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "toy.safetensors";
        QVERIFY(writeTrustProfile(trustFileOf(file), {"other", 200, {{0, 1, 1}, {0.5, 4, 1}, {1, 1, 1}}}));
        ChairPanelParts parts;
        parts.model = file;
        start(std::move(parts));
        m_it->dragTrack(0, 0.5);
        QVERIFY(!m_it->text("styleHint").contains(u"Less reliable"_s));
        QVERIFY(m_it->messages.text().isEmpty());
    }

    void staleAnswersAreNeverShown() {
        start();
        m_it->control->close();
        QTest::mousePress(m_it->track(), Qt::LeftButton, Qt::ShiftModifier, m_it->onTrack(0.1));
        m_it->control->waitUntilHeld();
        for (double u : {0.3, 0.5, 0.8}) QTest::mouseMove(m_it->track(), m_it->onTrack(u));
        QTest::mouseRelease(m_it->track(), Qt::LeftButton, {}, m_it->onTrack(0.8));
        QVERIFY(!m_it->panel->isSettled());
        const std::size_t before = m_it->control->requests().size();
        m_it->control->open();
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(m_it->stageColor(), m_it->wantedColor());
        // Only the one under way and the newest were painted; 0.3 and 0.5 never were.
        QCOMPARE(m_it->control->requests().size(), before + 2);
    }

    void aDragIsOneStepOfUndo() {
        start();
        const ChairPanelState before = m_it->panel->state();
        m_it->dragTrack(0, 0.6);
        const ChairPanelState between = m_it->panel->state();
        m_it->dragTrack(0.6, 0.9);
        QCOMPARE(m_it->undo.count(), 2);
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() == between);
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() == before);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        m_it->undo.redo();
        QVERIFY(m_it->panel->state() == between);
    }

    void draggingThePictureTurnsTheChair() {
        start();
        const ChairView before = m_it->panel->state().view;
        ImageView* stage = m_it->stage();
        const QPoint center = stage->rect().center();
        QTest::mousePress(stage, Qt::LeftButton, {}, center);
        QTest::mouseMove(stage, center + QPoint(30, 0));
        QTest::mouseMove(stage, center + QPoint(60, 40));
        QTest::mouseRelease(stage, Qt::LeftButton, {}, center + QPoint(60, 40));
        const ChairView after = m_it->panel->state().view;
        QVERIFY(after.azimuthDeg < before.azimuthDeg);  // the front follows the pointer to the right
        QVERIFY(after.elevationDeg > before.elevationDeg);
        QCOMPARE(m_it->undo.count(), 1);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void allPicturesZoomTogether() {
        start();
        auto* real = m_it->find<ImageView>("side0");
        QTRY_VERIFY(!real->image().isNull());
        m_it->run("zoomIn");
        QCOMPARE(m_it->stage()->zoom(), 1.25);
        QCOMPARE(real->zoom(), 1.25);
        m_it->run("zoomOut");
        QCOMPARE(real->zoom(), 1.0);
        QWheelEvent wheel(
            real->rect().center(), {}, {}, {0, 480}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(real, &wheel);
        QCOMPARE(m_it->stage()->zoom(), 2.0);
        const ChairPanelState before = m_it->panel->state();
        m_it->stage()->setFocus();
        QTest::keyClick(m_it->stage(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(m_it->panel->state() == before);  // it panned
        QVERIFY(real->pictureRect().center().x() < real->frameRect().center().x());
        QTest::keyClick(m_it->stage(), Qt::Key_Right);
        QVERIFY(!(m_it->panel->state() == before));  // it turned
        m_it->run("zoomFit");
        QCOMPARE(real->zoom(), 1.0);
        QCOMPARE(m_it->stage()->zoom(), 1.0);
    }

    void everythingByKeyboard() {
        start();
        auto* gallery = m_it->find<QListView>("gallery");
        gallery->setFocus();
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        QTest::keyClick(gallery, Qt::Key_Right);
        QTest::keyClick(gallery, Qt::Key_Return);
        QCOMPARE(slotId(0), std::string("windsor"));
        QTest::keyClick(gallery, Qt::Key_Right);
        QTest::keyClick(gallery, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(slotId(1), std::string("sofa"));
        QTest::keyClick(gallery, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(slotId(2), std::string("sofa"));
        m_it->track()->setFocus();
        QTest::keyClick(m_it->track(), Qt::Key_PageUp);
        QVERIFY(std::abs(m_it->panel->state().u - 0.1) < 1e-9);
        m_it->stage()->setFocus();
        const float azimuth = m_it->panel->state().view.azimuthDeg;
        QTest::keyClick(m_it->stage(), Qt::Key_Left);
        QTest::keyClick(m_it->stage(), Qt::Key_Up);
        QCOMPARE(m_it->panel->state().view.azimuthDeg, azimuth + 1);
        QCOMPARE(m_it->panel->state().view.elevationDeg, 21.f);
        auto* slot = m_it->find("slotC");
        slot->setFocus();
        QTest::keyClick(slot, Qt::Key_Delete);
        QVERIFY(m_it->panel->state().slots[2].empty());
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void thetaMovesAndResets() {
        start();
        auto* zoom = m_it->find<LabeledSlider>("theta.zoom");
        auto* slider = m_it->find("theta.zoom.slider");
        slider->setFocus();
        for (int i = 0; i < 5; ++i) QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(zoom->value() > 1.01);
        QVERIFY(std::abs(std::exp(m_it->panel->state().theta.logZoom) - zoom->value()) < 1e-5);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        m_it->run("resetTheta");
        QVERIFY(m_it->panel->state().theta == Theta{});
        QVERIFY(std::abs(zoom->value() - 1) < 1e-9);
    }

    void extrapolatedRangesAreWider() {
        start();
        const double before = m_it->find<LabeledSlider>("theta.rotate")->spec().maximum;
        QTest::mouseClick(m_it->find<QAbstractButton>("extrapolated"), Qt::LeftButton, {}, {8, 12});
        QVERIFY(m_it->panel->state().extrapolated);
        const auto isAligned = [this] {
            QSet<int> widths;
            for (const auto* box : m_it->panel->findChildren<QDoubleSpinBox*>())
                if (box->objectName().startsWith(u"chairs.theta."_s)) widths << box->minimumWidth();
            return widths.size() == 1;
        };
        QVERIFY(isAligned());
        QVERIFY(m_it->find<LabeledSlider>("theta.rotate")->spec().maximum > 2 * before);
    }

    void theFilledButtonExportsWhatTheStripShows() {
        start();
        const auto has = [this](const QString& id) {
            const auto* button = m_it->panel->findChild<QPushButton*>(u"chairs.%1.button"_s.arg(id));
            return button && button->isVisible();
        };
        QVERIFY(has(u"exportPicture"_s) && !has(u"exportSheet"_s));
        QTest::mouseClick(m_it->find<QToolButton>("tab.grid"), Qt::LeftButton);
        QTRY_VERIFY(has(u"exportSheet"_s) && !has(u"exportPicture"_s));
        QTest::mouseClick(m_it->find<QToolButton>("tab.styles"), Qt::LeftButton);
        QTRY_VERIFY(has(u"exportPicture"_s) && !has(u"exportSheet"_s));
    }

    void aPanelThatIsNotInFrontKeepsOffTheStatusLine() {
        start();
        auto* latency = m_it->status.findChild<QLabel*>(u"statusBar.latency"_s);
        QVERIFY(!latency->text().isEmpty());
        m_it->panel->hide();
        m_it->status.setLatencyMs(-1);
        ChairPanelState state = m_it->panel->state();
        state.view.azimuthDeg = 100;
        QVERIFY(m_it->panel->restoreState(toJson(state)).ok());
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        QCOMPARE(latency->text(), QString());
    }

    void theWindowLivesWhileTheNetworkWorks() {
        start();
        m_it->control->close();
        int ticks = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&ticks] { ++ticks; });
        timer.start(10);
        m_it->dragTrack(0, 1);
        m_it->control->waitUntilHeld();
        QTRY_VERIFY(ticks >= 20);
        m_it->dragTrack(1, 0.2);
        QVERIFY(std::abs(m_it->panel->state().u - 0.2) < 0.02);
        m_it->control->open();
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void gridShowsOneChairARow() {
        start();
        ChairFixture& it = *m_it;
        QTest::mouseClick(it.find<QToolButton>("tab.grid"), Qt::LeftButton);
        auto* parameter = it.find<QComboBox>("rows.parameter");
        it.find<QSpinBox>("rows.count")->setValue(2);
        parameter->setCurrentIndex(parameter->findData(u"chair"_s));
        auto* grid = it.find<PictureSheetView>("grid");
        QTRY_COMPARE(grid->numCells(), 18);
        QTRY_VERIFY(!grid->cell(17).isNull());
        grid->setFocus();
        grid->setCurrentCell(9);
        QTest::keyClick(grid, Qt::Key_Return);
        QCOMPARE(pureStyleOf(shownMix(it.panel->state())), kToyIds[1]);
        it.undo.undo();
        QCOMPARE(pureStyleOf(shownMix(it.panel->state())), kToyIds[0]);
    }

    void gridFollowsTheState() {
        start();
        QTest::mouseClick(m_it->find<QToolButton>("tab.grid"), Qt::LeftButton);
        auto* grid = m_it->find<PictureSheetView>("grid");
        QTRY_COMPARE(grid->numCells(), 45);
        QTRY_VERIFY(m_it->panel->isSettled());
        QVERIFY(!grid->cell(44).isNull());
        QVERIFY(grid->cell(0) != grid->cell(44));
        const QColor wanted = grid->cell(40).pixelColor(1, 1);
        grid->setFocus();
        grid->setCurrentCell(40);
        QTest::keyClick(grid, Qt::Key_Return);
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(m_it->stageColor(), wanted);
    }

    void morphHasThePapersSteps() {
        start();
        QTest::mouseClick(m_it->find<QToolButton>("tab.morph"), Qt::LeftButton);
        auto* morph = m_it->find<PictureSheetView>("morph");
        QTRY_COMPARE(morph->numCells(), 16);
        auto* schedule = m_it->find<QComboBox>("schedule");
        schedule->setCurrentIndex(schedule->findData(int(MorphSchedule::Paper)));
        QTRY_COMPARE(morph->numCells(), 7);
        QTRY_VERIFY(m_it->panel->isSettled());
        const auto requests = requestsOf(recipeOf(m_it->panel->state(), RecipeKind::Morph), kToyIds);
        for (int i = 0; i < 7; ++i)
            QCOMPARE(morph->cell(i).pixelColor(0, 0), toyColor((*requests)[std::size_t(i)]));
        QVERIFY(std::abs((*requests)[1].styleWeights.front().weight - 0.65f) < 1e-5f);
    }

    void animationMovesAndIsOneStep() {
        start();
        const ChairPanelState before = m_it->panel->state();
        m_it->run("play");
        QTRY_VERIFY(m_it->panel->state().u > 0.02);
        QTRY_VERIFY(m_it->stageColor() !=
                    toyColor({{{m_it->panel->state().slots[0][0].index, 1}}, before.view, {}}));
        m_it->run("play");
        const double reached = m_it->panel->state().u;
        QVERIFY(reached > 0);
        QCOMPARE(m_it->undo.count(), 1);
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() == before);
    }

    void channelAndBackground() {
        start();
        auto* channel = m_it->find<QComboBox>("channel");
        channel->setCurrentIndex(channel->findData(int(PictureChannel::Mask)));
        QTRY_COMPARE(m_it->stageColor(), QColor(255, 255, 255));
        m_it->undo.undo();
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void snapTurnsFromTickToTick() {
        start();
        m_it->run("snap");
        m_it->run("turnRight");
        const auto& ticks = trainedAzimuthsDeg();
        QVERIFY(std::find(ticks.begin(), ticks.end(), m_it->panel->state().view.azimuthDeg) != ticks.end());
    }

    void everyControlHasAName() {
        start();
        QCOMPARE(unnamedWidgets(m_it->panel.get()).join(u'\n'), QString());
    }
};

VITRINE_TEST(TestChairPanel)
#include "tst_chair_panel.moc"
