// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_config.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

namespace vitrine {
namespace {

using nlohmann::json;

struct StageFields {
    explicit StageFields(ChairStage& stage) {
        set.choice(stage.preset,
                   {.key = "preset",
                    .label = "Network",
                    .help = "paper: two streams as in the paper, 32 million parameters; compact: one stream, "
                            "two thirds of that. The number is the picture's side in pixels.",
                    .group = "Network",
                    .choices = {"compact-128", "compact-64", "paper-128", "paper-64"}});
        set.number(stage.width,
                   {.key = "width",
                    .label = "Width",
                    .help = "Scales the size of every layer.",
                    .unit = "x",
                    .group = "Network",
                    .minimum = 0.01,
                    .maximum = 4,
                    .advanced = true});
        bindSchedule(set, stage.schedule);
        set.flag(
            stage.onlyNewLayers,
            {.key = "onlyNewLayers",
             .label = "Train new layers only",
             .help = "Layers taken over from the stage before stay as they are (the paper's second stage).",
             .group = "Network",
             .advanced = true});
        set.flag(
            stage.goesOn,
            {.key = "goesOn",
             .label = "Go on",
             .help = "Keeps network, optimiser and average of the stage before; made by prolonging a run.",
             .group = "Network",
             .advanced = true});
        set.number(stage.mixCriticWeight,
                   {.key = "mixCriticWeight",
                    .label = "Weight of the mix critic",
                    .help = "A critic learns to tell pictures between two styles from pictures of one; the generator learns to pass. "
                            "0 is the paper's loss.",
                    .group = "Objective",
                    .minimum = 0,
                    .maximum = 1e6,
                    .advanced = true});
        bindTheta(stage);
    }
    void bindTheta(ChairStage& stage) {
        const char* group = "Transformation";
        set.number(stage.identityShare,
                   {.key = "identityShare",
                    .label = "Untransformed share",
                    .help = "Share of the images that are shown as they are (theta = 0).",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1});
        set.number(stage.spreadStart,
                   {.key = "spreadStart",
                    .label = "Spread at first",
                    .help = "Transformations begin at this share of the paper's ranges.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 2,
                    .advanced = true});
        set.number(stage.spreadEnd,
                   {.key = "spreadEnd",
                    .label = "Spread at last",
                    .help = "And grow towards this share.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 2,
                    .advanced = true});
        set.number(stage.spreadRate,
                   {.key = "spreadRate",
                    .label = "Spread rate",
                    .help = "How fast the spread grows, per step; the paper's is 0.00001.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1,
                    .advanced = true});
    }
    FieldSet set;
};

struct ConfigFields {
    explicit ConfigFields(ChairTrainConfig& config) {
        set.choice(recipe,
                   {.key = "recipe",
                    .label = "Recipe",
                    .help = "What is trained.",
                    .choices = {"chairs"},
                    .advanced = true});
        bindSettings(set, config.settings);
        const char* group = "Objective";
        set.number(config.rgbWeight,
                   {.key = "rgbWeight",
                    .label = "Weight of RGB",
                    .help = "Lambda of the paper's loss: squared error of the masked RGB counts so much.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e6});
        set.number(config.maskWeight,
                   {.key = "maskWeight",
                    .label = "Weight of the mask",
                    .help = "Squared error of the mask counts so much; 1 beside the paper's lambda of 10.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e6});
        set.number(config.compositeWeight,
                   {.key = "compositeWeight",
                    .label = "Weight of the composite",
                    .help = "Squared error of the picture composited over white; 0 is the paper's loss.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e6,
                    .advanced = true});
        set.number(config.edgeWeight,
                   {.key = "edgeWeight",
                    .label = "Weight of edges",
                    .help = "Squared error of differences between neighbouring pixels, for thin parts; 0 is "
                            "the paper's loss.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e6,
                    .advanced = true});
        set.integer(config.styleDimensions,
                    {.key = "styleDimensions",
                     .label = "Style dimensions",
                     .help = "Each style is a Gaussian of this many dimensions, so that lines between styles stay among "
                             "chairs; 0 is the paper's one-hot style.",
                     .group = "Network",
                     .minimum = 0,
                     .maximum = 1024,
                     .advanced = true});
        set.number(config.styleKlWeight,
                   {.key = "styleKlWeight",
                    .label = "Weight of the style's KL",
                    .help = "Divergence of each style's Gaussian from the standard normal, in nats.",
                    .group = group,
                    .minimum = 0,
                    .maximum = 1e6,
                    .advanced = true});
        set.flag(config.betweenStyles,
                 {.key = "betweenStyles",
                  .label = "Chairs between styles",
                  .help = "Also trains on the data set's chairs between two of the parametric family, as mixes of both styles; off is "
                          "as in the paper.",
                  .group = "Data",
                  .advanced = true});
        set.flag(config.holdOutViews,
                 {.key = "holdOutViews",
                  .label = "Hold out views",
                  .help = "Keeps every fourth azimuth of every second chair out of training, to score what "
                          "was never seen.",
                  .group = "Data"});
        set.text(config.emphasised,
                 {.key = "emphasised",
                  .label = "Emphasised chairs",
                  .help = "Ids of chairs that are shown more often, separated by commas: those with patterns "
                          "that are hard to learn.",
                  .group = "Data",
                  .advanced = true});
        set.integer(config.emphasis,
                    {.key = "emphasis",
                     .label = "Emphasis",
                     .help = "How often an epoch shows each view of an emphasised chair.",
                     .group = "Data",
                     .minimum = 1,
                     .maximum = 1000,
                     .advanced = true});
    }
    std::string recipe = "chairs";
    FieldSet set;
};

Result<ChairStage> parseStage(const json& object, const std::string& name) {
    ChairStage stage;
    VITRINE_CHECK(readConfig(StageFields(stage).set, object, name));
    return stage;
}

Result<std::vector<ChairStage>> parseStages(const json& list) {
    if (!list.is_array()) return configError("stages", "must be a list");
    if (list.empty()) return configError("stages", "must hold at least one stage");
    std::vector<ChairStage> stages;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string name = "stages[" + std::to_string(i) + "]";
        VITRINE_TRY(ChairStage stage, parseStage(list[i], name));
        if (stage.goesOn &&
            (i == 0 || stage.preset != stages.back().preset || stage.width != stages.back().width))
            return configError(name + ".goesOn", "needs a stage before it with the same network");
        stages.push_back(stage);
    }
    return stages;
}

}  // namespace

double ChairStage::spreadAt(std::int64_t stepInStage) const {
    const double grown = 2 / (1 + std::exp(-spreadRate * double(stepInStage))) - 1;
    return spreadStart + (spreadEnd - spreadStart) * grown;
}

std::set<std::string> ChairTrainConfig::emphasisedStyles() const {
    std::set<std::string> styles;
    std::istringstream words(emphasised);
    for (std::string word; std::getline(words, word, ',');) {
        std::erase(word, ' ');
        if (!word.empty()) styles.insert(word);
    }
    return styles;
}

std::int64_t ChairTrainConfig::totalSteps() const {
    std::int64_t total = 0;
    for (const auto& stage : stages) total += stage.schedule.steps;
    return total;
}

Result<ChairTrainConfig> ChairTrainConfig::parse(const std::string& text) {
    json object = json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
    if (!object.is_object())
        return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
    const json stages = object.contains("stages") ? object["stages"] : json::array();
    object.erase("stages");
    ChairTrainConfig config;
    VITRINE_CHECK(readConfig(ConfigFields(config).set, object));
    VITRINE_TRY(config.stages, parseStages(stages));
    return config;
}

std::string ChairTrainConfig::toJson() const {
    ChairTrainConfig copy = *this;
    json object = ConfigFields(copy).set.write();
    object["stages"] = json::array();
    for (auto& stage : copy.stages) object["stages"].push_back(StageFields(stage).set.write());
    return object.dump(2) + "\n";
}

std::vector<ConfigField> chairConfigFields() {
    ChairTrainConfig config;
    return ConfigFields(config).set.describe();
}

std::vector<ConfigField> chairStageFields() {
    ChairStage stage;
    return StageFields(stage).set.describe();
}

}  // namespace vitrine
