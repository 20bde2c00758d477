// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/support/test_program.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestUndo : public QObject {
    Q_OBJECT

    double m_azimuth = 0;
    double m_elevation = 20;
    UndoHistory m_undo;

    void setAzimuth(double value) {
        m_undo.set(u"azimuth"_s, u"Turn"_s, m_azimuth, value, [this](double v) { m_azimuth = v; });
    }
    void setElevation(double value) {
        m_undo.set(u"elevation"_s, u"Tilt"_s, m_elevation, value, [this](double v) { m_elevation = v; });
    }

private Q_SLOTS:
    void init() {
        m_undo.clear();
        m_azimuth = 0;
        m_elevation = 20;
    }

    void aDragIsOneStep() {
        for (int i = 1; i <= 50; ++i) setAzimuth(i);
        QCOMPARE(m_azimuth, 50.0);
        QCOMPARE(m_undo.count(), 1);
        m_undo.undo();
        QCOMPARE(m_azimuth, 0.0);
        m_undo.redo();
        QCOMPARE(m_azimuth, 50.0);
    }

    void twoDragsAreTwoSteps() {
        setAzimuth(10);
        setAzimuth(20);
        m_undo.endGesture();
        setAzimuth(30);
        QCOMPARE(m_undo.count(), 2);
        m_undo.undo();
        QCOMPARE(m_azimuth, 20.0);
    }

    void twoSlidersDontMerge() {
        setAzimuth(10);
        setElevation(30);
        setAzimuth(20);
        QCOMPARE(m_undo.count(), 3);
        m_undo.undo();
        m_undo.undo();
        QCOMPARE(m_azimuth, 10.0);
        QCOMPARE(m_elevation, 20.0);
    }

    void aDragThatEndsWhereItBeganIsNoStep() {
        setAzimuth(10);
        setAzimuth(0);
        QCOMPARE(m_azimuth, 0.0);
        QCOMPARE(m_undo.count(), 0);
    }

    void noChangeIsNoStep() {
        setAzimuth(0);
        QCOMPARE(m_undo.count(), 0);
        QVERIFY(!m_undo.canUndo());
    }

    void aChangeAfterUndoDropsWhatWasUndone() {
        setAzimuth(10);
        m_undo.endGesture();
        setAzimuth(20);
        m_undo.endGesture();
        m_undo.undo();
        setAzimuth(15);
        QVERIFY(!m_undo.canRedo());
        m_undo.undo();
        QCOMPARE(m_azimuth, 10.0);
    }
};

VITRINE_TEST(TestUndo)
#include "tst_undo.moc"
