// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <QMimeData>

#include "core/io/atomic_file.h"
#include "core/recipe/correspondence_files.h"
#include "core/recipe/recipe_file.h"
#include "ui/panels/correspondence/chairs_section.h"
#include "ui/panels/correspondence/correspondence_panel.h"
#include "ui/panels/correspondence/correspondence_presenter.h"
#include "ui/shell/chair_drag.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr int kPictureSize = 128;  // before there is a network

Result<CorrespondenceRecipe> readCorrespondenceRecipe(const fs::path& file) {
    VITRINE_TRY(const auto text, readRecipe(file));
    if (!text || !isCorrespondenceRecipe(*text))
        return Error{
            ErrorCode::BadFormat,
            file.filename().string() + " contains no match; drop a picture that this panel exported."};
    return correspondenceRecipeFromJson(*text);
}

}  // namespace

bool CorrespondencePanel::acceptsDrop(const QMimeData* mime) const {
    return mime->hasFormat(QString::fromLatin1(kStyleMimeType)) || StatePanel::acceptsDrop(mime);
}

void CorrespondencePanel::drop(const QMimeData* mime) {
    if (mime->hasFormat(QString::fromLatin1(kStyleMimeType)))
        return m_chairs->choose(0, QString::fromUtf8(mime->data(QString::fromLatin1(kStyleMimeType))));
    StatePanel::drop(mime);
}

void CorrespondencePanel::askForPoints() {
    const QString path = askForFile(u"folder"_s, tr("Open points"), tr("Points (*.csv)"));
    if (!path.isEmpty()) openPoints(path);
}

void CorrespondencePanel::openPoints(const QString& path) {
    const int size = m_network->model() ? m_network->model()->size : kPictureSize;
    load(
        path,
        [size](const fs::path& file) { return readPoints(file, size); },
        [this](const std::vector<NamedPoint>& points) {
            m_store->changeOnce(u"points"_s, tr("Open points"), [&points](CorrespondenceState& state) {
                state.points = points;
                state.chosen = -1;
            });
        });
}

/// A picture that this panel exported brings its state back.
void CorrespondencePanel::openRecipe(const QString& path) {
    load(path, readCorrespondenceRecipe, [this](const CorrespondenceRecipe& recipe) {
        const QJsonObject panel = QJsonDocument::fromJson(QByteArray::fromStdString(recipe.panel)).object();
        if (!panel.isEmpty()) return report(restoreState(panel));
        m_store->changeOnce(u"restore"_s, tr("Open a match"), [&recipe](CorrespondenceState& state) {
            if (!recipe.from.empty()) state.from = QString::fromStdString(recipe.from.front().id);
            if (!recipe.to.empty()) state.to = QString::fromStdString(recipe.to.front().id);
            state.view = recipe.request.view;
            state.route = recipe.request.route;
            state.method = recipe.request.method;
            state.numFrames = recipe.request.numFrames;
            state.stride = recipe.request.stride;
            state.isGuided = recipe.request.isGuided;
            state.schedule = recipe.request.schedule;
            state.points = recipe.points;
            state.chosen = -1;
        });
    });
}

CorrespondenceRecipe CorrespondencePanel::recipe() const {
    CorrespondenceRecipe recipe;
    recipe.model = m_network->model()->name;
    recipe.weightsHash = m_network->model()->weightsHash;
    const auto& ids = m_network->model()->styleIds;
    if (const auto request = requestOf(m_asked, ids)) {
        recipe.request = *request;
        recipe.from = recipeMixOf(request->from, ids);
        recipe.to = recipeMixOf(request->to, ids);
    }
    recipe.points = state().points;
    recipe.panel = QJsonDocument(saveState()).toJson(QJsonDocument::Compact).toStdString();
    return recipe;
}

void CorrespondencePanel::exportMatch() {
    if (!result()) return;
    const QString folder = askForFolder(u"folder"_s);
    if (folder.isEmpty()) return;
    save(
        [result = m_presenter->sharedResult(),
         matches = m_presenter->matches(),
         recipe = recipe(),
         out = fs::path(folder.toStdString())] { return writeCorrespondence(*result, matches, recipe, out); },
        tr("Points, flows, pictures and the morph are in %1.").arg(QDir(folder).dirName()));
}

void CorrespondencePanel::exportAnnotations() {
    const QString path =
        askWhereToSave(u"folder"_s, tr("Export annotations"), u"annotations.csv"_s, tr("CSV (*.csv)"));
    if (path.isEmpty()) return;
    save([csv = annotationsToCsv(state().annotations), file = fs::path(path.toStdString())] {
        return writeFileAtomically(file, csv);
    });
}

}  // namespace vitrine
