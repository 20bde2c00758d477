// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/io/event_file.h"
#include "core/jobs/job.h"
#include "core/runs/metrics_file.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_status.h"

namespace vitrine {

/// What the process that trains tells the world of its run, and hears from it. Writing waits for room where
/// the disk is full. Thread: the trainer's.
class RunRecorder {
public:
    RunRecorder(const RunFolder& run, const JobContext& job);

    RunStatus status;  ///< change it, then publish()

    void publish(RunState state, const std::string& message = {});
    /// The same at most once a second.
    void publishSometimes(RunState state);

    /// What is requested of the run now; a stop signal counts as a request to stop. A control file that
    /// cannot be read changes nothing.
    RunControl pollControl();

    /// Repeats `write` while the disk is full, telling so, until there is room or a stop is wanted (then the
    /// NoSpace error stays).
    Status persist(const std::function<Status()>& write);

    /// Before the first step: `step` have been taken. Errors: NoSpace, Io.
    Status begin(std::int64_t step);
    Status metrics(std::int64_t step, const std::map<std::string, double>& values);
    /// `recipe`: JSON for the picture's text chunk.
    Status preview(std::int64_t step, const Image& sheet, const std::string& recipe);
    Status histograms(std::int64_t step, const std::vector<LayerHistogram>& layers);

private:
    const RunFolder& m_run;
    const JobContext& m_job;
    std::optional<EventFile> m_events;
    double m_published = 0;
    RunControl m_lastControl;
    std::int64_t m_controlStamp = -1;
};

/// Memory of this process. Units: MiB
std::int64_t residentMiB();
std::int64_t peakResidentMiB();

}  // namespace vitrine
