// SPDX-License-Identifier: GPL-3.0-or-later
// A number is what was typed, with dot or comma, in every country.
#include <QLineEdit>
#include <QTest>
#include <clocale>

#include "tests/support/test_program.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/number_field.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestNumberField : public QObject {
    Q_OBJECT

    static void type(QAbstractSpinBox& box, const QString& text) {
        box.selectAll();
        QTest::keyClicks(&box, text);
        QTest::keyClick(&box, Qt::Key_Return);
    }

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::German)); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void fractionsAreWhatWasTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("value");
        QTest::newRow("dot") << u"0.5"_s << 0.5;
        QTest::newRow("comma") << u"0,5"_s << 0.5;
        QTest::newRow("negative") << u"-2,25"_s << -2.25;
        QTest::newRow("whole") << u"7"_s << 7.0;
        QTest::newRow("two signs") << u"1,234.5"_s << 1.0;  // refused: what was there stays
        QTest::newRow("two commas") << u"1,234,5"_s << 1.0;
    }
    void fractionsAreWhatWasTyped() {
        QFETCH(QString, typed);
        QFETCH(double, value);
        DecimalField box;
        box.setRange(-9999, 9999);
        box.setValue(1);
        type(box, typed);
        QCOMPARE(box.value(), value);
        QVERIFY2(!box.text().contains(u','), qPrintable(box.text()));
    }

    void aUnitIsNoObstacle() {
        DecimalField box;
        box.setSuffix(u" px"_s);
        box.setRange(0, 10);
        type(box, u"2,5"_s);
        QCOMPARE(box.value(), 2.5);
    }

    void wholeNumbersAreWhatWasTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("value");
        QTest::newRow("plain") << u"1500"_s << 1500;
        QTest::newRow("fraction, dot") << u"1.5"_s << 3;
        QTest::newRow("fraction, comma") << u"1,5"_s << 3;
        QTest::newRow("thousands") << u"1.500"_s << 3;
    }
    void wholeNumbersAreWhatWasTyped() {
        QFETCH(QString, typed);
        QFETCH(int, value);
        WholeField box;
        box.setRange(0, 1'000'000);
        box.setValue(3);
        type(box, typed);
        QCOMPARE(box.value(), value);
    }

    void slidersTakeDotAndComma() {
        LabeledSlider slider({.id = u"w"_s, .label = u"Weight"_s, .minimum = 0, .maximum = 8});
        auto* box = slider.findChild<QDoubleSpinBox*>(u"w.value"_s);
        QVERIFY(box);
        for (const QString& typed : {u"0.5"_s, u"0,5"_s}) {
            slider.setValue(1);
            type(*box, typed);
            QCOMPARE(slider.value(), 0.5);
            QCOMPARE(box->text(), u"0.50"_s);
        }
    }

    void theWholeWindowWritesADot() {
        useOneNumberFormat();
        QCOMPARE(QLocale().toString(1234.5, 'f', 1), u"1234.5"_s);
        QCOMPARE(QByteArray(std::localeconv()->decimal_point), QByteArray("."));
    }
};

VITRINE_TEST(TestNumberField)
#include "tst_number_field.moc"
