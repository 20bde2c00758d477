// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/theme.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

QList<QPointF> line(int count, double slope, double start = 0, double everyX = 1) {
    QList<QPointF> points;
    for (int i = 0; i < count; ++i) points.append({i * everyX, start + slope * i});
    return points;
}

QList<CurveSeries> twoSeries() {
    return {{.id = u"loss"_s, .label = u"Loss"_s, .points = line(101, -0.01, 2)},
            {.id = u"psnr"_s,
             .label = u"PSNR"_s,
             .colorIndex = 1,
             .isDashed = true,
             .points = line(101, 0.1, 10)}};
}

int numPixels(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == color;
    return count;
}

}  // namespace

class TestCurvePlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        Theme::instance().apply(ThemeChoice::Dark);
        m_plot = std::make_unique<CurvePlot>();
        m_plot->setAxisLabels(u"Step"_s, u"Loss (nats)"_s);
        m_plot->resize(640, 400);
        m_plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    }
    void cleanup() { m_plot.reset(); }

    void showsAllPointsAtFirst() {
        m_plot->setSeries(twoSeries());
        const QRectF shown = m_plot->shownRange();
        QVERIFY(shown.left() <= 0 && shown.right() >= 100 && shown.right() < 110);
        QVERIFY(shown.top() <= 1 && shown.bottom() >= 20 && shown.bottom() < 22);
    }

    void aMarkIsALineThroughThePlot() {
        m_plot->setSeries(twoSeries());
        settle();
        const QColor accent = Theme::current().accent;
        const int before = numPixels(m_plot->grab().toImage(), accent);
        m_plot->setMark(50);
        QVERIFY(numPixels(m_plot->grab().toImage(), accent) > before + 100);
        m_plot->setMark(5000);  // outside of what is shown
        QCOMPARE(numPixels(m_plot->grab().toImage(), accent), before);
        m_plot->setMark({});
        QVERIFY(!m_plot->mark());
    }

    void wheelZoomsAtThePointer() {
        m_plot->setSeries(twoSeries());
        settle();
        const QRectF before = m_plot->shownRange();
        turnWheel(at(0.25, 0.5), 120);
        const QRectF after = m_plot->shownRange();
        QVERIFY(after.width() < before.width() * 0.9 && after.height() < before.height() * 0.9);
        const double kept = (after.left() - before.left()) / (before.width() - after.width());
        QVERIFY2(std::abs(kept - 0.25) < 0.03, "the point under the pointer stays where it is");
        turnWheel(at(0.25, 0.5), -120);
        QVERIFY(std::abs(m_plot->shownRange().width() - before.width()) < before.width() * 0.01);
    }
    void zoomNeverRunsOutOfNumbers() {
        m_plot->setSeries(twoSeries());
        settle();
        for (int i = 0; i < 150; ++i) turnWheel(at(0.5, 0.5), 120);
        QVERIFY(m_plot->shownRange().width() > 0);
        for (int i = 0; i < 300; ++i) turnWheel(at(0.5, 0.5), -120);
        QVERIFY(std::isfinite(m_plot->shownRange().width()));
        m_plot->grab();
    }

    void dragPans() {
        m_plot->setSeries(twoSeries());
        settle();
        const QRectF before = m_plot->shownRange();
        drag(Qt::LeftButton, {}, at(0.5, 0.5), at(0.25, 0.5));
        const QRectF after = m_plot->shownRange();
        QVERIFY(std::abs(after.width() - before.width()) < 1e-6);
        QVERIFY(std::abs(after.left() - before.left() - before.width() * 0.25) < before.width() * 0.03);
    }
    void rubberBandZooms_data() {
        QTest::addColumn<int>("button");
        QTest::addColumn<int>("modifiers");
        QTest::newRow("right button") << int(Qt::RightButton) << int(Qt::NoModifier);
        QTest::newRow("Shift") << int(Qt::LeftButton) << int(Qt::ShiftModifier);
    }
    void rubberBandZooms() {
        QFETCH(int, button);
        QFETCH(int, modifiers);
        m_plot->setSeries(twoSeries());
        settle();
        const QRectF before = m_plot->shownRange();
        drag(Qt::MouseButton(button), Qt::KeyboardModifiers(modifiers), at(0.5, 0.2), at(0.75, 0.7));
        const QRectF after = m_plot->shownRange();
        QVERIFY(std::abs(after.left() - (before.left() + before.width() * 0.5)) < before.width() * 0.03);
        QVERIFY(std::abs(after.right() - (before.left() + before.width() * 0.75)) < before.width() * 0.03);
        QVERIFY(std::abs(after.height() - before.height() * 0.5) < before.height() * 0.03);
    }
    void doubleClickAndKeyFit() {
        m_plot->setSeries(twoSeries());
        settle();
        const QRectF fitted = m_plot->shownRange();
        turnWheel(at(0.3, 0.3), 240);
        QVERIFY(m_plot->shownRange() != fitted);
        QTest::mouseDClick(canvas(), Qt::LeftButton, {}, at(0.5, 0.5));
        QCOMPARE(m_plot->shownRange(), fitted);
        QTest::keyClick(canvas(), Qt::Key_Plus);
        QVERIFY(m_plot->shownRange().width() < fitted.width());
        QTest::keyClick(canvas(), Qt::Key_Minus);
        QTest::keyClick(canvas(), Qt::Key_Minus);
        QVERIFY(m_plot->shownRange().width() > fitted.width());
        QTest::keyClick(canvas(), Qt::Key_F);
        QCOMPARE(m_plot->shownRange(), fitted);
    }
    void followsNewPointsUntilTheUserZooms() {
        m_plot->setSeries(twoSeries());
        m_plot->appendPoints(u"loss"_s, {{150, 1}});
        QVERIFY(m_plot->shownRange().right() >= 150);
        settle();
        turnWheel(at(0.5, 0.5), 120);
        const QRectF chosen = m_plot->shownRange();
        m_plot->appendPoints(u"loss"_s, {{900, 1}});
        QCOMPARE(m_plot->shownRange(), chosen);
        QTest::keyClick(canvas(), Qt::Key_F);
        QVERIFY(m_plot->shownRange().right() >= 900);
    }

    void logScaleLeavesOutWhatIsNotPositive() {
        m_plot->setSeries(
            {{.id = u"a"_s, .label = u"a"_s, .points = {{0, -5}, {1, 0}, {2, 0.01}, {3, 100}}}});
        QVERIFY(m_plot->note().isEmpty());
        QSignalSpy changed(m_plot.get(), &CurvePlot::logScaleChanged);
        QTest::keyClick(canvas(), Qt::Key_L);
        QVERIFY(m_plot->isLogScale());
        QCOMPARE(changed.count(), 1);
        const QRectF shown = m_plot->shownRange();
        QVERIFY(shown.top() > 0 && shown.top() <= 0.01 && shown.bottom() >= 100);
        QVERIFY(shown.left() > 1.5);
        QVERIFY2(m_plot->note().contains(u"2 "), qPrintable(m_plot->note()));
        QTest::keyClick(canvas(), Qt::Key_L);
        QVERIFY(!m_plot->isLogScale());
        QVERIFY(m_plot->shownRange().top() <= -5);
    }
    void logScaleOfNothingPositiveSaysSo() {
        m_plot->setSeries({{.id = u"a"_s, .label = u"a"_s, .points = {{0, -5}, {1, 0}}}});
        m_plot->setLogScale(true);
        QVERIFY(canvas()->accessibleDescription().contains(u"a"_s));
        const QImage picture = grab();
        QVERIFY2(numPixels(picture, Theme::current().line) == 0, "no axes without curves");
    }

    void noSentenceStandsInFrontOfCurves() {
        m_plot->setSeries({{.id = u"a"_s, .label = u"a"_s, .points = {{0, 1}, {9, 1}}},
                           {.id = u"b"_s, .label = u"b"_s, .points = {{0, 1e4}, {9, 1e4}}}});
        for (bool isLog : {false, true}) {
            m_plot->setLogScale(isLog);
            const QImage middle = grab().copy(QRect(at(0.1, 0.3), at(0.9, 0.7)));
            QVERIFY(middle.width() > 300);
            const ThemeTokens& theme = Theme::current();
            QCOMPARE(numPixels(middle, theme.surface) + numPixels(middle, theme.line),
                     middle.width() * middle.height());
        }
    }

    void legendClickHidesACurve() {
        m_plot->setSeries(twoSeries());
        QSignalSpy changed(m_plot.get(), &CurvePlot::seriesVisibilityChanged);
        QTest::mouseClick(key(u"psnr"_s), Qt::LeftButton);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toString(), u"psnr"_s);
        QCOMPARE(changed[0][1].toBool(), false);
        QVERIFY2(m_plot->shownRange().bottom() < 3, "what is left fills the plot");
        settle();
        QTest::mouseMove(canvas(), at(0.5, 0.5));
        QVERIFY(!m_plot->readoutText().contains(u"PSNR"_s));
        QTest::mouseClick(key(u"psnr"_s), Qt::LeftButton);
        QVERIFY(m_plot->shownRange().bottom() >= 20);
        QVERIFY(key(u"psnr"_s)->isChecked());
    }

    void hoverReadsOutTheNearestStep() {
        m_plot->setSeries({{.id = u"a"_s, .label = u"Train"_s, .points = {{0, 1}, {100, 0.5}, {200, 0.25}}},
                           {.id = u"b"_s, .label = u"Held out"_s, .points = {{0, 2}, {200, 1.25}}}});
        settle();
        const QImage before = grab();
        QTest::mouseMove(canvas(), at(0.52, 0.5));
        QCOMPARE(m_plot->readoutX(), std::optional(100.0));
        QCOMPARE(m_plot->readoutText(), u"Step 100: Train 0.5, Held out 1.25"_s);
        QVERIFY2(grab() != before, "the read-out is painted");
        QTest::mouseMove(canvas(), at(0.98, 0.1));
        QCOMPARE(m_plot->readoutText(), u"Step 200: Train 0.25, Held out 1.25"_s);
        QTest::mouseMove(canvas(), {1, 1});
        QVERIFY(m_plot->readoutText().isEmpty());
    }
    void keysMoveTheReadout() {
        m_plot->setSeries(twoSeries());
        QTest::keyClick(canvas(), Qt::Key_Left);
        QCOMPARE(m_plot->readoutX(), std::optional(100.0));
        QTest::keyClick(canvas(), Qt::Key_Left);
        QCOMPARE(m_plot->readoutText(), u"Step 99: Loss 1.01, PSNR 19.9"_s);
        QCOMPARE(canvas()->accessibleDescription(), m_plot->readoutText());
        QTest::keyClick(canvas(), Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(m_plot->readoutX(), std::optional(89.0));
        QTest::keyClick(canvas(), Qt::Key_Right);
        QCOMPARE(m_plot->readoutX(), std::optional(90.0));
        for (int i = 0; i < 20; ++i) QTest::keyClick(canvas(), Qt::Key_PageUp);
        QCOMPARE(m_plot->readoutX(), std::optional(0.0));
        QTest::keyClick(canvas(), Qt::Key_Escape);
        QVERIFY(!m_plot->readoutX());
    }
    void readoutStaysInViewWhenZoomedIn() {
        m_plot->setSeries(twoSeries());
        settle();
        for (int i = 0; i < 8; ++i) turnWheel(at(0.5, 0.5), 120);
        for (int i = 0; i < 40; ++i) QTest::keyClick(canvas(), Qt::Key_Right);
        const QRectF shown = m_plot->shownRange();
        QVERIFY(*m_plot->readoutX() >= shown.left() && *m_plot->readoutX() <= shown.right());
    }

    // The recurrence of TensorBoard by hand: 1, then (0.5 * 0.5 + 0.5 * 3) / (1 - 0.25).
    void smoothingIsTensorBoards() {
        m_plot->setSeries({{.id = u"a"_s, .label = u"a"_s, .points = {{0, 1}, {1, 3}}}});
        m_plot->setSmoothing(0.5);
        m_plot->appendPoints(u"a"_s, {{2, std::nan("")}, {3, 3}});
        readOutAt(0);
        QCOMPARE(m_plot->readoutText(), u"Step 0: a 1 (unsmoothed 1)"_s);
        readOutAt(1);
        QCOMPARE(m_plot->readoutText(), u"Step 1: a 2.333 (unsmoothed 3)"_s);
        readOutAt(3);
        QCOMPARE(m_plot->readoutText(), u"Step 3: a 2.714 (unsmoothed 3)"_s);
        m_plot->setSmoothing(0);
        QCOMPARE(m_plot->readoutText(), u"Step 3: a 3"_s);
    }
    void setSeriesTakesShorterAndChangedPoints() {
        m_plot->setSeries(twoSeries());
        QList<CurveSeries> other = {twoSeries()[1]};
        other[0].points = {{5, 50}, {3, 30}, {4, 40}};
        m_plot->setSeries(other);
        QCOMPARE(m_plot->toCsv(), u"series,step,value\nPSNR,3,30\nPSNR,4,40\nPSNR,5,50\n"_s);
        QVERIFY(key(u"loss"_s) == nullptr);
        m_plot->appendPoints(u"psnr"_s, {{3.5, 35}});
        QVERIFY(m_plot->toCsv().contains(u"PSNR,3,30\nPSNR,3.5,35\nPSNR,4,40\n"_s));
        m_plot->appendPoints(u"nobody"_s, {{1, 1}});
        m_plot->setSeries({});
        QCOMPARE(m_plot->toCsv(), u"series,step,value\n"_s);
    }

    void emptyPlotSaysSo() {
        m_plot->setEmptyText(u"Choose a run."_s);
        m_plot->setSeries({});
        QCOMPARE(canvas()->accessibleDescription(), u"Choose a run."_s);
        QVERIFY(numPixels(grab(), Theme::current().line) == 0);
        m_plot->setSeries({{.id = u"a"_s, .label = u"a"_s}});
        QCOMPARE(canvas()->accessibleDescription(), u"Choose a run."_s);
        m_plot->appendPoints(u"a"_s, {{7, 2}});
        QCOMPARE(canvas()->accessibleDescription(), u"Newest: a 2 at 7"_s);
        QVERIFY2(numPixels(grab(), Theme::current().line) > 100, "grid lines");
    }

    void csvIsTidyAndWhole() {
        m_plot->setSeries(
            {{.id = u"a"_s, .label = u"Loss, held out"_s, .points = {{0, 0.125}, {1000000, -3}}},
             {.id = u"b"_s, .label = u"b"_s, .points = {{1.5, 1e-9}}, .isVisible = false}});
        QCOMPARE(
            m_plot->toCsv(),
            u"series,step,value\n\"Loss, held out\",0,0.125\n\"Loss, held out\",1000000,-3\nb,1.5,1e-09\n"_s);
    }
    void pictureExportHasTwiceThePixels() {
        m_plot->setSeries(twoSeries());
        const QImage image = QImage::fromData(m_plot->toPng(), "PNG");
        QCOMPARE(image.size(), QSize(1280, 800));
        QVERIFY2(image.pixelColor(2, 400) == Theme::tokens(false).surface, "on white, in a dark window too");
        QVERIFY(numPixels(image, seriesColorOnPaper()) > 200);
        QVERIFY2(numPixels(grab(), Theme::tokens(true).surface) > 10000, "the window stays dark");
    }
    void pdfExportIsOnePageOfLines() {
        m_plot->setSeries(twoSeries());
        const QByteArray pdf = m_plot->toPdf();
        QVERIFY(pdf.startsWith("%PDF"));
        QCOMPARE(pdf.count("/Type /Page\n"), 1);
        QVERIFY2(
            pdf.contains("/MediaBox [0 0 480 300]") || pdf.contains("/MediaBox [0 0 480.000000 300.000000]"),
            "640 x 400 at 96 dpi, in points");
        QVERIFY2(!pdf.contains("/Subtype /Image"), "vectors only");
    }

    void themeChangeRepaints() {
        m_plot->setSeries(twoSeries());
        QVERIFY(numPixels(grab(), Theme::tokens(true).surface) > 10000);
        Theme::instance().apply(ThemeChoice::Light);
        const QImage light = grab();
        QVERIFY(numPixels(light, Theme::tokens(false).surface) > 10000);
        QCOMPARE(numPixels(light, Theme::tokens(true).surface), 0);
    }

    void everyPartHasANameAndTheNewestValues() {
        m_plot->setSeries(twoSeries());
        QCOMPARE(unnamedWidgets(m_plot.get()), QStringList());
        QCOMPARE(canvas()->accessibleName(), u"Curves: Loss (nats) over Step"_s);
        QCOMPARE(canvas()->accessibleDescription(), u"Newest: Loss 1 at 100, PSNR 20 at 100"_s);
        QCOMPARE(key(u"loss"_s)->accessibleName(), u"Show Loss"_s);
        m_plot->appendPoints(u"loss"_s, {{200, 0.5}});
        QVERIFY(canvas()->accessibleDescription().contains(u"Loss 0.5 at 200"_s));
    }

private:
    QWidget* canvas() { return m_plot->findChild<QWidget*>(u"curveCanvas"_s); }
    QAbstractButton* key(const QString& id) {
        return m_plot->findChild<QAbstractButton*>(u"curveKey_"_s + id);
    }
    static QColor seriesColorOnPaper() { return QColor(0x00569E); }
    void settle() { grab(); }
    QImage grab() {
        QCoreApplication::processEvents();
        return m_plot->grab().toImage();
    }

    /// A place within the axes, from (0, 0) left top to (1, 1) right bottom. Where they are is seen in the
    /// picture: the grid lines run from side to side.
    QPoint at(double x, double y) {
        const QRect area = plotArea();
        return {area.left() + int(std::lround(x * area.width())),
                area.top() + int(std::lround(y * area.height()))};
    }
    QRect plotArea() {
        const QImage picture = canvas()->grab().toImage();
        const QRgb grid = Theme::current().line.rgb();
        QRect area;
        for (int y = 0; y < picture.height(); ++y) {
            int first = -1, last = -1, count = 0;
            for (int x = 0; x < picture.width(); ++x)
                if (picture.pixel(x, y) == grid) first = first < 0 ? x : first, last = x, ++count;
            if (count > picture.width() / 4) area = area.united({first, y, last - first + 1, 1});
        }
        for (int x = area.left(); x < area.right(); ++x) {
            int first = -1, last = -1, count = 0;
            for (int y = 0; y < picture.height(); ++y)
                if (picture.pixel(x, y) == grid) first = first < 0 ? y : first, last = y, ++count;
            if (count > picture.height() / 4) area = area.united({x, first, 1, last - first + 1});
        }
        return area;
    }

    void turnWheel(QPoint position, int angle) {
        QWheelEvent event(position,
                          canvas()->mapToGlobal(position),
                          {},
                          {0, angle},
                          Qt::NoButton,
                          {},
                          Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(canvas(), &event);
    }
    void drag(Qt::MouseButton button, Qt::KeyboardModifiers modifiers, QPoint from, QPoint to) {
        QTest::mousePress(canvas(), button, modifiers, from);
        for (const QPoint& position : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove,
                             position,
                             canvas()->mapToGlobal(position),
                             Qt::NoButton,
                             button,
                             modifiers);
            QCoreApplication::sendEvent(canvas(), &move);
        }
        QTest::mouseRelease(canvas(), button, modifiers, to);
    }
    void readOutAt(double x) {
        for (int i = 0; i < 10; ++i) QTest::keyClick(canvas(), Qt::Key_PageUp);
        while (m_plot->readoutX() && *m_plot->readoutX() < x) QTest::keyClick(canvas(), Qt::Key_Right);
    }

    std::unique_ptr<CurvePlot> m_plot;
};

VITRINE_TEST(TestCurvePlot)
#include "tst_curve_plot.moc"
