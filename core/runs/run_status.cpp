// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <span>
#include <utility>

#include "core/base/fields.h"
#include "core/io/atomic_file.h"
#include "core/runs/run_folder.h"

namespace vitrine {
namespace {

using nlohmann::json;

constexpr const char* kStatusFile = "status.json";
constexpr const char* kControlFile = "control.json";
constexpr std::array kStateNames = {"preparing",
                                    "training",
                                    "paused",
                                    "saving",
                                    "no space",
                                    "done",
                                    "stopped",
                                    "failed",
                                    "interrupted",
                                    "new"};
constexpr std::array kWantedNames = {"train", "pause", "stop"};

/// Numbers by name. JSON has no word for one that is not finite; it is written as null and left out.
struct NumbersField {
    FieldCheck read(const json& object, std::map<std::string, double>& numbers) const {
        if (!object.is_object()) return FieldFault{{}, "must be an object"};
        for (const auto& [name, value] : object.items())
            if (value.is_number()) numbers[name] = value.get<double>();
        return {};
    }
    json write(const std::map<std::string, double>& numbers) const { return numbers; }
};

void bindStatus(FieldSet& fields, RunStatus& status) {
    fields.choice("state", status.state, kStateNames).required();
    fields.text("message", status.message);
    fields.integer("step", status.step);
    fields.integer("totalSteps", status.totalSteps);
    fields.integer("stage", status.stage);
    fields.integer("numStages", status.numStages);
    fields.number("epoch", status.epoch);
    fields.number("imagesPerSecond", status.imagesPerSecond);
    fields.number("secondsLeft", status.secondsLeft);
    fields.text("device", status.device);
    fields.text("precision", status.precision);
    fields.integer("memoryMiB", status.memoryMiB);
    fields.integer("peakMemoryMiB", status.peakMemoryMiB);
    fields.integer("numParameters", status.numParameters);
    fields.integer("skippedSteps", status.skippedSteps);
    fields.integer("checkpointStep", status.checkpointStep);
    fields.integer("bestStep", status.bestStep);
    fields.value("shares", status.shares, NumbersField());
    fields.value("metrics", status.metrics, NumbersField());
    fields.integer("pid", status.pid);
    fields.number("updated", status.updated);
}

void bindControl(FieldSet& fields, RunControl& control) {
    fields.choice("wanted", control.wanted, kWantedNames).required();
    fields.integer("totalSteps", control.totalSteps);
    fields.integer("saves", control.saves);
}

/// An object that a run's own process wrote; a fault in it is damage.
template <class T, class Bind>
Status readObject(const std::filesystem::path& file, T& value, const Bind& bind) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    if (const auto fault = readFields(json::parse(text, nullptr, false), value, bind))
        return Error{ErrorCode::BadFormat,
                     file.string() + " is damaged; delete it and resume the run.",
                     "\"" + fault->name + "\" " + fault->what};
    return {};
}

/// Replaces a file of less than a disk block, unsynced. A full disk must not silence a run: then the old
/// content is overwritten where it lies, which takes no room.
Status replaceSmallFile(const std::filesystem::path& file, std::string text) {
    const auto hidden = file.parent_path() / ("." + file.filename().string());
    std::error_code fault;
    const Status written = writeFileUnsynced(hidden, std::as_bytes(std::span(text)));
    if (written) {
        std::filesystem::rename(hidden, file, fault);
        return fault ? Status(Error{ErrorCode::Io,
                                    "Could not write " + file.string() + ": " + fault.message() + "."})
                     : Status();
    }
    std::filesystem::remove(hidden, fault);
    const auto size = std::filesystem::file_size(file, fault);
    if (fault || written.error().code != ErrorCode::NoSpace) return written;
    text.resize(std::max<std::size_t>(text.size(), size), ' ');
    std::fstream inPlace(file, std::ios::in | std::ios::out | std::ios::binary);
    inPlace << text << std::flush;
    return inPlace ? Status() : written;
}

}  // namespace

std::string nameOf(RunState state) {
    return kStateNames[std::size_t(state)];
}

bool isLive(RunState state) {
    return state <= RunState::NoSpace;
}

Result<RunControl> readControl(const std::filesystem::path& run) {
    RunControl control;
    std::error_code missing;
    if (!std::filesystem::exists(run / kControlFile, missing)) return control;
    VITRINE_CHECK(readObject(run / kControlFile, control, bindControl));
    return control;
}

Status writeControl(const std::filesystem::path& run, const RunControl& control) {
    return replaceSmallFile(run / kControlFile, writeFields(control, bindControl).dump() + "\n");
}

Result<RunStatus> readStatus(const std::filesystem::path& run) {
    std::error_code missing;
    if (!std::filesystem::exists(run / "config.json", missing))
        return Error{ErrorCode::NotFound,
                     "There is no training run in " + run.string() + " (it has no config.json)."};
    RunStatus status;
    const bool held =
        RunFolder::isHeld(run);  // before the status: a process that ends says so before it lets go
    if (!std::filesystem::exists(run / kStatusFile, missing)) {
        status.state = held ? RunState::Preparing : RunState::New;
        return status;
    }
    // A power cut may leave it empty: it is rewritten too often to be worth a sync, and says nothing that a
    // resumed run needs.
    if (!readObject(run / kStatusFile, status, bindStatus)) status.state = RunState::Training;
    if (isLive(status.state) && !held) {
        status.state = RunState::Interrupted;
        status.message =
            "The training process ended unexpectedly (killed, crashed or switched off). Resume continues "
            "from " +
            (status.checkpointStep < 0 ? std::string("the start.")
                                       : fmt::format("step {}.", status.checkpointStep));
    }
    return status;
}

Status writeStatus(const std::filesystem::path& run, const RunStatus& status) {
    return replaceSmallFile(run / kStatusFile, writeFields(status, bindStatus).dump() + "\n");
}

}  // namespace vitrine
