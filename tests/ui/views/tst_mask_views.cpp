// SPDX-License-Identifier: GPL-3.0-or-later
// What one paints on, and what shows many answers.
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/shell/theme.h"
#include "ui/views/color_map.h"
#include "ui/views/label_colors.h"
#include "ui/views/label_paint.h"
#include "ui/views/mask_canvas.h"
#include "ui/views/sample_grid.h"
#include "ui/views/vote_bars.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 32;     // pixels of the picture
constexpr int kWidget = 320;  // ten logical pixels each

QImage solidPicture(QColor color) {
    QImage image(kSide, kSide, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

/// Middle of a pixel, in the widget.
QPoint middleOf(int x, int y) {
    return {x * 10 + 5, y * 10 + 5};
}

struct Canvas {
    Canvas() {
        canvas.resize(kWidget, kWidget);
        canvas.setImage(solidPicture(Qt::gray));
        canvas.setMarks({LabelMap(kSide, kSide), LabelMap(kSide, kSide, kUnknownLabel)});
        canvas.setBrushSize(4);
        canvas.show();
    }
    void drag(QPoint from,
              QPoint to,
              Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers keys = {}) {
        QTest::mousePress(&canvas, button, keys, from);
        QTest::mouseMove(&canvas, (from + to) / 2);
        QTest::mouseMove(&canvas, to);
        QTest::mouseRelease(&canvas, button, keys, to);
    }
    int hidden() const { return countOf(canvas.marks().omission, 1); }
    MaskCanvas canvas;
};

}  // namespace

class TestMaskViews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }

    void aLineIsAsWideAsItsBrush() {
        LabelMap map(16, 16);
        paintLine(map, {2.5, 8.5}, {12.5, 8.5}, 1, 1);
        QCOMPARE(countOf(map, 1), 11 * 3 + 2);  // three rows, and the round ends
        QCOMPARE(int(map.at(8, 1)), 1);
        QCOMPARE(int(map.at(6, 7)), 0);
        paintLine(map, {-50, -50}, {80, 90}, 2, 0);  // outside is left out
    }

    void aRectangleIsCutToTheMap() {
        LabelMap map(8, 8);
        paintRectangle(map, QRect(QPoint(5, 6), QPoint(20, 20)), 3);
        QCOMPARE(countOf(map, 3), 3 * 2);
    }

    void oneDragIsOneStroke() {
        Canvas c;
        QSignalSpy edited(&c.canvas, &MaskCanvas::edited), finished(&c.canvas, &MaskCanvas::strokeFinished);
        c.drag(middleOf(8, 8), middleOf(20, 8));
        QVERIFY(edited.size() >= 2);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(int(c.canvas.marks().omission.at(8, 14)), 1);
        QCOMPARE(int(c.canvas.marks().omission.at(20, 14)), 0);
    }

    void rightButtonAndControlErase() {
        Canvas c;
        c.drag(middleOf(8, 8), middleOf(20, 8));
        const int all = c.hidden();
        c.drag(middleOf(8, 8), middleOf(10, 8), Qt::RightButton);
        QVERIFY(c.hidden() < all);
        c.drag(middleOf(0, 8), middleOf(31, 8), Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(c.hidden(), 0);
    }

    void shiftDrawsAStraightLineFromTheLastPlace() {
        Canvas c;
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, middleOf(4, 4));
        QTest::mouseClick(&c.canvas, Qt::LeftButton, Qt::ShiftModifier, middleOf(28, 4));
        QCOMPARE(int(c.canvas.marks().omission.at(4, 16)), 1);
    }

    void aRectangleFollowsThePointer() {
        Canvas c;
        c.canvas.setTool(CanvasTool::Rectangle);
        c.drag(middleOf(10, 10), middleOf(4, 5));
        QCOMPARE(c.hidden(), 7 * 6);
    }

    void aHalfPlaneLiesBeyondTheStart() {
        Canvas c;
        c.canvas.setTool(CanvasTool::HalfPlane);
        c.drag(middleOf(16, 20), middleOf(16, 25));
        QCOMPARE(c.hidden(), kSide * 12);  // the row that the drag began in, and all below it
        QCOMPARE(int(c.canvas.marks().omission.at(20, 0)), 1);
        c.drag(middleOf(20, 16), middleOf(25, 16), Qt::RightButton);
        QCOMPARE(c.hidden(), 20 * 12);
    }

    void aPolygonIsClosedAtItsFirstCorner() {
        Canvas c;
        c.canvas.setTool(CanvasTool::Polygon);
        QSignalSpy finished(&c.canvas, &MaskCanvas::strokeFinished);
        for (const QPoint& corner : {QPoint(40, 40), QPoint(240, 40), QPoint(240, 240), QPoint(40, 240)})
            QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, corner);
        QTest::mouseMove(&c.canvas, {300, 300});
        QVERIFY(c.hidden() != 20 * 20);  // it follows the pointer while it is open
        QCOMPARE(finished.size(), 0);
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, QPoint(43, 43));
        QCOMPARE(c.hidden(), 20 * 20);
        QCOMPARE(finished.size(), 1);
    }

    void aPolygonsCornersAreTakenBackAndReturnClosesIt() {
        Canvas c;
        c.canvas.setTool(CanvasTool::Polygon);
        for (const QPoint& corner : {QPoint(40, 40), QPoint(240, 40), QPoint(240, 240), QPoint(300, 10)})
            QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, corner);
        QTest::keyClick(&c.canvas, Qt::Key_Backspace);
        QTest::keyClick(&c.canvas, Qt::Key_Return);
        QVERIFY(std::abs(c.hidden() - 200) <= 20);  // half of 20 x 20
        for (const QPoint& corner : {QPoint(10, 300), QPoint(300, 300)})
            QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, corner);
        QTest::keyClick(&c.canvas, Qt::Key_Backspace);
        QTest::keyClick(&c.canvas, Qt::Key_Backspace);
        QTest::keyClick(&c.canvas, Qt::Key_Backspace);  // none is left: nothing to take back
        QVERIFY(std::abs(c.hidden() - 200) <= 20);
    }

    void anOpenPolygonEndsWithOtherMarks() {
        Canvas c;
        c.canvas.setTool(CanvasTool::Polygon);
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, {40, 40});
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, {240, 40});
        c.canvas.setMarks({LabelMap(kSide, kSide, 1), LabelMap(kSide, kSide, kUnknownLabel)});
        QTest::mouseMove(&c.canvas, {240, 240});
        QCOMPARE(c.hidden(), kSide * kSide);
    }

    void fillingStopsAtOtherPaint() {
        Canvas c;
        LabelMap ring(kSide, kSide);
        paintRectangle(ring, QRect(8, 8, 12, 12), 1);
        paintRectangle(ring, QRect(10, 10, 8, 8), 0);
        c.canvas.setMarks({ring, LabelMap(kSide, kSide, kUnknownLabel)});
        c.canvas.setTool(CanvasTool::Fill);
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, middleOf(12, 12));
        QCOMPARE(c.hidden(), 12 * 12);
        paintFill(ring, {-1, 4}, 1);  // outside: nothing
        QCOMPARE(countOf(ring, 1), 12 * 12 - 8 * 8);
        QTest::mouseClick(&c.canvas, Qt::RightButton, {}, middleOf(12, 12));
        QCOMPARE(c.hidden(), 0);
    }

    void anotherButtonLeavesTheStrokeAlone() {
        Canvas c;
        QTest::mousePress(&c.canvas, Qt::LeftButton, {}, middleOf(8, 8));
        QTest::mousePress(&c.canvas, Qt::RightButton, {}, middleOf(8, 8));
        QTest::mouseRelease(&c.canvas, Qt::RightButton, {}, middleOf(8, 8));
        QTest::mouseMove(&c.canvas, middleOf(20, 8));
        QCOMPARE(int(c.canvas.marks().omission.at(8, 16)), 1);
        QTest::mouseRelease(&c.canvas, Qt::LeftButton, {}, middleOf(20, 8));
    }

    void escapeTakesTheStrokeBack() {
        Canvas c;
        QTest::mousePress(&c.canvas, Qt::LeftButton, {}, middleOf(8, 8));
        QTest::mouseMove(&c.canvas, middleOf(20, 20));
        QVERIFY(c.hidden() > 0);
        QTest::keyClick(&c.canvas, Qt::Key_Escape);
        QCOMPARE(c.hidden(), 0);
        QTest::mouseRelease(&c.canvas, Qt::LeftButton, {}, middleOf(20, 20));
        QCOMPARE(c.hidden(), 0);
    }

    void labelsArePaintedAsObserved() {
        Canvas c;
        c.canvas.setPaintedClass(3);
        c.drag(middleOf(8, 8), middleOf(20, 8));
        QCOMPARE(c.hidden(), 0);
        QVERIFY(countOf(c.canvas.marks().observed, 3) > 20);
        c.drag(middleOf(0, 8), middleOf(31, 8), Qt::RightButton);
        QCOMPARE(countOf(c.canvas.marks().observed, 3), 0);
        QCOMPARE(countOf(c.canvas.marks().observed, kUnknownLabel), kSide * kSide);
    }

    void spaceAndTheMiddleButtonPan() {
        Canvas c;
        c.canvas.zoomBy(4, {160, 160});
        const QPointF before = c.canvas.center();
        QTest::keyPress(&c.canvas, Qt::Key_Space);
        c.drag({100, 100}, {140, 100});
        QTest::keyRelease(&c.canvas, Qt::Key_Space);
        QVERIFY(c.canvas.center().x() < before.x());
        c.drag({140, 100}, {100, 100}, Qt::MiddleButton);
        QCOMPARE(c.canvas.center(), before);
        QCOMPARE(c.hidden(), 0);
    }

    void altAndTheWheelSizeTheBrush() {
        Canvas c;
        const auto turn = [&c](int delta) {
            QWheelEvent event({160, 160},
                              c.canvas.mapToGlobal(QPointF(160, 160)),
                              {},
                              {0, delta},
                              Qt::NoButton,
                              Qt::AltModifier,
                              Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(&c.canvas, &event);
        };
        turn(480);
        QCOMPARE(c.canvas.brushSize(), 8.0);
        turn(-4800);
        QCOMPARE(c.canvas.brushSize(), 1.0);
        QCOMPARE(c.canvas.zoom(), 1.0);
    }

    void largePixelsStandInAGrid() {
        Canvas c;
        c.canvas.setBrushSize(1);
        const auto colours = [&c] {
            const QImage picture = c.canvas.grab().toImage();
            QSet<QRgb> found;
            for (int x = 100; x < 200; ++x) found << picture.pixel(x, 165);
            return found.size();
        };
        QCOMPARE(colours(), 1);
        c.canvas.zoomBy(2, {160, 160});
        QVERIFY(colours() > 1);
    }

    void theLargestPixelsTellWhatTheyAreWorth() {
        ZoomView view;
        view.resize(256, 256);
        QImage picture(64, 64, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        view.setImage(picture);
        const auto withText = [&view](double zoom, const ZoomView::PixelText& text) {
            view.setView(zoom, {0.5, 0.5});
            view.setPixelText(text);
            return view.grab().toImage();
        };
        QList<QPoint> asked;
        const auto number = [&asked](const QPoint& pixel) {
            asked << pixel;
            return u"17"_s;
        };
        QVERIFY(withText(4, number) == withText(4, {}));
        QVERIFY(asked.isEmpty());  // 16 logical pixels a pixel are too few
        QVERIFY(withText(16, number) != withText(16, {}));
        QVERIFY(asked.size() >= 16 && asked.size() <= 36);  // those that are seen, 4 x 4 and their neighbours
        QVERIFY(asked.contains(QPoint(32, 32)) && !asked.contains(QPoint(0, 0)));
    }

    void anotherPictureOfTheShapeKeepsThePlace() {
        ZoomView view;
        view.resize(kWidget, kWidget);
        view.setImage(solidPicture(Qt::white));
        view.zoomBy(4, {0, 0});
        view.setImage(solidPicture(Qt::white).scaled(64, 64));
        QCOMPARE(view.zoom(), 4.0);
        view.setImage(solidPicture(Qt::white).scaled(64, 48));
        QCOMPARE(view.zoom(), 1.0);
    }

    void linkedViewsShowTheSamePart() {
        ZoomView a, b;
        for (ZoomView* view : {&a, &b}) {
            view->resize(kWidget, kWidget);
            view->setImage(solidPicture(Qt::white));
        }
        ViewLink link;
        link.add(&a);
        link.add(&b);
        a.zoomBy(4, {0, 0});
        QCOMPARE(b.zoom(), 4.0);
        QCOMPARE(b.pictureRect(), a.pictureRect());
        b.fit();
        QCOMPARE(a.zoom(), 1.0);
    }

    void aPixelIsNamedWhileThePointerIsOverIt() {
        Canvas c;
        QSignalSpy hovered(&c.canvas, &ZoomView::hovered);
        QTest::mouseMove(&c.canvas, middleOf(3, 5));
        QCOMPARE(hovered.last().first().toPoint(), QPoint(3, 5));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&c.canvas, &leave);
        QCOMPARE(hovered.last().first().toPoint(), QPoint(-1, -1));
    }

    void hiddenPixelsLookHidden() {
        Canvas c;
        const QColor before = c.canvas.grab().toImage().pixelColor(middleOf(16, 16));
        c.canvas.setTool(CanvasTool::Rectangle);
        c.drag(middleOf(10, 10), middleOf(22, 22));
        QTest::mouseMove(&c.canvas, middleOf(1, 1));
        QVERIFY(c.canvas.grab().toImage().pixelColor(middleOf(16, 16)) != before);
        QCOMPARE(c.canvas.grab().toImage().pixelColor(middleOf(28, 28)), before);
    }

    void labelsCoverAsMuchAsIsSet() {
        Canvas c;
        c.canvas.setPaintedClass(1);
        QTest::mouseClick(&c.canvas, Qt::LeftButton, {}, middleOf(16, 16));
        c.canvas.setLabelOpacity(1);
        QCOMPARE(c.canvas.grab().toImage().pixelColor(middleOf(16, 16)), classColor(1));
        c.canvas.setLabelOpacity(0);
        QCOMPARE(c.canvas.grab().toImage().pixelColor(middleOf(16, 16)), QColor(Qt::gray));
    }

    void samplesAreAsLargeAsAllFit() {
        SampleGrid grid;
        QList<SampleTile> tiles;
        for (int i = 0; i < 10; ++i) tiles << SampleTile{i, solidPicture(Qt::red), u"IoU 0.5"_s, false};
        grid.setTiles(tiles);
        grid.resize(1000, 130);
        const double inOneRow = grid.pictureRect(0).width();
        QCOMPARE(grid.pictureRect(9).top(), 0.0);
        grid.resize(500, 260);
        QVERIFY(grid.pictureRect(0).width() >= inOneRow);
        QVERIFY(grid.pictureRect(9).bottom() <= 260 && grid.pictureRect(9).right() <= 500);
        grid.resize(1000, 260);  // two rows, as the height is the limit
        const QRectF last = grid.pictureRect(4);
        QCOMPARE(grid.pictureRect(5).left(), 0.0);
        QVERIFY2(last.right() > 750 && last.right() <= 1000, "the right part stays not empty");
    }

    void samplesAreWalkedChosenAndPinned() {
        SampleGrid grid;
        grid.setTiles({{7, solidPicture(Qt::red), {}, false}, {2, solidPicture(Qt::blue), {}, false}});
        grid.resize(400, 200);
        grid.show();
        QSignalSpy chosen(&grid, &SampleGrid::sampleChosen), pinned(&grid, &SampleGrid::pinToggled),
            hovered(&grid, &SampleGrid::hovered);
        QTest::mouseClick(&grid, Qt::LeftButton, {}, grid.pictureRect(0).center().toPoint());
        QCOMPARE(chosen.last().first().toInt(), 7);
        QTest::keyClick(&grid, Qt::Key_Right);
        QCOMPARE(chosen.last().first().toInt(), 2);
        QTest::keyClick(&grid, Qt::Key_Right);  // the end
        QCOMPARE(grid.chosen(), 2);
        QTest::keyClick(&grid, Qt::Key_P);
        QCOMPARE(pinned.last().first().toInt(), 2);
        QTest::mouseMove(&grid, grid.pictureRect(1).topLeft().toPoint() + QPoint(1, 1));
        QCOMPARE(hovered.last().first().toPoint(), QPoint(0, 0));
    }

    void classesAreMixedOverThePicture() {
        LabelMap labels(kSide, kSide);
        labels.at(0, 1) = 2;
        labels.at(0, 2) = kUnknownLabel;
        const QImage half = overlayLabels(solidPicture(Qt::black), labels, 0.5);
        QCOMPARE(half.pixelColor(0, 0), QColor(Qt::black));
        QCOMPARE(half.pixelColor(2, 0), QColor(Qt::black));
        QVERIFY(std::abs(half.pixelColor(1, 0).red() - classColor(2).red() / 2) <= 1);
    }

    void mapsGoFromDarkToLight() {
        for (const auto colorOf : {&viridisColor, &uncertaintyColor}) {
            for (double value = 0; value < 1; value += 0.125)
                QVERIFY(qGray(colorOf(value)) < qGray(colorOf(value + 0.125)));
            QCOMPARE(colorOf(-1), colorOf(0));
            QCOMPARE(QColor(colorOf(std::nan(""))), QColor(128, 128, 128));
        }
        ScalarMap map(2, 1, 1);
        map.at(0, 1) = 1;
        QCOMPARE(mapImage(map, &viridisColor).pixel(1, 0), viridisColor(1));
    }

    void votesAreTold() {
        VoteBars bars;
        bars.setClasses({u"background"_s, u"seat"_s});
        bars.setShares({0.25, 0.75});
        QVERIFY(bars.accessibleDescription().contains(u"seat 75 %"_s));
        bars.resize(bars.sizeHint());
        QVERIFY(!bars.grab().isNull());
    }
};

VITRINE_TEST(TestMaskViews)
#include "tst_mask_views.moc"
