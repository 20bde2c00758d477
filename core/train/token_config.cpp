// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/token_config.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace vitrine {
namespace {

using nlohmann::json;

struct ConfigFields {
    explicit ConfigFields(TokenTrainConfig& config) {
        set.choice(recipe, {.key = "recipe", .label = "Recipe", .help = "What is trained.", .choices = {"tokens"}, .advanced = true});
        bindSettings(set, config.settings);
        bindNetwork(config);
        bindAugmentation(set, config.augmentation);
    }
    void bindNetwork(TokenTrainConfig& config) {
        const char *network = "Network", *objective = "Objective";
        set.integer(config.size,
                    {.key = "size",
                     .label = "Picture size",
                     .help = "Images are shrunk to this; a multiple of 16 that divides the data's size.",
                     .unit = "px",
                     .group = network,
                     .minimum = 16,
                     .maximum = 1024});
        const auto priorSize = [&](std::int64_t& value, const char* key, const char* label, const char* help, double maximum) {
            set.integer(value, {.key = key, .label = label, .help = help, .group = network, .minimum = 1, .maximum = maximum, .advanced = true});
        };
        priorSize(config.priorWidth, "priorWidth", "Width of the prior", "Maps of the finest level, at which there is one cell a token; twice and four times as many below.", 4096);
        priorSize(config.priorLayers, "priorLayers", "Layers of the prior", "Layers of attention at the coarsest level.", 64);
        priorSize(config.priorHeads, "priorHeads", "Heads of the prior", "Attention heads of each layer.", 64);
        set.text(config.classWeights,
                 {.key = "classWeights",
                  .label = "Weights of the classes",
                  .help = "Of each class in the cross-entropy, separated by commas, so that thin parts are not lost; empty: 1 each.",
                  .group = objective});
        set.number(config.guessWeight,
                   {.key = "guessWeight",
                    .label = "Weight of the guess",
                    .help = "Cross-entropy of the initial guess, a pixel, counts so much beside that of a token.",
                    .group = objective,
                    .minimum = 0,
                    .maximum = 1e6,
                    .advanced = true});
    }
    std::string recipe = "tokens";
    FieldSet set;
};

struct StageFields {
    explicit StageFields(TokenStage& stage) {
        set.choice(stage.trains,
                   {.key = "trains",
                    .label = "Trains",
                    .help = "tokens: recognition and generation, from labels alone; prior: the networks that see the picture.",
                    .group = "Network",
                    .choices = {"tokens", "prior"}});
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

Result<TokenStage> parseStage(const json& object, const std::string& name) {
    TokenStage stage;
    VITRINE_CHECK(readConfig(StageFields(stage).set, object, name));
    return stage;
}

Result<std::vector<TokenStage>> parseStages(const json& list) {
    if (!list.is_array()) return configError("stages", "must be a list");
    if (list.empty()) return configError("stages", "must hold at least one stage");
    std::vector<TokenStage> stages;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string name = "stages[" + std::to_string(i) + "]";
        VITRINE_TRY(const TokenStage stage, parseStage(list[i], name));
        if (stage.goesOn && (i == 0 || stage.trains != stages.back().trains))
            return configError(name + ".goesOn", "needs a stage before it that trains the same");
        stages.push_back(stage);
    }
    return stages;
}

}  // namespace

Result<std::vector<double>> TokenTrainConfig::weightsOfClasses(std::int64_t numClasses) const {
    if (classWeights.empty()) return std::vector<double>(std::size_t(numClasses), 1);
    std::vector<double> weights;
    const char *at = classWeights.data(), *const end = at + classWeights.size();
    while (at < end) {
        double weight = 0;
        const auto [next, error] = std::from_chars(at, end, weight);
        if (error != std::errc() || weight <= 0 || (next != end && *next != ',')) break;
        weights.push_back(weight);
        at = next + (next != end);
    }
    if (at == end && std::int64_t(weights.size()) == numClasses) return weights;
    return configError("classWeights", "must hold a number above 0 for each of the data's " + std::to_string(numClasses) + " classes");
}

Result<TokenTrainConfig> TokenTrainConfig::parse(const std::string& text) {
    json object = json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
    if (!object.is_object()) return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
    const json stages = object.contains("stages") ? object["stages"] : json::array();
    object.erase("stages");
    TokenTrainConfig config;
    VITRINE_CHECK(readConfig(ConfigFields(config).set, object));
    if (config.size % 16 != 0) return configError("size", "must be a multiple of 16");
    if (4 * config.priorWidth % config.priorHeads != 0) return configError("priorWidth", "times 4 must be a multiple of \"priorHeads\"");
    if (config.augmentation.omissionMin > config.augmentation.omissionMax)
        return configError("omissionMin", "must not be above \"omissionMax\"");
    VITRINE_TRY(config.stages, parseStages(stages));
    return config;
}

std::string TokenTrainConfig::toJson() const {
    TokenTrainConfig copy = *this;
    json object = ConfigFields(copy).set.write();
    object["stages"] = json::array();
    for (auto& stage : copy.stages) object["stages"].push_back(StageFields(stage).set.write());
    return object.dump(2) + "\n";
}

std::vector<ConfigField> tokenConfigFields() {
    TokenTrainConfig config;
    return ConfigFields(config).set.describe();
}

std::vector<ConfigField> tokenStageFields() {
    TokenStage stage;
    return StageFields(stage).set.describe();
}

}  // namespace vitrine
