// SPDX-License-Identifier: GPL-3.0-or-later
// The project file: saved, modified, left, kept after a crash; sending and touring.
#include <QAction>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/autosave.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/settings.h"
#include "ui/shell/tour.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

/// A panel whose state is one number; what it hands over another of its kind takes.
class NumberPanel : public Panel {
public:
    NumberPanel(const QString& id, ShellServices& lent) : Panel({id, id, u"chairs"_s, id}, lent) {
        setStage(new QLabel(id));
    }
    QJsonObject saveState() const override { return {{u"value"_s, value}}; }
    Status restoreState(const QJsonObject& state) override {
        value = state[u"value"_s].toInt();
        return {};
    }
    bool acceptsDrop(const QMimeData* mime) const override { return mime->hasText(); }
    void drop(const QMimeData* mime) override { taken = mime->text(); }
    std::unique_ptr<QMimeData> handOver() const override {
        if (value == 0) return {};
        auto mime = std::make_unique<QMimeData>();
        mime->setText(QString::number(value));
        return mime;
    }
    void change(int next) {
        services().undo.endGesture();
        services().undo.set(u"value"_s, u"Change"_s, value, next, [this](int v) { value = v; });
    }

    int value = 0;
    QString taken;
};

struct Fixture {
    Fixture() : window(Settings::transient()) {
        first = new NumberPanel(u"first"_s, window.services());
        second = new NumberPanel(u"second"_s, window.services());
        window.addPanel(first);
        window.addPanel(second);
        window.finish();
        window.services().dialogs.choose =
            [this](QWidget*, const QString&, const QString& text, const QStringList& buttons) {
                asked << text;
                offered = buttons;
                return answer;
            };
        window.services().dialogs.saveFile =
            [this](QWidget*, const QString&, const QString&, const QString&) { return saveName; };
        window.resize(1000, 700);
        window.show();
    }
    void run(const char* id) { window.services().actions.action(QString::fromLatin1(id))->trigger(); }

    MainWindow window;
    NumberPanel *first = nullptr, *second = nullptr;
    QStringList asked, offered;
    int answer = -1;
    QString saveName;
};

QStringList keptIn(const QTemporaryDir& folder) {
    return QDir(folder.path()).entryList({u"*.vitrine.json"_s});
}

int valueIn(const QString& project) {
    QFile file(project);
    if (!file.open(QIODevice::ReadOnly)) return -1;
    return QJsonDocument::fromJson(file.readAll())[u"panels"_s][u"first"_s][u"value"_s].toInt();
}

