// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/quadrant_config.h"

#include <nlohmann/json.hpp>

namespace vitrine {
namespace {

using nlohmann::json;

struct ConfigFields {
    explicit ConfigFields(QuadrantTrainConfig& config) {
        set.choice(recipe,
                   {.key = "recipe",
                    .label = "Recipe",
                    .help = "What is trained.",
                    .choices = {"quadrants"},
                    .advanced = true});
        bindSettings(set, config.settings);
        const char* group = "Network";
        set.choice(
            config.variant,
            {.key = "variant",
             .label = "Variant",
             .help = "cvae: the latent learns from the whole picture; gsnn: from the seen quadrants alone.",
             .group = group,
             .choices = {"cvae", "gsnn"}});
        set.integer(config.numQuadrants,
                    {.key = "numQuadrants",
                     .label = "Quadrants seen",
                     .help = "0: none, a plain VAE; 1: bottom left; 2: left half; 3: all but bottom right.",
                     .group = group,
                     .minimum = 0,
                     .maximum = 3});
        set.integer(config.hidden,
                    {.key = "hidden",
                     .label = "Hidden units",
                     .help = "Width of both hidden layers of every network.",
                     .group = group,
                     .minimum = 1,
                     .maximum = 16384,
                     .advanced = true});
        set.integer(config.latent,
                    {.key = "latent",
                     .label = "Latent size",
                     .help = "Dimensions of the latent.",
                     .group = group,
                     .minimum = 1,
                     .maximum = 4096,
                     .advanced = true});
    }
    std::string recipe = "quadrants";
    FieldSet set;
};

struct StageFields {
    explicit StageFields(QuadrantStage& stage) {
        set.choice(stage.part,
                   {.key = "part",
                    .label = "Trains",
                    .help = "baseline: the deterministic network; latent: the others, with that one frozen.",
                    .group = "Network",
                    .choices = {"latent", "baseline"}});
        bindSchedule(set, stage.schedule);
        set.flag(stage.goesOn,
                 {.key = "goesOn",
                  .label = "Go on",
                  .help = "Keeps optimiser and average of the stage before; made by prolonging a run.",
                  .group = "Network",
                  .advanced = true});
    }
    FieldSet set;
};

Result<QuadrantStage> parseStage(const json& object, const std::string& name) {
    QuadrantStage stage;
    VITRINE_CHECK(readConfig(StageFields(stage).set, object, name));
    return stage;
}

Status checkStages(const QuadrantTrainConfig& config) {
    for (std::size_t i = 0; i < config.stages.size(); ++i) {
        const auto& stage = config.stages[i];
        const std::string name = "stages[" + std::to_string(i) + "].";
        if (stage.part == "baseline" && config.numQuadrants == 0)
            return configError(name + "part",
                               "cannot be the baseline, which needs to see at least one quadrant");
        if (stage.part == "baseline" && i > 0 && config.stages[i - 1].part == "latent")
            return configError(name + "part", "cannot be the baseline after the latent, which builds on it");
        if (stage.goesOn && (i == 0 || config.stages[i - 1].part != stage.part))
            return configError(name + "goesOn", "needs a stage before it that trains the same part");
    }
    if (config.numQuadrants > 0 && config.stages.front().part == "latent" &&
        config.settings.startFrom.empty())
        return configError("stages[0].part",
                           "must be the baseline, unless \"startFrom\" brings a trained one");
    if (config.numQuadrants == 0 && config.variant != "cvae")
        return configError("variant", "must be cvae where no quadrant is seen");
    return {};
}

}  // namespace

Result<QuadrantTrainConfig> QuadrantTrainConfig::parse(const std::string& text) {
    json object = json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
    if (!object.is_object())
        return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
    const json stages = object.contains("stages") ? object["stages"] : json::array();
    object.erase("stages");
    QuadrantTrainConfig config;
    VITRINE_CHECK(readConfig(ConfigFields(config).set, object));
    if (!stages.is_array()) return configError("stages", "must be a list");
    if (stages.empty()) return configError("stages", "must hold at least one stage");
    for (std::size_t i = 0; i < stages.size(); ++i) {
        VITRINE_TRY(const QuadrantStage stage, parseStage(stages[i], "stages[" + std::to_string(i) + "]"));
        config.stages.push_back(stage);
    }
    VITRINE_CHECK(checkStages(config));
    return config;
}

std::string QuadrantTrainConfig::toJson() const {
    QuadrantTrainConfig copy = *this;
    json object = ConfigFields(copy).set.write();
    object["stages"] = json::array();
    for (auto& stage : copy.stages) object["stages"].push_back(StageFields(stage).set.write());
    return object.dump(2) + "\n";
}

std::vector<ConfigField> quadrantConfigFields() {
    QuadrantTrainConfig config;
    return ConfigFields(config).set.describe();
}

std::vector<ConfigField> quadrantStageFields() {
    QuadrantStage stage;
    return StageFields(stage).set.describe();
}

}  // namespace vitrine
