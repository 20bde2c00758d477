// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_config.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>

namespace vitrine {
namespace {

using nlohmann::json;

const std::map<std::string, ScheduleKind> kScheduleKinds = {
    {"constant", ScheduleKind::Constant}, {"cosine", ScheduleKind::Cosine}, {"halve", ScheduleKind::Halve}};

std::string nameOf(ScheduleKind kind) {
    for (const auto& [name, value] : kScheduleKinds)
        if (value == kind) return name;
    return {};
}

Error fieldError(const std::string& field, const std::string& what) {
    return {ErrorCode::InvalidArgument, "The training configuration's \"" + field + "\" " + what + "."};
}

/// Binds JSON keys to fields; says which key is unknown or of the wrong type.
class FieldReader {
public:
    explicit FieldReader(std::string prefix) : m_prefix(std::move(prefix)) {}

    void bind(const std::string& key, double& field) { add(key, "a number", &json::is_number, field); }
    void bind(const std::string& key, std::int64_t& field) { add(key, "a whole number", &json::is_number_integer, field); }
    void bind(const std::string& key, std::uint64_t& field) { add(key, "a whole number of at least 0", &json::is_number_unsigned, field); }
    void bind(const std::string& key, std::string& field) { add(key, "a text", &json::is_string, field); }
    void bind(const std::string& key, bool& field) { add(key, "true or false", &json::is_boolean, field); }
    void bind(const std::string& key, std::filesystem::path& field) {
        m_setters[key] = [this, key, &field](const json& value) -> Status {
            if (!value.is_string()) return fieldError(m_prefix + key, "must be a path");
            field = value.get<std::string>();
            return {};
        };
    }
    void bind(const std::string& key, std::function<Status(const json&)> setter) { m_setters[key] = std::move(setter); }

