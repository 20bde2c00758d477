// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_info.h"

#include <tuple>

#include "core/runs/run_folder.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

// What status.json says anew with every writing is told by `updated`.
auto shown(const RunInfo& run) {
    const RunSummary& s = run.summary;
    return std::tie(s.path,
                    s.name,
                    s.recipe,
                    s.preset,
                    s.notes,
                    s.problem,
                    s.status.state,
                    s.status.message,
                    s.status.step,
                    s.status.totalSteps,
                    s.status.updated,
                    s.status.pid,
                    s.status.checkpointStep,
                    run.hasSnapshot,
                    run.starting);
}

}  // namespace

bool RunInfo::operator==(const RunInfo& other) const {
    return control == other.control && shown(*this) == shown(other);
}

RunPhase phaseOf(const RunInfo& run) {
    using Wanted = RunControl::Wanted;
    if (!run.summary.problem.empty()) return RunPhase::Broken;
    const RunState state = run.summary.status.state;
    if (!run.isLive() && run.starting) return RunPhase::Starting;
    if (run.isLive() && run.control.wanted == Wanted::Stop) return RunPhase::Stopping;
    switch (state) {
        case RunState::Preparing:
            return RunPhase::Preparing;
        case RunState::Training:
            return run.control.wanted == Wanted::Pause ? RunPhase::Pausing : RunPhase::Training;
        case RunState::Paused:
            return run.control.wanted == Wanted::Train ? RunPhase::Resuming : RunPhase::Paused;
        case RunState::Saving:
            return RunPhase::Saving;
        case RunState::NoSpace:
            return RunPhase::NoSpace;
        case RunState::Done:
            return RunPhase::Done;
        case RunState::Stopped:
            return RunPhase::Stopped;
        case RunState::Failed:
            return RunPhase::Failed;
        case RunState::Interrupted:
            return RunPhase::Interrupted;
        case RunState::New:
            break;
    }
    return RunPhase::New;
}

QString nameOf(RunPhase phase) {
    switch (phase) {
        case RunPhase::Broken:
            return tr("Damaged");
        case RunPhase::Starting:
            return tr("Starting");
        case RunPhase::Preparing:
            return tr("Preparing data");
        case RunPhase::Training:
            return tr("Training");
        case RunPhase::Pausing:
            return tr("Pausing");
        case RunPhase::Paused:
            return tr("Paused");
        case RunPhase::Resuming:
            return tr("Resuming");
        case RunPhase::Saving:
            return tr("Saving");
        case RunPhase::NoSpace:
            return tr("Disk full");
        case RunPhase::Stopping:
            return tr("Stopping");
        case RunPhase::Done:
            return tr("Done");
        case RunPhase::Stopped:
            return tr("Stopped");
        case RunPhase::Failed:
            return tr("Failed");
        case RunPhase::Interrupted:
            return tr("Interrupted");
        case RunPhase::New:
            break;
    }
    return tr("Not started");
}

bool advances(const RunInfo& run) {
    const RunPhase phase = phaseOf(run);
    return phase == RunPhase::Training || phase == RunPhase::Saving;
}

bool allows(const RunInfo& run, RunAction action) {
    const RunPhase phase = phaseOf(run);
    const bool broken = phase == RunPhase::Broken;
    const bool leaving = phase == RunPhase::Stopping;
    const bool held = run.isLive() || run.starting;
    const bool wantsPause = run.control.wanted == RunControl::Wanted::Pause;
    switch (action) {
        case RunAction::Start:
            return !held && !broken && phase != RunPhase::Done;
        case RunAction::Pause:
            return run.isLive() && !leaving && !wantsPause;
        case RunAction::Resume:
            return run.isLive() && !leaving && wantsPause;
        case RunAction::Stop:
            return run.isLive() && !leaving;
        case RunAction::SaveNow:
            return run.isLive() && !leaving && phase != RunPhase::Preparing;
        case RunAction::Extend:
            return !broken && !leaving && phase != RunPhase::Starting && run.summary.status.totalSteps > 0;
        case RunAction::Branch:
            return !broken && run.summary.status.checkpointStep >= 0;
        case RunAction::Rename:
        case RunAction::Discard:
            return !held;
        case RunAction::Notes:
            return !broken;
        case RunAction::OpenSnapshot:
            return run.hasSnapshot;
    }
    return false;
}

std::filesystem::path previewFile(const std::filesystem::path& run, std::int64_t step) {
    return run / "previews" / (nameOfStep(step) + ".png");
}

}  // namespace vitrine
