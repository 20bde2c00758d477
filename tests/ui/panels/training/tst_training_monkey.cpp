// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of clicks in any order, with helpers killed in between: what the panel shows is what the folders
// say, buttons are live only where they work, and nothing is left behind.
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QtTest>
#include <random>

#include "tests/support/test_program.h"
#include "tests/ui/panels/training/training_fixture.h"
#include "ui/panels/training/run_table_model.h"

using namespace Qt::StringLiterals;
using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kNumEvents = 1500;
constexpr int kSettleEvery = 60;
constexpr int kEventLimitMs = 20'000;
constexpr std::size_t kMaxRuns = 4;

int numZombies() {
    int zombies = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string stat;
        if (!std::getline(file, stat)) continue;
        const std::size_t name = stat.rfind(") ");
        if (name != std::string::npos && stat[name + 2] == 'Z' &&
            std::stol(stat.substr(name + 4)) == ::getpid())
            ++zombies;
    }
    return zombies;
}

class Monkey {
public:
    Monkey(TrainingFixture& fixture, unsigned seed) : f(fixture), m_random(seed) {}

    void act() {
        const int dice = int(m_random() % 100);
        if (dice < 12) return click("resume");
        if (dice < 24) return click("pause");
        if (dice < 34) return click("stop");
        if (dice < 42) return click("saveNow");
        if (dice < 48) return extend();
        if (dice < 54) return click("discard");
        if (dice < 58) return rename();
        if (dice < 66) return select();
        if (dice < 71) return kill();
        if (dice < 78) return begin();
        if (dice < 82) return click("branch");
        if (dice < 88) return page();
        if (dice < 92) return f.undo.undo();
        if (dice < 94) return f.undo.redo();
        if (dice < 95) return f.makePanel();
        QTest::qWait(int(m_random() % 30));
    }

private:
    void click(const char* id) {
        if (id == std::string("branch") && f.panel->watch().runs().size() >= kMaxRuns) return;
        f.run(id);  // a disabled action does nothing, as its button
    }
    void extend() { f.find<QPushButton>("training.plan.extend")->click(); }
    void rename() {
        auto* model = f.panel->findChild<RunTableModel*>();
        if (model->rowCount() == 0) return;
        model->setData(model->index(int(m_random() % unsigned(model->rowCount())), RunTableModel::Name),
                       u"run-%1"_s.arg(m_random() % 10),
                       Qt::EditRole);
    }
    void select() {
        auto* table = f.find<QTableView>("training.runs");
        const int rows = table->model()->rowCount();
        if (rows > 0) table->selectRow(int(m_random() % unsigned(rows)));
    }
    void kill() {
        for (const RunSummary& run : listRuns(f.runs()))
            if (isLive(run.status.state) && run.status.pid > 0 && m_random() % 2 == 0)
                ::kill(pid_t(run.status.pid), SIGKILL);
    }
    void begin() {
        if (f.panel->watch().runs().size() >= kMaxRuns) return;
        f.run("new");
        if (m_random() % 2 == 0) (void)QTest::qWaitFor([this] { return f.can("begin"); }, 1000);
        f.run("begin");
    }
    void page() {
        static constexpr const char* kPages[] = {"page.runs", "page.newRun", "page.data"};
        f.run(kPages[m_random() % 3]);
    }

    TrainingFixture& f;
    std::mt19937 m_random;
};

/// How what the table shows differs from what the folders say; empty: not at all.
QString disagreement(const TrainingFixture& f) {
    const auto listed = listRuns(f.runs());
    const auto& shown = f.panel->watch().runs();
    if (listed.size() != shown.size()) return u"%1 runs, %2 shown"_s.arg(listed.size()).arg(shown.size());
    for (const RunSummary& run : listed) {
        const QString name = QString::fromStdString(run.path.filename().string());
        const RunInfo* info = f.panel->watch().find(run.path);
        if (!info) return name + u" is not shown"_s;
        if (info->starting) return name + u" is still shown as starting"_s;
        if (const RunState state = info->summary.status.state; state != run.status.state)
            return u"%1 is %2, shown as %3"_s.arg(name,
                                                  QString::fromStdString(nameOf(run.status.state)),
                                                  QString::fromStdString(nameOf(state)));
    }
    const RunInfo* current = f.panel->currentRun();
    if (!current) return shown.empty() ? QString() : u"no run is the current one"_s;
    const QString phase = nameOf(phaseOf(*current));
    return f.shownState() == phase ? QString() : u"%1 is shown as %2"_s.arg(phase, f.shownState());
}

bool buttonsAgree(const TrainingFixture& f) {
    const RunInfo* run = f.panel->currentRun();
    const auto can = [run](RunAction action) { return run && allows(*run, action); };
    return f.can("resume") == (can(RunAction::Start) || can(RunAction::Resume)) &&
           f.can("pause") == can(RunAction::Pause) && f.can("stop") == can(RunAction::Stop) &&
           f.can("discard") == can(RunAction::Discard) && f.can("rename") == can(RunAction::Rename) &&
           f.can("branch") == can(RunAction::Branch) && f.can("extend") == can(RunAction::Extend) &&
           f.can("open") == can(RunAction::OpenSnapshot);
}

}  // namespace

class TestTrainingMonkey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyOrderOfClicksIsSurvived_data() {
        QTest::addColumn<unsigned>("seed");
        QTest::newRow("1") << 1U;
        QTest::newRow("2") << 2U;
    }
    void anyOrderOfClicksIsSurvived() {
        QFETCH(unsigned, seed);
        TrainingFixture f;
        f.choice = 0;
        Monkey monkey(f, seed);
        for (int event = 1; event <= kNumEvents; ++event) {
            monkey.act();
            QCoreApplication::processEvents();
            if (event % kSettleEvery != 0) continue;
            // Trainings go on meanwhile: shown and listed agree at some moment soon.
            QVERIFY2(QTest::qWaitFor([&f] { return disagreement(f).isEmpty(); }, kEventLimitMs),
                     qPrintable(u"event %1: %2"_s.arg(event).arg(disagreement(f))));
            QVERIFY2(buttonsAgree(f), qPrintable(u"event %1"_s.arg(event)));
        }
        QTRY_COMPARE(numZombies(), 0);  // a process that has just ended is waited for at the next look
    }
};

VITRINE_TEST(TestTrainingMonkey)
#include "tst_training_monkey.moc"
