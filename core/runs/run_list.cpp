// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/run_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/fields.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"
#include "core/runs/run_folder.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kWastebasket = ".wastebasket";

Error fault(const std::string& what, const fs::path& path, const std::error_code& reason) {
    const bool full = reason == std::errc::no_space_on_device;
    return {full ? ErrorCode::NoSpace : ErrorCode::Io,
            "Could not " + what + " " + path.string() + ": " + reason.message() + "."};
}

double createdAt(const fs::path& run) {
    std::error_code missing;
    const auto written =
        fs::last_write_time(run / ".lock", missing);  // made with the run, and never written again
    if (missing) return 0;
    return std::chrono::duration<double>(std::chrono::file_clock::to_sys(written).time_since_epoch()).count();
}

/// Errors: NotFound, Busy.
Status mayMove(const fs::path& run) {
    std::error_code missing;
    if (!fs::is_directory(run, missing))
        return Error{ErrorCode::NotFound, "There is no run " + run.string() + "; refresh the list."};
    if (RunFolder::isHeld(run))
        return Error{ErrorCode::Busy,
                     "A process is training " + run.filename().string() + "; stop it first."};
    return {};
}

/// NAME, NAME-2, NAME-3 ...: the first that is free.
fs::path freeName(const fs::path& folder, const std::string& name) {
    fs::path candidate = folder / name;
    std::error_code missing;
    for (int number = 2; fs::exists(candidate, missing); ++number)
        candidate = folder / fmt::format("{}-{}", name, number);
    return candidate;
}

/// Files that a run has in its own folder move with it.
Status followFolder(const fs::path& from, const fs::path& to) {
    const auto text = readTextFile(to / "config.json");
    json config = text ? json::parse(*text, nullptr, false) : json();
    if (!config.is_object()) return {};
    bool changed = false;
    for (const char* key : {"data", "startFrom"}) {
        const fs::path file = textOfJson(config.value(key, json())).value_or(std::string());
        if (file.parent_path() != from) continue;
        config[key] = textJson((to / file.filename()).string());
        changed = true;
    }
    if (!changed) return {};
    return writeFileAtomically(to / "config.json", std::string_view(config.dump(2) + "\n"));
}

Result<fs::path> moved(const fs::path& from, const fs::path& to) {
    std::error_code reason;
    fs::create_directories(to.parent_path(), reason);
    if (!reason) fs::rename(from, to, reason);
    if (reason) return fault("move the run to", to, reason);
    VITRINE_CHECK(followFolder(from, to));
    return to;
}

void flatten(const json& value, const std::string& name, std::map<std::string, std::string>& fields) {
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            flatten(inner, name.empty() ? key : name + "." + key, fields);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            flatten(value[i], fmt::format("{}[{}]", name, i), fields);
    } else {
        fields[name] = value.is_string() ? value.get<std::string>() : value.dump();
    }
}

std::map<std::string, std::string> fieldsOf(const std::string& config) {
    std::map<std::string, std::string> fields;
    flatten(jsonOfText(config), "", fields);
    return fields;
}

void readConfig(RunSummary& summary) {
    const auto text = readTextFile(summary.path / "config.json");
    const json config = text ? json::parse(*text, nullptr, false) : json();
    if (!config.is_object()) {
        summary.problem = "Its config.json is missing or damaged; restore a copy of it, or discard the run.";
        return;
    }
    const auto textOf = [](const json& object, const char* key, const char* otherwise) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string(otherwise);
    };
    summary.recipe = textOf(config, "recipe", "chairs");
    const auto stages = config.find("stages");
    if (stages != config.end() && stages->is_array() && !stages->empty() && stages->back().is_object())
        summary.preset = textOf(stages->back(), "preset", "");
}

Status copyInto(const fs::path& from, const fs::path& to) {
    std::error_code reason;
    fs::create_directories(to.parent_path(), reason);
    if (!reason) fs::copy(from, to, fs::copy_options::recursive, reason);
    return reason ? Status(fault("copy", from, reason)) : Status();
}

/// The metrics first: a branch that is killed in between has no checkpoint and is trained from the start.
Status fillBranch(const RunFolder& branch,
                  const fs::path& run,
                  const std::string& metrics,
                  std::int64_t step) {
    VITRINE_CHECK(writeFileAtomically(branch.path() / "metrics.csv", std::string_view(metrics)));
    VITRINE_CHECK(branch.truncateAfter(step));
    const fs::path name = fs::path("checkpoints") / nameOfStep(step);
    const fs::path hidden = branch.path() / "checkpoints" / ".incoming";
    VITRINE_CHECK(copyInto(run / name, hidden));
    return moveFolderIntoPlace(hidden, branch.path() / name);
}

}  // namespace

