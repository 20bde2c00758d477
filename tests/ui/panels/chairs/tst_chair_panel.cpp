// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDropEvent>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QToolTip>

#include "core/recipe/drawn_style.h"
#include "core/recipe/morph_trust.h"
#include "tests/support/accessible_names.h"
#include "tests/ui/panels/chairs/chair_fixture.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/picture_sheet_view.h"
#include "ui/views/style_map_view.h"
#include "ui/views/style_pad.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestChairPanel : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<ChairFixture> m_it;

    void startGaussian() {
        ChairPanelParts parts;
        parts.model = std::string(kToyGaussian) + ".safetensors";
        start(std::move(parts));
    }
    void start(ChairPanelParts parts = {}) {
        m_it = std::make_unique<ChairFixture>(std::move(parts));
        m_it->panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_it->panel.get()));
        QTRY_VERIFY(m_it->panel->isSettled());
        QTRY_VERIFY(m_it->stageColor().isValid());
    }
    void dropStyle(const char* slot, const char* id) {
        QMimeData mime;
        mime.setData(QString::fromLatin1(kStyleMimeType), id);
        auto* target = m_it->find(slot);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(target, &event);
    }
    QString trackTip(double value) {
        QHelpEvent help(
            QEvent::ToolTip, m_it->onTrack(value), m_it->track()->mapToGlobal(m_it->onTrack(value)));
        QCoreApplication::sendEvent(m_it->track(), &help);
        return QToolTip::text();
    }
    /// Of a toy style on the map.
    QPointF placeOf(int styleIndex) const {
        static const StyleMap map(ToyChairs(m_it->control, kToyGaussian).styleCodes());
        const PlanePoint place = map.points()[std::size_t(styleIndex)];
        return {place.x, place.y};
    }
    std::string slotId(int slot) const { return pureStyleOf(m_it->panel->state().slots[std::size_t(slot)]); }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }
    void cleanup() {
        m_it.reset();
        ChairFixture::realPainter = {};
    }

    void startsWithAPairAndItsPicture() {
        start();
        QVERIFY(!slotId(0).empty());
        QVERIFY(!slotId(1).empty());
        QCOMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void aDragOfAChairCarriesItsPicture() {
        StyleGalleryModel model;
        model.setContent(toyCatalogue(), {});
        const auto drag = [&model] {
            return std::unique_ptr<QMimeData>(model.mimeData({model.index(0, 0)}));
        };
        QVERIFY(!draggedChair(*drag()));  // no picture yet
        QImage picture(16, 16, QImage::Format_RGB32);
        picture.fill(Qt::red);
        model.setThumbnail(model.itemAt(0).id, picture);
        const auto chair = draggedChair(*drag());
        QVERIFY(chair.has_value());
        QCOMPARE(chair->name, model.itemAt(0).name);
        QCOMPARE(chair->picture, picture);
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

    void clickFillsASlot() {
        start();
        auto* gallery = m_it->find<QListView>("gallery");
        const QModelIndex bench = gallery->model()->index(3, 0);
        QTest::mouseClick(gallery->viewport(), Qt::LeftButton, {}, gallery->visualRect(bench).center());
        QCOMPARE(slotId(0), std::string("bench"));
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void fourStylesMakeAPad() {
        start();
        dropStyle("slotC", "sofa");
        dropStyle("slotD", "bench");
        QCOMPARE(styleMode(m_it->panel->state()), StyleMode::Pad);
        auto* pad = m_it->find<StylePad>("stylePad");
        QTRY_VERIFY(pad->isVisible());
        const QPointF d = pad->positionOf({1, 1});
        QTest::mouseClick(pad, Qt::LeftButton, {}, d.toPoint());
        QCOMPARE(pureStyleOf(shownMix(m_it->panel->state())), std::string("bench"));
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void arithmeticSwitch() {
        start();
        dropStyle("slotA", "stool");
        dropStyle("slotB", "windsor");
        dropStyle("slotC", "sofa");
        m_it->run("arithmetic");
        QCOMPARE(styleMode(m_it->panel->state()), StyleMode::Arithmetic);
        QCOMPARE(shownMix(m_it->panel->state()).size(), std::size_t(3));
        QTRY_COMPARE(m_it->stageColor().red(), 40 - 90 + 140);
    }

    void galleryIsFiltered() {
        start();
        auto* gallery = m_it->find<QListView>("gallery");
        auto* search = m_it->find<QLineEdit>("search");
        QCOMPARE(gallery->model()->rowCount(), 4);
        QTest::keyClicks(search, u"WIND"_s);
        QCOMPARE(gallery->model()->rowCount(), 1);
        QCOMPARE(gallery->model()->index(0, 0).data().toString(), u"Windsor chair"_s);
        QTest::keyClicks(search, u"zz"_s);
        QCOMPARE(gallery->model()->rowCount(), 0);
        search->clear();
        auto* type = m_it->find<QComboBox>("filter.type");
        type->setCurrentIndex(type->findData(u"sofa"_s));
        QCOMPARE(gallery->model()->rowCount(), 1);
        type->setCurrentIndex(0);
        auto* licence = m_it->find<QComboBox>("filter.licence");
        licence->setCurrentIndex(licence->findData(u"CC-BY-3.0"_s));
        QCOMPARE(gallery->model()->rowCount(), 2);
        auto* archive = m_it->find<QComboBox>("filter.archive");
        archive->setCurrentIndex(archive->findData(u"Trees"_s));
        QCOMPARE(gallery->model()->rowCount(), 1);
        QCOMPARE(m_it->text("count"), u"1 of 4"_s);
    }

    void aNewChairFillsTheShownSlot() {
        startGaussian();
        const ChairPanelState before = m_it->panel->state();
        m_it->run("newChair");
        QCOMPARE(slotId(0), std::string("new-1"));
        QCOMPARE(m_it->panel->state().newChairs, std::vector{1});
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        QVERIFY(m_it->control->requests().back().styleWeights.front().styleIndex >= kFirstDrawnStyle);
        QCOMPARE(m_it->find<QAbstractButton>("slotA")->accessibleName(), u"Style A: New chair 1"_s);
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() == before);
        m_it->dragTrack(0, 1);
        m_it->run("newChair");
        QCOMPARE(slotId(1), std::string("new-2"));  // the one that was undone stays what it was
        QCOMPARE(m_it->panel->state().u, 1.0);
    }

    void newChairsReturnWithTheProject() {
        startGaussian();
        m_it->run("newChair");
        const QJsonObject saved = m_it->panel->saveState();
        startGaussian();
        QVERIFY(m_it->panel->restoreState(saved).ok());
        QCOMPARE(slotId(0), std::string("new-1"));
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        m_it->run("newChair");
        QCOMPARE(slotId(0), std::string("new-2"));
    }

    void catalogueChairsAloneNeedNoGroups() {
        start();
        QVERIFY(!m_it->find<QComboBox>("filter.group")->isVisible());
    }

    void moreStylesAreFamilyAndNewChairs() {
        startGaussian();
        auto* gallery = m_it->find<QListView>("gallery");
        auto* group = m_it->find<QComboBox>("filter.group");
        QVERIFY(group->isVisible());
        QCOMPARE(gallery->model()->rowCount(), 4);
        group->setCurrentIndex(group->findText(u"Family"_s));
        QCOMPARE(gallery->model()->rowCount(), 2);
        QCOMPARE(gallery->model()->index(0, 0).data().toString(), u"Family chair 3"_s);
        QCOMPARE(m_it->text("count"), u"2 of 6"_s);
        QCOMPARE(m_it->panel->state().styleGroup, StyleGroup::Family);
        QTRY_VERIFY(!gallery->model()->index(1, 0).data(Qt::DecorationRole).value<QImage>().isNull());
        QTest::mouseClick(gallery->viewport(),
                          Qt::LeftButton,
                          {},
                          gallery->visualRect(gallery->model()->index(1, 0)).center());
        QCOMPARE(slotId(0), std::string("family-4"));
        QTRY_COMPARE(m_it->text("side0.text").section(u'\n', 0, 0), u"Family chair 4"_s);
        QTRY_VERIFY(!m_it->find<ImageView>("side0")->image().isNull());
        m_it->undo.undo();
        m_it->undo.undo();
        QCOMPARE(gallery->model()->rowCount(), 4);
        m_it->run("newChair");
        group->setCurrentIndex(group->findText(u"New chairs"_s));
        QCOMPARE(gallery->model()->rowCount(), 1);
        QTRY_VERIFY(!gallery->model()->index(0, 0).data(Qt::DecorationRole).value<QImage>().isNull());
    }

    void theMapMixesWhereItIsDragged() {
        startGaussian();
        m_it->find<QAbstractButton>("tab.map")->click();
        auto* map = m_it->find<StyleMapView>("map");
        QTRY_VERIFY(map->isVisible());
        QTRY_COMPARE(map->visibleIds().size(), 6);
        const QPoint sofa = map->positionOf(placeOf(2)).toPoint(),
                     stool = map->positionOf(placeOf(0)).toPoint();
        QTest::mouseClick(map, Qt::LeftButton, {}, sofa);
        QCOMPARE(slotId(0), std::string("sofa"));
        QTest::mouseClick(map, Qt::LeftButton, Qt::ShiftModifier, stool);
        QCOMPARE(slotId(1), std::string("stool"));
        const ChairPanelState before = m_it->panel->state();
        const int steps = m_it->undo.count();
        QTest::mousePress(map, Qt::LeftButton, {}, sofa);
        for (int i = 1; i <= 8; ++i) QTest::mouseMove(map, sofa + i * (stool - sofa) / 16);
        QTest::mouseRelease(map, Qt::LeftButton, {}, (sofa + stool) / 2);
        const RecipeMix mix = shownMix(m_it->panel->state());
        double toStool = 0, toSofa = 0;
        for (const RecipeStyle& part : mix)
            (part.id == "stool" ? toStool : part.id == "sofa" ? toSofa : toStool) += part.weight;
        QVERIFY(mix.size() >= 2);
        QVERIFY(std::abs(toStool - 0.5) < 0.06 && std::abs(toSofa - 0.5) < 0.06);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        QCOMPARE(m_it->undo.count(), steps + 1);
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() == before);
    }

    void theMapByKeyboard() {
        startGaussian();
        m_it->find<QAbstractButton>("tab.map")->click();
        auto* map = m_it->find<StyleMapView>("map");
        QTRY_VERIFY(map->isVisible());
        map->setFocus();
        const int steps = m_it->undo.count();
        const ChairPanelState before = m_it->panel->state();
        QTest::keyPress(map, Qt::Key_Right);
        QTest::keyPress(map, Qt::Key_Right);
        QTest::keyRelease(map, Qt::Key_Right);
        QVERIFY(m_it->panel->state().slots[0] != before.slots[0]);
        QCOMPARE(m_it->undo.count(), steps + 1);
        QTest::keyClick(map, Qt::Key_Return);
        QVERIFY(!slotId(0).empty());
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

    void aChairThatTheNetworkDoesNotKnowIsNoDeadEnd() {
        ChairPanelParts parts;
        parts.loadCatalogue = []() -> Result<std::vector<ChairEntry>> {
            auto entries = toyCatalogue();
            ChairEntry own = entries.front();
            own.id = "own-chair";
            own.name = "My chair";
            entries.push_back(own);
            return entries;
        };
        // What it looks like from each side: the toy network's sofa, nearly.
        ChairFixture::realPainter = [](const RealChairRequest& request) -> Result<Image> {
            ChairRequest likeSofa;
            likeSofa.styleWeights = {{2, 1}};
            likeSofa.view = request.view;
            const QColor color = toyColor(likeSofa);
            Image image(request.size, request.size, 4, 255);
            for (std::size_t i = 0; i < image.pixels.size(); i += 4) {
                image.pixels[i] = std::uint8_t(color.red() + 9);
                image.pixels[i + 1] = std::uint8_t(color.green());
                image.pixels[i + 2] = std::uint8_t(color.blue());
            }
            return image;
        };
        start(std::move(parts));
        ChairFixture::realPainter = {};
        QVERIFY(!m_it->can("nearestStyle"));
        const QImage last = m_it->stage()->image();
        QVERIFY(!last.isNull());
        ChairPanelState state = m_it->panel->state();
        state.slots = {RecipeMix{{"own-chair", -1, 1}}, {}, {}, {}};
        QVERIFY(m_it->panel->restoreState(toJson(state)).ok());
        QTRY_VERIFY(m_it->find("notice")->isVisible());
        QVERIFY(m_it->text("notice.title").contains(u"My chair"_s));
        QVERIFY(m_it->text("notice.text").contains(u"teach it"_s));
        QVERIFY(m_it->stage()->isDimmed());
        QCOMPARE(m_it->stage()->image(), last);
        m_it->run("copyPicture");  // not of this chair
        QVERIFY(!m_it->messages.text().contains(u"clipboard"_s));

        QTest::mouseClick(m_it->find<QPushButton>("notice.button"), Qt::LeftButton);
        QTRY_COMPARE(m_it->panel->state().slots[0], (RecipeMix{{"sofa", -1, 1}}));
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(m_it->stageColor(), m_it->wantedColor());
        QVERIFY(!m_it->find("notice")->isVisible() && !m_it->stage()->isDimmed());
        QVERIFY2(m_it->messages.text().startsWith(u"Red sofa is the nearest to My chair of 4"_s),
                 qPrintable(m_it->messages.text()));
        QCOMPARE(m_it->status.numJobs(), 0);
        m_it->undo.undo();
        QVERIFY(m_it->can("nearestStyle"));
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

    void aSearchForTheNearestStyleCanBeCancelled() {
        ChairPanelParts parts;
        parts.loadCatalogue = []() -> Result<std::vector<ChairEntry>> {
            auto entries = toyCatalogue();
            entries.push_back(entries.front());
            entries.back().id = "own-chair";
            return entries;
        };
        start(std::move(parts));
        ChairPanelState state = m_it->panel->state();
        state.slots = {RecipeMix{{"own-chair", -1, 1}}, {}, {}, {}};
        QVERIFY(m_it->panel->restoreState(toJson(state)).ok());
        m_it->control->close();
        m_it->run("nearestStyle");
        QCOMPARE(m_it->status.numJobs(), 1);
        QVERIFY(!m_it->panel->isSettled());
        m_it->status.findChild<QToolButton*>(u"statusBar.cancel"_s)->click();
        m_it->control->open();
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(m_it->status.numJobs(), 0);
        QCOMPARE(m_it->panel->state().slots[0], (RecipeMix{{"own-chair", -1, 1}}));
    }

    void realChairStandsBesideAPureStyle() {
        start();
        dropStyle("slotA", "sofa");
        dropStyle("slotB", "bench");
        QTRY_VERIFY(m_it->panel->isSettled());
        auto* side = m_it->find<ImageView>("side0");
        QTRY_VERIFY(!side->image().isNull());
        QTRY_COMPARE(side->image().pixelColor(2, 2), QColor(140, 140, 140));
        QTRY_VERIFY(m_it->text("side1.figure").endsWith(u" dB"_s));
        m_it->dragTrack(0, 0.5);
        QTRY_COMPARE(m_it->text("side0.title"), u"Real chair A"_s);
        QVERIFY(!m_it->text("side1.figure").endsWith(u" dB"_s));
    }

    void missingArchivesAreAReadableMessage() {
        ChairFixture::realPainter = [](const RealChairRequest&) -> Result<Image> {
            return Error{ErrorCode::NotFound,
                         "Scopia.sh3f is not installed; install the package sweethome3d-furniture."};
        };
        start();
        QTRY_VERIFY(m_it->messages.text().contains(u"sweethome3d-furniture"_s));
        // The network's own pictures take the place of the real chairs'.
        auto* gallery = m_it->find<QListView>("gallery");
        QTRY_VERIFY(!gallery->model()->index(3, 0).data(Qt::DecorationRole).value<QImage>().isNull());
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

    void randomAndAverageFillSlotA() {
        start();
        m_it->run("average");
        QCOMPARE(m_it->panel->state().slots[0].size(), std::size_t(2));
        m_it->run("randomMix");
        QCOMPARE(m_it->panel->state().slots[0].size(), std::size_t(3));
        m_it->run("random");
        QVERIFY(!slotId(0).empty());
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

QTEST_MAIN(TestChairPanel)
#include "tst_chair_panel.moc"
