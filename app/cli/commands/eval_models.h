// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/commands/commands.h"
#include "core/data/split.h"
#include "core/jobs/timed_progress.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

/// What the tables of the structured predictors have in common.
struct EvalArguments {
    std::vector<std::string> models;
    std::string data, csv, split = nameOf(Split::Test);

    Split splitAsked() const { return splitFromName(split).value_or(Split::Test); }
    /// The named set, or what "data scenes" rendered.
    std::filesystem::path dataFile() const;
};
void addEvalArguments(CLI::App& command, EvalArguments& arguments);

/// One weight file of a table.
struct EvalModel {
    std::filesystem::path file;
    SegmenterInfo info;
    bool isDefault = false;  ///< the network that the panel opens by default

    /// Its row, as the paper names it: "CVAE msc,NI".
    std::string method() const;
};
/// The named weight files, or all bundled ones. Errors: NotFound (there are none), those of reading one.
Result<std::vector<EvalModel>> evalModels(const EvalArguments& arguments);
std::vector<std::filesystem::path> filesOf(const std::vector<EvalModel>& models);
/// That of the panel, else the first one.
const EvalModel& referenceModel(const std::vector<EvalModel>& models);

/// The progress of several evaluations that run one after the other, and the time that is left.
class EvalProgress {
public:
    /// `costs`: how long each takes, in any unit. The job outlives this.
    EvalProgress(const JobContext& job, std::vector<double> costs);
    /// What the evaluation of that number reports to.
    JobContext of(std::size_t index) const;

private:
    TimedProgress m_time;
    std::stop_token m_stop;
    std::vector<double> m_costs;
};

}  // namespace vitrine
