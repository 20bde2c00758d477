// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_service.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <chrono>
#include <thread>

#include "core/runs/run_folder.h"
#include "core/runs/run_list.h"
#include "ui/bridge/helper_process.h"
#include "ui/bridge/run_watch.h"
#include "ui/bridge/task_service.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr auto kLeaveTime = std::chrono::seconds(5);
constexpr qint64 kLogTail = 8 << 10;

/// A process that has said goodbye may hold its run for some milliseconds more. Thread: worker.
Status waitUntilFree(const fs::path& run) {
    const auto end = std::chrono::steady_clock::now() + kLeaveTime;
    while (RunFolder::isHeld(run)) {
        if (std::chrono::steady_clock::now() > end)
            return Error{ErrorCode::Busy,
                         "Another process is training " + run.filename().string() + "; stop it first."};
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return {};
}

Status request(const fs::path& run, const std::function<void(RunControl&)>& change) {
    VITRINE_TRY(RunControl control, readControl(run));
    change(control);
    return writeControl(run, control);
}

Status checkName(const QString& name) {
    if (!name.trimmed().isEmpty() && !name.contains(u'/') && !name.startsWith(u'.')) return {};
    return Error{ErrorCode::InvalidArgument,
                 "A run name must not be empty, contain \"/\" or start with a dot; type another."};
}

}  // namespace

RunService::RunService(RunWatch& watch, QString program, QObject* parent)
    : QObject(parent), m_watch(watch), m_program(helperProgram(program)), m_tasks(new TaskService(this)) {
    connect(m_tasks, &TaskService::taskFinished, this, [this] {
        if (isIdle()) Q_EMIT idle();
    });
    connect(m_tasks, &TaskService::taskFailed, this, [this](const QString& what) {
        Q_EMIT failed({ErrorCode::Internal, "A run could not be changed.", what.toStdString()});
    });
}

RunService::~RunService() = default;

bool RunService::isIdle() const {
    return m_tasks->isIdle();
}

void RunService::work(std::function<Result<Path>()> work, Done done) {
    m_tasks->run([work = std::move(work)](std::stop_token) { return work(); },
                 [this, done = std::move(done)](const Result<Path>& result) { finish(result, done); });
}

void RunService::finish(const Result<Path>& result, const Done& done) {
    if (!result) Q_EMIT failed(result.error());
    m_watch.refresh();
    if (done) done(result);
}

void RunService::spawnAfter(std::function<Result<Path>()> work, Done done) {
    const auto both = [work = std::move(work), program = m_program](std::stop_token) -> Result<Spawned> {
        VITRINE_TRY(const Path run, work());
        VITRINE_CHECK(waitUntilFree(run));
        VITRINE_CHECK(request(run, [](RunControl& control) { control.wanted = RunControl::Wanted::Train; }));
        return spawn(program, run);
    };
    m_tasks->run(both, [this, done = std::move(done)](const Result<Spawned>& spawned) {
        if (!spawned) return finish(spawned.error(), done);
        m_begun.insert(spawned->run);
        m_watch.expect(spawned->run, spawned->pid);
        finish(spawned->run, done);
    });
}

// Detached: the child belongs to the system, not to this window, and leaves no zombie.
Result<RunService::Spawned> RunService::spawn(const QString& program, const Path& run) {
    QProcess helper;
    helper.setProgram(program);
    helper.setArguments({u"train"_s, u"--resume"_s, toQ(run), u"--background"_s});
    helper.setStandardInputFile(QProcess::nullDevice());
    helper.setStandardOutputFile(QProcess::nullDevice());
    helper.setStandardErrorFile(toQ(run / "log.txt"), QIODevice::Append);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OMP_WAIT_POLICY"_s, u"passive"_s);
    helper.setProcessEnvironment(environment);
    Spawned spawned{run};
    if (helper.startDetached(&spawned.pid)) return spawned;
    return Error{ErrorCode::NotFound,
                 "The training can't start: " + QFileInfo(program).fileName().toStdString() +
                     " is missing beside the program; build or install it again.",
                 program.toStdString() + ": " + helper.errorString().toStdString()};
}

