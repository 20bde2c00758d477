// SPDX-License-Identifier: GPL-3.0-or-later
// Commands, panels, messages and the looks of the window.
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QUndoView>
#include <QWheelEvent>
#include <thread>

#include "core/base/log.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyControlHasAName() {
        WindowFixture f;
        f.window.services().messages.showMessage(MessageKind::Error, u"x"_s, u"y"_s);
        f.window.services().status.beginJob(u"Rendering"_s, [] {});
        f.action(u"view.log"_s)->trigger();
        QCOMPARE(unnamedWidgets(&f.window), QStringList());
    }

    void theTestOfNamesFindsANamelessControl() {
        QWidget box;
        auto* button = new QPushButton(&box);
        QCOMPARE(unnamedWidgets(&box).size(), 1);
        button->setObjectName(u"button"_s);
        QCOMPARE(unnamedWidgets(&box).size(), 1);
        button->setAccessibleName(u"Do it"_s);
        QCOMPARE(unnamedWidgets(&box), QStringList());
    }

    void aPanelMayHoldTheWindow() {
        WindowFixture f;
        f.second->closable = false;
        QVERIFY(!f.window.close());
        QVERIFY(f.window.isVisible());
        f.second->closable = true;
        QVERIFY(f.window.close());
    }

    void noTwoKeysClash() {
        WindowFixture f;
        QCOMPARE(f.window.services().actions.clashes(), QStringList());
    }

    void panelsChangeByKeyRailAndMenu() {
        WindowFixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QCOMPARE(f.window.currentPanel(), f.first);
        QTest::keyClick(&f.window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(f.window.currentPanel(), f.second);
        QVERIFY(f.action(u"view.panel.second"_s)->isChecked());
        QTest::mouseClick(f.window.findChild<QAbstractButton*>(u"view.panel.first.rail"_s), Qt::LeftButton);
        QCOMPARE(f.window.currentPanel(), f.first);
        QVERIFY(!f.window.showPanel(u"nowhere"_s));
    }

    void aKeyActsOnThePanelInFront() {
        WindowFixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QTest::keyClick(&f.window, Qt::Key_E, Qt::ControlModifier);
        f.window.showPanel(u"second"_s);
        QTest::keyClick(&f.window, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(f.first->exports, 1);
        QCOMPARE(f.second->exports, 1);
    }

    void onlyMenusWithCommandsAreShown() {
        WindowFixture f;
        QStringList shown;
        for (const QAction* entry : f.window.menuBar()->actions()) {
            if (entry->isVisible()) shown << entry->text().remove(u'&');
        }
        QCOMPARE(shown, QStringList({u"File"_s, u"Edit"_s, u"View"_s, u"first"_s, u"Help"_s}));
    }

    void undoButtonAndKeyAreOneAction() {
        WindowFixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QVERIFY(!f.action(u"edit.undo"_s)->isEnabled());
        QWidget* slider = f.first->slider->findChild<QWidget*>(u"first.azimuth.slider"_s);
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(f.first->number, 1.0);
        QVERIFY(f.action(u"edit.undo"_s)->isEnabled());
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.first->number, 0.0);
        QCOMPARE(f.first->slider->value(), 0.0);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.first->number, 1.0);
    }

    void theStatusBarNamesTheModelOfThePanelInFront() {
        WindowFixture f;
        const auto* name = f.window.findChild<QLabel*>(u"statusBar.model"_s);
        const auto* device = f.window.findChild<QLabel*>(u"statusBar.device"_s);
        const auto* latency = f.window.findChild<QLabel*>(u"statusBar.latency"_s);
        f.first->setModel({u"compact-128"_s, u"CPU, bf16"_s, {}});
        f.second->setModel({u"segmentation-cvae"_s, {}, {}});  // behind
        QCOMPARE(name->text(), u"compact-128"_s);
        f.window.services().status.setLatencyMs(4.1);
        f.window.showPanel(u"second"_s);
        QCOMPARE(name->text(), u"segmentation-cvae"_s);
        QCOMPARE(device->text(), QString());
        QCOMPARE(latency->text(), QString());
        f.first->setModel({u"compact-64"_s, u"CPU, bf16"_s, {}});
        QCOMPARE(name->text(), u"segmentation-cvae"_s);
        f.window.showPanel(u"first"_s);
        QCOMPARE(name->text(), u"compact-64"_s);
        QCOMPARE(device->text(), u"CPU, bf16"_s);
    }

    void theModelCardIsOfThePanelInFront() {
        WindowFixture f;
        const QAction* command = f.window.services().actions.action(u"help.modelCard"_s);
        QStringList asked;
        f.first->setModel({u"compact-128"_s, {}, {}, u"/models/chairs-128.safetensors"_s});
        QVERIFY(!command->isEnabled());  // nothing reads cards yet
        f.window.setModelCardReader([&asked](const QString& weights, const auto& done) {
            asked << weights;
            done(ModelCardPage{u"chairs-128"_s, weights, u"abc"_s, u"A card."_s});
        });
        QVERIFY(command->isEnabled());
        f.window.runCommand(u"help.modelCard"_s);
        auto* card = f.window.findChild<ModelCardWindow*>(u"modelCard"_s);
        QVERIFY(card->isVisible());
        QCOMPARE(asked, QStringList{u"/models/chairs-128.safetensors"_s});
        QCOMPARE(card->findChild<QLabel*>(u"modelCard.hash"_s)->text(), u"abc"_s);
        f.window.showPanel(u"second"_s);
        QVERIFY(!command->isEnabled());  // it has no network
        f.second->setModel({u"segmentation-cvae"_s, {}, {}, u"/models/segmentation-cvae.safetensors"_s});
        f.window.runCommand(u"help.modelCard"_s);
        QCOMPARE(asked.last(), u"/models/segmentation-cvae.safetensors"_s);
        QCOMPARE(f.window.findChildren<ModelCardWindow*>().size(), 1);
    }

    void undoBringsItsPanelToTheFront() {
        WindowFixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.window.showPanel(u"second"_s);
        QTest::keyClick(f.second->slider->findChild<QWidget*>(u"second.azimuth.slider"_s), Qt::Key_Right);
        QCOMPARE(f.action(u"edit.undo"_s)->text(), u"&Undo: Turn"_s);
        f.window.showPanel(u"first"_s);
        QCOMPARE(f.action(u"edit.undo"_s)->text(), u"&Undo: Turn (second)"_s);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.second->number, 0.0);
        QCOMPARE(f.message(), u"Undone in second: Turn"_s);
        f.window.showPanel(u"first"_s);
        f.action(u"edit.redo"_s)->trigger();
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.second->number, 1.0);
        QCOMPARE(f.message(), u"Redone in second: Turn"_s);
        f.window.services().messages.dismiss();
        f.action(u"edit.undo"_s)->trigger();  // in front already
        QCOMPARE(f.message(), QString());
        QCOMPARE(f.action(u"edit.undo"_s)->text(), u"&Undo"_s);
    }

    void theHistoryGoesToAnyStep() {
        WindowFixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.first->slider->valueChanged(30);
        f.window.services().undo.endGesture();
        f.window.showPanel(u"second"_s);
        f.second->slider->valueChanged(60);
        f.window.services().undo.endGesture();
        f.second->slider->valueChanged(90);
        auto* history = f.window.findChild<QDockWidget*>(u"history"_s);
        QVERIFY(!history->isVisible());
        f.action(u"view.history"_s)->trigger();
        QVERIFY(history->isVisible());
        auto* steps = history->findChild<QUndoView*>(u"history.steps"_s);
        QCOMPARE(steps->model()->rowCount(), 4);  // the start, and each step
        QVERIFY(unnamedWidgets(history).isEmpty());
        steps->setFocus();
        const auto click = [steps](int row) {
            QTest::mouseClick(steps->viewport(),
                              Qt::LeftButton,
                              {},
                              steps->visualRect(steps->model()->index(row, 0)).center());
        };
        click(0);
        QCOMPARE(f.first->number, 0.0);
        QCOMPARE(f.second->number, 0.0);
        QCOMPARE(f.window.currentPanel(), f.first);  // whose step was taken back last
        click(2);
        QCOMPARE(f.first->number, 30.0);
        QCOMPARE(f.second->number, 60.0);
        QCOMPARE(f.window.currentPanel(), f.second);
        QVERIFY(f.action(u"edit.redo"_s)->isEnabled());
    }

    void aMessageMovesNothingOnThePage() {
        WindowFixture f;
        f.window.resize(960, 600);
        QVERIFY(QTest::qWaitForWindowExposed(&f.window));
        const auto places = [&f] {
            QList<QRect> all;
            for (const QWidget* each : f.first->findChildren<QWidget*>())
                all << QRect(each->mapTo(&f.window, QPoint()), each->size());
            return all;
        };
        const QList<QRect> before = places();
        auto* bar = f.window.findChild<MessageBar*>();
        bar->showMessage(MessageKind::Warning, u"The chair has no texture. "_s.repeated(8));
        QCoreApplication::processEvents();
        QCOMPARE(places(), before);
        const auto coversPageOnly = [&] {
            const QRect card(bar->mapTo(&f.window, QPoint()), bar->size());
            const QRect page(f.first->mapTo(&f.window, QPoint()), f.first->size());
            return bar->isVisible() && page.contains(card) && bar->visibleRegion() == QRegion(bar->rect());
        };
        QVERIFY(coversPageOnly());
        const auto* text = f.window.findChild<QLabel*>(u"messageBar.text"_s);
        QVERIFY(text->height() >= text->heightForWidth(text->width()));  // nothing is cut off
        f.window.resize(1400, 900);
        QTRY_VERIFY(coversPageOnly());
        f.window.showPanel(u"second"_s);
        QVERIFY(coversPageOnly());
        const QList<QRect> wide = places();
        bar->dismiss();
        QCoreApplication::processEvents();
        QCOMPARE(places(), wide);
    }

    void aMessageLeavesTheStripFree() {
        WindowFixture f;
        f.window.resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowExposed(&f.window));
        auto* bar = f.window.findChild<MessageBar*>();
        bar->showMessage(MessageKind::Good, u"Saved."_s);
        const auto placeOf = [&f](const QWidget* part) {
            return QRect(part->mapTo(&f.window, QPoint()), part->size());
        };
        QVERIFY(!placeOf(bar).intersects(placeOf(f.first->strip())));
        QVERIFY(placeOf(f.first->stage()).contains(placeOf(bar)));
    }

    void aButtonThatIsDisabledHandsTheFocusToThePanel() {
        WindowFixture f;
        QAction pause(u"Pause"_s), stop(u"Stop"_s);
        pause.setObjectName(u"first.pause"_s);
        stop.setObjectName(u"first.stop"_s);
        f.first->addHeaderAction(&pause);
        f.first->addHeaderAction(&stop);
        auto* button = f.first->findChild<QToolButton*>(u"first.pause.button"_s);
        QTRY_VERIFY(button->isVisible());
        button->setFocus();
        QCOMPARE(f.window.focusWidget(), button);
        pause.setEnabled(false);
        QCOMPARE(f.window.focusWidget(), f.first);
    }

    void theWindowFitsItsScreen_data() {
        QTest::addColumn<QSize>("screen");
        QTest::newRow("small notebook") << QSize(1024, 600);
        QTest::newRow("with panels of the desktop") << QSize(1280, 730);
        QTest::newRow("1920 x 1080, scale 2") << QSize(960, 512);
        QTest::newRow("1280 x 800, scale 2") << QSize(640, 400);
    }

    void theWindowFitsItsScreen() {
        QFETCH(QSize, screen);
        WindowFixture f;
        f.window.fitInto(screen);
        QVERIFY2(f.window.width() < screen.width() && f.window.height() < screen.height(),
                 qPrintable(u"%1 x %2"_s.arg(f.window.width()).arg(f.window.height())));
    }

    void aLongChoiceEndsInAnEllipsis() {
        const WindowFixture f;  // the style
        const QString text = u"Hybrid of CVAE and GSNN"_s;
        QWidget window;
        QComboBox box(&window);
        box.addItem(text);
        box.setFixedWidth(110);
        window.resize(200, 60);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QImage narrow = box.grab().toImage();
        bool isElided = false;
        for (int width = 20; width < 110 && !isElided; ++width) {
            const QString shown = box.fontMetrics().elidedText(text, Qt::ElideRight, width);
            box.setItemText(0, shown);
            isElided = shown.size() > 6 && box.grab().toImage() == narrow;
        }
        QVERIFY(isElided);
    }

    void theWheelScrollsAndChangesNoValue_data() {
        QTest::addColumn<QWidget*>("control");
        QTest::addColumn<bool>("focused");
        QTest::addColumn<bool>("changes");
        const auto combo = [] {
            auto* box = new QComboBox;
            box->addItems({u"White"_s, u"Grey"_s, u"Transparent"_s});
            return box;
        };
        const auto tabs = [] {
            auto* bar = new QTabBar;
            for (const QString& name : {u"1"_s, u"2"_s, u"3"_s}) bar->addTab(name);
            return bar;
        };
        QTest::newRow("combo box") << static_cast<QWidget*>(combo()) << false << false;
        QTest::newRow("chosen combo box") << static_cast<QWidget*>(combo()) << true << false;
        QTest::newRow("tab bar") << static_cast<QWidget*>(tabs()) << false << false;
        QTest::newRow("spin box") << static_cast<QWidget*>(new QSpinBox) << false << false;
        QTest::newRow("slider") << static_cast<QWidget*>(new QSlider(Qt::Horizontal)) << false << false;
        QTest::newRow("spin box in use") << static_cast<QWidget*>(new QSpinBox) << true << true;
        QTest::newRow("slider in use") << static_cast<QWidget*>(new QSlider(Qt::Horizontal)) << true << true;
    }

    void theWheelScrollsAndChangesNoValue() {
        QFETCH(QWidget*, control);
        QFETCH(bool, focused);
        QFETCH(bool, changes);
        WindowFixture f;
        auto* section = f.first->findChild<InspectorSection*>();
        section->addWidget(control);
        auto* high = new QWidget;
        high->setFixedHeight(3000);
        section->addWidget(high);
        f.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        auto* area = f.first->findChild<QScrollArea*>(u"first.inspector"_s);
        QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
        const bool isChoice = control->metaObject()->indexOfProperty("currentIndex") >= 0;
        const char* value = isChoice ? "currentIndex" : "value";
        control->setProperty(value, 1);
        focused ? control->setFocus() : control->clearFocus();
        const QPoint center = control->rect().center();
        QWidget* under = control->childAt(center) ? control->childAt(center) : control;
        QWheelEvent wheel(under->mapFrom(control, center),
                          control->mapToGlobal(center),
                          {},
                          {0, -120},
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QSpontaneKeyEvent::setSpontaneous(&wheel);  // as from a user: it may give the focus
        qApp->notify(under, &wheel);
        QCOMPARE(control->property(value).toInt() != 1, changes);
        QCOMPARE(area->verticalScrollBar()->value() > 0, !changes);
        QCOMPARE(control->hasFocus(), focused);
    }

    void theLogHearsOtherThreads() {
        WindowFixture f;
        auto* log = f.window.findChild<LogDock*>();
        std::thread([] { logWarning("from <afar>"); }).join();
        QTRY_VERIFY(log->text().contains(u"warning from <afar>"_s));
        logInfo("quiet");
        QTRY_VERIFY(log->text().contains(u"quiet"_s));
        f.window.findChild<QComboBox*>(u"log.level"_s)->setCurrentIndex(2);
        QVERIFY(!log->text().contains(u"quiet"_s));
        QVERIFY(log->text().contains(u"from <afar>"_s));
        log->clear();
        QVERIFY(log->text().isEmpty());
    }

    void aSmallWindowHoldsEverything() {
        WindowFixture f;
        f.window.resize(960, 600);
        QVERIFY(QTest::qWaitForWindowExposed(&f.window));
        QCOMPARE(f.window.size(), QSize(960, 600));
        for (const QWidget* widget : f.window.findChildren<QAbstractButton*>()) {
            if (!widget->isVisible()) continue;
            const QRect place(widget->mapTo(&f.window, QPoint()), widget->size());
            QVERIFY2(f.window.rect().contains(place), qPrintable(widget->objectName()));
        }
        QVERIFY(f.window.minimumSizeHint().width() <= 960);
        QVERIFY(f.window.minimumSizeHint().height() <= 600);
    }

    void sectionsFoldByKey() {
        WindowFixture f;
        auto* section = f.first->findChild<InspectorSection*>();
        auto* title = f.window.findChild<QWidget*>(u"first.view.fold"_s);
        QTest::keyClick(title, Qt::Key_Left);
        QVERIFY(section->isFolded());
        QTRY_VERIFY(!f.first->slider->isVisible());
        QTest::keyClick(title, Qt::Key_Space);
        QVERIFY(!section->isFolded());
        QTRY_VERIFY(f.first->slider->isVisible());
    }

    /// Writes what the window looks like where VITRINE_TEST_PICTURES names a folder; else only draws it.
    void itDrawsInBothThemes() {
        const QString folder = qEnvironmentVariable("VITRINE_TEST_PICTURES");
        for (const QString& theme : {u"dark"_s, u"light"_s}) {
            WindowFixture f;
            f.action(u"view.theme."_s + theme)->trigger();
            f.window.resize(1280, 800);
            f.first->show(123.4);
            f.window.services().status.setModel(u"compact-128"_s);
            f.window.services().status.setDevice(u"CPU, bf16"_s);
            f.window.services().status.setLatencyMs(4.1);
            f.window.services().status.setFps(60);
            const int job = f.window.services().status.beginJob(u"Rendering"_s, [] {});
            Progress progress;
            progress.fraction = 0.43;
            progress.secondsLeft = 58;
            f.window.services().status.setJobProgress(job, progress);
            f.window.services().messages.showError(
                {ErrorCode::BadFormat, "chairs-128.safetensors is cut short; download it again.", "x"});
            f.action(u"view.log"_s)->trigger();
            QVERIFY(QTest::qWaitForWindowExposed(&f.window));
            QCoreApplication::processEvents();
            const QImage picture = f.window.grab().toImage();
            QCOMPARE(picture.pixelColor(picture.width() / 2, 200 * picture.height() / 800),
                     Theme::current().window);
            if (!folder.isEmpty()) picture.save(folder + u"/shell-"_s + theme + u".png"_s);
        }
    }
};

VITRINE_TEST(TestMainWindow)
#include "tst_main_window.moc"
