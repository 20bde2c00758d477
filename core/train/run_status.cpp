// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_status.h"

#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <utility>

#include "core/io/atomic_file.h"
#include "core/train/run_folder.h"

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

template <class Enum, class Names>
Enum named(const Names& names, const std::string& name, Enum fallback) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (name == names[i]) return Enum(int(i));
    return fallback;
}

/// A JSON object that a run's own process wrote; a wrong type in it throws, and is damage.
template <class Fill>
Status readObject(const std::filesystem::path& file, Fill fill) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    try {
        fill(json::parse(text));
        return {};
    } catch (const json::exception& error) {
        return Error{
            ErrorCode::BadFormat, file.string() + " is damaged; delete it and resume the run.", error.what()};
    }
}

json toJson(const RunStatus& s) {
    return {{"state", nameOf(s.state)},
            {"message", s.message},
            {"step", s.step},
            {"totalSteps", s.totalSteps},
            {"stage", s.stage},
            {"numStages", s.numStages},
            {"epoch", s.epoch},
            {"imagesPerSecond", s.imagesPerSecond},
            {"secondsLeft", s.secondsLeft},
            {"device", s.device},
            {"precision", s.precision},
            {"memoryMiB", s.memoryMiB},
            {"peakMemoryMiB", s.peakMemoryMiB},
            {"numParameters", s.numParameters},
            {"skippedSteps", s.skippedSteps},
            {"checkpointStep", s.checkpointStep},
            {"bestStep", s.bestStep},
            {"shares", s.shares},
            {"metrics", s.metrics},
            {"pid", s.pid},
            {"updated", s.updated}};
}

template <class T>
void take(const json& object, const char* key, T& value) {
    if (object.contains(key)) object.at(key).get_to(value);
}

/// JSON has no word for a number that is not finite; it writes null.
void takeNumbers(const json& object, const char* key, std::map<std::string, double>& numbers) {
    if (!object.contains(key)) return;
    for (const auto& [name, value] : object.at(key).items())
        if (value.is_number()) numbers[name] = value.get<double>();
}

void fillStatus(const json& object, RunStatus& s) {
    s.state = named(kStateNames, object.at("state").get<std::string>(), RunState::Failed);
    take(object, "message", s.message);
    take(object, "step", s.step), take(object, "totalSteps", s.totalSteps);
    take(object, "stage", s.stage), take(object, "numStages", s.numStages);
    take(object, "epoch", s.epoch), take(object, "imagesPerSecond", s.imagesPerSecond),
        take(object, "secondsLeft", s.secondsLeft);
    take(object, "device", s.device), take(object, "precision", s.precision);
    take(object, "memoryMiB", s.memoryMiB), take(object, "peakMemoryMiB", s.peakMemoryMiB);
    take(object, "numParameters", s.numParameters), take(object, "skippedSteps", s.skippedSteps);
    take(object, "checkpointStep", s.checkpointStep), take(object, "bestStep", s.bestStep);
    takeNumbers(object, "shares", s.shares), takeNumbers(object, "metrics", s.metrics);
    take(object, "pid", s.pid), take(object, "updated", s.updated);
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
    VITRINE_CHECK(readObject(run / kControlFile, [&control](const json& object) {
        control.wanted =
            named(kWantedNames, object.at("wanted").get<std::string>(), RunControl::Wanted::Train);
        take(object, "totalSteps", control.totalSteps);
        take(object, "saves", control.saves);
    }));
    return control;
}

Status writeControl(const std::filesystem::path& run, const RunControl& control) {
    const json object = {{"wanted", kWantedNames[std::size_t(control.wanted)]},
                         {"totalSteps", control.totalSteps},
                         {"saves", control.saves}};
    return writeFileAtomically(run / kControlFile, std::string_view(object.dump() + "\n"));
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
    if (!readObject(run / kStatusFile, [&status](const json& object) { fillStatus(object, status); }))
        status.state = RunState::Training;
    if (isLive(status.state) && !held) {
        status.state = RunState::Interrupted;
        status.message =
            "The process that trained ended without a word (killed, crashed or switched off). Resume goes on "
            "from " +
            (status.checkpointStep < 0 ? std::string("the start.")
                                       : "step " + std::to_string(status.checkpointStep) + ".");
    }
    return status;
}

Status writeStatus(const std::filesystem::path& run, const RunStatus& status) {
    const std::string text = toJson(status).dump() + "\n";
    const auto hidden = run / ".status.json";
    VITRINE_CHECK(writeFileUnsynced(hidden, std::as_bytes(std::span(text))));
    std::error_code fault;
    std::filesystem::rename(hidden, run / kStatusFile, fault);
    if (fault)
        return Error{ErrorCode::Io,
                     "Could not write " + (run / kStatusFile).string() + ": " + fault.message() + "."};
    return {};
}

}  // namespace vitrine
