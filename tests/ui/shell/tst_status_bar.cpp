// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/status_bar.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestStatusBar : public QObject {
    Q_OBJECT

private:
    static Progress at(double fraction, double secondsLeft = -1) {
        Progress progress;
        progress.fraction = fraction;
        progress.secondsLeft = secondsLeft;
        return progress;
    }

private Q_SLOTS:
    void numbersCarryUnitsAndDontMoveTheirNeighbours() {
        StatusBar bar;
        bar.resize(900, 28);
        bar.show();
        bar.setModel(u"compact-128"_s);
        bar.setDevice(u"CPU, bf16"_s);
        bar.setLatencyMs(4.12);
        bar.setFps(60);
        auto* latency = bar.findChild<QLabel*>(u"statusBar.latency"_s);
        auto* fps = bar.findChild<QLabel*>(u"statusBar.fps"_s);
        QCOMPARE(latency->text(), u"4.1 ms"_s);
        QCOMPARE(fps->text(), u"60 fps"_s);
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        const QRect before = fps->geometry();
        bar.setLatencyMs(812.7);
        bar.setFps(1);
        QCoreApplication::processEvents();
        QCOMPARE(latency->text(), u"813 ms"_s);
        QCOMPARE(fps->geometry(), before);
        bar.setLatencyMs(1234);
        QCOMPARE(latency->text(), u"1.2 s"_s);
        bar.setLatencyMs(-1);
        QVERIFY(latency->text().isEmpty());
    }

    void aJobShowsProgressTimeLeftAndCancel() {
        StatusBar bar;
        bar.show();
        int cancelled = 0;
        const int job = bar.beginJob(u"Rendering"_s, [&cancelled] { ++cancelled; });
        bar.setJobProgress(job, at(0.437, 61));
        QCOMPARE(bar.jobText(), u"Rendering 43 %, 2 min left"_s);
        auto* cancel = bar.findChild<QToolButton*>(u"statusBar.cancel"_s);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QCOMPARE(cancelled, 1);
        QCOMPARE(bar.jobText(), u"Rendering: cancelling"_s);
        bar.endJob(job);
        QCOMPARE(bar.numJobs(), 0);
        QVERIFY(bar.jobText().isEmpty());
    }

    void theNewestOfSeveralJobsIsShown() {
        StatusBar bar;
        const int first = bar.beginJob(u"Rendering"_s);
        const int second = bar.beginJob(u"Exporting"_s);
        QCOMPARE(bar.jobText(), u"Exporting 0 % (and 1 more)"_s);
        bar.endJob(second);
        bar.setJobProgress(first, at(2));
        QCOMPARE(bar.jobText(), u"Rendering 100 %"_s);
        bar.setJobProgress(second, at(0.5));
        QCOMPARE(bar.numJobs(), 1);
    }

    void timeLeftIsInWordsAPersonUses() {
        QCOMPARE(timeLeftText(-1), QString());
        QCOMPARE(timeLeftText(0.2), u"1 s left"_s);
        QCOMPARE(timeLeftText(59), u"59 s left"_s);
        QCOMPARE(timeLeftText(61), u"2 min left"_s);
        QCOMPARE(timeLeftText(7201), u"3 h left"_s);
        QCOMPARE(timeLeftText(at(0.0002, 52'000)), QString());  // after the first of thousands of views
        QCOMPARE(timeLeftText(at(0.03, 61)), u"2 min left"_s);
    }

    void everyControlHasAName() {
        StatusBar bar;
        bar.beginJob(u"Rendering"_s, [] {});
        QCOMPARE(unnamedWidgets(&bar), QStringList());
    }
};

VITRINE_TEST(TestStatusBar)
#include "tst_status_bar.moc"
