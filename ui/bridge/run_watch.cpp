// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

#include "core/base/log.h"
#include "ui/bridge/task_service.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr int kLiveMs = 500;
constexpr int kIdleMs = 2000;

std::vector<std::int64_t> previewSteps(const fs::path& run) {
    std::vector<std::int64_t> steps;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(run / "previews", error)) {
        const std::string name = entry.path().filename().string();
        std::int64_t step = -1;
        if (!name.starts_with("step-") || !name.ends_with(".png")) continue;
        const char* end = name.data() + name.size() - 4;
        if (const auto parsed = std::from_chars(name.data() + 5, end, step); parsed.ptr == end)
            steps.push_back(step);
    }
    std::sort(steps.begin(), steps.end());
    return steps;
}

RunInfo infoOf(RunSummary summary) {
    RunInfo info;
    std::error_code error;
    info.hasSnapshot = fs::exists(summary.path / "snapshot.safetensors", error);
    if (const auto control = readControl(summary.path)) info.control = *control;
    info.summary = std::move(summary);
    return info;
}

/// A zombie that its parent hasn't noticed yet is gone, too.
bool isAlive(qint64 pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string stat;
    std::getline(file, stat);
    const std::size_t name = stat.rfind(") ");
    return name != std::string::npos && stat[name + 2] != 'Z' && stat[name + 2] != 'X';
}

}  // namespace

/// `tail` is used by the worker only, one look after the other; `record` by the GUI only.
struct RunWatch::Followed {
    explicit Followed(fs::path run) : path(std::move(run)), tail(path) {}
    fs::path path;
    MetricsTail tail;
    RunRecord record;
};

struct RunWatch::Look {
    struct News {
        std::shared_ptr<Followed> of;
        MetricsTail::News metrics;
        std::vector<std::int64_t> previews, histograms;
    };
    std::vector<RunInfo> runs;
    std::vector<News> news;
    std::set<qint64> gone;  ///< helpers that were asked after and live no more
};

RunWatch::RunWatch(fs::path folder, QObject* parent)
    : QObject(parent), m_folder(std::move(folder)), m_tasks(new TaskService(this)) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunWatch::refresh);
    m_timer.start(0);
}

RunWatch::~RunWatch() = default;

const RunInfo* RunWatch::find(const fs::path& run) const {
    const auto found = std::find_if(
        m_runs.begin(), m_runs.end(), [&run](const RunInfo& each) { return each.path() == run; });
    return found == m_runs.end() ? nullptr : &*found;
}

const RunRecord* RunWatch::record(const fs::path& run) const {
    for (const auto& each : m_followed)
        if (each->path == run) return &each->record;
    return nullptr;
}

void RunWatch::expect(const fs::path& run, qint64 pid) {
    const RunInfo* known = find(run);
    m_expected[run] = {pid, known ? known->summary.status.updated : 0};
    refresh();
}

void RunWatch::moved(const fs::path& from, const fs::path& to) {
    for (auto& each : m_followed)
        if (each->path == from) each = std::make_shared<Followed>(to);
    refresh();
}

void RunWatch::follow(const std::vector<fs::path>& runs) {
    FollowedRuns wanted;
    bool news = runs.size() != m_followed.size();
    for (const fs::path& run : runs) {
        const auto known = std::find_if(
            m_followed.begin(), m_followed.end(), [&run](const auto& each) { return each->path == run; });
        news = news || known == m_followed.end();
        wanted.push_back(known != m_followed.end() ? *known : std::make_shared<Followed>(run));
    }
    m_followed = std::move(wanted);
    if (news) refresh();
}

void RunWatch::refresh() {
    m_timer.stop();
    m_again = m_reading;
    if (!m_reading) start();
}

void RunWatch::start() {
    m_reading = true;
    m_again = false;
    std::vector<qint64> helpers;
    for (const auto& [run, expected] : m_expected) helpers.push_back(expected.pid);
    m_tasks->run([folder = m_folder, followed = m_followed, helpers](
                     std::stop_token) { return look(folder, followed, helpers); },
                 [this](Look look) { take(std::move(look)); });
}

// Whether a helper lives is asked before the runs are read: one that is gone has written its last by then.
RunWatch::Look RunWatch::look(const fs::path& folder,
                              const FollowedRuns& followed,
                              const std::vector<qint64>& helpers) {
    Look look;
    for (const qint64 pid : helpers)
        if (!isAlive(pid)) look.gone.insert(pid);
    for (RunSummary& summary : listRuns(folder)) look.runs.push_back(infoOf(std::move(summary)));
    for (const auto& each : followed) {
        Look::News news{each, {}, previewSteps(each->path), histogramSteps(each->path)};
        auto read = each->tail.readNew();
        if (read)
            news.metrics = std::move(*read);
        else
            logWarning(read.error().message);
        look.news.push_back(std::move(news));
    }
    return look;
}

void RunWatch::take(Look look) {
    m_reading = false;
    const bool first = !m_loaded;
    m_loaded = true;
    markStarting(look);
    const bool changed = first || look.runs != m_runs;
    m_runs = std::move(look.runs);
    if (changed) Q_EMIT runsChanged();
    takeNews(look);
    Q_EMIT looked();
    if (m_again) return start();
    const bool live = std::any_of(
        m_runs.begin(), m_runs.end(), [](const RunInfo& run) { return run.isLive() || run.starting; });
    m_timer.start(live ? kLiveMs : kIdleMs);
}

void RunWatch::markStarting(Look& look) {
    std::erase_if(m_expected, [this, &look](const auto& entry) {
        const auto& [path, expected] = entry;
        const bool gone = look.gone.contains(expected.pid);
        const auto run = std::find_if(
            look.runs.begin(), look.runs.end(), [&](const RunInfo& each) { return each.path() == path; });
        const bool isListed = run != look.runs.end();
        const bool started = isListed && run->summary.status.updated > expected.statusBefore;
        if (isListed) run->starting = !started && !gone;
        if (gone && !started)
            QMetaObject::invokeMethod(
                this, [this, path] { Q_EMIT startFailed(path); }, Qt::QueuedConnection);
        return started || gone;
    });
}

void RunWatch::takeNews(Look& look) {
    for (auto& news : look.news) {
        RunRecord& record = news.of->record;
        const bool nothing = record.loaded && !news.metrics.fromStart && news.metrics.points.empty() &&
                             record.previews == news.previews && record.histograms == news.histograms;
        if (nothing) continue;
        if (news.metrics.fromStart) record.metrics.clear();
        for (const MetricPoint& point : news.metrics.points)
            record.metrics[point.metric].append(QPointF(double(point.step), point.value));
        record.previews = std::move(news.previews);
        record.histograms = std::move(news.histograms);
        record.loaded = true;
        Q_EMIT recordChanged(news.of->path, news.metrics.fromStart);
    }
}

}  // namespace vitrine