/// A file as a window that crashed leaves it: without a lock.
void leaveWork(const QTemporaryDir& folder, int value, const QString& project = {}) {
    QFile file(folder.filePath(u"left.vitrine.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QJsonObject panels{{u"first"_s, QJsonObject{{u"value"_s, value}}}};
    file.write(QJsonDocument(QJsonObject{{u"vitrine"_s, 1}, {u"project"_s, project}, {u"panels"_s, panels}})
                   .toJson());
}

}  // namespace

class TestProject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTitleTellsWhatIsOpenAndWhetherItWasChanged() {
        const QTemporaryDir folder;
        Fixture f;
        QVERIFY(!f.window.isWindowModified());
        f.first->change(3);
        QVERIFY(f.window.isWindowModified());
        f.saveName = folder.filePath(u"study.vitrine.json"_s);
        f.run("file.save");
        QVERIFY(!f.window.isWindowModified());
        QVERIFY(f.window.windowTitle().startsWith(u"study"_s));
        f.first->change(4);
        QVERIFY(f.window.isWindowModified());
        f.run("edit.undo");
        QVERIFY(!f.window.isWindowModified());
        f.saveName = u"/nowhere/x.json"_s;
        f.first->change(5);
        f.run("file.save");  // to the file it has; no name is asked for
        QVERIFY(!f.window.isWindowModified());
        Fixture other;
        QVERIFY(other.window.loadStateFile(folder.filePath(u"study.vitrine.json"_s)).ok());
        QCOMPARE(other.first->value, 5);
        QVERIFY(!other.window.isWindowModified());
    }

    void aChangedProjectAsksBeforeItIsLeft() {
        const QTemporaryDir folder;
        Fixture f;
        f.saveName = folder.filePath(u"a.vitrine.json"_s);
        f.first->change(1);
        f.run("file.save");
        f.first->change(2);
        QVERIFY(!f.window.close());  // cancelled
        QCOMPARE(f.asked.size(), 1);
        f.answer = 0;  // save
        f.run("file.new");
        QCOMPARE(f.first->value, 0);
        QVERIFY(f.window.loadStateFile(f.saveName).ok());
        QCOMPARE(f.first->value, 2);
        f.first->change(9);
        f.answer = 1;  // leave
        QVERIFY(f.window.close());
        QVERIFY(f.window.loadStateFile(f.saveName).ok());
        QCOMPARE(f.first->value, 2);
    }

    void whatAnotherWindowSavedIsNotReplacedUnasked() {
        const QTemporaryDir folder;
        const QString shared = folder.filePath(u"study.vitrine.json"_s);
        Fixture one, two;
        one.saveName = shared;
        one.first->change(3);
        one.run("file.save");
        QVERIFY(two.window.loadStateFile(shared).ok());
        two.first->change(44444);
        two.run("file.save");
        QCOMPARE(two.asked, QStringList());
        one.first->change(5);
        one.run("file.save");  // cancelled
        QCOMPARE(one.asked.size(), 1);
        QVERIFY(one.window.isWindowModified());
        QCOMPARE(valueIn(shared), 44444);
        one.answer = 0;
        one.saveName = folder.filePath(u"mine.vitrine.json"_s);
        one.run("file.save");
        QCOMPARE(valueIn(one.saveName), 5);
        QCOMPARE(valueIn(shared), 44444);
        two.first->change(6);
        two.run("file.save");  // nobody else has written it since
        QCOMPARE(two.asked, QStringList());
        QCOMPARE(valueIn(shared), 6);
    }

    void anUntitledProjectAsksBeforeItIsLeft() {
        const QTemporaryDir folder;
        Fixture f;
        f.window.keepWorkIn(folder.path());
        QVERIFY(f.window.close());
        QVERIFY(f.asked.isEmpty());  // nothing was changed
        f.window.show();
        f.first->change(2);
        f.run("file.quit");  // cancelled
        QVERIFY(f.window.isVisible());
        QCOMPARE(f.asked, QStringList{u"The untitled project has unsaved changes."_s});
        QCOMPARE(f.offered, QStringList({u"Save"_s, u"Don't save"_s}));
        f.answer = 0;  // save, but no file is chosen
        QVERIFY(!f.window.close());
        f.saveName = folder.filePath(u"mine.vitrine.json"_s);
        QVERIFY(f.window.close());
        QVERIFY(f.window.loadStateFile(f.saveName).ok());
        QCOMPARE(f.first->value, 2);
    }

    void anUntitledProjectCanBeLeftUnsaved() {
        Fixture f;
        f.first->change(2);
        f.answer = 1;
        QVERIFY(f.window.close());
        QCOMPARE(f.asked.size(), 1);
    }

    void workIsKeptUntilACleanEnd() {
        const QTemporaryDir folder;
        Fixture f;
        f.window.keepWorkIn(folder.path());
        QVERIFY(f.asked.isEmpty());
        f.first->change(7);
        QTRY_COMPARE_WITH_TIMEOUT(keptIn(folder).size(), 1, 3 * Autosave::kWaitMs);
        QVERIFY(!Autosave::leftWork(folder.path()));  // a running window's is not left
        f.answer = 1;                                 // don't save
        QVERIFY(f.window.close());
        QVERIFY(keptIn(folder).isEmpty());
    }

    void afterACrashThereAreClearChoices_data() {
        QTest::addColumn<int>("answer");
        QTest::addColumn<int>("value");
        QTest::addColumn<bool>("stays");
        QTest::newRow("recover") << 0 << 42 << false;
        QTest::newRow("as saved") << 1 << 5 << false;
        QTest::newRow("start new") << 2 << 0 << false;
        QTest::newRow("another time") << -1 << 0 << true;
    }
    void afterACrashThereAreClearChoices() {
        QFETCH(int, answer);
        QFETCH(int, value);
        QFETCH(bool, stays);
        const QTemporaryDir folder, projects;
        const QString project = projects.filePath(u"p.vitrine.json"_s);
        {
            Fixture saved;
            saved.first->change(5);
            QVERIFY(saved.window.saveStateFile(project).ok());
        }
        leaveWork(folder, 42, project);
        Fixture f;
        f.answer = answer;
        f.window.keepWorkIn(folder.path());
        QCOMPARE(f.offered.size(), 3);
        QCOMPARE(f.first->value, value);
        QCOMPARE(QFile::exists(folder.filePath(u"left.vitrine.json"_s)), stays);
        QCOMPARE(f.window.isWindowModified(), answer == 0);
    }

    void workThatNeverHadAProjectIsRecoveredToo() {
        const QTemporaryDir folder;
        leaveWork(folder, 42);
        Fixture f;
        f.answer = 0;
        f.window.keepWorkIn(folder.path());
        QCOMPARE(f.offered.size(), 2);
        QCOMPARE(f.first->value, 42);
        QCOMPARE(keptIn(folder).size(), 1);  // by the window that recovered it
    }

    void brokenLeftoversAreNotOffered() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"a.vitrine.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"vitr");
        file.close();
        QStringList damaged;
        QVERIFY(!Autosave::leftWork(folder.path(), &damaged));
        QVERIFY(keptIn(folder).isEmpty());
        QCOMPARE(damaged, QStringList{folder.filePath(u"a.vitrine.json.damaged"_s)});
        QFile kept(damaged.first());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("{\"vitr"));
    }

    void aBrokenLeftoverIsSaidAndTheOthersAreOffered() {
        const QTemporaryDir folder;
        leaveWork(folder, 42);
        QFile file(folder.filePath(u"a.vitrine.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"vitr");
        file.close();
        Fixture f;
        f.answer = 0;
        f.window.keepWorkIn(folder.path());
        QCOMPARE(f.first->value, 42);
        QVERIFY2(f.window.services().messages.text().contains(u"a.vitrine.json.damaged"_s),
                 qPrintable(f.window.services().messages.text()));
    }

    void olderLeftoversWaitForTheNextTime() {
        const QTemporaryDir folder;
        leaveWork(folder, 1);
        QVERIFY(
            QFile::rename(folder.filePath(u"left.vitrine.json"_s), folder.filePath(u"older.vitrine.json"_s)));
        QFile older(folder.filePath(u"older.vitrine.json"_s));
        QVERIFY(older.open(QIODevice::ReadWrite));
        QVERIFY(
            older.setFileTime(QDateTime::currentDateTime().addDays(-1), QFileDevice::FileModificationTime));
        older.close();
        leaveWork(folder, 2);
        const auto newest = Autosave::leftWork(folder.path());
        QVERIFY(newest && newest->path.endsWith(u"left.vitrine.json"_s));
        Autosave::remove(*newest);
        const auto next = Autosave::leftWork(folder.path());
        QVERIFY(next && next->path.endsWith(u"older.vitrine.json"_s));
    }

    void aDamagedProjectIsLeftAsItIs() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"cut.vitrine.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"vitrine\": 1, \"panels\": {");
        file.close();
        Fixture f;
        f.first->change(4);
        const Status loaded = f.window.loadStateFile(path);
        QVERIFY(!loaded);
        QVERIFY(QString::fromStdString(loaded.error().message).contains(u"cut.vitrine.json is damaged"_s));
        QCOMPARE(f.first->value, 4);
        QCOMPARE(file.size(), 26);
    }

    void onePanelSendsToAnother() {
        Fixture f;
        auto* menu = f.window.findChild<QMenu*>(u"menu.Edit"_s);
        QAction* send = f.window.services().actions.action(u"edit.send.second"_s);
        Q_EMIT menu->aboutToShow();
        QVERIFY(!send->isEnabled());  // nothing to hand over
        f.first->change(8);
        Q_EMIT menu->aboutToShow();
        QVERIFY(send->isEnabled());
        QVERIFY(!f.window.services().actions.action(u"edit.send.first"_s)->isEnabled());
        send->trigger();
        QCOMPARE(f.second->taken, u"8"_s);
        QCOMPARE(f.window.currentPanel(), f.second);
    }

    void aCommandOfAnotherPanelBringsItToTheFront() {
        Fixture f;
        int runs = 0;
        f.window.services().actions.add(
            {.id = u"second.do"_s, .text = u"Do"_s, .context = u"second"_s, .handler = [&runs](bool) {
                 ++runs;
             }});
        f.window.runCommand(u"second.do"_s);
        QCOMPARE(f.window.currentPanel(), f.second);
        QCOMPARE(runs, 1);
    }

    void theTourHasFiveStepsAndIsRemembered() {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.run("help.tour");
        QPointer<Tour> tour = f.window.findChild<Tour*>();
        QVERIFY(tour);
        QCOMPARE(unnamedWidgets(tour), QStringList());
        auto* next = tour->findChild<QPushButton*>(u"tour.next"_s);
        for (int step = 0; step < 5; ++step) {
            QCOMPARE(tour->step(), step);
            const QRect card = next->parentWidget()->geometry();
            QVERIFY(f.window.rect().contains(card));
            next->click();
        }
        QTRY_VERIFY(!tour);
        QVERIFY(f.window.services().settings.flag(u"tour/seen"_s, false));
    }

    void theTourCanBeSkipped() {
        Fixture f;
        f.window.startTour();
        QPointer<Tour> tour = f.window.findChild<Tour*>();
        QTest::keyClick(tour, Qt::Key_Right);
        QCOMPARE(tour->step(), 1);
        QTest::keyClick(tour, Qt::Key_Escape);
        QTRY_VERIFY(!tour);
    }
};

VITRINE_TEST(TestProject)
#include "tst_project.moc"
