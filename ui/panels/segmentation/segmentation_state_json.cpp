// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>
#include <array>

#include "ui/panels/segmentation/segmentation_state.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kConsensus{"mean"_L1, "vote"_L1, "chosen"_L1, "difference"_L1};
constexpr std::array kDoubt{"entropy"_L1, "mutual information"_L1};
constexpr std::array kAnswer{"prior mean"_L1, "guess"_L1, "gdnn"_L1};
constexpr std::array kOrder{"drawn"_L1, "differing"_L1, "best"_L1};

/// Reads fields and remembers the first that made no sense.
class Reader {
public:
    explicit Reader(QJsonObject json) : m_json(std::move(json)) {}
    const QString& fault() const { return m_fault; }

    double number(const QString& key, double fallback, double low, double high) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        const double number = value.toDouble(low - 1);
        if (number >= low && number <= high) return number;
        return blame(key), fallback;
    }
    template <class Enum, std::size_t N>
    Enum choice(const QString& key, const std::array<QLatin1StringView, N>& names, Enum fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        for (std::size_t i = 0; i < N; ++i)
            if (value.toString() == names[i]) return Enum(i);
        return blame(key), fallback;
    }
    void blame(const QString& key) {
        if (m_fault.isEmpty()) m_fault = key;
    }

private:
    QJsonObject m_json;
    QString m_fault;
};

/// How the panel shows an answer: what no recipe needs.
QJsonObject viewJson(const SegmentationState& state) {
    QJsonArray pinned;
    for (const int sample : state.pinned) pinned << sample;
    return {{u"opacity"_s, state.opacity},
            {u"consensus"_s, kConsensus[std::size_t(state.consensus)]},
            {u"doubt"_s, kDoubt[std::size_t(state.doubt)]},
            {u"answer"_s, kAnswer[std::size_t(state.answer)]},
            {u"order"_s, kOrder[std::size_t(state.order)]},
            {u"pinned"_s, pinned},
            {u"chosen"_s, state.chosen}};
}

Status readView(const QJsonObject& json, SegmentationState& state) {
    Reader reader(json);
    state.opacity = reader.number(u"opacity"_s, state.opacity, 0, 1);
    state.consensus = reader.choice(u"consensus"_s, kConsensus, state.consensus);
    state.doubt = reader.choice(u"doubt"_s, kDoubt, state.doubt);
    state.answer = reader.choice(u"answer"_s, kAnswer, state.answer);
    state.order = reader.choice(u"order"_s, kOrder, state.order);
    state.chosen = int(reader.number(u"chosen"_s, state.chosen, -1, kMostSamples - 1));
    for (const QJsonValue& sample : json["pinned"_L1].toArray()) {
        if (const int number = sample.toInt(-1); number >= 0 && number < kMostSamples)
            state.pinned << number;
        else
            reader.blame(u"pinned"_s);
    }
    if (reader.fault().isEmpty()) return {};
    return Error{ErrorCode::BadFormat,
                 "The saved state of Segmentation has a bad \"" + reader.fault().toStdString() + "\"."};
}

/// The panel draws no more samples and sweeps, and no wider, than its sliders have.
SegmentationState questionOf(const SegmentationRecipe& recipe) {
    const SegmentationRequest& request = recipe.request;
    SegmentationState state;
    if (!request.image.empty())
        setPicture(state, {request.image, request.truth, QString::fromStdString(recipe.pictureName)});
    if (!request.omission.empty()) state.marks.omission = request.omission;
    for (std::uint8_t& hidden : state.marks.omission.pixels) hidden = hidden != 0;
    if (!request.observed.empty()) state.marks.observed = request.observed;
    state.model = QString::fromStdString(recipe.model);
    state.numSamples = std::min(request.numSamples, kMostSamples);
    state.seed = request.seed;
    state.spread = std::min(request.spread, kMostSpread);
    state.numParts = std::min(request.numParts, kMostParts);
    state.numSweeps = std::min(request.numSweeps, kMostSweeps);
    state.samplingSweeps = request.samplingSweeps;
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

SegmentationRecipe recipeOf(const SegmentationState& state, const SegmentationRequest& request) {
    SegmentationRecipe recipe;
    recipe.model = state.model.toStdString();
    recipe.request = request;
    if (state.picture) recipe.pictureName = state.picture->name.toStdString();
    recipe.panel = textOf(viewJson(state));
    return recipe;
}

Result<SegmentationState> stateOfRecipe(const std::string& text) {
    VITRINE_TRY(const SegmentationRecipe recipe, segmentationRecipeFromJson(text));
    SegmentationState state = questionOf(recipe);
    VITRINE_CHECK(readView(objectOf(recipe.panel), state));
    return state;
}

QJsonObject toJson(const SegmentationState& state) {
    return objectOf(recipeToJson(recipeOf(state, requestOf(state))));
}

Result<SegmentationState> segmentationStateFromJson(const QJsonObject& json) {
    return stateOfRecipe(textOf(json));
}

}  // namespace vitrine
