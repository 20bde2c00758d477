// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QMimeData>

#include "core/io/png.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/recipe_file.h"
#include "core/recipe/unit_recipe.h"
#include "ui/bridge/unit_service.h"
#include "ui/panels/units/unit_panel.h"
#include "ui/panels/units/unit_presenter.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/unit_drag.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

/// Chairs and Segmentation take PNGs, too: only one with a recipe of a unit is meant for this panel.
bool isOthersPicture(const QString& path) {
    return QFileInfo(path).suffix().toLower() == "png"_L1 &&
           recipeFormat(path.toStdString()) != kUnitRecipeFormat;
}

Result<UnitRecipe> readUnitRecipe(const fs::path& file) {
    VITRINE_TRY(const auto text, readPngRecipe(file));
    return unitRecipeFromJson(text.value_or(std::string()));
}

UnitStrip stripOf(UnitFigureKind kind) {
    switch (kind) {
        case UnitFigureKind::Strip:
            return UnitStrip::Steps;
        case UnitFigureKind::Filters:
            return UnitStrip::Filters;
        case UnitFigureKind::Maps:
            return UnitStrip::Maps;
        default:
            return UnitStrip::Units;
    }
}

}  // namespace

Status UnitPanel::openFile(const QString& path) {
    return isOthersPicture(path) ? Panel::openFile(path) : StatePanel::openFile(path);
}

void UnitPanel::openWeights(const QString& path) {
    m_store->changeOnce(u"model"_s, tr("Open a network"), [&path](UnitState& state) { state.model = path; });
}

void UnitPanel::openPicture(const QString& path) {
    load(path, readUnitRecipe, [this](const UnitRecipe& recipe) {
        m_store->changeOnce(u"restore"_s, tr("Open a picture"), [&recipe](UnitState& state) {
            state.recipe = recipe;
            state.strip = stripOf(recipe.kind);
            state.pinned.clear();
        });
    });
}

bool UnitPanel::acceptsDrop(const QMimeData* mime) const {
    return mime->hasFormat(QString::fromLatin1(kStyleMimeType)) || StatePanel::acceptsDrop(mime);
}

void UnitPanel::drop(const QMimeData* mime) {
    if (mime->hasFormat(QString::fromLatin1(kStyleMimeType)))
        takeStyle(QString::fromUtf8(mime->data(QString::fromLatin1(kStyleMimeType))));
    StatePanel::drop(mime);
}

/// The unit that is looked at, with what is added to it, or would be.
std::unique_ptr<QMimeData> UnitPanel::handOver() const {
    const UnitRequest& request = state().recipe.request;
    const ChairLayer* own = layer();
    if (!own || request.mode == UnitMode::Window || request.mode == UnitMode::Maps) return {};
    const double boost = boostValue(*own);
    const double value = request.mode == UnitMode::Add ? request.value : boost;
    auto mime = std::make_unique<QMimeData>();
    addToDrag(
        *mime,
        DraggedUnit{
            QString::fromStdString(own->name), request.unit, value, std::max(2 * boost, std::abs(value))});
    return mime;
}

void UnitPanel::takeStyle(const QString& id) {
    if (!m_units->model()) return;
    const ChairModelInfo& model = m_units->model()->chairs;
    const auto index = styleIndexOf(id.toStdString(), model.styleIds);
    if (!index) {
        services().messages.showMessage(MessageKind::Warning,
                                        tr("The network was not trained on %1; drag another chair.").arg(id));
        return;
    }
    m_store->changeOnce(u"style"_s, tr("Drop a chair"), [&](UnitState& state) {
        state.recipe.chair.corners = {{{id.toStdString(), *index, 1}}};
    });
}

void UnitPanel::askForModel() {
    askForWeights(ChairSession::defaultModel().parent_path());
}

void UnitPanel::exportFigure(UnitFigureKind kind, const QString& proposal) {
    const QString path =
        askWhereToSave(u"exportFolder"_s, tr("Export a picture"), proposal, tr("Pictures (*.png)"));
    if (path.isEmpty()) return;
    UnitRecipe recipe = state().recipe;
    recipe.kind = kind;
    recipe.model = m_units->model()->chairs.name;
    recipe.modelStep = m_units->model()->chairs.step;
    recipe.weightsHash = m_units->model()->chairs.weightsHash;
    if (kind == UnitFigureKind::Maps) recipe.request.layer = m_presenter->mapLayer()->name;
    m_units->writeFigure(path.toStdString(), recipe);
}

void UnitPanel::exportArrays() {
    const QString path =
        askWhereToSave(u"exportFolder"_s, tr("Export numbers"), u"unit.npz"_s, tr("NumPy arrays (*.npz)"));
    if (!path.isEmpty()) m_units->writeArrays(path.toStdString(), *m_presenter->request());
}

}  // namespace vitrine
