// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHelpEvent>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/shell/theme.h"
#include "ui/views/color_map.h"
#include "ui/views/image_view.h"
#include "ui/views/legend_bar.h"
#include "ui/views/picture_sheet_view.h"
#include "ui/views/style_pad.h"
#include "ui/views/style_track.h"
#include "ui/views/turntable_ring.h"
#include "ui/views/zoom_view.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

QPoint at(double x, double y) {
    return {int(std::lround(x)), int(std::lround(y))};
}

QImage solid(QColor color, int size = 8) {
    QImage image(size, size, QImage::Format_RGB888);
    image.fill(color);
    return image;
}

void turnWheel(QWidget& view, const QPointF& place, int notches) {
    QWheelEvent event(place, place, {}, {0, 120 * notches}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view, &event);
}

}  // namespace

class TestViews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }

    void differencesAreWhiteInTheMiddle() {
        const QColor zero(divergingColor(0));
        QVERIFY(zero.lightness() > 240);
        QVERIFY(QColor(divergingColor(-1)).blue() > QColor(divergingColor(-1)).red());
        QVERIFY(QColor(divergingColor(1)).red() > QColor(divergingColor(1)).blue());
        QCOMPARE(divergingColor(5), divergingColor(1));
        QCOMPARE(QColor(divergingColor(std::nan(""))), QColor(128, 128, 128));
    }

    void whatShowsThroughIsACheckerboardInBothThemes() {
        for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
            Theme::instance().apply(choice);
            ImageView view;
            QImage image(64, 64, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            view.setImage(image);
            view.resize(200, 200);
            const QImage seen = view.grab().toImage();
            QSet<QRgb> colors;
            for (int x = 80; x < 120; ++x) colors << seen.pixel(x, 100);
            QVERIFY(colors.size() >= 2);
            for (const QRgb color : colors) QVERIFY(qGray(color) > 150);  // black legs stand out
        }
        Theme::instance().apply(ThemeChoice::Dark);
    }

    void trackFollowsMouseAndExtrapolates() {
        StyleTrack track;
        track.resize(400, 40);
        track.show();
        QSignalSpy changed(&track, &StyleTrack::valueChanged);
        QSignalSpy finished(&track, &StyleTrack::dragFinished);
        QTest::mousePress(&track, Qt::LeftButton, {}, at(track.positionOf(0.25), 20));
        QTest::mouseMove(&track, at(track.positionOf(0.75), 20));
        QVERIFY(std::abs(track.value() - 0.75) < 0.01);
        QTest::mouseMove(&track, at(track.positionOf(1.3), 20));
        QVERIFY(std::abs(track.value() - 1.3) < 0.01);
        QTest::mouseMove(&track, {5000, 20});
        QCOMPARE(track.value(), 1.5);
        QTest::mouseRelease(&track, Qt::LeftButton, {}, {399, 20});
        QVERIFY(changed.count() >= 3);
        QCOMPARE(finished.count(), 1);
    }

    void trackLandsOnTheEndsUnlessShiftIsHeld() {
        StyleTrack track;
        track.resize(400, 40);
        track.show();
        const QPoint nearB = at(track.positionOf(1) + 4, 20);
        QTest::mouseClick(&track, Qt::LeftButton, {}, nearB);
        QCOMPARE(track.value(), 1.0);
        QTest::mouseClick(&track, Qt::LeftButton, Qt::ShiftModifier, nearB);
        QVERIFY(track.value() > 1.0);
    }

    void trackTakesKeys() {
        StyleTrack track;
        track.setValue(0.5);
        QTest::keyClick(&track, Qt::Key_Right);
        QVERIFY(std::abs(track.value() - 0.51) < 1e-9);
        QTest::keyClick(&track, Qt::Key_PageDown);
        QVERIFY(std::abs(track.value() - 0.41) < 1e-9);
        QTest::keyClick(&track, Qt::Key_End);
        QCOMPARE(track.value(), 1.0);
        QTest::keyClick(&track, Qt::Key_Home);
        QCOMPARE(track.value(), 0.0);
    }

    void trackHatchesWhatIsLessReliable() {
        StyleTrack track;
        track.resize(400, 40);
        track.show();
        const auto colorsAt = [&track](double value) {  // just above the line, where only the hatch is
            const QImage image = track.grab().toImage();
            QSet<QRgb> colors;
            for (int x = -6; x <= 6; ++x) colors << image.pixel(at(track.positionOf(value) + x, 13));
            return colors;
        };
        const auto plain = colorsAt(0.3);
        QCOMPARE(plain.size(), 1);
        track.setShading([](double value) { return value > 0.1 && value < 0.9 ? 1.0 : 0.0; },
                         [](double value) { return QString::number(value, 'f', 1); });
        QVERIFY(colorsAt(0.3).size() > 1);
        QCOMPARE(colorsAt(-0.25), plain);
        const QPoint place = at(track.positionOf(1.3), 20);
        QHelpEvent help(QEvent::ToolTip, place, track.mapToGlobal(place));
        QCoreApplication::sendEvent(&track, &help);
        QCOMPARE(QToolTip::text(), u"1.3"_s);
        track.setEnabled(false);
        QCOMPARE(colorsAt(0.3), plain);
        track.setEnabled(true);
        track.setShading({}, {});
        QCOMPARE(colorsAt(0.3), plain);
    }

    void padReachesItsCorners() {
        StylePad pad;
        pad.resize(400, 120);
        pad.show();
        QSignalSpy changed(&pad, &StylePad::valueChanged);
        for (const QPointF& corner : {QPointF(1, 0), QPointF(0, 1), QPointF(1, 1), QPointF(0, 0)}) {
            const QPointF position = pad.positionOf(corner);
            QTest::mouseClick(&pad, Qt::LeftButton, {}, at(position.x(), position.y()));
            QCOMPARE(pad.value(), corner);
        }
        QCOMPARE(changed.count(), 4);
        QTest::keyClick(&pad, Qt::Key_Down);
        QVERIFY(pad.value().y() > 0);
    }

    void ringShowsTheFrontWhereItIsAndSnaps() {
        TurntableRing ring;
        ring.resize(272, 104);
        ring.show();
        ring.setTicks({0, 90, 180, 270});
        ring.setSnap(true);
        QTest::mouseClick(&ring, Qt::LeftButton, {}, {30, 60});  // at the left, a little to the front
        QCOMPARE(ring.azimuthDeg(), 90.0);
        ring.setSnap(false);
        QTest::mouseClick(&ring, Qt::LeftButton, {}, {136, 100});
        QVERIFY(std::abs(std::remainder(ring.azimuthDeg(), 360)) < 2);
        QTest::keyClick(&ring, Qt::Key_Right);
        QVERIFY(ring.azimuthDeg() > 350);
    }

    void tickArithmetic() {
        QCOMPARE(wrappedDegrees(-1), 359.0);
        QCOMPARE(wrappedDegrees(725), 5.0);
        QCOMPARE(nearestTick({0, 90}, 350), 0.0);
        QCOMPARE(nearestTick({}, 12), 12.0);
    }

    void pixelsAreWholeMultiples() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red, 32));
        QCOMPARE(view.pictureRect().size(), QSizeF(100, 100));
        view.setSmooth(false);
        QCOMPARE(view.pictureRect().size(), QSizeF(96, 96));
    }

    void theWheelZoomsAtThePointer() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red));
        turnWheel(view, {80, 20}, 4);
        QCOMPARE(view.zoom(), 1.0);  // not asked for
        view.setZoomable(true);
        turnWheel(view, {80, 20}, 4);
        QCOMPARE(view.zoom(), 2.0);
        QCOMPARE(view.pictureRect(), QRectF(-80, -20, 200, 200));
        QCOMPARE(view.frameRect(), QRectF(0, 0, 100, 100));
        turnWheel(view, {0, 0}, -40);
        QCOMPARE(view.zoom(), 1.0);
        QCOMPARE(view.pictureRect(), view.frameRect());
        turnWheel(view, {50, 50}, 400);
        QCOMPARE(view.zoom(), PictureZoom::kLargest);
    }

    void twoFingersZoom() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red));
        view.setZoomable(true);
        QNativeGestureEvent pinch(Qt::ZoomNativeGesture,
                                  QPointingDevice::primaryPointingDevice(),
                                  2,
                                  {50, 50},
                                  {50, 50},
                                  {50, 50},
                                  0.5,
                                  {});
        QCoreApplication::sendEvent(&view, &pinch);
        QCOMPARE(view.zoom(), 1.5);
        QCOMPARE(view.pictureRect().center(), QPointF(50, 50));
    }

    void aZoomedPictureIsPannedNotTurned_data() {
        QTest::addColumn<int>("button");
        QTest::addColumn<bool>("space");
        QTest::addColumn<bool>("draggable");
        QTest::addColumn<bool>("pans");
        QTest::newRow("middle button") << int(Qt::MiddleButton) << false << true << true;
        QTest::newRow("Space and drag") << int(Qt::LeftButton) << true << true << true;
        QTest::newRow("drag turns") << int(Qt::LeftButton) << false << true << false;
        QTest::newRow("drag of one that does not turn") << int(Qt::LeftButton) << false << false << true;
    }
    void aZoomedPictureIsPannedNotTurned() {
        QFETCH(int, button);
        QFETCH(bool, space);
        QFETCH(bool, draggable);
        QFETCH(bool, pans);
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red));
        view.setZoomable(true);
        view.setDraggable(draggable);
        view.zoomBy(2);
        QSignalSpy dragged(&view, &ImageView::dragged);
        if (space) QTest::keyPress(&view, Qt::Key_Space);
        QTest::mousePress(&view, Qt::MouseButton(button), {}, {50, 50});
        QTest::mouseMove(&view, {60, 45});
        QTest::mouseRelease(&view, Qt::MouseButton(button), {}, {60, 45});
        QCOMPARE(view.pictureRect().topLeft(), pans ? QPointF(-40, -55) : QPointF(-50, -50));
        QCOMPARE(dragged.isEmpty(), pans);
        view.setView(2, {0, 1});  // never beyond the picture's edge
        QCOMPARE(view.pictureRect().topLeft(), QPointF(0, -100));
    }

    void aDoubleClickFits() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red));
        view.setZoomable(true);
        view.setZoomShown(true);
        view.zoomBy(3);
        const QImage zoomed = view.grab().toImage();
        QVERIFY(zoomed.pixelColor(85, 86) != QColor(Qt::red));  // how far it is zoomed
        QTest::mouseDClick(&view, Qt::LeftButton, {}, {50, 50});
        QCOMPARE(view.zoom(), 1.0);
        QCOMPARE(view.grab().toImage().pixelColor(85, 86), QColor(Qt::red));
    }

    void squarePixelsStayEquallyLarge() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red, 32));  // 3 pixels each
        view.setZoomable(true);
        view.setSmooth(false);
        for (int notch = 0; notch < 12; ++notch) {
            turnWheel(view, {30, 40}, 1);
            const double pixel = view.pictureRect().width() / 32;
            QCOMPARE(pixel, std::round(pixel));
            QVERIFY(pixel >= 3);
        }
    }

    void linkedViewsShowTheSamePart() {
        ImageView large, small;
        ZoomView other;
        ViewLink link;
        large.resize(200, 200);
        small.resize(100, 100);
        other.resize(100, 100);
        for (ImageView* view : {&large, &small}) {
            view->setImage(solid(Qt::red));
            view->setZoomable(true);
            link.add(view);
        }
        other.setImage(solid(Qt::red));
        link.add(&other);
        turnWheel(small, {100, 0}, 4);
        QCOMPARE(large.pictureRect(), QRectF(-200, 0, 400, 400));
        QCOMPARE(other.pictureRect(), QRectF(-100, 0, 200, 200));
        other.fit();
        QCOMPARE(small.zoom(), 1.0);
        QCOMPARE(large.zoom(), 1.0);
    }

    void viewPaintsItsPicture() {
        ImageView view;
        view.resize(64, 64);
        view.setImage(solid(Qt::green));
        QSignalSpy shown(&view, &ImageView::imageShown);
        QCOMPARE(view.grab().toImage().pixelColor(32, 32), QColor(Qt::green));
        QTRY_COMPARE(shown.count(), 1);
        view.setDimmed(true);
        QVERIFY(view.grab().toImage().pixelColor(32, 32) != QColor(Qt::green));
    }

    void draggingTellsTheWay() {
        ImageView view;
        view.resize(100, 100);
        view.setImage(solid(Qt::red));
        view.setDraggable(true);
        view.show();
        QSignalSpy dragged(&view, &ImageView::dragged);
        QSignalSpy finished(&view, &ImageView::dragFinished);
        QTest::mousePress(&view, Qt::LeftButton, {}, {50, 50});
        QTest::mouseMove(&view, {75, 40});
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {75, 40});
        QVERIFY(!dragged.isEmpty());
        double dx = 0;
        for (const auto& step : dragged) dx += step[0].toDouble();
        QVERIFY(std::abs(dx - 0.25) < 1e-9);
        QCOMPARE(finished.count(), 1);
    }

    void sheetFillsAndActivates() {
        PictureSheetView sheet;
        sheet.resize(400, 300);
        sheet.reset(2, 3, {u"a"_s, u"b"_s}, {u"1"_s, u"2"_s, u"3"_s});
        sheet.show();
        QCOMPARE(sheet.numCells(), 6);
        sheet.setCell(4, solid(Qt::blue));
        sheet.setCell(99, solid(Qt::blue));  // of an older, larger sheet
        QVERIFY(!sheet.cell(4).isNull());
        QSignalSpy activated(&sheet, &PictureSheetView::cellActivated);
        sheet.setCurrentCell(0);
        QTest::keyClick(&sheet, Qt::Key_Right);
        QTest::keyClick(&sheet, Qt::Key_Down);
        QTest::keyClick(&sheet, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated[0][0].toInt(), 4);
    }

    void legendSaysItsRange() {
        LegendBar legend([](double position) { return divergingColor(position); });
        legend.setLabels(u"-0.5"_s, u"0"_s, u"+0.5"_s);
        QVERIFY(legend.accessibleName().contains(u"+0.5"_s));
        legend.resize(200, 30);
        const QImage picture = legend.grab().toImage();
        QVERIFY(picture.pixelColor(4, 3).blue() > picture.pixelColor(4, 3).red());
        QVERIFY(picture.pixelColor(195, 3).red() > picture.pixelColor(195, 3).blue());
    }
};

VITRINE_TEST(TestViews)
#include "tst_views.moc"
