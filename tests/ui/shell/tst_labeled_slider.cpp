// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"
#include "ui/shell/tick_slider.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestLabeledSlider : public QObject {
    Q_OBJECT

private:
    static SliderSpec elevation() {
        SliderSpec spec;
        spec.id = u"elevation"_s;
        spec.label = u"Elevation"_s;
        spec.unit = u"°"_s;
        spec.minimum = 10;
        spec.maximum = 40;
        spec.reset = 20;
        spec.step = 0.5;
        spec.decimals = 1;
        return spec;
    }
    static SliderSpec azimuth() {
        SliderSpec spec = elevation();
        spec.id = u"azimuth"_s;
        spec.label = u"Azimuth"_s;
        spec.minimum = 0;
        spec.maximum = 360;
        spec.reset = 0;
        spec.step = 1;
        spec.wraps = true;
        return spec;
    }

    struct Row {
        explicit Row(const SliderSpec& spec)
            : row(spec),
              changed(&row, &LabeledSlider::valueChanged),
              ended(&row, &LabeledSlider::dragFinished) {
            row.resize(300, 28);
            row.show();
            slider = row.findChild<TickSlider*>();
            spin = row.findChild<QDoubleSpinBox*>();
            reset = row.findChild<QToolButton*>();
        }
        void drag(std::initializer_list<double> shares, Qt::KeyboardModifiers modifiers = {}) {
            const auto point = [this](double share) {
                return QPoint(8 + int(share * (slider->width() - 16)), slider->height() / 2);
            };
            QTest::mousePress(slider, Qt::LeftButton, modifiers, point(*shares.begin()));
            for (const double share : shares) {
                QMouseEvent move(QEvent::MouseMove,
                                 point(share),
                                 slider->mapToGlobal(point(share)),
                                 Qt::NoButton,
                                 Qt::LeftButton,
                                 modifiers);
                QCoreApplication::sendEvent(slider, &move);
            }
            QTest::mouseRelease(slider, Qt::LeftButton, modifiers, point(*(shares.end() - 1)));
        }
        LabeledSlider row;
        QSignalSpy changed;
        QSignalSpy ended;
        TickSlider* slider = nullptr;
        QDoubleSpinBox* spin = nullptr;
        QToolButton* reset = nullptr;
    };

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }

    void aDragSetsTheValueAndEndsOnce() {
        Row r(elevation());
        r.drag({0.5, 0.7, 0.9, 1.0});
        QCOMPARE(r.row.value(), 40.0);
        QVERIFY(r.changed.count() >= 3);
        QCOMPARE(r.ended.count(), 1);
        QCOMPARE(r.spin->value(), 40.0);
        QCOMPARE(r.spin->text(), u"40.0°"_s);
    }

    void settingItInCodeIsSilent() {
        Row r(elevation());
        r.row.setValue(33);
        QCOMPARE(r.row.value(), 33.0);
        QCOMPARE(r.spin->value(), 33.0);
        r.row.setValue(1000);
        QCOMPARE(r.row.value(), 40.0);
        r.row.setValue(std::nan(""));
        QCOMPARE(r.row.value(), 20.0);
        QCOMPARE(r.changed.count(), 0);
        QCOMPARE(r.ended.count(), 0);
    }

    void keysStepAndEndAfterARest() {
        Row r(elevation());
        QTest::keyClick(r.slider, Qt::Key_Right);
        QCOMPARE(r.row.value(), 20.5);
        QTest::keyClick(r.slider, Qt::Key_PageUp);
        QCOMPARE(r.row.value(), 25.5);
        QTest::keyClick(r.slider, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(r.row.value(), 25.45);
        QTest::keyClick(r.slider, Qt::Key_Home);
        QCOMPARE(r.row.value(), 10.0);
        QTest::keyClick(r.slider, Qt::Key_Left);
        QCOMPARE(r.row.value(), 10.0);
        QCOMPARE(r.ended.count(), 0);
        QTRY_COMPARE(r.ended.count(), 1);
    }

    void anAngleGoesOnPastItsEnds() {
        Row r(azimuth());
        QTest::keyClick(r.slider, Qt::Key_Left);
        QCOMPARE(r.row.value(), 359.0);
        r.row.setValue(725);
        QCOMPARE(r.row.value(), 5.0);
    }

    void typingSetsTheValueWithEnterOnly() {
        Row r(elevation());
        r.spin->setFocus();
        r.spin->selectAll();
        QTest::keyClicks(r.spin, u"31.5"_s);
        QCOMPARE(r.changed.count(), 0);
        QTest::keyClick(r.spin, Qt::Key_Return);
        QCOMPARE(r.row.value(), 31.5);
        QCOMPARE(r.changed.count(), 1);
    }

    void aDoubleClickAndTheButtonReset() {
        Row r(elevation());
        QVERIFY2(!r.reset->isVisible(), "nothing to reset yet");
        r.row.setValue(35);
        QVERIFY(r.reset->isVisible());
        QTest::mouseClick(r.reset, Qt::LeftButton);
        QCOMPARE(r.row.value(), 20.0);
        QVERIFY(r.ended.count() >= 1);
        r.row.setValue(35);
        QTest::mouseDClick(r.slider, Qt::LeftButton);
        QCOMPARE(r.row.value(), 20.0);
        QCOMPARE(r.changed.count(), 2);
    }

    void dragsSnapToTicksUnlessShiftIsHeld() {
        Row r(elevation());
        r.row.setTicks({20, 30}, 1);
        r.drag({0.2, 0.66});
        QCOMPARE(r.row.value(), 30.0);
        r.drag({0.2, 0.64}, Qt::ShiftModifier);
        QVERIFY2(r.row.value() > 28.5 && r.row.value() < 30, qPrintable(QString::number(r.row.value())));
    }

    void theWheelActsWithTheFocusOnly() {
        Row r(elevation());
        r.row.clearFocus();
        r.spin->clearFocus();
        r.slider->clearFocus();
        const auto turn = [&r](QWidget* over) {
            const QPointF point = over->rect().center();
            QWheelEvent event(point,
                              over->mapToGlobal(point),
                              {},
                              {0, 120},
                              Qt::NoButton,
                              Qt::NoModifier,
                              Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(over, &event);
        };
        turn(r.slider);
        turn(r.spin);
        QCOMPARE(r.row.value(), 20.0);
        r.row.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&r.row));
        r.slider->setFocus();
        QTRY_VERIFY(r.slider->hasFocus());
        turn(r.slider);
        QCOMPARE(r.row.value(), 20.5);
    }

    void nothingMovesWhileTheValueDoes() {
        Row r(azimuth());
        QVERIFY(QTest::qWaitForWindowExposed(&r.row));
        const QRect slider = r.slider->geometry();
        const QRect spin = r.spin->geometry();
        for (const double value : {0.0, 1.0, 111.1, 359.9}) {
            r.row.setValue(value);
            QCoreApplication::processEvents();
            QCOMPARE(r.slider->geometry(), slider);
            QCOMPARE(r.spin->geometry(), spin);
            const int needed = r.spin->fontMetrics().horizontalAdvance(r.spin->text());
            QVERIFY2(needed <= r.spin->width() - 8, "the text is cut");
        }
    }

    void zeroHasNoSign() {
        SliderSpec spec = elevation();
        spec.minimum = -1;
        spec.maximum = 1;
        spec.reset = 0;
        Row r(spec);
        r.row.setValue(-0.0001);
        QCOMPARE(r.spin->text(), u"0.0°"_s);
        QVERIFY(!r.reset->isVisible());
    }

    void aNarrowerRangeClamps() {
        Row r(elevation());
        r.row.setValue(35);
        r.row.setRange(10, 30);
        QCOMPARE(r.row.value(), 30.0);
        r.row.setRange(0, 90);
        QCOMPARE(r.row.value(), 30.0);
        QCOMPARE(r.changed.count(), 0);
    }

    void labelsOfASectionLineUp() {
        LabeledSlider a(elevation());
        SliderSpec wide = azimuth();
        wide.label = u"Saturation power"_s;
        LabeledSlider b(wide);
        LabeledSlider::alignLabels({&a, &b});
        QCOMPARE(a.findChild<QLabel*>()->width(), b.findChild<QLabel*>()->width());
    }

    void everyControlHasAName() {
        Row r(elevation());
        QCOMPARE(unnamedWidgets(&r.row), QStringList());
    }
};

VITRINE_TEST(TestLabeledSlider)
#include "tst_labeled_slider.moc"
