// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include "core/runs/metrics_file.h"
#include "ui/bridge/run_info.h"

namespace vitrine {

class TaskService;

/// Reads the folder of runs again and again, off the GUI thread: twice a second while something trains, else
/// every two seconds. Of the runs that are followed it reads metrics, previews and histograms too, only what
/// is new. Thread: GUI.
class RunWatch : public QObject {
    Q_OBJECT
public:
    explicit RunWatch(std::filesystem::path folder, QObject* parent = nullptr);
    ~RunWatch() override;

    const std::filesystem::path& folder() const { return m_folder; }
    /// Newest first. Empty until isLoaded().
    const std::vector<RunInfo>& runs() const { return m_runs; }
    bool isLoaded() const { return m_loaded; }
    const RunInfo* find(const std::filesystem::path& run) const;
    /// Nothing is being read, and what is known is younger than the last refresh().
    bool isSettled() const { return m_loaded && !m_reading && !m_again; }

    /// Looks now; what was written before the call is seen.
    void refresh();
    void follow(const std::vector<std::filesystem::path>& runs);
    /// Of a followed run; nullptr for others.
    const RunRecord* record(const std::filesystem::path& run) const;
    /// A helper was begun for a run: it counts as starting until it holds the run or is gone.
    void expect(const std::filesystem::path& run, qint64 pid);
    /// What was known under one path is known under another: a run was renamed.
    void moved(const std::filesystem::path& from, const std::filesystem::path& to);

Q_SIGNALS:
    void runsChanged();
    /// A helper was begun and ended before it held the run.
    void startFailed(const std::filesystem::path& run);
    /// `fromStart`: the record was begun anew.
    void recordChanged(const std::filesystem::path& run, bool fromStart);
    /// The folder was read once more, whether or not something changed.
    void looked();

private:
    struct Followed;
    struct Look;
    using FollowedRuns = std::vector<std::shared_ptr<Followed>>;
    static Look look(const std::filesystem::path& folder,
                     const FollowedRuns& followed,
                     const std::vector<qint64>& helpers);
    void start();
    void take(Look look);
    void markStarting(Look& look);
    void takeNews(Look& look);

    struct Expected {
        qint64 pid = 0;
        double statusBefore = 0;  ///< when the status was written that it will replace
    };

    std::filesystem::path m_folder;
    std::vector<RunInfo> m_runs;
    FollowedRuns m_followed;
    std::map<std::filesystem::path, Expected> m_expected;
    QTimer m_timer;
    bool m_loaded = false;
    bool m_reading = false;
    bool m_again = false;
    TaskService* m_tasks = nullptr;
};

}  // namespace vitrine