fs::path runsFolder() {
    return dataFolder() / "runs";
}

RunSummary summariseRun(const fs::path& run) {
    RunSummary summary;
    summary.path = run;
    summary.name = run.filename();
    summary.created = createdAt(run);
    readConfig(summary);
    if (auto notes = readTextFile(run / "notes.txt")) summary.notes = std::move(*notes);
    if (auto status = readStatus(run)) summary.status = std::move(*status);
    return summary;
}

std::vector<RunSummary> listRuns(const fs::path& folder) {
    std::vector<RunSummary> runs;
    std::error_code missing;
    for (fs::directory_iterator it(folder, missing), end; !missing && it != end; it.increment(missing)) {
        std::error_code ignored;
        if (it->is_directory(ignored) && !it->path().filename().string().starts_with('.'))
            runs.push_back(summariseRun(it->path()));
    }
    std::sort(runs.begin(), runs.end(), [](const RunSummary& a, const RunSummary& b) {
        return a.created > b.created;
    });
    return runs;
}

std::vector<std::int64_t> checkpointSteps(const fs::path& run) {
    std::vector<std::int64_t> steps;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(run / "checkpoints", missing))
        if (const auto step = stepOfName(entry.path().filename());
            step >= 0 && fs::exists(entry.path() / "state.safetensors", missing))
            steps.push_back(step);
    std::sort(steps.begin(), steps.end());
    return steps;
}

Result<fs::path> renameRun(const fs::path& run, const std::string& name) {
    VITRINE_CHECK(mayMove(run));
    if (name.empty() || name.starts_with('.') || name.find('/') != std::string::npos || name.size() > 200)
        return Error{
            ErrorCode::InvalidArgument,
            "A run's name is also the name of its folder: it must not be empty, contain a slash or start "
            "with a dot."};
    const fs::path target = run.parent_path() / name;
    std::error_code missing;
    if (target == run) return run;
    if (fs::exists(target, missing))
        return Error{ErrorCode::InvalidArgument,
                     "There is a run called " + name + " already; choose another name."};
    return moved(run, target);
}

Result<fs::path> discardRun(const fs::path& run) {
    VITRINE_CHECK(mayMove(run));
    return moved(run, freeName(run.parent_path() / kWastebasket, run.filename()));
}

Result<fs::path> restoreRun(const fs::path& discarded) {
    VITRINE_CHECK(mayMove(discarded));
    return moved(discarded, freeName(discarded.parent_path().parent_path(), discarded.filename()));
}

Status emptyWastebasket(const fs::path& runs) {
    std::error_code reason;
    fs::remove_all(runs / kWastebasket, reason);
    return reason ? Status(fault("empty", runs / kWastebasket, reason)) : Status();
}

Status writeNotes(const fs::path& run, const std::string& notes) {
    return writeFileAtomically(run / "notes.txt", std::string_view(notes));
}

Result<fs::path> branchRun(const fs::path& run, std::int64_t step, const fs::path& target) {
    VITRINE_TRY(const std::string config, readTextFile(run / "config.json"));
    const auto steps = checkpointSteps(run);
    if (steps.empty())
        return Error{ErrorCode::NotFound,
                     "The run " + run.filename().string() + " has no checkpoint yet; save one first."};
    if (step < 0) step = steps.back();
    if (std::find(steps.begin(), steps.end(), step) == steps.end())
        return Error{ErrorCode::NotFound,
                     fmt::format("The run {} has no checkpoint of step {}; runs show lists those there are.",
                                 run.filename().string(),
                                 step)};
    VITRINE_TRY(const std::string metrics, readTextFile(run / "metrics.csv"));
    VITRINE_TRY(const RunFolder branch, RunFolder::create(target, config));
    if (const Status filled = fillBranch(branch, run, metrics, step); !filled) {
        std::error_code ignored;
        fs::remove_all(target, ignored);
        return filled.error();
    }
    return target;
}

std::vector<ConfigDifference> diffConfigs(const std::string& left, const std::string& right) {
    auto a = fieldsOf(left), b = fieldsOf(right);
    std::vector<ConfigDifference> differences;
    for (const auto& [field, value] : a)
        if (!b.contains(field) || b[field] != value)
            differences.push_back({field, value, b.contains(field) ? b[field] : ""});
    for (const auto& [field, value] : b)
        if (!a.contains(field)) differences.push_back({field, "", value});
    return differences;
}

}  // namespace vitrine
