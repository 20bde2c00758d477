// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_kinds.h"

#include "core/train/training_kind.h"

namespace vitrine {
namespace {

Result<const TrainingKind*> kindNamedBy(const nlohmann::json& config) {
    if (config.contains("recipe") && !config["recipe"].is_string())
        return configError("recipe", "must be a text");
    const std::string wanted = config.value("recipe", trainingKinds().front()->id());
    std::string known;
    for (const auto* kind : trainingKinds()) {
        const std::string id = kind->id();
        if (id == wanted) return kind;
        known += (known.empty() ? "" : ", ") + id;
    }
    return configError("recipe", "must be one of " + known);
}

}  // namespace

const std::vector<const TrainingKind*>& trainingKinds() {
    static const std::vector<const TrainingKind*> all = {
        &chairTrainingKind(), &segmentationTrainingKind(), &completionTrainingKind(), &tokenTrainingKind()};
    return all;
}

Result<std::string> TrainingKind::normalise(const std::string& configJson) const {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const std::unique_ptr<TrainPlan> plan, read(config));
    return plan->toJson();
}

Result<std::string> TrainingKind::extend(const std::string& configJson, std::int64_t steps) const {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const std::unique_ptr<TrainPlan> plan, read(config));
    return plan->prolonged(steps)->toJson();
}

Result<const TrainingKind*> trainingKindOf(const std::string& configJson) {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    return kindNamedBy(config);
}

Result<std::unique_ptr<TrainPlan>> readPlan(const std::string& configJson) {
    VITRINE_TRY(const nlohmann::json config, parseConfig(configJson));
    VITRINE_TRY(const TrainingKind* kind, kindNamedBy(config));
    return kind->read(config);
}

}  // namespace vitrine
