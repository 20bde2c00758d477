// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QMimeData>
#include <QUrl>

#include "core/explore/correspondence_files.h"
#include "core/explore/recipe_file.h"
#include "core/io/atomic_file.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/correspondence/chairs_section.h"
#include "ui/panels/correspondence/correspondence_panel.h"
#include "ui/panels/correspondence/correspondence_presenter.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr int kPictureSize = 128;  // before there is a network

QString suffixOf(const QString& path) {
    return QFileInfo(path).suffix().toLower();
}
bool isPoints(const QString& path) {
    return suffixOf(path) == u"csv"_s;
}
bool isPicture(const QString& path) {
    return suffixOf(path) == u"png"_s || suffixOf(path) == u"gif"_s;
}

}  // namespace

Status CorrespondencePanel::openFile(const QString& path) {
    if (isPoints(path))
        openPoints(path);
    else if (isPicture(path))
        openRecipe(path);
    else
        return Panel::openFile(path);
    return {};
}

bool CorrespondencePanel::acceptsDrop(const QMimeData* mime) const {
    if (mime->hasFormat(QString::fromLatin1(kStyleMimeType))) return true;
    const auto urls = mime->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) {
        return url.isLocalFile() && (isPoints(url.toLocalFile()) || isPicture(url.toLocalFile()));
    });
}

void CorrespondencePanel::drop(const QMimeData* mime) {
    if (mime->hasFormat(QString::fromLatin1(kStyleMimeType)))
        return m_chairs->choose(0, QString::fromUtf8(mime->data(QString::fromLatin1(kStyleMimeType))));
    for (const QUrl& url : mime->urls()) {
        if (!url.isLocalFile()) continue;
        if (const Status opened = openFile(url.toLocalFile()); !opened)
            services().messages.showError(opened.error());
    }
}

void CorrespondencePanel::askForPoints() {
    const QString folder = services().settings.text(u"correspondence/folder"_s, QDir::homePath());
    const QString path = services().dialogs.openFile(this, tr("Open points"), folder, tr("Points (*.csv)"));
    if (!path.isEmpty()) openPoints(path);
}

void CorrespondencePanel::openPoints(const QString& path) {
    const int size = m_network->model() ? m_network->model()->size : kPictureSize;
    m_tasks->run(
        [file = fs::path(path.toStdString()), size](std::stop_token) { return readPoints(file, size); },
        [this](Result<std::vector<NamedPoint>> points) {
            if (!points) return services().messages.showError(points.error());
            m_store->changeOnce(u"points"_s, tr("Open points"), [&points](CorrespondenceState& state) {
                state.points = *points;
                state.chosen = -1;
            });
        });
}

/// A picture that this panel exported brings its state back.
void CorrespondencePanel::openRecipe(const QString& path) {
    const auto read = [file = fs::path(path.toStdString())](std::stop_token) -> Result<CorrespondenceRecipe> {
        VITRINE_TRY(const auto text, readRecipe(file));
        if (!text || !isCorrespondenceRecipe(*text))
            return Error{
                ErrorCode::BadFormat,
                file.filename().string() + " carries no match; drop a picture that this panel exported."};
        return correspondenceRecipeFromJson(*text);
    };
    m_tasks->run(read, [this](Result<CorrespondenceRecipe> recipe) {
        if (!recipe) return services().messages.showError(recipe.error());
        if (const QJsonObject panel =
                QJsonDocument::fromJson(QByteArray::fromStdString(recipe->panel)).object();
            !panel.isEmpty()) {
            if (const Status restored = restoreState(panel); !restored)
                services().messages.showError(restored.error());
            return;
        }
        m_store->changeOnce(u"restore"_s, tr("Open a match"), [&recipe](CorrespondenceState& state) {
            if (!recipe->from.empty()) state.from = QString::fromStdString(recipe->from.front().id);
            if (!recipe->to.empty()) state.to = QString::fromStdString(recipe->to.front().id);
            state.view = recipe->request.view;
            state.way = recipe->request.way;
            state.method = recipe->request.method;
            state.numFrames = recipe->request.numFrames;
            state.stride = recipe->request.stride;
            state.isGuided = recipe->request.isGuided;
            state.schedule = recipe->request.schedule;
            state.points = recipe->points;
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
    const QString parent = services().settings.text(u"correspondence/folder"_s, QDir::homePath());
    const QString folder = services().dialogs.chooseFolder(this, tr("Export into a folder"), parent);
    if (folder.isEmpty()) return;
    services().settings.set(u"correspondence/folder"_s, folder);
    m_tasks->run([result = m_presenter->sharedResult(),
                  matches = m_presenter->matches(),
                  recipe = recipe(),
                  out = fs::path(folder.toStdString())](
                     std::stop_token) { return writeCorrespondence(*result, matches, recipe, out); },
                 [this, folder](const Status& written) {
                     if (!written) return services().messages.showError(written.error());
                     services().messages.showMessage(
                         MessageKind::Good,
                         tr("Points, flows, pictures and the morph are in %1.").arg(QDir(folder).dirName()));
                 });
}

void CorrespondencePanel::exportAnnotations() {
    const QString folder = services().settings.text(u"correspondence/folder"_s, QDir::homePath());
    const QString path = services().dialogs.saveFile(
        this, tr("Export annotations"), folder + u"/annotations.csv"_s, tr("CSV (*.csv)"));
    if (path.isEmpty()) return;
    m_tasks->run([csv = annotationsToCsv(state().annotations), file = fs::path(path.toStdString())](
                     std::stop_token) { return writeFileAtomically(file, csv); },
                 [this](const Status& written) {
                     if (!written) services().messages.showError(written.error());
                 });
}

}  // namespace vitrine