void RunService::create(const QString& name, const QString& configJson, Done done) {
    const Status named = checkName(name);
    if (!named) return finish(named.error(), done);
    const Path run = m_watch.folder() / name.trimmed().toStdString();
    spawnAfter(
        [run, config = configJson.toStdString()]() -> Result<Path> {
            VITRINE_TRY(const RunFolder made, RunFolder::create(run, config));
            return made.path();
        },
        std::move(done));
}

void RunService::start(const Path& run, Done done) {
    spawnAfter([run] { return Result<Path>(run); }, std::move(done));
}

void RunService::change(const Path& run, std::function<void(RunControl&)> wanted, Done done) {
    work(
        [run, wanted = std::move(wanted)]() -> Result<Path> {
            VITRINE_CHECK(request(run, wanted));
            return run;
        },
        std::move(done));
}

void RunService::pause(const Path& run, Done done) {
    change(
        run, [](RunControl& control) { control.wanted = RunControl::Wanted::Pause; }, std::move(done));
}

void RunService::resume(const Path& run, Done done) {
    change(
        run, [](RunControl& control) { control.wanted = RunControl::Wanted::Train; }, std::move(done));
}

void RunService::stop(const Path& run, Done done) {
    change(
        run, [](RunControl& control) { control.wanted = RunControl::Wanted::Stop; }, std::move(done));
}

void RunService::saveNow(const Path& run, Done done) {
    change(
        run, [](RunControl& control) { ++control.saves; }, std::move(done));
}

void RunService::extend(const Path& run, qint64 totalSteps, bool isLive, Done done) {
    const auto wanted = [totalSteps](RunControl& control) { control.totalSteps = totalSteps; };
    if (isLive) return change(run, wanted, std::move(done));
    spawnAfter(
        [run, wanted]() -> Result<Path> {
            VITRINE_CHECK(request(run, wanted));
            return run;
        },
        std::move(done));
}

void RunService::branch(const Path& run, qint64 step, const QString& name, Done done) {
    const Status named = checkName(name);
    if (!named) return finish(named.error(), done);
    const Path target = m_watch.folder() / name.trimmed().toStdString();
    spawnAfter([run, step, target] { return branchRun(run, step, target); }, std::move(done));
}

void RunService::rename(const Path& run, const QString& name, Done done) {
    const Status named = checkName(name);
    if (!named) return finish(named.error(), done);
    work([run, name = name.trimmed().toStdString()] { return renameRun(run, name); },
         [this, run, done = std::move(done)](const Result<Path>& renamed) {
             if (renamed) {
                 if (m_begun.erase(run) > 0) m_begun.insert(*renamed);
                 m_watch.moved(run, *renamed);
             }
             if (done) done(renamed);
         });
}

void RunService::discard(const Path& run, Done done) {
    work([run] { return discardRun(run); }, std::move(done));
}

void RunService::restore(const Path& discarded, Done done) {
    work([discarded] { return restoreRun(discarded); }, std::move(done));
}

void RunService::setNotes(const Path& run, const QString& notes, Done done) {
    work(
        [run, notes = notes.toStdString()]() -> Result<Path> {
            VITRINE_CHECK(writeNotes(run, notes));
            return run;
        },
        std::move(done));
}

void RunService::emptyWastebasket(Done done) {
    work(
        [folder = m_watch.folder()]() -> Result<Path> {
            VITRINE_CHECK(vitrine::emptyWastebasket(folder));
            return folder;
        },
        std::move(done));
}

QString lastLogLine(const fs::path& run) {
    QFile log(toQ(run / "log.txt"));
    if (!log.open(QIODevice::ReadOnly)) return {};
    log.seek(std::max<qint64>(0, log.size() - kLogTail));
    return lastSentence(log.readAll());
}

}  // namespace vitrine
