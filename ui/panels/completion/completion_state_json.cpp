// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>

#include "ui/panels/completion/completion_state.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kSamples{"mean"_L1, "chosen"_L1, "way"_L1};
constexpr std::array kAnswers{"guess"_L1, "prior mean"_L1, "reconstruction"_L1};

/// Reads fields and remembers the first that made no sense.
class Reader {
public:
    explicit Reader(QJsonObject json) : m_json(std::move(json)) {}
    const QString& fault() const { return m_fault; }

    int number(const QString& key, int fallback, int low, int high) {
        const QJsonValue value = m_json.value(key);
        return value.isUndefined() ? fallback : numberIn(key, value, low, high);
    }
    QList<int> numbers(const QString& key, int low, int high) {
        QList<int> all;
        for (const QJsonValue& value : m_json.value(key).toArray()) all << numberIn(key, value, low, high);
        return all;
    }
    template <class Enum, std::size_t N>
    Enum choice(const QString& key, const std::array<QLatin1StringView, N>& names, Enum fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        for (std::size_t i = 0; i < N; ++i)
            if (value.toString() == names[i]) return Enum(i);
        blame(key);
        return fallback;
    }

private:
    int numberIn(const QString& key, const QJsonValue& value, int low, int high) {
        const int number = value.toInt(low - 1);
        if (number < low || number > high) blame(key);
        return std::clamp(number, low, high);
    }
    void blame(const QString& key) {
        if (m_fault.isEmpty()) m_fault = key;
    }

    QJsonObject m_json;
    QString m_fault;
};

/// How the panel shows an answer: what no recipe needs.
QJsonObject viewJson(const CompletionState& state) {
    QJsonArray pinned;
    for (const int sample : state.pinned) pinned << sample;
    return {{u"samples"_s, kSamples[std::size_t(state.samples)]},
            {u"answer"_s, kAnswers[std::size_t(state.answer)]},
            {u"pinned"_s, pinned},
            {u"chosen"_s, state.chosen},
            {u"way"_s, state.wayStep}};
}

Status readView(const QJsonObject& json, CompletionState& state) {
    constexpr int kLastSample = CompletionState::kMostSamples - 1;
    Reader reader(json);
    state.samples = reader.choice(u"samples"_s, kSamples, state.samples);
    state.answer = reader.choice(u"answer"_s, kAnswers, state.answer);
    state.pinned = reader.numbers(u"pinned"_s, 0, kLastSample);
    state.chosen = reader.number(u"chosen"_s, state.chosen, -1, kLastSample);
    state.wayStep = reader.number(u"way"_s, state.wayStep, 0, CompletionState::kWaySteps - 1);
    if (reader.fault().isEmpty()) return {};
    return Error{ErrorCode::BadFormat,
                 "The saved state of Completion has a bad \"" + reader.fault().toStdString() + "\"."};
}

/// The panel draws no more samples, and no wider, than its sliders have.
CompletionState questionOf(const CompletionRecipe& recipe) {
    const CompletionRequest& request = recipe.request;
    CompletionState state;
    if (!request.image.empty())
        setPicture(state, {request.image, QString::fromStdString(recipe.pictureName)});
    state.numQuadrants = recipe.numQuadrants;
    state.model = QString::fromStdString(recipe.model);
    state.numSamples = std::min(request.numSamples, CompletionState::kMostSamples);
    state.seed = request.seed;
    state.spread = std::min(request.spread, CompletionState::kMostSpread);
    state.forced = request.forced;
    return state;
}

QJsonObject objectOf(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

std::string textOf(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

}  // namespace

CompletionRecipe recipeOf(const CompletionState& state, const CompletionRequest& request) {
    CompletionRecipe recipe;
    recipe.numQuadrants = state.numQuadrants;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(viewJson(state));
    return recipe;
}

Result<CompletionState> completionStateOfRecipe(const std::string& text) {
    VITRINE_TRY(const CompletionRecipe recipe, completionRecipeFromJson(text));
    CompletionState state = questionOf(recipe);
    VITRINE_CHECK(readView(objectOf(recipe.panel), state));
    setNumSamples(state, state.numSamples);
    return state;
}

QJsonObject toJson(const CompletionState& state) {
    return objectOf(recipeToJson(recipeOf(state, requestOf(state))));
}

Result<CompletionState> completionStateFromJson(const QJsonObject& json) {
    return completionStateOfRecipe(textOf(json));
}

}  // namespace vitrine
