// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on networks that need no weights: its start, painting, its views and texts.
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "core/recipe/segmentation_input.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/segmentation/segmentation_fixture.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/label_paint.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestSegmentationPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itStartsWithAPictureAndSamples() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
        QCOMPARE(f.grid()->tiles().size(), 16);
        QVERIFY(f.panel->result()->scores.has_value());
        QCOMPARE(f.find<QLabel>("numbers.answer")->text(), u"0.500"_s);
        QVERIFY(!f.canvas()->image().isNull());
    }

    void withoutANetworkItSaysWhatToDo() {
        SegmentationFixture f;
        std::filesystem::remove(f.at("segmentation-cvae.safetensors"));
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"no network"_s));
        QVERIFY(f.find<QPushButton>("notice.button")->isVisible());
    }

    void withoutAPictureItAsksForOne() {
        SegmentationFixture f(/*withPictures=*/false);
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"Choose a picture"_s));
        QVERIFY(!f.can("export"));
        QVERIFY(!f.can("invert"));
        (void)writePng(f.at("own.png"), Image(70, 40, 3, 10));
        f.answer = QString::fromStdString(f.at("own.png").string());
        f.find<QPushButton>("notice.button")->click();
        QVERIFY(QTest::qWaitFor([&f] { return f.panel->state().picture != nullptr; }, 10'000));
        QCOMPARE(f.panel->state().picture->image.width, kToySize);
        QVERIFY(f.settle());
    }

    void theOmissionsOfThePaperAreButtons() {
        SegmentationFixture f;
        f.open();
        const auto hidden = [&f] { return countOf(f.panel->state().marks.omission, 1); };
        QVERIFY(f.settle());
        f.find<QPushButton>("hideBlocks")->click();
        QVERIFY(hidden() > 0 && hidden() % 64 == 0);
        f.run("clear");
        QCOMPARE(hidden(), 0);
        f.find<QPushButton>("quadrant.3")->click();
        QCOMPARE(hidden(), kToySize * kToySize / 4);
        f.run("invert");
        QCOMPARE(hidden(), 3 * kToySize * kToySize / 4);
        f.run("clear");
        f.find<QPushButton>("hideBox")->click();
        QVERIFY(hidden() > kToySize * kToySize / 30 && hidden() < kToySize * kToySize / 5);
        QVERIFY(f.settle());
    }

    void theViewsAreOfOneSizeAndAligned() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const auto area = [&f](const char* id) {
            const auto* view = f.find<ZoomView>(id);
            return QRect(view->mapTo(f.panel.get(), QPoint()), view->size());
        };
        const auto isEven = [&area] {
            const QRect mean = area("aggregate"), uncertainty = area("uncertainty"), answer = area("answer"),
                        truth = area("truth");
            // An odd room has a larger half.
            for (const QRect& other : {uncertainty, answer, truth})
                if (std::abs(other.width() - mean.width()) > 1 ||
                    std::abs(other.height() - mean.height()) > 1)
                    return false;
            return mean.top() == uncertainty.top() && answer.top() == truth.top() &&
                   mean.left() == answer.left() && uncertainty.left() == truth.left();
        };
        for (const QSize& size : {QSize(1280, 800), QSize(960, 600)}) {
            f.panel->resize(size);
            QTRY_VERIFY(isEven());
        }
    }

    void noChoiceIsCutWhereTheWindowIsSmall() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.panel->resize(866, 540);  // what a window of 960 x 600 leaves
        const auto room = [](const QComboBox* box) {
            QStyleOptionComboBox option;
            option.initFrom(box);
            return box->style()
                ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box)
                .width();
        };
        for (const char* id : {"aggregate.choice", "uncertainty.choice", "answer.choice"}) {
            const auto* box = f.find<QComboBox>(id);
            for (int i = 0; i < box->count(); ++i) {
                const QString text = box->itemText(i);
                QTRY_VERIFY2(box->fontMetrics().horizontalAdvance(text) <= room(box), qPrintable(text));
                QVERIFY(!box->itemData(i, Qt::ToolTipRole).toString().isEmpty());
            }
        }
    }

    void shiftShowsTheTruth() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QTest::keyPress(f.canvas(), Qt::Key_Shift);
        QVERIFY(f.find<QLabel>("aggregate.caption")->text().contains(u"truth"_s));
        QTest::keyRelease(f.canvas(), Qt::Key_Shift);
        QVERIFY(!f.find<QLabel>("aggregate.caption")->text().contains(u"truth"_s));
    }

    void keysWorkAsInOtherPainters() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.registry.clashes().isEmpty());
        const double size = f.canvas()->brushSize();
        f.run("larger");
        QVERIFY(f.canvas()->brushSize() > size);
        f.run("swapTool");
        QVERIFY(f.registry.action(u"segmentation.eraser"_s)->isChecked());
        f.run("swapTool");
        QVERIFY(f.registry.action(u"segmentation.brush"_s)->isChecked());
    }

    void shapesShareAButton() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* button = f.find<QToolButton>("shape");
        QCOMPARE(button->menu()->actions().size(), 4);
        f.run("clear");
        f.run("halfPlane");
        QCOMPARE(button->defaultAction()->objectName(), u"segmentation.halfPlane"_s);
        QTest::mousePress(f.canvas(), Qt::LeftButton, {}, f.canvas()->rect().center());
        QTest::mouseMove(f.canvas(), f.canvas()->rect().center() + QPoint(0, 20));
        QTest::mouseRelease(f.canvas(), Qt::LeftButton, {}, f.canvas()->rect().center() + QPoint(0, 20));
        const LabelMap& hidden = f.panel->state().marks.omission;
        QVERIFY(std::abs(countOf(hidden, 1) - kPictureSize * kPictureSize / 2) <= kPictureSize);
        QCOMPARE(int(hidden.at(kPictureSize - 1, 0)), 1);
        f.undo.undo();
        QCOMPARE(countOf(f.panel->state().marks.omission, 1), 0);
        f.run("brush");
        QCOMPARE(button->defaultAction()->objectName(), u"segmentation.halfPlane"_s);
    }

    void labelsCoverMoreAndLess() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const double before = f.panel->state().opacity;
        f.run("fainter");
        QVERIFY(f.panel->state().opacity < before);
        for (int i = 0; i < 20; ++i) f.run("stronger");
        QCOMPARE(f.panel->state().opacity, 1.0);
    }

    void everyPartTellsWhatItIs() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        // What says nothing itself asks its parent.
        const auto helpOf = [&f](const QWidget* widget) {
            while (widget != f.panel.get() && widget->whatsThis().isEmpty()) widget = widget->parentWidget();
            return widget == f.panel.get() ? QString() : widget->whatsThis();
        };
        for (const QWidget* widget : f.panel->findChildren<QWidget*>()) {
            const bool isPart = isInteractive(widget) && !widget->focusProxy() && widget->isVisible();
            const bool isOverflow = widget->objectName().endsWith(u".more"_s);
            if (!isPart && !qobject_cast<const InspectorSection*>(widget)) continue;
            QVERIFY2(isOverflow || !helpOf(widget).isEmpty(), qPrintable(widget->objectName()));
        }
        QVERIFY(f.find<LabeledSlider>("numSweeps")->whatsThis().contains(u"section 5.3"_s));
        QVERIFY(f.find<QPushButton>("hideBox")->whatsThis().contains(u"section 4.3"_s));
        QVERIFY(f.find<QWidget>("reliability")->whatsThis().contains(u"Not described"_s));
        QVERIFY(f.panel->whatsThis().contains(u"Sohn"_s));
    }

    void everyPartHasAName() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("target")->setCurrentIndex(3);
        f.paint();
        QVERIFY(f.settle());
        const QStringList unnamed = unnamedWidgets(f.panel.get());
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    }
};

VITRINE_TEST(TestSegmentationPanel)
#include "tst_segmentation_panel.moc"
