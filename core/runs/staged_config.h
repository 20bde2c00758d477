// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/runs/train_settings.h"

namespace vitrine {

/// The base of a kind's configuration: settings and stages, and how all of it is read, checked, written and
/// described. `Config` has, beside its own members,
///   static constexpr const char* kRecipe = "chairs";  // its "recipe"
///   void bind(FieldSet& fields);                      // binds its own members
/// and may have check() and checkStage(). `Stage` is a TrainStage with
///   void bind(FieldSet& fields);  // binds all its members, those of TrainStage by bindStage()
///   bool isLike(const Stage& other) const;  // whether it can go on where the other ended, and in words:
///   static constexpr const char* kLikeness = "with the same network";
/// and may have a prolong() of its own.
template <class Config, class Stage>
struct StagedConfig {
    TrainSettings settings;
    std::vector<Stage> stages;

    /// Errors: BadFormat (not JSON), InvalidArgument naming the field: wrong type, unknown key, out of range.
    static Result<Config> parse(const std::string& json) {
        VITRINE_TRY(nlohmann::json object, parseConfig(json));
        return read(std::move(object));
    }
    static Result<Config> read(nlohmann::json object);
    std::string toJson() const;
    /// With another stage of `steps` steps, which continues the last one.
    Config prolonged(std::int64_t steps) const;
    std::int64_t totalSteps() const;

    static std::vector<ConfigField> describe();
    static std::vector<ConfigField> describeStage();

    /// What must hold of several members together. Errors: InvalidArgument naming the field.
    Status check() const { return {}; }
    /// The same for a stage and those before it. `name`: "stages[1]".
    Status checkStage(std::size_t /*index*/, const std::string& /*name*/) const { return {}; }

private:
    struct Fields {
        explicit Fields(Config& config) {
            set.choice(recipe,
                       {.key = "recipe",
                        .label = "Recipe",
                        .help = "What is trained.",
                        .choices = {Config::kRecipe},
                        .advanced = true});
            bindSettings(set, config.settings);
            config.bind(set);
        }
        std::string recipe = Config::kRecipe;
        FieldSet set;
    };
    static FieldSet fieldsOf(Stage& stage) {
        FieldSet fields;
        stage.bind(fields);
        return fields;
    }
    static Status readStages(Config& config, const nlohmann::json& list);
    static Status readStage(Config& config, const nlohmann::json& object);
};

template <class Config, class Stage>
Result<Config> StagedConfig<Config, Stage>::read(nlohmann::json object) {
    const nlohmann::json list = object.contains("stages") ? object["stages"] : nlohmann::json::array();
    object.erase("stages");
    Config config;
    VITRINE_CHECK(readConfig(Fields(config).set, object));
    VITRINE_CHECK(config.check());
    VITRINE_CHECK(readStages(config, list));
    return config;
}

template <class Config, class Stage>
Status StagedConfig<Config, Stage>::readStages(Config& config, const nlohmann::json& list) {
    if (!list.is_array()) return configError("stages", "must be a list");
    if (list.empty()) return configError("stages", "must hold at least one stage");
    for (const auto& object : list) VITRINE_CHECK(readStage(config, object));
    return {};
}

template <class Config, class Stage>
Status StagedConfig<Config, Stage>::readStage(Config& config, const nlohmann::json& object) {
    const std::size_t index = config.stages.size();
    const std::string name = "stages[" + std::to_string(index) + "]";
    Stage& stage = config.stages.emplace_back();
    VITRINE_CHECK(readConfig(fieldsOf(stage), object, name));
    VITRINE_CHECK(config.checkStage(index, name));
    if (stage.continuesPrevious && (index == 0 || !stage.isLike(config.stages[index - 1])))
        return configError(name + ".continuesPrevious",
                           std::string("needs a stage before it ") + Stage::kLikeness);
    return {};
}

template <class Config, class Stage>
std::string StagedConfig<Config, Stage>::toJson() const {
    Config copy = static_cast<const Config&>(*this);
    nlohmann::json object = Fields(copy).set.write();
    object["stages"] = nlohmann::json::array();
    for (Stage& stage : copy.stages) object["stages"].push_back(fieldsOf(stage).write());
    return object.dump(2) + "\n";
}

template <class Config, class Stage>
Config StagedConfig<Config, Stage>::prolonged(std::int64_t steps) const {
    Config config = static_cast<const Config&>(*this);
    Stage next = stages.back();
    next.prolong(steps);
    config.stages.push_back(std::move(next));
    return config;
}

template <class Config, class Stage>
std::int64_t StagedConfig<Config, Stage>::totalSteps() const {
    std::int64_t total = 0;
    for (const Stage& stage : stages) total += stage.schedule.steps;
    return total;
}

template <class Config, class Stage>
std::vector<ConfigField> StagedConfig<Config, Stage>::describe() {
    Config config;
    return Fields(config).set.describe();
}

template <class Config, class Stage>
std::vector<ConfigField> StagedConfig<Config, Stage>::describeStage() {
    Stage stage;
    return fieldsOf(stage).describe();
}

}  // namespace vitrine
