// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <set>

#include "core/base/result.h"
#include "core/runs/run_status.h"

namespace vitrine {

class RunWatch;
class TaskService;

/// Everything that is done to runs. A training is a process of its own that outlives the window: it is begun
/// here, and from then on only requests are written into its folder. Every call returns at once; `done` comes
/// on the GUI thread. Thread: GUI.
class RunService : public QObject {
    Q_OBJECT
public:
    using Path = std::filesystem::path;
    using Done = std::function<void(const Result<Path>&)>;

    /// `program`: what to run for a training; empty = vitrine-cli beside this program.
    explicit RunService(RunWatch& watch, QString program = {}, QObject* parent = nullptr);
    ~RunService() override;

    /// Makes a run among the others and trains it. Errors: those of RunFolder::create.
    void create(const QString& name, const QString& configJson, Done done = {});
    /// Resumes a run that no process holds.
    void start(const Path& run, Done done = {});
    void pause(const Path& run, Done done = {});
    void resume(const Path& run, Done done = {});
    void stop(const Path& run, Done done = {});
    /// A checkpoint and a snapshot, now.
    void saveNow(const Path& run, Done done = {});
    /// Trains up to `totalSteps`; a run that ended resumes.
    void extend(const Path& run, qint64 totalSteps, bool isLive, Done done = {});
    /// `step` < 0: from the newest checkpoint. The new run is trained at once.
    void branch(const Path& run, qint64 step, const QString& name, Done done = {});
    void rename(const Path& run, const QString& name, Done done = {});
    void discard(const Path& run, Done done = {});
    void restore(const Path& discarded, Done done = {});
    void setNotes(const Path& run, const QString& notes, Done done = {});
    void emptyWastebasket(Done done = {});

    /// Runs whose training this window began.
    const std::set<Path>& begun() const { return m_begun; }
    bool isIdle() const;

Q_SIGNALS:
    void failed(const vitrine::Error& error);
    void idle();

private:
    /// What a spawned helper is known by.
    struct Spawned {
        Path run;
        qint64 pid = 0;
    };
    void change(const Path& run, std::function<void(RunControl&)> request, Done done);
    void spawnAfter(std::function<Result<Path>()> work, Done done);
    void work(std::function<Result<Path>()> work, Done done);
    void finish(const Result<Path>& result, const Done& done);
    static Result<Spawned> spawn(const QString& program, const Path& run);

    RunWatch& m_watch;
    QString m_program;
    std::set<Path> m_begun;
    TaskService* m_tasks = nullptr;
};

/// What a helper wrote last in the run's log: why it didn't start. Thread: any.
QString lastLogLine(const std::filesystem::path& run);

}  // namespace vitrine
