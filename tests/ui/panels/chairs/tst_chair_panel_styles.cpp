// SPDX-License-Identifier: GPL-3.0-or-later
// Where styles come from: slots, gallery, new chairs, the map and real chairs.
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

#include "core/recipe/drawn_style.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/chairs/chair_fixture.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/chair_drag.h"
#include "ui/views/style_map_view.h"
#include "ui/views/style_pad.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestChairPanelStyles : public QObject, StartedChairFixture {
    Q_OBJECT
private:
    void startGaussian() {
        ChairPanelParts parts;
        parts.model = std::string(kToyGaussian) + ".safetensors";
        start(std::move(parts));
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
    /// Of a toy style on the map.
    QPointF placeOf(int styleIndex) const {
        static const StyleMap map(ToyChairs(m_it->control, kToyGaussian).styleCodes());
        const PlanePoint place = map.points()[std::size_t(styleIndex)];
        return {place.x, place.y};
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }
    void cleanup() { end(); }

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
};

VITRINE_TEST(TestChairPanelStyles)
#include "tst_chair_panel_styles.moc"
