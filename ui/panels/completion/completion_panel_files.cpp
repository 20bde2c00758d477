// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/recipe/completion_files.h"
#include "ui/bridge/completion_service.h"
#include "ui/panels/completion/completion_inputs.h"
#include "ui/panels/completion/completion_panel.h"
#include "ui/panels/completion/completion_presenter.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr std::size_t kFirstGarment = 33;  ///< a bag: it may have a handle, or another

}  // namespace

fs::path CompletionPanel::fileOf(const CompletionState& state) const {
    if (isWeightFile(state.model)) return state.model.toStdString();
    return m_parts.models /
           u"quadrants-%1-%2.safetensors"_s.arg(state.numQuadrants).arg(state.model).toStdString();
}

void CompletionPanel::loadGarments() {
    tasks().run([folder = m_parts.garments](std::stop_token) { return readTestGarments(folder); },
                [this](const std::vector<CompletionPicture>& garments) { takeGarments(garments); });
}

void CompletionPanel::takeGarments(const std::vector<CompletionPicture>& garments) {
    m_garmentsLoaded = true;
    m_hasGarments = !garments.empty();
    fillGallery(m_gallery, garments);
    if (state().picture || garments.empty()) return showState();
    CompletionState first = state();
    setPicture(first, garments[std::min(kFirstGarment, garments.size() - 1)]);
    m_store->reset(first);
}

void CompletionPanel::openWeights(const QString& path) {
    useWeights(path);
    showState();
}

void CompletionPanel::openPicture(const QString& path) {
    openPictureWith(path, readCompletionPicture, isCompletionRecipe, completionStateOfRecipe);
}

/// The answer, and the path where it is looked at.
void CompletionPanel::exportAnswer() {
    const bool showsPath = state().samples == CompletionSamples::Path;
    exportWith(
        m_presenter,
        m_network,
        [path = showsPath ? m_presenter->path() : std::vector<Image>()](
            const CompletionResult& result, const std::string& recipe, const fs::path& folder) -> Status {
            VITRINE_CHECK(writeCompletion(result, recipe, folder));
            return path.empty() ? Status() : writeLatentPath(path, folder);
        });
}

}  // namespace vitrine
