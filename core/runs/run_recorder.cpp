// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_recorder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <thread>

#include "core/base/log.h"
#include "core/io/atomic_file.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

constexpr double kPublishEvery = 1;  // seconds
constexpr auto kRoomPause = std::chrono::milliseconds(500);

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t memoryLine(const char* name) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(name))
            return std::stoll(line.substr(std::char_traits<char>::length(name))) / 1024;
    return 0;
}

/// TensorBoard's form; sums are those of the bins' centres.
HistogramData eventHistogram(const LayerHistogram::Bins& bins) {
    HistogramData data;
    data.min = bins.low, data.max = bins.high;
    const double width = (bins.high - bins.low) / double(std::max<std::size_t>(bins.counts.size(), 1));
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        const double count = double(bins.counts[i]), centre = bins.low + (double(i) + 0.5) * width;
        data.num += count, data.sum += count * centre, data.sumSquares += count * centre * centre;
        data.bucketLimits.push_back(bins.low + double(i + 1) * width);
        data.buckets.push_back(count);
    }
    return data;
}

/// Changes whenever the file does.
std::int64_t stampOf(const std::filesystem::path& file) {
    struct stat info = {};
    if (::stat(file.c_str(), &info) != 0) return -1;
    return std::int64_t(info.st_ino) ^
           (std::int64_t(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec);
}

}  // namespace

std::int64_t residentMiB() {
    return memoryLine("VmRSS:");
}
std::int64_t peakResidentMiB() {
    return memoryLine("VmHWM:");
}

RunRecorder::RunRecorder(const RunFolder& run, const JobContext& job) : m_run(run), m_job(job) {
    status.pid = ::getpid();
}

void RunRecorder::publish(RunState state, const std::string& message) {
    status.state = state;
    status.message = message;
    status.memoryMiB = residentMiB();
    status.peakMemoryMiB = peakResidentMiB();
    status.updated = m_published = now();
    if (const Status written = writeStatus(m_run.path(), status); !written)
        logWarning(written.error().message);
}

void RunRecorder::publishSometimes(RunState state) {
    if (now() - m_published >= kPublishEvery) publish(state, status.message);
}

RunControl RunRecorder::pollControl() {
    const auto stamp = stampOf(m_run.path() / "control.json");
    if (stamp != m_controlStamp) {
        m_controlStamp = stamp;
        if (auto read = readControl(m_run.path()))
            m_lastControl = *read;
        else
            logWarning(read.error().message);
    }
    RunControl control = m_lastControl;
    if (m_job.stop.stop_requested()) control.wanted = RunControl::Wanted::Stop;
    return control;
}

Status RunRecorder::persist(const std::function<Status()>& write) {
    const RunState before = status.state;
    for (;;) {
        const Status written = write();
        if (written || written.error().code != ErrorCode::NoSpace ||
            pollControl().wanted == RunControl::Wanted::Stop) {
            if (written && status.state == RunState::NoSpace) publish(before);
            return written;
        }
        if (status.state != RunState::NoSpace)
            logWarning(written.error().message + " Training waits for free disk space.");
        publish(
            RunState::NoSpace,
            written.error().message + " Training waits and resumes automatically when there is free space.");
        std::this_thread::sleep_for(kRoomPause);
    }
}

Status RunRecorder::begin(std::int64_t step) {
    return persist([&]() -> Status {
        VITRINE_TRY(EventFile events, EventFile::create(m_run.path(), step + 1));
        m_events.emplace(std::move(events));
        return {};
    });
}

Status RunRecorder::metrics(std::int64_t step, const std::map<std::string, double>& values) {
    std::map<std::string, double> finite;
    for (const auto& [name, value] : values)
        if (std::isfinite(value)) finite[name] = status.metrics[name] = value;
    VITRINE_CHECK(persist([&] { return m_run.appendMetrics(step, finite); }));
    return persist([&] { return m_events->scalars(step, finite); });
}

Status RunRecorder::preview(std::int64_t step, const Image& sheet, const std::string& recipe) {
    VITRINE_TRY(const auto png, encodePng(sheet, recipe));
    VITRINE_CHECK(persist([&] { return writeFileAtomically(m_run.previewPath(step), png); }));
    return persist([&] { return m_events->image(step, "preview", png); });
}

Status RunRecorder::histograms(std::int64_t step, const std::vector<LayerHistogram>& layers) {
    VITRINE_CHECK(persist([&] { return writeHistograms(m_run.path(), step, layers); }));
    for (const auto& layer : layers) {
        VITRINE_CHECK(persist([&] {
            return m_events->histogram(step, "weights/" + layer.layer, eventHistogram(layer.weights));
        }));
        if (!layer.gradients.counts.empty())
            VITRINE_CHECK(persist([&] {
                return m_events->histogram(step, "gradients/" + layer.layer, eventHistogram(layer.gradients));
            }));
    }
    return {};
}

}  // namespace vitrine
