// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/train/task.h"
#include "core/train/training_kind.h"

namespace vitrine {

/// A kind of training whose configuration is the StagedConfig `Config`, trained by the StagedTask `Task`.
template <class Config, class Task>
class StagedTrainingKind final : public TrainingKind {
public:
    /// `describe`: all of the info but id and fields, which the configuration gives.
    explicit StagedTrainingKind(TrainingKindInfo (*describe)()) : m_describe(describe) {}

    std::string id() const override { return Config::kRecipe; }
    TrainingKindInfo info() const override {
        TrainingKindInfo info = m_describe();
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
        Plan(const TrainingKind& kind, Config config) : m_kind(kind), m_config(std::move(config)) {}
        const TrainingKind& kind() const override { return m_kind; }
        std::string toJson() const override { return m_config.toJson(); }
        std::unique_ptr<TrainPlan> prolonged(std::int64_t steps) const override {
            return std::make_unique<Plan>(m_kind, m_config.prolonged(steps));
        }
        Result<std::unique_ptr<TrainTask>> open() const override {
            VITRINE_TRY(std::unique_ptr<Task> task, Task::open(m_config));
            return std::unique_ptr<TrainTask>(std::move(task));
        }

    private:
        const TrainingKind& m_kind;
        const Config m_config;
    };
    TrainingKindInfo (*const m_describe)();
};

}  // namespace vitrine