    Status read(const json& object) const {
        for (const auto& [key, value] : object.items()) {
            const auto found = m_setters.find(key);
            if (found == m_setters.end()) return fieldError(m_prefix + key, "is not a field it has; known are " + knownKeys());
            VITRINE_CHECK(found->second(value));
        }
        return {};
    }

private:
    template <class T>
    void add(const std::string& key, const char* kind, bool (json::*test)() const noexcept, T& field) {
        m_setters[key] = [this, key, kind, test, &field](const json& value) -> Status {
            if (!(value.*test)()) return fieldError(m_prefix + key, std::string("must be ") + kind);
            field = value.get<T>();
            return {};
        };
    }
    std::string knownKeys() const {
        std::string all;
        for (const auto& [key, setter] : m_setters) all += (all.empty() ? "" : ", ") + key;
        return all;
    }
    std::string m_prefix;
    std::map<std::string, std::function<Status(const json&)>> m_setters;
};

Result<ChairStage> parseStage(const json& object, const std::string& prefix) {
    if (!object.is_object()) return fieldError(prefix, "must be an object");
    ChairStage stage;
    FieldReader reader(prefix + ".");
    reader.bind("preset", stage.preset);
    reader.bind("width", stage.width);
    reader.bind("steps", stage.schedule.steps);
    reader.bind("learningRate", stage.schedule.learningRate);
    reader.bind("warmupSteps", stage.schedule.warmupSteps);
    reader.bind("halveAfter", stage.schedule.halveAfter);
    reader.bind("halveEvery", stage.schedule.halveEvery);
    reader.bind("onlyNewLayers", stage.onlyNewLayers);
    reader.bind("identityShare", stage.identityShare);
    reader.bind("spreadStart", stage.spreadStart);
    reader.bind("spreadEnd", stage.spreadEnd);
    reader.bind("spreadRate", stage.spreadRate);
    reader.bind("schedule", std::function<Status(const json&)>([&](const json& value) -> Status {
        if (!value.is_string() || !kScheduleKinds.contains(value.get<std::string>()))
            return fieldError(prefix + ".schedule", "must be constant, cosine or halve");
        stage.schedule.kind = kScheduleKinds.at(value.get<std::string>());
        return {};
    }));
    VITRINE_CHECK(reader.read(object));
    return stage;
}

json toJson(const ChairStage& stage) {
    return {{"preset", stage.preset}, {"width", stage.width}, {"steps", stage.schedule.steps}, {"schedule", nameOf(stage.schedule.kind)},
            {"learningRate", stage.schedule.learningRate}, {"warmupSteps", stage.schedule.warmupSteps},
            {"halveAfter", stage.schedule.halveAfter}, {"halveEvery", stage.schedule.halveEvery},
            {"onlyNewLayers", stage.onlyNewLayers}, {"identityShare", stage.identityShare},
            {"spreadStart", stage.spreadStart}, {"spreadEnd", stage.spreadEnd}, {"spreadRate", stage.spreadRate}};
}

Status checkRange(const std::string& field, double value, double low, double high) {
    if (value >= low && value <= high) return {};
    std::ostringstream range;
    range << "is " << value << ", but must lie between " << low << " and " << high;
    return fieldError(field, range.str());
}

}  // namespace

std::int64_t ChairTrainConfig::totalSteps() const {
    std::int64_t total = 0;
    for (const auto& stage : stages) total += stage.schedule.steps;
    return total;
}

Result<ChairTrainConfig> ChairTrainConfig::parse(const std::string& text) {
    const json object = json::parse(text, nullptr, /*allow_exceptions=*/false, /*ignore_comments=*/true);
    if (!object.is_object()) return Error{ErrorCode::BadFormat, "The training configuration is not a JSON object."};
    ChairTrainConfig config;
    std::string recipe = "chairs";
    FieldReader reader("");
    reader.bind("recipe", recipe);
    reader.bind("data", config.data);
    reader.bind("startFrom", config.startFrom);
    reader.bind("optimiser", config.optimiser);
    reader.bind("momentum", config.momentum);
    reader.bind("batch", config.batch);
    reader.bind("rgbWeight", config.rgbWeight);
    reader.bind("averageDecay", config.averageDecay);
    reader.bind("gradientClip", config.gradientClip);
    reader.bind("seed", config.seed);
    reader.bind("precision", config.precision);
    reader.bind("holdOutViews", config.holdOutViews);
    reader.bind("checkpointMinutes", config.checkpointMinutes);
    reader.bind("previewEvery", config.previewEvery);
    reader.bind("stages", std::function<Status(const json&)>([&](const json& value) -> Status {
        if (!value.is_array()) return fieldError("stages", "must be a list");
        for (std::size_t i = 0; i < value.size(); ++i) {
            VITRINE_TRY(ChairStage stage, parseStage(value[i], "stages[" + std::to_string(i) + "]"));
            config.stages.push_back(stage);
        }
        return {};
    }));
    VITRINE_CHECK(reader.read(object));
    if (recipe != "chairs") return fieldError("recipe", "must be \"chairs\"");
    VITRINE_CHECK(config.validate());
    return config;
}

std::string ChairTrainConfig::toJson() const {
    json object = {{"recipe", "chairs"}, {"data", data.string()}, {"startFrom", startFrom.string()}, {"optimiser", optimiser},
                   {"momentum", momentum}, {"batch", batch}, {"rgbWeight", rgbWeight}, {"averageDecay", averageDecay},
                   {"gradientClip", gradientClip}, {"seed", seed}, {"precision", precision}, {"holdOutViews", holdOutViews},
                   {"checkpointMinutes", checkpointMinutes}, {"previewEvery", previewEvery}, {"stages", json::array()}};
    for (const auto& stage : stages) object["stages"].push_back(vitrine::toJson(stage));
    return object.dump(2) + "\n";
}

Status ChairTrainConfig::validate() const {
    if (optimiser != "adam" && optimiser != "sgd") return fieldError("optimiser", "must be adam or sgd");
    if (precision != "auto" && precision != "fp32" && precision != "bf16") return fieldError("precision", "must be auto, fp32 or bf16");
    VITRINE_CHECK(checkRange("batch", double(batch), 1, 65536));
    VITRINE_CHECK(checkRange("momentum", momentum, 0, 0.9999));
    VITRINE_CHECK(checkRange("rgbWeight", rgbWeight, 0, 1e6));
    VITRINE_CHECK(checkRange("averageDecay", averageDecay, 0, 0.999999));
    VITRINE_CHECK(checkRange("gradientClip", gradientClip, 0, 1e12));
    VITRINE_CHECK(checkRange("checkpointMinutes", checkpointMinutes, 0, 1e6));
    VITRINE_CHECK(checkRange("previewEvery", double(previewEvery), 1, 1e9));
    if (stages.empty()) return fieldError("stages", "must hold at least one stage");
    for (std::size_t i = 0; i < stages.size(); ++i) {
        const std::string prefix = "stages[" + std::to_string(i) + "].";
        VITRINE_CHECK(checkRange(prefix + "steps", double(stages[i].schedule.steps), 1, 1e9));
        VITRINE_CHECK(checkRange(prefix + "learningRate", stages[i].schedule.learningRate, 0, 10));
        VITRINE_CHECK(checkRange(prefix + "warmupSteps", double(stages[i].schedule.warmupSteps), 0, 1e9));
        VITRINE_CHECK(checkRange(prefix + "width", stages[i].width, 0.01, 4));
        VITRINE_CHECK(checkRange(prefix + "identityShare", stages[i].identityShare, 0, 1));
        VITRINE_CHECK(checkRange(prefix + "spreadStart", stages[i].spreadStart, 0, 2));
        VITRINE_CHECK(checkRange(prefix + "spreadEnd", stages[i].spreadEnd, 0, 2));
    }
    return {};
}

}  // namespace vitrine
