// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/plots/axis_ticks.h"
#include "ui/plots/series_colors.h"
#include "ui/shell/theme.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestAxisTicks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linearTicksAreRoundAndFew() {
        QCOMPARE(linearTicks(0, 12000, 6), (QList<double>{0, 2000, 4000, 6000, 8000, 10000, 12000}));
        QCOMPARE(tickLabels(linearTicks(-0.3, 1.1, 4)), (QStringList{u"0"_s, u"0.5"_s, u"1.0"_s}));
        QVERIFY(linearTicks(1, 1, 5).isEmpty());
        QVERIFY(linearTicks(0, INFINITY, 5).isEmpty());
        QVERIFY(linearTicks(0, std::nan(""), 5).isEmpty());
    }
    void logTicksAreDecadesAndMoreWhereThereIsRoom() {
        QCOMPARE(logTicks(0.001, 1000, 8), (QList<double>{0.001, 0.01, 0.1, 1, 10, 100, 1000}));
        QCOMPARE(logTicks(0.1, 10, 10), (QList<double>{0.1, 0.2, 0.5, 1, 2, 5, 10}));
        QVERIFY(logTicks(1e-30, 1e30, 8).size() <= 8);
        QVERIFY2(logTicks(0.22, 0.48, 6).size() >= 3, "within a decade too");
        QVERIFY(logTicks(0, 1, 5).isEmpty());
    }

    void labelsAreShortAndAllInOneUnit() {
        QCOMPARE(tickLabels({0, 4000, 8000, 12000}), (QStringList{u"0"_s, u"4k"_s, u"8k"_s, u"12k"_s}));
        QCOMPARE(tickLabels({0, 2500, 5000}), (QStringList{u"0"_s, u"2500"_s, u"5000"_s}));
        QCOMPARE(tickLabels({1e6, 1.5e6, 2e6}), (QStringList{u"1.0M"_s, u"1.5M"_s, u"2.0M"_s}));
        QCOMPARE(tickLabels({123456, 123457}), (QStringList{u"123456"_s, u"123457"_s}));
        QCOMPARE(tickLabels({-0.25, 0, 0.25}), (QStringList{u"\u22120.25"_s, u"0"_s, u"0.25"_s}));
        QCOMPARE(tickLabels({0, 1e-5, 2e-5}), (QStringList{u"0"_s, u"1e\u22125"_s, u"2e\u22125"_s}));
    }
    void numbers() {
        QCOMPARE(shortNumber(0.0123456), u"0.01235"_s);
        QCOMPARE(shortNumber(12345), u"12.35k"_s);
        QCOMPARE(shortNumber(-2.5e-5), u"\u22122.5e\u22125"_s);
        QCOMPARE(shortNumber(0), u"0"_s);
        QCOMPARE(alignedNumber(0.744), u"0.7440"_s);
        QCOMPARE(alignedNumber(-12340), u"\u221212.34k"_s);
        QCOMPARE(shortNumber(std::nan("")), u"not a number"_s);
        QCOMPARE(longNumber(12300), u"12,300"_s);
        QCOMPARE(longNumber(1.25), u"1.25"_s);
    }

    void seriesColorsStandOutFromBothGrounds() {
        for (bool dark : {false, true}) {
            const ThemeTokens theme = Theme::tokens(dark);
            for (int i = 0; i < kNumSeriesColors; ++i)
                for (const QColor& ground : {theme.window, theme.surface})
                    QVERIFY2(Theme::contrast(seriesColor(i, dark), ground) >= 3,
                             qPrintable(QString::number(i)));
        }
    }
    void colorUsedAgainHasAnotherLine() {
        QCOMPARE(seriesColor(1, true), seriesColor(1 + kNumSeriesColors, true));
        QVERIFY(seriesPen(1, false, true, 2).style() !=
                seriesPen(1 + kNumSeriesColors, false, true, 2).style());
        QVERIFY(seriesColor(-3, true).isValid());
    }
};

VITRINE_TEST(TestAxisTicks)
#include "tst_axis_ticks.moc"
