// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_state.h"

namespace vitrine {

using namespace Qt::StringLiterals;

bool isWeightFile(const QString& model) {
    return model.contains(u'/');
}

bool isBundled(const QString& model, int numQuadrants) {
    return model == "cvae"_L1 || (model == "gsnn"_L1 && numQuadrants > 0);
}

void setPicture(CompletionState& state, CompletionPicture picture) {
    state.picture = std::make_shared<const CompletionPicture>(std::move(picture));
}

void setSeen(CompletionState& state, int numQuadrants) {
    state.numQuadrants = numQuadrants;
    if (!isBundled(state.model, numQuadrants)) state.model = u"cvae"_s;
}

CompletionRequest requestOf(const CompletionState& state) {
    CompletionRequest request;
    if (state.picture) request.image = state.picture->image;
    askSamples(state, request);
    return request;
}

bool asksTheSame(const CompletionState& a, const CompletionState& b) {
    return a.picture == b.picture && a.numQuadrants == b.numQuadrants && a.model == b.model &&
           drawsTheSame(a, b);
}

}  // namespace vitrine
