// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoView>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <thread>

#include "core/base/log.h"
#include "tests/support/accessible_names.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/lessons.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/settings.h"
#include "ui/shell/start_window.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

/// A panel with one number as its state and every part of the frame in use.
class SamplePanel : public Panel {
public:
    SamplePanel(const QString& id, ShellServices& lent) : Panel({id, id, u"chairs"_s, u"A sample"_s}, lent) {
        setSubtitle(u"Windsor chair to bar stool"_s);
        setStage(new QLabel(u"stage"_s));
        setStrip(new QLabel(u"strip"_s), 120);
        InspectorSection* section = addSection(u"view"_s, u"Viewpoint"_s);
        SliderSpec spec;
        spec.id = id + u".azimuth"_s;
        spec.label = u"Azimuth"_s;
        spec.unit = u"°"_s;
        spec.maximum = 360;
        spec.step = 1;
        spec.decimals = 1;
        spec.ticks = {0, 45, 90, 135, 180, 225, 270, 315};
        slider = new LabeledSlider(spec);
        section->addWidget(slider);
        connect(slider, &LabeledSlider::valueChanged, this, [this](double value) {
            services().undo.set(
                info().id + u".value"_s, u"Turn"_s, number, value, [this](double v) { show(v); });
        });
        connect(slider, &LabeledSlider::dragFinished, &services().undo, &UndoHistory::endGesture);
        Command command;
        command.id = id + u".export"_s;
        command.text = u"Export"_s;
        command.icon = u"export"_s;
        command.context = id;
        command.menu = id;
        command.keys = {QKeySequence(u"Ctrl+E"_s)};
        command.handler = [this](bool) { ++exports; };
        setPrimaryAction(services().actions.add(command));
    }

    using Panel::addHeaderAction;
    using Panel::setModel;
    QJsonObject saveState() const override { return {{u"value"_s, number}}; }
    Status restoreState(const QJsonObject& state) override {
        if (!state[u"value"_s].isDouble()) return Error{ErrorCode::BadFormat, "The state has no value."};
        show(state[u"value"_s].toDouble());
        return {};
    }
    Status openFile(const QString& path) override {
        if (!path.endsWith(info().id)) return Panel::openFile(path);
        opened << path;
        return {};
    }
    bool acceptsDrop(const QMimeData* mime) const override {
        return mime->hasUrls() || (mime->hasText() && mime->text() == info().id);
    }
    void drop(const QMimeData* mime) override {
        dropped << (mime->hasUrls() ? mime->urls().first().fileName() : mime->text());
    }
    bool mayClose() override { return closable; }

    void show(double value) {
        number = value;
        slider->setValue(value);
    }

    double number = 0;
    int exports = 0;
    bool closable = true;
    QStringList opened;
    QStringList dropped;
    LabeledSlider* slider = nullptr;
};

struct Fixture {
    explicit Fixture(std::unique_ptr<Settings> settings = Settings::transient())
        : window(std::move(settings)) {
        first = new SamplePanel(u"first"_s, window.services());
        second = new SamplePanel(u"second"_s, window.services());
        window.addPanel(first);
        window.addPanel(second);
        window.finish();
        window.show();
    }
    QAction* action(const QString& id) { return window.services().actions.action(id); }
    QString message() { return window.services().messages.text(); }

