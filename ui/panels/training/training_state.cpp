// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/training_state.h"

#include <array>
#include <cmath>

#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

constexpr std::array kPageNames{"runs", "newRun", "data"};

struct ObjectField {
    FieldCheck read(const nlohmann::json& json, QJsonObject& object) const {
        if (!json.is_object()) return FieldFault{{}, "must be an object"};
        object = objectOf(compactText(json));
        return {};
    }
    nlohmann::json write(const QJsonObject& object) const { return nlohmann::json::parse(textOf(object)); }
};

void bindDraft(FieldSet& fields, RunDraft& draft) {
    fields.value("recipe", draft.recipe, QtText());
    fields.value("template", draft.templateId, QtText());
    fields.value("name", draft.name, QtText());
    fields.value("config", draft.config, ObjectField());
}

void bindTrainingState(FieldSet& fields, TrainingState& state) {
    fields.choice("page", state.page, kPageNames);
    fields.list("runs", state.runs, QtText());
    fields.number("smoothing", state.smoothing, {0, std::nextafter(1.0, 0.0)});
    fields.flag("logScale", state.logScale);
    fields.value("layer", state.layer, QtText());
    fields.object("draft", state.draft, bindDraft);
}

}  // namespace

QString nameOf(TrainingPage page) {
    return QString::fromLatin1(kPageNames[std::size_t(page)]);
}

QJsonObject toJson(const TrainingState& state) {
    return stateJson(state, bindTrainingState);
}

Result<TrainingState> trainingStateFromJson(const QJsonObject& json) {
    TrainingState state;
    if (const auto fault = readState(json, state, bindTrainingState))
        return Error{ErrorCode::BadFormat,
                     "The saved state of Training has a bad \"" + fault->name + "\".",
                     fault->what};
    return state;
}

}  // namespace vitrine
