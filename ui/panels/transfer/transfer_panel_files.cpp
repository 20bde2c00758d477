// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/io/png.h"
#include "core/recipe/recipe_file.h"
#include "ui/panels/transfer/transfer_panel.h"
#include "ui/panels/transfer/transfer_presenter.h"
#include "ui/shell/state_fields.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

std::vector<NearestSource> nearestSourcesIn(const fs::path& models) {
    auto nearest = readNearestSources(nearestSourcesFile(models));
    if (!nearest && nearest.error().code != ErrorCode::NotFound) logWarning(nearest.error().message);
    return nearest ? std::move(*nearest) : std::vector<NearestSource>();
}

Result<TransferRecipe> readTransferRecipe(const fs::path& file) {
    VITRINE_TRY(const auto text, readRecipe(file));
    if (!text || !isTransferRecipe(*text))
        return Error{
            ErrorCode::BadFormat,
            file.filename().string() + " contains no comparison; drop a picture that this panel exported."};
    return transferRecipeFromJson(*text);
}

}  // namespace

void TransferPanel::loadFiles() {
    tasks().run([load = m_parts.loadChairs](std::stop_token) { return load(); },
                [this](const std::vector<ChairEntry>& chairs) {
                    m_presenter->setChairs(chairs);
                    showTargets();
                    showState();
                });
    tasks().run([models = m_parts.models](std::stop_token) { return nearestSourcesIn(models); },
                [this](const std::vector<NearestSource>& nearest) { m_presenter->setNearest(nearest); });
}

/// A picture that this panel or the command exported brings its state back.
void TransferPanel::openRecipe(const QString& path) {
    load(path, readTransferRecipe, [this](const TransferRecipe& recipe) {
        if (!recipe.panel.empty()) return report(restoreState(objectOf(recipe.panel)));
        report(restore(stateOf(recipe), tr("Open a comparison")));
    });
}

TransferRecipe TransferPanel::recipe(TransferPart part) const {
    TransferRecipe recipe;
    if (m_parts.models != bundledTransferModels()) recipe.models = fs::absolute(m_parts.models).string();
    recipe.weightsHash = m_networks->model()->weightsHash;
    recipe.request = requestOf(state());
    recipe.without = state().without;
    recipe.likeness = state().likeness;
    recipe.hasNearest = part == TransferPart::Views && !m_presenter->beside().nearest.empty();
    recipe.hasReal = part == TransferPart::Views && !m_presenter->beside().real.empty();
    recipe.part = part;
    recipe.panel = textOf(saveState());
    return recipe;
}

QString TransferPanel::askForPng(const QString& name) {
    QString path = askWhereToSave(u"folder"_s, tr("Export a picture"), name, tr("Pictures (*.png)"));
    if (!path.isEmpty() && !path.endsWith(u".png"_s, Qt::CaseInsensitive)) path += u".png"_s;
    return path;
}

void TransferPanel::exportViews() {
    if (!canExport()) return;
    const QString path = askForPng(state().target + u".png"_s);
    if (path.isEmpty()) return;
    save([sheet = transferSheet(*result(), state().without, m_presenter->beside()),
          recipe = recipeToJson(recipe(TransferPart::Views)),
          file = fs::path(path.toStdString())] { return writePng(file, sheet, recipe); });
}

void TransferPanel::exportStrip() {
    if (m_presenter->strip().empty()) return;
    const QString path = askForPng(state().target + u"-strip.png"_s);
    if (path.isEmpty()) return;
    save([sheet = transferStripSheet(m_presenter->strip()),
          recipe = recipeToJson(recipe(TransferPart::Strip)),
          file = fs::path(path.toStdString())] { return writePng(file, sheet, recipe); });
}

}  // namespace vitrine
