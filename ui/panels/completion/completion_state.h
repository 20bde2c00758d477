// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/recipe/completion_recipe.h"
#include "ui/panel_kit/state_store.h"
#include "ui/panels/sampling/sampling_state.h"

namespace vitrine {

/// What the view of all samples together shows.
enum class CompletionSamples { Mean, Chosen, Path };
/// Whose one answer stands beside the samples.
enum class CompletionAnswer { Guess, PriorMean, Reconstruction };

struct CompletionPicture {
    Image image;  ///< [28, 28, 1]
    QString name;
};

/// Everything that the user chose. A change of it is a step of undo; the network's answer is a function of
/// it.
struct CompletionState : SamplingState {
    std::shared_ptr<const CompletionPicture> picture;  ///< shared by the steps of undo; null: none
    int numQuadrants = 1;                              ///< that a bundled network observes, 0 to 3
    QString model = QStringLiteral("cvae");            ///< a bundled variant, or a weight file

    CompletionSamples samples = CompletionSamples::Mean;
    CompletionAnswer answer = CompletionAnswer::Guess;
    bool operator==(const CompletionState&) const = default;
};
using CompletionStore = StateStore<CompletionState>;

/// Whether the model is a file of its own, which says itself what it sees.
bool isWeightFile(const QString& model);
/// Whether such a network is bundled. A GSNN needs observed pixels: there is none without.
bool isBundled(const QString& model, int numQuadrants);

void setPicture(CompletionState& state, CompletionPicture picture);
/// Another bundled network: the variant stays where it can.
void setSeen(CompletionState& state, int numQuadrants);

/// What the network is asked; without a picture its image is empty.
CompletionRequest requestOf(const CompletionState& state);
/// Whether both ask the same network the same.
bool asksTheSame(const CompletionState& a, const CompletionState& b);

/// A recipe that `request` is the question of, which may be another than the state's. It brings the state
/// back.
CompletionRecipe recipeOf(const CompletionState& state, const CompletionRequest& request);
/// Errors: BadFormat naming the field.
Result<CompletionState> completionStateOfRecipe(const std::string& recipe);

/// The same recipe as an object.
QJsonObject toJson(const CompletionState& state);
/// Errors: BadFormat naming the field.
Result<CompletionState> completionStateFromJson(const QJsonObject& json);

}  // namespace vitrine
