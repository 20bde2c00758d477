// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/eval_models.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/render/scene_job.h"
#include "core/sessions/segmentation_session.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

bool isDefaultModel(const fs::path& file) {
    std::error_code error;
    return fs::equivalent(file, SegmentationSession::defaultModel(), error);
}

std::vector<fs::path> modelFiles(const EvalArguments& arguments) {
    if (!arguments.models.empty()) return {arguments.models.begin(), arguments.models.end()};
    std::vector<fs::path> files;
    for (const std::string& variant : segmenterVariantNames())
        if (const fs::path file = SegmentationSession::defaultModel(variant); fs::exists(file))
            files.push_back(file);
    return files;
}

}  // namespace

fs::path EvalArguments::dataFile() const {
    return data.empty() ? defaultScenesFile() : fs::path(data);
}

void addEvalArguments(CLI::App& command, EvalArguments& arguments) {
    command.add_option("--models", arguments.models, "Weight files; default: the bundled ones");
    command.add_option(
        "--data", arguments.data, "Packed set of scenes; default: what \"data scenes\" rendered");
    command.add_option(
        "--csv", arguments.csv, "Write all columns, with 95% intervals over chairs, to this file");
    command
        .add_option("--split", arguments.split, "Scenes to score: validation to choose by, test to report")
        ->check(CLI::IsMember({nameOf(Split::Validation), nameOf(Split::Test)}));
}

std::string EvalModel::method() const {
    static const std::map<std::string, std::string> kNames = {
        {"cnn", "CNN"}, {"gdnn", "GDNN"}, {"gsnn", "GSNN"}, {"cvae", "CVAE"}};
    const auto found = kNames.find(info.variant);
    std::string name = found == kNames.end() ? info.variant : found->second;
    if (info.multiScale) name += " msc";
    if (info.noiseInjection > 0) name += info.multiScale ? ",NI" : " NI";
    return name;
}

Result<std::vector<EvalModel>> evalModels(const EvalArguments& arguments) {
    std::vector<EvalModel> models;
    for (const fs::path& file : modelFiles(arguments)) {
        auto info = segmenterInfo(file);
        if (!info) return info.error();
        models.push_back({file, std::move(info).value(), isDefaultModel(file)});
    }
    if (models.empty())
        return Error{ErrorCode::NotFound,
                     "There are no bundled segmentation models; name weight files with --models."};
    return models;
}

std::vector<fs::path> filesOf(const std::vector<EvalModel>& models) {
    std::vector<fs::path> files;
    for (const EvalModel& model : models) files.push_back(model.file);
    return files;
}

const EvalModel& referenceModel(const std::vector<EvalModel>& models) {
    const auto found = std::ranges::find_if(models, &EvalModel::isDefault);
    return found == models.end() ? models.front() : *found;
}

EvalProgress::EvalProgress(const JobContext& job, std::vector<double> costs)
    : m_time(job), m_stop(job.stop), m_costs(std::move(costs)) {}

JobContext EvalProgress::of(std::size_t index) const {
    const double total = std::accumulate(m_costs.begin(), m_costs.end(), 0.0);
    const double before = std::accumulate(m_costs.begin(), m_costs.begin() + std::ptrdiff_t(index), 0.0);
    const auto report = [this, total, before, cost = m_costs[index]](const Progress& progress) {
        m_time.report((before + cost * progress.fraction) / total, progress.message);
    };
    return {report, m_stop};
}

}  // namespace vitrine
