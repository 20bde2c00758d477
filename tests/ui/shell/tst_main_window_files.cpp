// SPDX-License-Identifier: GPL-3.0-or-later
// States, files, lessons and chairs on their way to a panel, and the layout that is remembered.
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/lessons.h"
#include "ui/shell/log_dock.h"
#include "ui/shell/start_window.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestMainWindowFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onePanelHandsAFileToAnother() {
        WindowFixture f;
        f.window.services().openInPanel(u"second"_s, u"/a.second"_s);
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.second->opened, QStringList{u"/a.second"_s});
        f.window.services().openInPanel(u"attic"_s, u"/a.second"_s);
        QVERIFY(f.message().contains(u"attic"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
    }

    void theStartWindowOffersLessonsAndProjects() {
        QTemporaryDir folder;
        WindowFixture f;
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
        WindowFixture f;
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

    void aStateFileGoesRound() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.vitrine.json"_s);
        WindowFixture f;
        f.first->show(30);
        f.second->show(60);
        f.window.showPanel(u"second"_s);
        QVERIFY(f.window.saveStateFile(path).ok());
        WindowFixture other;
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
        WindowFixture f;
        f.first->show(30);
        f.window.openFiles({path});
        QCOMPARE(f.first->number, 30.0);
        QVERIFY(!f.message().isEmpty());
        QVERIFY(!f.action(u"edit.undo"_s)->isEnabled());
    }

    void aFileGoesToThePanelThatTakesIt() {
        WindowFixture f;
        f.window.openFiles({u"/chairs/of.second"_s});
        QCOMPARE(f.second->opened, QStringList(u"/chairs/of.second"_s));
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(f.window.services().settings.recentFiles(), QStringList(u"/chairs/of.second"_s));
        f.window.openFiles({u"/chairs/of.nobody"_s});
        QVERIFY(f.message().contains(u"of.nobody"_s));
    }

    void aDropGoesToThePanelThatTakesIt() {
        WindowFixture f;
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
        WindowFixture f;
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
        drop({u"style.of-second.json"_s});  // a panel's, no state of the window
        QCOMPARE(f.second->dropped.last(), u"style.of-second.json"_s);
        QVERIFY2(f.message().isEmpty(), qPrintable(f.message()));
        drop({u"missing.json"_s});
        QVERIFY(f.message().contains(u"missing.json"_s));
        QCOMPARE(f.second->dropped.size(), 2);
    }

    void aDraggedChairGoesWhereTheRailSays() {
        WindowFixture f;
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
            WindowFixture f(std::make_unique<Settings>(path));
            f.window.resize(777, 666);  // the screen is 800 x 800
            f.action(u"view.log"_s)->trigger();
            f.action(u"view.theme.light"_s)->trigger();
            f.first->findChild<InspectorSection*>()->setFolded(true);
            f.action(u"view.strip"_s)->trigger();
            f.window.showPanel(u"second"_s);
            f.window.close();
        }
        WindowFixture f(std::make_unique<Settings>(path));
        QCOMPARE(f.window.size(), QSize(777, 666));
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
        WindowFixture f;
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
};

VITRINE_TEST(TestMainWindowFiles)
#include "tst_main_window_files.moc"
