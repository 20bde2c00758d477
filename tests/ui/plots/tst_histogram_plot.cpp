// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "core/base/random.h"
#include "tests/support/test_program.h"
#include "ui/plots/histogram_plot.h"
#include "ui/shell/theme.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

/// A bell that wanders and widens.
HistogramSeries bells(const QString& label, int color, int numSteps, double scale) {
    HistogramSeries series{.id = label, .label = label, .colorIndex = color, .columns = {}};
    Rng rng({std::uint64_t(color)});
    for (int i = 0; i < numSteps; ++i) {
        const double middle = scale * 0.5 * std::sin(i / 12.0), width = scale * (0.15 + 0.01 * i);
        HistogramColumn column{
            .step = i * 250.0, .low = middle - 3 * width, .high = middle + 3 * width, .counts = {}};
        for (int b = 0; b < 30; ++b) {
            const double z = (b + 0.5) / 5 - 3;
            column.counts.append(1000 * std::exp(-z * z / 2) * rng.uniform(0.8, 1.2));
        }
        series.columns.append(column);
    }
    return series;
}

}  // namespace

class TestHistogramPlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        Theme::instance().apply(ThemeChoice::Dark);
        m_plot = std::make_unique<HistogramPlot>();
        m_plot->resize(600, 400);
        m_plot->show();
    }
    void cleanup() { m_plot.reset(); }

    void bucketsAndQuantiles() {
        const HistogramColumn column{.step = 0, .low = 0, .high = 4, .counts = {1, 0, 2, 1}};
        QCOMPARE(bucketAt(column, 2.5)->count, 2.0);
        QCOMPARE(bucketAt(column, 2.5)->share, 0.5);
        QCOMPARE(bucketAt(column, 4)->low, 3.0);
        QVERIFY(!bucketAt(column, 4.1));
        QVERIFY(!bucketAt(column, std::nan("")));
        QCOMPARE(*quantile(column, 0.25), 1.0);
        QCOMPARE(*quantile(column, 0.5), 2.5);
        QCOMPARE(*quantile(column, 1), 4.0);
        const HistogramColumn nothing{.step = 0, .low = 0, .high = 1, .counts = {}};
        QVERIFY(!quantile(nothing, 0.5) && !bucketAt(nothing, 0.5));
    }

    void hoverReadsOutTheBucket() {
        m_plot->setSeries({{.id = u"w"_s,
                            .label = u"Weights"_s,
                            .columns = {{.step = 0, .low = 0, .high = 4, .counts = {1, 0, 2, 1}},
                                        {.step = 100, .low = 0, .high = 4, .counts = {4, 0, 0, 0}}}}});
        QTest::mouseMove(m_plot.get(), {120, 160});  // between 2 and 3, as the labels beside it say
        QCOMPARE(m_plot->readoutStep(), std::optional(0.0));
        QVERIFY2(m_plot->readoutText().contains(u"50 % in 2 to 3"_s), qPrintable(m_plot->readoutText()));
        QVERIFY(m_plot->readoutText().startsWith(u"Step 0: Weights median 2.5"_s));
        QTest::mouseMove(m_plot.get(), {560, 160});
        QVERIFY(m_plot->readoutText().contains(u"0 % in 2 to 3"_s));
        QTest::mouseMove(m_plot.get(), {2, 2});
        QVERIFY(m_plot->readoutText().isEmpty());
    }
    void keysMoveTheReadout() {
        m_plot->setSeries({bells(u"Weights"_s, 0, 10, 1)});
        QTest::keyClick(m_plot.get(), Qt::Key_Left);
        QCOMPARE(m_plot->readoutStep(), std::optional(2250.0));
        QTest::keyClick(m_plot.get(), Qt::Key_Left);
        QCOMPARE(m_plot->readoutStep(), std::optional(2000.0));
        QVERIFY(m_plot->accessibleDescription().startsWith(u"Step 2,000: "_s));
        QTest::keyClick(m_plot.get(), Qt::Key_Escape);
        QVERIFY(!m_plot->readoutStep());
    }

    void emptyPlotSaysSo() {
        QCOMPARE(m_plot->accessibleDescription(), u"There are no histograms yet."_s);
        const QImage empty = m_plot->grab().toImage();
        m_plot->setSeries({bells(u"Weights"_s, 0, 10, 1), bells(u"Gradients"_s, 1, 10, 1e-4)});
        QVERIFY(m_plot->grab().toImage() != empty);
        QCOMPARE(m_plot->accessibleName(), u"Histograms: Weights, Gradients over Step"_s);
        QVERIFY(m_plot->accessibleDescription().startsWith(u"Newest: Weights: median "_s));
        m_plot->setSeries({});
        QCOMPARE(m_plot->grab().toImage(), empty);
    }
    void oneStepAndOneValueAreDrawn() {
        m_plot->setSeries(
            {{.id = u"w"_s, .label = u"w"_s, .columns = {{.step = 5, .low = 2, .high = 2, .counts = {7}}}}});
        QVERIFY(!m_plot->grab().isNull());
    }
    void themeChangeRepaints() {
        m_plot->setSeries({bells(u"Weights"_s, 0, 10, 1)});
        const QImage dark = m_plot->grab().toImage();
        Theme::instance().apply(ThemeChoice::Light);
        const QImage light = m_plot->grab().toImage();
        QCOMPARE(light.pixelColor(300, 2), Theme::tokens(false).surface);
        QVERIFY2(light.pixel(300, 30) != dark.pixel(300, 30), "the heat too");
    }

private:
    std::unique_ptr<HistogramPlot> m_plot;
};

VITRINE_TEST(TestHistogramPlot)
#include "tst_histogram_plot.moc"
