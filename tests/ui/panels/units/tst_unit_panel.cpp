// SPDX-License-Identifier: GPL-3.0-or-later
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

#include "core/recipe/drawn_style.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/units/unit_fixture.h"
#include "ui/panels/units/activation_bars.h"
#include "ui/panels/units/network_map.h"
#include "ui/panels/units/window_pad.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/unit_drag.h"
#include "ui/views/zoom_view.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

void chooseMode(UnitFixture& fixture, UnitMode mode) {
    auto* box = fixture.find<QComboBox>("mode");
    box->setCurrentIndex(box->findData(int(mode)));
}

void chooseLayer(UnitFixture& fixture, const char* name) {
    auto* map = fixture.find<NetworkMap>("network");
    QTest::mouseClick(map, Qt::LeftButton, {}, map->rectOf(name).center().toPoint());
}

QList<int> numbers(const TileView* view) {
    QList<int> numbers;
    for (const Tile& tile : view->tiles()) numbers << tile.number;
    return numbers;
}

void clickTile(TileView* view, int row) {
    QTest::mouseClick(
        view->viewport(), Qt::LeftButton, {}, view->visualRect(view->model()->index(row, 0)).center());
}

}  // namespace

class TestUnitPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensWithThePapersValue() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.request().layer, std::string("FC-4"));
        QCOMPARE(fixture.request().value, 8.0);
        QVERIFY(fixture.panel->result());
        QCOMPARE(fixture.find<ZoomView>("changed")->image().width(), ToyUnits::kSize);
        QVERIFY(!fixture.find<ZoomView>("base")->image().isNull());
        QVERIFY(!fixture.find<ZoomView>("difference")->image().isNull());
        QVERIFY(!fixture.find<ZoomView>("closeUp")->image().isNull());
        QCOMPARE(fixture.find<QLabel>("changed.caption")->text(), u"FC-4, unit 0 at 8"_s);
    }

    /// Not on one unit of a layer at zero, which is grey, but on a chair and what a unit does to it.
    void opensOnAChair() {
        UnitFixture fixture;
        fixture.first = firstUnitState();
        fixture.open();
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.request().mode, UnitMode::Add);
        QCOMPARE(fixture.find<QLabel>("base.title")->text(), u"The chair"_s);
        auto* sheet = fixture.find<TileView>("sheet");
        QCOMPARE(sheet->tiles().size(), ToyUnits::kNumUnits);
        for (const Tile& tile : sheet->tiles()) {
            const QStringList lines = tile.caption.split(u'\n');
            QCOMPARE(lines.size(), 2);
            QCOMPARE(lines[0], QString::number(tile.number));
            const int width = QFontMetrics(Theme::font(TextRole::Caption)).horizontalAdvance(lines[1]);
            QVERIFY2(width <= kUnitThumbnail, qPrintable(lines[1]));
        }
    }

    void everyWidgetHasAName() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        QVERIFY2(unnamedWidgets(&panel).isEmpty(), qPrintable(unnamedWidgets(&panel).join(u"; "_s)));
        chooseLayer(fixture, "FC-5");
        chooseMode(fixture, UnitMode::Window);
        QVERIFY(fixture.settle());
        QCOMPARE(unnamedWidgets(&panel), QStringList());
    }

    void missingModelIsSaidWithAWayOut() {
        UnitFixture fixture;
        fixture.open("none.safetensors");
        QVERIFY(fixture.settle());
        auto* button = fixture.panel->findChild<QPushButton*>(u"units.notice.button"_s);
        QVERIFY(button && button->isVisible());
        fixture.answer = QString::fromStdString(fixture.at("toy.safetensors").string());
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(fixture.settle());
        QVERIFY(fixture.panel->result());
    }

    void clickOnTheDrawingChoosesALayer() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        chooseLayer(fixture, "FC-5");
        QCOMPARE(fixture.request().layer, std::string("FC-5"));
        QCOMPARE(fixture.request().value, 0.1);
        QCOMPARE(*fixture.request().cell, (MapCell{3, 3}));
        QTest::keyClick(fixture.find<NetworkMap>("network"), Qt::Key_Right);
        QCOMPARE(fixture.request().layer, std::string("uconv-1"));
        fixture.undo.undo();
        fixture.undo.undo();
        QCOMPARE(fixture.request().layer, std::string("FC-4"));
    }

    void aDragOfTheValueIsOneStepOfUndoAndAsksLive() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        auto* slider = fixture.find<LabeledSlider>("value");
        for (const double value : {9.0, 10.0, 12.0}) {
            Q_EMIT slider->valueChanged(value);
            QTRY_VERIFY(std::abs(double(fixture.panel->result()->changed.at(32, 32, 0)) - value / 40) < 1e-6);
        }
        Q_EMIT slider->dragFinished();
        QCOMPARE(fixture.request().value, 12.0);
        fixture.undo.undo();
        QCOMPARE(fixture.request().value, 8.0);
    }

    void failureIsSaidAndTheLastPictureStays() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        const QImage before = fixture.find<ZoomView>("changed")->image();
        Q_EMIT fixture.find<LabeledSlider>("value")->valueChanged(13);
        QTRY_COMPARE(fixture.messages.text(), u"The toy cannot paint thirteen."_s);
        QCOMPARE(fixture.find<ZoomView>("changed")->image(), before);
    }

    void allUnitsStreamInAndCanBeWalked() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        auto* sheet = fixture.find<TileView>("sheet");
        QCOMPARE(sheet->tiles().size(), ToyUnits::kNumUnits);
        for (const Tile& tile : sheet->tiles()) QVERIFY(!tile.picture.isNull());
        sheet->setFocus();
        QTest::keyClick(sheet, Qt::Key_Right);
        QCOMPARE(fixture.request().unit, 1);
        QTest::keyClick(sheet, Qt::Key_Right);
        QCOMPARE(fixture.request().unit, 2);
        fixture.run("previous");
        QCOMPARE(fixture.request().unit, 1);
        QVERIFY(fixture.settle());
        // A walk does not look at the layer again.
        QCOMPARE(int(fixture.log.sampled.size()), ToyUnits::kNumUnits);
    }

    void unitsAreSortedByWhatTheyDo() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        chooseMode(fixture, UnitMode::Add);
        auto* measure = fixture.find<QComboBox>("measure");
        measure->setCurrentIndex(measure->findData(int(EffectMeasure::Difference)));
        QVERIFY(fixture.settle());
        auto* sheet = fixture.find<TileView>("sheet");
        QCOMPARE(sheet->tiles().first().number, ToyUnits::kNumUnits - 1);  // grows the chair most
        QVERIFY(sheet->tiles().first().caption.contains(u'%'));
        QVERIFY(fixture.find<QLabel>("note")->text().contains(u"absolute difference"_s));
        measure->setCurrentIndex(0);
        QCOMPARE(sheet->tiles().first().number, 0);
    }

    void pinnedUnitsComeFirstAndAreCompared() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        auto* sheet = fixture.find<TileView>("sheet");
        sheet->setFocus();
        for (int i = 0; i < 5; ++i) QTest::keyClick(sheet, Qt::Key_Right);
        QTest::keyClick(sheet, Qt::Key_P);
        QCOMPARE(fixture.panel->state().pinned, QList<int>{5});
        QVERIFY(fixture.settle());
        QCOMPARE(numbers(sheet).mid(0, 3), (QList<int>{5, 0, 1}));
        QVERIFY(!fixture.find<ZoomView>("pinned")->image().isNull());
        QCOMPARE(fixture.find<QLabel>("pinned.caption")->text(), u"FC-4, unit 5"_s);
        fixture.run("pin");
        QVERIFY(fixture.settle());
        QVERIFY(fixture.find<ZoomView>("pinned")->image().isNull());
    }

    void aSweepCanBeStopped() {
        UnitFixture fixture;
        fixture.log.delayMs = 100;
        fixture.open();
        QTRY_VERIFY(fixture.find<QToolButton>("stop.button")->isVisible());
        int ticks = 0;
        QTimer ticker;
        connect(&ticker, &QTimer::timeout, this, [&ticks] { ++ticks; });
        ticker.start(10);
        QTRY_VERIFY(ticks > 3);  // the window goes on while the units come
        fixture.run("stop");
        QVERIFY(fixture.settle());
        QVERIFY(int(fixture.log.sampled.size()) < ToyUnits::kNumUnits);
        QVERIFY(!fixture.find<QToolButton>("stop.button")->isVisible());
    }

    void sevenStepsOfABoost() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        chooseMode(fixture, UnitMode::Add);
        QCOMPARE(fixture.request().value, 20.0);
        Q_EMIT fixture.find<LabeledSlider>("value")->valueChanged(35);
        fixture.find<QToolButton>("tab.steps")->click();
        QVERIFY(fixture.settle());
        auto* steps = fixture.find<TileView>("steps");
        QCOMPARE(steps->tiles().size(), 7);
        QCOMPARE(steps->tiles().first().caption, u"5"_s);
        QCOMPARE(steps->tiles().last().caption, u"35"_s);
        clickTile(steps, 1);
        QCOMPARE(fixture.request().value, 10.0);
    }

    void aBarOfTheChairsActivationsChoosesItsUnit() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        auto* bars = fixture.find<ActivationBars>("activations");
        QCOMPARE(bars->order().front(), 7);  // the strongest
        QTest::mouseClick(bars, Qt::LeftButton, {}, {1, 40});
        QCOMPARE(fixture.request().unit, 7);
        QTest::keyClick(bars, Qt::Key_Right);
        QCOMPARE(fixture.request().unit, bars->order()[1]);
    }

    void theWindowIsDraggedAndResized() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        chooseLayer(fixture, "FC-5");
        chooseMode(fixture, UnitMode::Window);
        QCOMPARE(fixture.request().window, (MapWindow{2, 2, 4, 4}));
        QVERIFY(fixture.settle());
        auto* pad = fixture.find<WindowPad>("window");
        const auto drag = [&](QPoint from, QPoint to) {
            QTest::mousePress(pad, Qt::LeftButton, {}, from);
            QTest::mouseMove(pad, (from + to) / 2);
            QTest::mouseMove(pad, to);
            QTest::mouseRelease(pad, Qt::LeftButton, {}, to);
        };
        const auto at = [pad](int row, int column) { return pad->cellCenter(row, column).toPoint(); };
        drag(at(3, 3), at(4, 5));
        QCOMPARE(fixture.request().window, (MapWindow{3, 4, 4, 4}));
        const QPoint corner =
            ((pad->cellCenter(6, 7) + pad->cellCenter(7, 8)) / 2).toPoint();  // bottom right
        drag(corner, at(4, 5));
        QCOMPARE(fixture.request().window, (MapWindow{3, 4, 2, 2}));
        QTest::keyClick(pad, Qt::Key_Left);
        QTest::keyClick(pad, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(fixture.request().window, (MapWindow{3, 3, 3, 2}));
        drag(at(0, 0), at(1, 2));  // beside it: a new one
        QCOMPARE(fixture.request().window, (MapWindow{0, 0, 2, 3}));
        QTest::mouseClick(fixture.panel->findChild<QPushButton*>(u"units.window.6"_s), Qt::LeftButton);
        QCOMPARE(fixture.request().window, (MapWindow{1, 1, 6, 6}));
        fixture.find<QCheckBox>("outside")->click();
        QVERIFY(fixture.request().outside);
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.log.asked.back().window, (MapWindow{1, 1, 6, 6}));
    }

    void filtersAreShownStrongestFirst() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        fixture.find<QToolButton>("tab.filters")->click();
        QVERIFY(fixture.settle());
        QCOMPARE(numbers(fixture.find<TileView>("filters")), (QList<int>{3, 2, 1, 0}));
        QVERIFY(fixture.find<QLabel>("note")->text().contains(u"0.3"_s));
        clickTile(fixture.find<TileView>("filters"), 1);
        QCOMPARE(fixture.request().layer, std::string("uconv-1"));
        QCOMPARE(fixture.request().unit, 2);
    }

    void featureMapsAreZeroedByAClick() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        fixture.find<QToolButton>("tab.maps")->click();
        QVERIFY(fixture.settle());
        auto* maps = fixture.find<TileView>("maps");
        QCOMPARE(maps->tiles().first().number, 3);  // the striped one
        clickTile(maps, 0);
        QCOMPARE(fixture.request().mode, UnitMode::Maps);
        QCOMPARE(fixture.request().maps, std::vector<int>{3});
        QVERIFY(maps->tiles().first().marked);
        QVERIFY(fixture.settle());
        auto* keep = fixture.find<QComboBox>("keep");
        keep->setCurrentIndex(1);
        QVERIFY(fixture.request().keepMaps);
        clickTile(maps, 0);
        QVERIFY(fixture.request().maps.empty());
    }

    void latentChannelsAreHeldEitherSide() {
        UnitFixture fixture;
        fixture.open();
        QVERIFY(fixture.settle());
        fixture.find<QToolButton>("tab.latent")->click();
        QVERIFY(fixture.settle());
        QVERIFY(fixture.find<QLabel>("note")->text().contains(u"train one"_s));
        fixture.find<QToolButton>("tab.units")->click();
        fixture.addSegmentation();
        fixture.find<QToolButton>("tab.latent")->click();
        auto* latent = fixture.find<TileView>("latent");
        QTRY_COMPARE(latent->tiles().size(), 7);                   // as it is, and three channels either side
        QVERIFY(latent->tiles()[1].caption.startsWith(u"1, "_s));  // says most
        QVERIFY(latent->tiles()[1].picture != latent->tiles()[2].picture);
        QVERIFY(latent->tiles()[0].picture != latent->tiles()[1].picture);
    }

    void aChairCanBeDropped() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        QMimeData mime;
        mime.setData(QString::fromLatin1(kStyleMimeType), "bar-stool");
        QVERIFY(panel.acceptsDrop(&mime));
        panel.drop(&mime);
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.find<QComboBox>("style")->currentText(), u"Bar stool"_s);
        QCOMPARE(fixture.log.asked.back().chair.styleWeights, (std::vector<StyleWeight>{{1, 1}}));
        mime.setData(QString::fromLatin1(kStyleMimeType), "unknown-chair");
        panel.drop(&mime);
        QVERIFY(fixture.messages.text().contains(u"unknown-chair"_s));
        QCOMPARE(fixture.find<QComboBox>("style")->currentText(), u"Bar stool"_s);
        mime.setData(QString::fromLatin1(kStyleMimeType), "new-7");
        panel.drop(&mime);
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.log.asked.back().chair.styleWeights, pureStyle(kFirstDrawnStyle + 7));
    }

    void aUnitIsHandedOverWithWhatIsAddedToIt() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        const auto handed = [&] { return draggedUnit(*panel.handOver()).value(); };
        QCOMPARE(handed().layer, u"FC-4"_s);
        QCOMPARE(handed().unit, 0);
        QCOMPARE(handed().value, 20.0);  // the middle of the paper's 5 to 35
        chooseMode(fixture, UnitMode::Add);
        QVERIFY(fixture.settle());
        QCOMPARE(handed().value, fixture.request().value);
        QVERIFY(handed().largest >= std::abs(handed().value));
        chooseLayer(fixture, "FC-5");
        chooseMode(fixture, UnitMode::Window);
        QVERIFY(fixture.settle());
        QVERIFY(!panel.handOver());
    }

    void exportedPictureBringsTheStateBack() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        chooseMode(fixture, UnitMode::Add);
        Q_EMIT fixture.find<LabeledSlider>("unit")->valueChanged(9);
        QVERIFY(fixture.settle());
        const QJsonObject before = panel.saveState();
        fixture.answer = QString::fromStdString(fixture.at("unit.png").string());
        fixture.run("exportPicture");
        QVERIFY(fixture.settle());
        QVERIFY(fixture.messages.text().contains(u"Saved"_s));
        fixture.answer = QString::fromStdString(fixture.at("unit.npz").string());
        fixture.run("exportArrays");
        QTRY_VERIFY(std::filesystem::exists(fixture.at("unit.npz")));
        chooseLayer(fixture, "FC-5");
        fixture.answer.clear();
        QVERIFY(panel.openFile(QString::fromStdString(fixture.at("unit.png").string())).ok());
        QVERIFY(fixture.settle());
        QCOMPARE(fixture.request().unit, 9);
        QCOMPARE(fixture.request().mode, UnitMode::Add);
        QVERIFY(panel.restoreState(before).ok());
        QCOMPARE(panel.saveState(), before);
    }

    void brokenStatesAreRefusedWhole() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        const QJsonObject good = panel.saveState();
        QJsonObject bad = good;
        bad[u"strip"_s] = u"nonsense"_s;
        QVERIFY(!panel.restoreState(bad).ok());
        bad = good;
        bad[u"recipe"_s] = QJsonObject();
        QVERIFY(!panel.restoreState(bad).ok());
        QCOMPARE(panel.saveState(), good);
    }

    void aLayerThatTheModelLacksIsNamed() {
        UnitFixture fixture;
        UnitPanel& panel = fixture.open();
        QVERIFY(fixture.settle());
        QJsonObject state = panel.saveState();
        QJsonObject recipe = state[u"recipe"_s].toObject();
        QJsonObject request = recipe[u"request"_s].toObject();
        request[u"layer"_s] = u"uconv-9"_s;
        recipe[u"request"_s] = request;
        state[u"recipe"_s] = recipe;
        QVERIFY(panel.restoreState(state).ok());
        QVERIFY(fixture.settle());
        auto* text = fixture.panel->findChild<QLabel*>(u"units.notice.text"_s);
        QVERIFY(text && text->isVisible());
        QVERIFY(text->text().contains(u"has no layer \"uconv-9\""_s));
        chooseLayer(fixture, "FC-4");
        QVERIFY(fixture.settle());
        QVERIFY(!text->isVisible());
    }
};

VITRINE_TEST(TestUnitPanel)
#include "tst_unit_panel.moc"
