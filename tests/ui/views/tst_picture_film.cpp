// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/theme.h"
#include "ui/shell/tick_slider.h"
#include "ui/views/picture_film.h"
#include "ui/views/zoom_view.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestPictureFilm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }

    void theNewestMomentIsWantedAndFollowed() {
        PictureFilm film(u"film"_s);
        QSignalSpy wanted(&film, &PictureFilm::wanted);
        film.setMoments({u"a"_s, u"b"_s});
        QCOMPARE(film.current(), 1);
        film.setMoments({u"a"_s, u"b"_s, u"c"_s});
        QCOMPARE(film.current(), 2);
        QCOMPARE(wanted.last().first().toInt(), 2);
    }

    void anOlderMomentStaysWhileNewOnesCome() {
        PictureFilm film(u"film"_s);
        film.setMoments({u"a"_s, u"b"_s, u"c"_s});
        film.setCurrent(1);
        film.setMoments({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
        QCOMPARE(film.current(), 1);
        film.setMoments({u"b"_s, u"c"_s, u"d"_s});  // cut back at the start
        QCOMPARE(film.current(), 0);
        film.setMoments({});
        QCOMPARE(film.current(), -1);
    }

    void keysAndPlayGoThroughTime() {
        PictureFilm film(u"film"_s);
        film.resize(400, 300);
        film.show();
        film.setMoments({u"a"_s, u"b"_s, u"c"_s});
        auto* slider = film.findChild<TickSlider*>(u"film.slider"_s);
        QTest::keyClick(slider, Qt::Key_Left);
        QCOMPARE(film.current(), 1);
        film.setCurrent(2);
        film.findChild<QToolButton*>(u"film.play"_s)->click();
        QVERIFY(film.isPlaying());
        QCOMPARE(film.current(), 0);
        QTRY_COMPARE(film.current(), 2);
        QVERIFY(!film.isPlaying());
        QCOMPARE(unnamedWidgets(&film), QStringList());
    }

    void zoomKeepsWhatIsUnderThePointerAndEndsAtTheFit() {
        ZoomView view;
        view.resize(200, 200);
        view.show();
        view.setImage(QImage(100, 50, QImage::Format_RGB32));
        QCOMPARE(view.pictureRect(), QRectF(0, 50, 200, 100));
        view.zoomBy(4, {100, 100});
        QCOMPARE(view.pictureRect().center(), QPointF(100, 100));
        QCOMPARE(view.pictureRect().width(), 800.0);
        const QPointF corner(150, 120);
        const QRectF before = view.pictureRect();
        const double part = (corner.x() - before.left()) / before.width();
        view.zoomBy(2, corner);
        QVERIFY(std::abs((corner.x() - view.pictureRect().left()) / view.pictureRect().width() - part) <
                1e-6);
        view.zoomBy(0.001, corner);
        QCOMPARE(view.zoom(), 1.0);
        QCOMPARE(view.pictureRect(), QRectF(0, 50, 200, 100));
    }

    void dragsStopAtTheEdgeAndANewPictureKeepsThePlace() {
        ZoomView view;
        view.resize(200, 200);
        view.show();
        view.setImage(QImage(100, 100, QImage::Format_RGB32));
        QTest::keyClick(&view, Qt::Key_Plus);
        view.zoomBy(2, {100, 100});
        QTest::mousePress(&view, Qt::LeftButton, {}, {20, 100});
        QTest::mouseMove(&view, {190, 100});
        QTest::mouseMove(&view, {390, 100});
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {390, 100});
        QCOMPARE(view.pictureRect().left(), 0.0);
        const QRectF place = view.pictureRect();
        view.setImage(QImage(100, 100, QImage::Format_RGB32));
        QCOMPARE(view.pictureRect(), place);
        view.setImage(QImage(50, 100, QImage::Format_RGB32));
        QCOMPARE(view.zoom(), 1.0);
    }
};

VITRINE_TEST(TestPictureFilm)
#include "tst_picture_film.moc"
