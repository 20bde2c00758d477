// SPDX-License-Identifier: GPL-3.0-or-later
// Clicks, keys, drags and commands in any order, over all panels in the real window on tiny networks: nothing
// crashes, and what is shown can be saved and opened again at any moment.
//   VITRINE_MONKEY_EVENTS=200000 VITRINE_MONKEY_SEED=7 build/asan/tests/tst_monkey
#include <signal.h>
#include <unistd.h>

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <fstream>
#include <random>

#include "core/runs/run_list.h"
#include "tests/support/accessible_names.h"
#include "tests/support/bare_window.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/random_segmentation_model.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/panel.h"
#include "ui/shell/shell_services.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kNumEvents = 400;
constexpr int kSaveEvery = 50;
constexpr int kPopupMs = 100;
constexpr std::size_t kMaxRuns = 8;

int numberFrom(const char* variable, int otherwise) {
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : otherwise;
}

/// Resident, in MiB.
double memoryMiB() {
    std::ifstream file("/proc/self/statm");
    double all = 0, resident = 0;
    file >> all >> resident;
    return resident * double(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

class Monkey {
public:
    explicit Monkey(unsigned seed) : m_random(seed), m_bare([this](PanelParts& parts) { fill(parts); }) {
        answerDialogs();
        m_bare.window.resize(1280, 800);
        m_bare.window.show();
        // Whatever keeps the other windows waiting goes after a moment, as its own loop keeps the monkey.
        QObject::connect(&m_popups, &QTimer::timeout, [] {
            if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
            if (QWidget* modal = QApplication::activeModalWidget()) modal->close();
        });
        m_popups.start(kPopupMs);
    }
    ~Monkey() { endRuns(0); }

    void act() {
        const unsigned dice = below(100);
        if (!m_bare.window.isVisible()) m_bare.window.show();
        if (dice < 30) return click();
        if (dice < 42) return drag();
        if (dice < 50) return wheel();
        if (dice < 66) return key();
        if (dice < 82) return command();
        if (dice < 90) return panel();
        if (dice < 93) return m_bare.window.openFiles({file()});
        if (dice < 95) return m_bare.window.resize(int(480 + below(1500)), int(360 + below(800)));
        QTest::qWait(int(below(30)));
    }

    /// Kills and deletes all runs where there are more.
    void endRuns(std::size_t most) {
        const std::vector<RunSummary> runs = listRuns(at("runs"));
        if (runs.size() <= most) return;
        for (const RunSummary& run : runs) {
            if (isLive(run.status.state) && run.status.pid > 0) ::kill(pid_t(run.status.pid), SIGKILL);
            std::error_code ignored;
            std::filesystem::remove_all(run.path, ignored);
        }
    }

    /// What is shown, saved and opened.
    Status saveAndOpen() {
        const QString path = m_bare.folder.filePath(u"kept.vitrine.json"_s);
        VITRINE_CHECK(m_bare.window.saveStateFile(path));
        return m_bare.window.loadStateFile(path);
    }
    const QString& last() const { return m_last; }

private:
    std::filesystem::path at(const char* name) const { return m_bare.nowhere / name; }
    unsigned below(unsigned limit) { return limit == 0 ? 0 : unsigned(m_random() % limit); }
    template <class List>
    auto oneOf(const List& list) {
        return list[qsizetype(below(unsigned(list.size())))];
    }

    void fill(PanelParts& parts) {
        const std::filesystem::path folder = parts.training.runs;
        qputenv("VITRINE_DATA", QByteArray::fromStdString(folder.string()));
        std::filesystem::create_directories(folder / "runs");
        test::writeRandomChairModel(folder / "chairs.safetensors");
        for (const char* variant : {"hybrid", "cvae", "gdnn", "tokens"})
            test::writeRandomSegmentationModel(
                folder / ("segmentation-" + std::string(variant) + ".safetensors"), {.variant = variant});
        parts.training.runs = folder / "runs";
        parts.training.program = QStringLiteral(VITRINE_FAKE_HELPER);
        parts.chairs.importProgram = QStringLiteral(VITRINE_FAKE_HELPER);
        parts.results.program = QStringLiteral(VITRINE_FAKE_HELPER);
    }

    void answerDialogs() {
        const auto open = [this](auto...) { return below(3) == 0 ? QString() : file(); };
        const auto save = [this](auto...) {
            const QStringList names{
                u"a.png"_s, u"b.gif"_s, u"c.vitrine.json"_s, u"d.csv"_s, u"no/such/folder.png"_s};
            return below(4) == 0 ? QString() : m_bare.folder.filePath(oneOf(names));
        };
        m_bare.window.services().dialogs = {
            .openFile = open,
            .saveFile = save,
            .chooseFolder =
                [this](auto...) { return below(3) == 0 ? QString() : m_bare.folder.filePath(u"out"_s); },
            .choose =
                [this](auto*, auto&, auto&, const QStringList& buttons) {
                    return int(below(unsigned(buttons.size()) + 1)) - 1;
                },
            .askText =
                [this](auto...) {
                    return oneOf(QStringList{u""_s, u"1,5"_s, u"name"_s, u"../x"_s});
                }};
    }

    QString file() {
        static const QFileInfoList files =
            QDir(QStringLiteral(VITRINE_CORPUS) + u"/recipes"_s).entryInfoList(QDir::Files) +
            QDir(QStringLiteral(VITRINE_CORPUS) + u"/projects"_s).entryInfoList(QDir::Files) +
            QDir(QStringLiteral(VITRINE_TEST_DATA) + u"/pictures"_s).entryInfoList(QDir::Files);
        return oneOf(files).filePath();
    }

    QWidget* widget() {
        QWidgetList live;
        QWidget* root =
            QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &m_bare.window;
        for (QWidget* each : root->findChildren<QWidget*>())
            if (each->isVisible() && each->isEnabled() && isInteractive(each) && !each->size().isEmpty())
                live << each;
        return live.isEmpty() ? root : oneOf(live);
    }
    QWidget* target(const char* what) {
        QWidget* chosen = widget();
        m_last = u"%1 %2 %3"_s.arg(QLatin1StringView(what),
                                   QLatin1StringView(chosen->metaObject()->className()),
                                   chosen->objectName());
        const auto* view = qobject_cast<QAbstractItemView*>(chosen);
        return view ? view->viewport() : chosen;
    }
    QPoint place(const QWidget* widget) {
        return {int(below(unsigned(widget->width()))), int(below(unsigned(widget->height())))};
    }

    void click() {
        QWidget* chosen = target("click");
        const auto button = below(8) == 0 ? Qt::RightButton : Qt::LeftButton;
        if (below(8) == 0)
            QTest::mouseDClick(chosen, button, {}, place(chosen));
        else
            QTest::mouseClick(
                chosen, button, below(6) == 0 ? Qt::ShiftModifier : Qt::NoModifier, place(chosen));
    }
    /// Within a widget: what leaves it would start a loop of Qt's that ends at a real mouse alone.
    void drag() {
        const QPointer<QWidget> chosen = target("drag");
        if (chosen->acceptDrops() || qobject_cast<QAbstractItemView*>(chosen->parentWidget())) return;
        QTest::mousePress(chosen, Qt::LeftButton, {}, place(chosen));
        for (int i = 0; i < 4 && chosen; ++i) QTest::mouseMove(chosen, place(chosen));
        if (chosen) QTest::mouseRelease(chosen, Qt::LeftButton, {}, place(chosen));
    }
    void wheel() {
        QWidget* chosen = target("wheel");
        const QPointF place = this->place(chosen);
        QWheelEvent event(place,
                          chosen->mapToGlobal(place),
                          {},
                          {0, below(2) == 0 ? 120 : -120},
                          Qt::NoButton,
                          below(4) == 0 ? Qt::ControlModifier : Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(chosen, &event);
    }
    void key() {
        static constexpr Qt::Key kKeys[] = {
            Qt::Key_Tab,       Qt::Key_Backtab, Qt::Key_Left,   Qt::Key_Right,    Qt::Key_Up,
            Qt::Key_Down,      Qt::Key_Space,   Qt::Key_Return, Qt::Key_Escape,   Qt::Key_Delete,
            Qt::Key_Backspace, Qt::Key_Home,    Qt::Key_End,    Qt::Key_PageDown, Qt::Key_0,
            Qt::Key_1,         Qt::Key_9,       Qt::Key_Minus,  Qt::Key_Plus,     Qt::Key_Comma,
            Qt::Key_Period,    Qt::Key_A,       Qt::Key_E,      Qt::Key_F1,       Qt::Key_F2};
        QWidget* focused = QApplication::focusWidget();
        m_last = u"key in %1"_s.arg(focused ? focused->objectName() : u"the window"_s);
        QTest::keyClick(focused ? focused : &m_bare.window,
                        kKeys[below(std::size(kKeys))],
                        below(6) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
    }
    void command() {
        QStringList ids = m_bare.window.services().actions.ids();
        ids.removeOne(u"file.quit"_s);
        ids.removeOne(u"help.whatsThis"_s);  // waits for a click of a real mouse
        m_last = oneOf(ids);
        m_bare.window.services().actions.action(m_last)->trigger();
    }
    void panel() {
        m_last = oneOf(m_bare.window.panels())->info().id;
        m_bare.window.showPanel(m_last);
    }

    std::mt19937 m_random;
    test::BareWindow m_bare;
    QTimer m_popups;
    QString m_last;
};

}  // namespace

class TestMonkey : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anyOrderOfEventsIsSurvived() {
        const int numEvents = numberFrom("VITRINE_MONKEY_EVENTS", kNumEvents);
        const int seed = numberFrom("VITRINE_MONKEY_SEED", 1);
        Monkey monkey{unsigned(seed)};
        double first = 0;
        for (int event = 1; event <= numEvents; ++event) {
            monkey.act();
            QCoreApplication::processEvents();
            if (event == numEvents / 10) first = memoryMiB();
            if (event % kSaveEvery != 0) continue;
            monkey.endRuns(kMaxRuns);
            const Status kept = monkey.saveAndOpen();
            QVERIFY2(
                kept.ok(),
                qPrintable(u"seed %1, event %2 (%3): %4"_s.arg(seed).arg(event).arg(
                    monkey.last(), kept.ok() ? QString() : QString::fromStdString(kept.error().message))));
        }
        qInfo("%d events, seed %d: %.0f MiB after a tenth, %.0f MiB at the end",
              numEvents,
              seed,
              first,
              memoryMiB());
    }
};

QTEST_MAIN(TestMonkey)
#include "tst_monkey.moc"
