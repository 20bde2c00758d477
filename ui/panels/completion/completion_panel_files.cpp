// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/explore/completion_files.h"
#include "ui/bridge/completion_service.h"
#include "ui/panels/completion/completion_panel.h"
#include "ui/panels/completion/completion_pictures.h"
#include "ui/panels/completion/completion_presenter.h"
#include "ui/shell/message_bar.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr std::size_t kFirstGarment = 33;  ///< a bag: it may have a handle, or another

/// The answer, and the path where there is one.
Status writeAll(const CompletionResult& result,
                const std::vector<Image>& path,
                const std::string& recipe,
                const fs::path& folder) {
    VITRINE_CHECK(writeCompletion(result, recipe, folder));
    return path.empty() ? Status() : writeWay(path, folder);
}

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

void CompletionPanel::exportAnswer() {
    const CompletionResult* result = m_presenter->result();
    if (!result)
        return services().messages.showMessage(MessageKind::Info,
                                               tr("The answer is still being made; export it in a moment."));
    const QString folder = askForFolder(u"exportFolder"_s);
    if (folder.isEmpty()) return;
    CompletionRecipe asked = recipeOf(state(), m_presenter->request());
    if (m_network->model()) asked.weightsHash = m_network->model()->weightsHash;
    const bool showsPath = state().samples == CompletionSamples::Path;
    save([answer = *result,
          path = showsPath ? m_presenter->path() : std::vector<Image>(),
          recipe = recipeToJson(asked),
          out = fs::path(folder.toStdString())] { return writeAll(answer, path, recipe, out); },
         tr("Saved to %1.").arg(folder));
}

}  // namespace vitrine
