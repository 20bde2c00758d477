// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/train/recipe.h"
#include "core/train/task.h"

namespace vitrine {

/// A kind of training whose configuration is the StagedConfig `Config`, trained by the StagedTask `Task`.
template <class Config, class Task>
class StagedRecipe final : public TrainingKind {
public:
    /// `describe`: all of the info but id and fields, which the configuration gives.
    explicit StagedRecipe(RecipeInfo (*describe)()) : m_describe(describe) {}

    std::string id() const override { return Config::kRecipe; }
    RecipeInfo info() const override {
        RecipeInfo info = m_describe();
        info.id = Config::kRecipe;
        info.fields = Config::describe();
        info.stageFields = Config::describeStage();
        return info;
    }
    Result<std::unique_ptr<TrainPlan>> read(const nlohmann::json& config) const override {
        VITRINE_TRY(Config parsed, Config::read(config));
        return std::unique_ptr<TrainPlan>(std::make_unique<Plan>(*this, std::move(parsed)));
    }

private:
    class Plan final : public TrainPlan {
    public:
        Plan(const TrainingKind& recipe, Config config) : m_recipe(recipe), m_config(std::move(config)) {}
        const TrainingKind& recipe() const override { return m_recipe; }
        std::string toJson() const override { return m_config.toJson(); }
        std::unique_ptr<TrainPlan> prolonged(std::int64_t steps) const override {
            return std::make_unique<Plan>(m_recipe, m_config.prolonged(steps));
        }
        Result<std::unique_ptr<TrainTask>> open() const override {
            VITRINE_TRY(std::unique_ptr<Task> task, Task::open(m_config));
            return std::unique_ptr<TrainTask>(std::move(task));
        }

    private:
        const TrainingKind& m_recipe;
        const Config m_config;
    };
    RecipeInfo (*const m_describe)();
};

}  // namespace vitrine
