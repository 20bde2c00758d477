// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>
#include <algorithm>

#include "core/explore/completion_files.h"
#include "core/io/png.h"
#include "ui/bridge/completion_service.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/completion/completion_panel.h"
#include "ui/panels/completion/completion_pictures.h"
#include "ui/panels/completion/completion_presenter.h"
#include "ui/panels/completion/garment_gallery.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr std::size_t kFirstGarment = 33;  ///< a bag: it may have a handle, or another

bool isPicture(const QString& path) {
    static const QStringList suffixes = {u"png"_s, u"jpg"_s, u"jpeg"_s, u"ppm"_s, u"pgm"_s};
    return suffixes.contains(QFileInfo(path).suffix().toLower());
}

bool isModel(const QString& path) {
    return QFileInfo(path).suffix().toLower() == u"safetensors"_s;
}

/// The answer, and the way where there is one.
Status writeAll(const CompletionResult& result,
                const std::vector<Image>& way,
                const std::string& recipe,
                const fs::path& folder) {
    VITRINE_CHECK(writeCompletion(result, recipe, folder));
    return way.empty() ? Status() : writeWay(way, folder);
}

}  // namespace

fs::path CompletionPanel::fileOf(const CompletionState& state) const {
    if (isWeightFile(state.model)) return state.model.toStdString();
    return m_parts.models /
           u"quadrants-%1-%2.safetensors"_s.arg(state.numQuadrants).arg(state.model).toStdString();
}

void CompletionPanel::loadGarments() {
    m_tasks->run([folder = m_parts.garments](std::stop_token) { return readTestGarments(folder); },
                 [this](const std::vector<CompletionPicture>& garments) { takeGarments(garments); });
}

void CompletionPanel::takeGarments(const std::vector<CompletionPicture>& garments) {
    m_garmentsLoaded = true;
    m_hasGarments = !garments.empty();
    m_gallery->setGarments(garments);
    if (state().picture || garments.empty()) return showState();
    CompletionState first = state();
    setPicture(first, garments[std::min(kFirstGarment, garments.size() - 1)]);
    m_store->reset(first);
}

Status CompletionPanel::openFile(const QString& path) {
    if (isPicture(path)) {
        openPicture(path);
        return {};
    }
    if (!isModel(path)) return Panel::openFile(path);
    const QString file = QFileInfo(path).absoluteFilePath();
    m_openedFile.clear();  // it may be another by now, under the same name
    m_store->changeOnce(
        u"model"_s, tr("Open a network"), [&file](CompletionState& state) { state.model = file; });
    showState();
    return {};
}

bool CompletionPanel::isOwnFile(const QString& path) const {
    if (!isPicture(path)) return false;
    const auto recipe = readPngRecipe(path.toStdString());
    return recipe && *recipe && isCompletionRecipe(**recipe);
}

bool CompletionPanel::acceptsDrop(const QMimeData* mime) const {
    const auto urls = mime->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) {
        return url.isLocalFile() && (isPicture(url.toLocalFile()) || isModel(url.toLocalFile()));
    });
}

void CompletionPanel::drop(const QMimeData* mime) {
    for (const QUrl& url : mime->urls()) {
        if (!url.isLocalFile()) continue;
        if (const Status opened = openFile(url.toLocalFile()); !opened)
            services().messages.showError(opened.error());
    }
}

void CompletionPanel::openPicture(const QString& path) {
    m_tasks->run(
        [file = fs::path(path.toStdString())](std::stop_token) { return openCompletionPicture(file); },
        [this](Result<OpenedCompletion> opened) {
            if (!opened) return services().messages.showError(opened.error());
            if (opened->recipe && restoreRecipe(*opened->recipe)) return;
            m_store->changeOnce(u"picture"_s, tr("Open a picture"), [&opened](CompletionState& state) {
                setPicture(state, std::move(opened->picture));
            });
        });
}

/// False: it is no recipe of this panel.
bool CompletionPanel::restoreRecipe(const std::string& recipe) {
    if (!isCompletionRecipe(recipe)) return false;
    if (const Status restored = restore(completionStateOfRecipe(recipe)); !restored)
        services().messages.showError(restored.error());
    return true;
}

void CompletionPanel::askForPicture() {
    const QString folder = services().settings.text(u"completion/pictureFolder"_s, QDir::homePath());
    const QString path = services().dialogs.openFile(
        this, tr("Open a picture"), folder, tr("Pictures (*.png *.jpg *.jpeg *.ppm *.pgm)"));
    if (path.isEmpty()) return;
    services().settings.set(u"completion/pictureFolder"_s, QFileInfo(path).absolutePath());
    openPicture(path);
}

void CompletionPanel::askForModel() {
    const QString folder = services().settings.text(u"completion/modelFolder"_s,
                                                    QString::fromStdString(m_parts.models.string()));
    const QString path =
        services().dialogs.openFile(this, tr("Open a network"), folder, tr("Weights (*.safetensors)"));
    if (path.isEmpty()) return;
    services().settings.set(u"completion/modelFolder"_s, QFileInfo(path).absolutePath());
    if (const Status opened = openFile(path); !opened) services().messages.showError(opened.error());
}

void CompletionPanel::exportAnswer() {
    const CompletionResult* result = m_presenter->result();
    if (!result)
        return services().messages.showMessage(MessageKind::Info,
                                               tr("The answer is still being made; export it in a moment."));
    const QString folder =
        services().dialogs.chooseFolder(this, tr("Export into a folder"), QDir::homePath());
    if (folder.isEmpty()) return;
    CompletionRecipe asked = recipeOf(state(), m_presenter->request());
    if (m_network->model()) asked.weightsHash = m_network->model()->weightsHash;
    const bool showsWay = state().samples == CompletionSamples::Way;
    m_tasks->run([answer = *result,
                  way = showsWay ? m_presenter->way() : std::vector<Image>(),
                  recipe = recipeToJson(asked),
                  folder](std::stop_token) { return writeAll(answer, way, recipe, folder.toStdString()); },
                 [this, folder](const Status& written) {
                     if (!written) return services().messages.showError(written.error());
                     services().messages.showMessage(MessageKind::Good, tr("Saved to %1.").arg(folder));
                 });
}

}  // namespace vitrine