    MainWindow window;
    SamplePanel* first = nullptr;
    SamplePanel* second = nullptr;
};

}  // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyControlHasAName() {
        Fixture f;
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
        Fixture f;
        f.second->closable = false;
        QVERIFY(!f.window.close());
        QVERIFY(f.window.isVisible());
        f.second->closable = true;
        QVERIFY(f.window.close());
    }

    void onePanelHandsAFileToAnother() {
        Fixture f;
        f.window.services().openInPanel(u"second"_s, u"/a.second"_s);
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.second->opened, QStringList{u"/a.second"_s});
        f.window.services().openInPanel(u"attic"_s, u"/a.second"_s);
        QVERIFY(f.message().contains(u"attic"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
    }

    void noTwoKeysClash() {
        Fixture f;
        QCOMPARE(f.window.services().actions.clashes(), QStringList());
    }

    void panelsChangeByKeyRailAndMenu() {
        Fixture f;
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
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        QTest::keyClick(&f.window, Qt::Key_E, Qt::ControlModifier);
        f.window.showPanel(u"second"_s);
        QTest::keyClick(&f.window, Qt::Key_E, Qt::ControlModifier);
        QCOMPARE(f.first->exports, 1);
        QCOMPARE(f.second->exports, 1);
    }

    void onlyMenusWithCommandsAreShown() {
        Fixture f;
        QStringList shown;
        for (const QAction* entry : f.window.menuBar()->actions()) {
            if (entry->isVisible()) shown << entry->text().remove(u'&');
        }
        QCOMPARE(shown, QStringList({u"File"_s, u"Edit"_s, u"View"_s, u"first"_s, u"Help"_s}));
    }

    void undoButtonAndKeyAreOneAction() {
        Fixture f;
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
        Fixture f;
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
        Fixture f;
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
        Fixture f;
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

    void theStartWindowOffersLessonsAndProjects() {
        QTemporaryDir folder;
        Fixture f;
        const QString project = folder.filePath(u"mine.vitrine.json"_s);
        f.first->show(70);
        QVERIFY(f.window.saveStateFile(project).ok());
        f.first->show(0);
        f.window.services().settings.addRecentFile(project);
        f.window.services().settings.addRecentFile(folder.filePath(u"gone.vitrine.json"_s));
        f.action(u"help.start"_s)->trigger();
        auto* start = f.window.findChild<StartWindow*>();
        QVERIFY(start && start->isVisible());
        QCOMPARE(unnamedWidgets(start), QStringList());
        QVERIFY(!start->findChild<QPushButton*>(u"start.project1"_s));
        start->findChild<QPushButton*>(u"start.project0"_s)->click();
        QVERIFY(!start->isVisible());
        QCOMPARE(f.first->number, 70.0);
        QVERIFY(f.window.windowTitle().startsWith(u"mine"_s));

        QCOMPARE(lessons().size(), std::size_t(3));
        for (const Lesson& lesson : lessons()) {
            f.action(u"help.start"_s)->trigger();
            start->findChild<QPushButton*>(u"start.lesson."_s + lesson.id)->click();
            QCOMPARE(f.message(), lesson.text);                        // stays until it is dismissed
            QVERIFY(f.window.windowTitle().startsWith(u"Vitrine"_s));  // Save asks for a name
        }
    }

    void aLessonAsksBeforeUnsavedWorkIsLost() {
        Fixture f;
        f.first->slider->valueChanged(30);
        QStringList asked;
        f.window.services().dialogs.choose =
            [&asked](QWidget*, const QString&, const QString& text, const QStringList&) {
                asked << text;
                return -1;
            };
        f.window.startLesson(lessons().front());
        QCOMPARE(asked.size(), 1);
        QCOMPARE(f.message(), QString());
        QCOMPARE(f.first->number, 30.0);
    }

    void theHistoryGoesToAnyStep() {
        Fixture f;
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
        Fixture f;
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
        Fixture f;
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
        Fixture f;
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
        Fixture f;
        f.window.fitInto(screen);
        QVERIFY2(f.window.width() < screen.width() && f.window.height() < screen.height(),
                 qPrintable(u"%1 x %2"_s.arg(f.window.width()).arg(f.window.height())));
    }

    void aLongChoiceEndsInAnEllipsis() {
        const Fixture f;  // the style
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
        Fixture f;
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
        Fixture f;
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

    void aStateFileGoesRound() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.vitrine.json"_s);
        Fixture f;
        f.first->show(30);
        f.second->show(60);
        f.window.showPanel(u"second"_s);
        QVERIFY(f.window.saveStateFile(path).ok());
        Fixture other;
        QVERIFY(other.window.loadStateFile(path).ok());
        QCOMPARE(other.first->number, 30.0);
        QCOMPARE(other.second->number, 60.0);
        QCOMPARE(other.window.currentPanel(), other.second);
        other.action(u"edit.undo"_s)->trigger();
        QCOMPARE(other.first->number, 0.0);
        QVERIFY(!f.window.saveStateFile(u"/nowhere/at/all.json"_s).ok());
    }

    void aBrokenStateFileChangesNothing_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("\x89PNG\r\n");
        QTest::newRow("another JSON") << QByteArray("[1, 2]");
        QTest::newRow("newer") << QByteArray(R"({"vitrine": 99, "panels": {"first": {"value": 5}}})");
        QTest::newRow("second panel refuses")
            << QByteArray(R"({"vitrine": 1, "panels": {"first": {"value": 5}, "second": {}}})");
    }
    void aBrokenStateFileChangesNothing() {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        Fixture f;
        f.first->show(30);
        f.window.openFiles({path});
        QCOMPARE(f.first->number, 30.0);
        QVERIFY(!f.message().isEmpty());
        QVERIFY(!f.action(u"edit.undo"_s)->isEnabled());
    }

    void aFileGoesToThePanelThatTakesIt() {
        Fixture f;
        f.window.openFiles({u"/chairs/of.second"_s});
        QCOMPARE(f.second->opened, QStringList(u"/chairs/of.second"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.window.services().settings.recentFiles(), QStringList(u"/chairs/of.second"_s));
        f.window.openFiles({u"/chairs/of.nobody"_s});
        QVERIFY(f.message().contains(u"of.nobody"_s));
    }

    void aDropGoesToThePanelThatTakesIt() {
        Fixture f;
        const auto drop = [&f](const QString& text) {
            QMimeData mime;
            mime.setText(text);
            QDragEnterEvent enter({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &enter);
            if (!enter.isAccepted()) return;  // then the system sends no drop
            QDropEvent event({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &event);
        };
        drop(u"first"_s);
        QCOMPARE(f.first->dropped, QStringList(u"first"_s));
        drop(u"second"_s);
        QCOMPARE(f.second->dropped, QStringList(u"second"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
        drop(u"nobody"_s);
        QCOMPARE(f.first->dropped.size() + f.second->dropped.size(), 2);
    }

    void aFileGoesToThePanelThatItNames() {
        Fixture f;
        f.window.setFileOwnerReader([](const QString& file, const auto& done) {
            done(file.contains(u".of-second"_s) ? u"second"_s : QString());
        });
        const auto drop = [&f](const QStringList& names) {
            QMimeData mime;
            QList<QUrl> urls;
            for (const QString& name : names) urls << QUrl::fromLocalFile(u"/somewhere/"_s + name);
            mime.setUrls(urls);
            QDragEnterEvent enter({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &enter);
            QDropEvent event({10, 10}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &event);
        };
        QCOMPARE(f.window.currentPanel(), f.first);
        drop({u"any.png"_s});
        QCOMPARE(f.first->dropped, QStringList(u"any.png"_s));
        drop({u"a.of-second.png"_s, u"b.of-second.png"_s});  // several are the front panel's
        QCOMPARE(f.first->dropped.size(), 2);
        drop({u"a.of-second.png"_s});
        QCOMPARE(f.second->dropped, QStringList(u"a.of-second.png"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
    }

    void aDraggedChairGoesWhereTheRailSays() {
        Fixture f;
        QMimeData mime;
        mime.setText(u"second"_s);
        addToDrag(mime, {u"Stool"_s, QImage(8, 8, QImage::Format_RGB32)});
        const auto* entry = f.window.findChild<QWidget*>(u"view.panel.second.rail"_s);
        QVERIFY(entry);
        const QPoint onRail = entry->mapTo(&f.window, entry->rect().center());
        const auto drop = [&](const QPoint& at) {
            QDropEvent event(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &event);
            return event.isAccepted();
        };
        const auto move = [&](const QPoint& at) {
            QDragEnterEvent enter({400, 300}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &enter);  // taken: on its way it may come to the rail
            QDragMoveEvent event(at, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&f.window, &event);
            return event.isAccepted();
        };
        QVERIFY(!move({400, 300}) && !drop({400, 300}));  // the first panel doesn't want it
        QCOMPARE(f.window.currentPanel(), f.first);
        QVERIFY(move(onRail) && drop(onRail));
        QCOMPARE(f.second->dropped, QStringList(u"second"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
        f.window.showPanel(u"first"_s);
        QVERIFY(move(onRail));  // and rests there: the panel opens
        QTRY_COMPARE(f.window.currentPanel(), f.second);
        QVERIFY(move({400, 300}) && drop({400, 300}));
        QCOMPARE(f.second->dropped.size(), 2);
    }

    void theLayoutIsRemembered() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"s.ini"_s);
        {
            Fixture f(std::make_unique<Settings>(path));
            f.window.resize(1111, 777);
            f.action(u"view.log"_s)->trigger();
            f.action(u"view.theme.light"_s)->trigger();
            f.first->findChild<InspectorSection*>()->setFolded(true);
            f.action(u"view.strip"_s)->trigger();
            f.window.showPanel(u"second"_s);
            f.window.close();
        }
        Fixture f(std::make_unique<Settings>(path));
        QCOMPARE(f.window.size(), QSize(1111, 777));
        QVERIFY(f.window.findChild<LogDock*>()->isVisible());
        QCOMPARE(Theme::current().dark, false);
        QVERIFY(f.first->findChild<InspectorSection*>()->isFolded());
        QVERIFY(!f.first->isStripVisible());
        QVERIFY(f.second->isStripVisible());
        QCOMPARE(f.window.currentPanel(), f.second);
        f.action(u"view.resetLayout"_s)->trigger();
        QVERIFY(!f.window.findChild<LogDock*>()->isVisible());
        QVERIFY(f.first->isStripVisible());
    }

    void aResetLayoutForgetsADraggedStrip() {
        Fixture f;
        f.window.resize(1100, 800);
        QVERIFY(QTest::qWaitForWindowExposed(&f.window));
        auto* rows = f.window.findChild<QSplitter*>(u"first.rows"_s);
        QTRY_COMPARE(rows->sizes().at(1), 120);
        QSplitterHandle* handle = rows->handle(1);
        QTest::mousePress(handle, Qt::LeftButton);
        QTest::mouseMove(handle, handle->rect().center() - QPoint(0, 90));
        QTest::mouseRelease(handle, Qt::LeftButton);
        QVERIFY(rows->sizes().at(1) > 180);
        QVERIFY(f.first->saveLayout().contains(u"rows"_s));
        f.action(u"view.resetLayout"_s)->trigger();
        QCOMPARE(rows->sizes().at(1), 120);
        QVERIFY(!f.first->saveLayout().contains(u"rows"_s));
    }

    void aSmallWindowHoldsEverything() {
        Fixture f;
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
        Fixture f;
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
            Fixture f;
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

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
