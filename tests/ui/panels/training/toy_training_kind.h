// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/train/training_kind.h"

namespace vitrine {

/// Every kind of field, one of them advanced, and stages. Nothing is trained by it but by the fake helper.
class ToyTrainingKind : public TrainingKind {
public:
    std::string panel = "chairs";
    bool usesChairs = true;
    TrainingKindInfo info() const override {
        TrainingKindInfo info;
        info.id = "toy";
        info.title = "Toy";
        info.fields = Config().fields().describe();
        info.stageFields = Stage().fields().describe();
        info.templates = {
            {"small", "Small", "Learns in a moment.", R"({"recipe":"toy","stages":[{"preset":"tiny"}]})"},
            {"large",
             "Large",
             "Learns longer.",
             R"({"recipe":"toy","steps":5000,"stages":[{"preset":"huge"},{"preset":"tiny"}]})"}};
        for (ConfigTemplate& each : info.templates) each.json = *normalise(each.json);
        info.usesChairs = usesChairs;
        info.panel = panel;
        info.plots = {{"Loss", "", "Falls while it learns.", "trainLoss", ""},
                      {"PSNR", "dB", "More is better.", "", "heldOutPsnr"}};
        info.bestMetric = "heldOutPsnr";
        return info;
    }
    Result<std::unique_ptr<TrainPlan>> read(const nlohmann::json& given) const override {
        nlohmann::json object = given;
        object.erase("recipe");
        const nlohmann::json stages = object.value("stages", nlohmann::json::array());
        object.erase("stages");
        Config config;
        VITRINE_CHECK(readConfig(config.fields(), object));
        nlohmann::json whole = config.fields().write();
        whole["recipe"] = "toy";
        whole["stages"] = nlohmann::json::array();
        for (std::size_t i = 0; i < stages.size(); ++i) {
            Stage stage;
            VITRINE_CHECK(readConfig(stage.fields(), stages[i], "stages[" + std::to_string(i) + "]"));
            whole["stages"].push_back(stage.fields().write());
        }
        return std::unique_ptr<TrainPlan>(std::make_unique<Plan>(*this, whole.dump()));
    }

private:
    class Plan : public TrainPlan {
    public:
        Plan(const TrainingKind& kind, std::string text) : m_kind(kind), m_text(std::move(text)) {}
        const TrainingKind& kind() const override { return m_kind; }
        std::string toJson() const override { return m_text; }
        std::unique_ptr<TrainPlan> prolonged(std::int64_t) const override {
            return std::make_unique<Plan>(*this);
        }
        Result<std::unique_ptr<TrainTask>> open() const override {
            throw std::logic_error("a toy is trained by the fake helper only");
        }

    private:
        const TrainingKind& m_kind;
        std::string m_text;
    };
    struct Config {
        double rate = 0.001;
        std::int64_t steps = 400;
        bool holdOut = true;
        std::string optimiser = "adam", comment, fake = "no";
        std::filesystem::path data;
        FieldSet fields() {
            FieldSet set;
            set.path(data, {.key = "data", .label = "Data set", .help = "What it learns from."});
            set.number(rate,
                       {.key = "rate",
                        .label = "Learning rate",
                        .help = "How far one step goes.",
                        .group = "Optimiser",
                        .minimum = 0,
                        .maximum = 10});
            set.integer(steps,
                        {.key = "steps",
                         .label = "Steps",
                         .help = "How many updates.",
                         .unit = "steps",
                         .minimum = 1,
                         .maximum = 100000});
            set.flag(holdOut, {.key = "holdOut", .label = "Hold out views", .help = "Keep some to measure."});
            set.choice(optimiser,
                       {.key = "optimiser",
                        .label = "Optimiser",
                        .help = "The rule of the step.",
                        .group = "Optimiser",
                        .choices = {"adam", "sgd"}});
            set.text(comment, {.key = "comment", .label = "Comment", .help = "Anything.", .advanced = true});
            set.choice(
                fake,
                {.key = "fake", .label = "Outcome", .choices = {"no", "fail", "refuse"}, .advanced = true});
            return set;
        }
    };
    struct Stage {
        std::string preset = "tiny";
        std::int64_t warmup = 0;
        FieldSet fields() {
            FieldSet set;
            set.choice(preset, {.key = "preset", .label = "Network", .choices = {"tiny", "huge"}});
            set.integer(warmup,
                        {.key = "warmup",
                         .label = "Warm-up",
                         .help = "Steps until the rate is whole.",
                         .minimum = 0,
                         .maximum = 1000,
                         .advanced = true});
            return set;
        }
    };
};

}  // namespace vitrine
