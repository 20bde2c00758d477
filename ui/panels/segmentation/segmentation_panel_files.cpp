// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>
#include <algorithm>
#include <iterator>

#include "core/explore/segmentation_files.h"
#include "core/explore/segmentation_input.h"
#include "core/explore/segmentation_recipe.h"
#include "core/io/png.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/segmentation/picture_gallery.h"
#include "ui/panels/segmentation/samples_section.h"
#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/segmentation/segmentation_pictures.h"
#include "ui/panels/segmentation/segmentation_presenter.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/views/image_convert.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr int kMostClasses = 254;

bool isPicture(const QString& path) {
    static const QStringList suffixes = {u"png"_s, u"jpg"_s, u"jpeg"_s, u"ppm"_s, u"pgm"_s};
    return suffixes.contains(QFileInfo(path).suffix().toLower());
}

bool isModel(const QString& path) {
    return QFileInfo(path).suffix().toLower() == u"safetensors"_s;
}

/// So that there is something to guess at once.
void hideLegs(LabelMap& omission) {
    for (int y = omission.height * 55 / 100; y < omission.height; ++y)
        std::fill_n(omission.row(y) + omission.width / 8, omission.width * 3 / 4, std::uint8_t(1));
}

}  // namespace

QStringList SegmentationPanel::variantsInTheBox() const {
    QStringList variants;
    for (const QString& variant : {u"tokens"_s, u"cvae"_s, u"hybrid"_s, u"gsnn"_s, u"gdnn"_s, u"cnn"_s})
        if (std::error_code error; fs::exists(fileOf(variant), error)) variants << variant;
    return variants;
}

void SegmentationPanel::loadPictures() {
    m_samples->setModels(variantsInTheBox());
    const auto read = [folder = m_parts.pictures](std::stop_token) {
        auto pictures = readPictures(folder / "studio");  // the plain ones first
        std::ranges::move(readPictures(folder), std::back_inserter(pictures));
        return pictures;
    };
    m_tasks->run(read, [this](const std::vector<SegmentationPicture>& pictures) {
        m_picturesLoaded = true;
        m_gallery->setPictures(pictures);
        if (state().picture || pictures.empty()) return showState();
        SegmentationState first = state();
        setPicture(first, pictures.front());
        hideLegs(first.marks.omission);
        m_store->reset(first);
    });
    m_tasks->run(
        [folder = m_parts.garments](std::stop_token) { return readGarments(folder); },
        [this](const std::vector<SegmentationPicture>& garments) { m_garments->setPictures(garments); });
}

Status SegmentationPanel::openFile(const QString& path) {
    if (isPicture(path)) {
        openPicture(path);
        return {};
    }
    if (!isModel(path)) return Panel::openFile(path);
    m_openedModel.clear();  // it may be another by now, under the same name
    m_store->changeOnce(
        u"model"_s, tr("Open a network"), [&path](SegmentationState& state) { state.model = path; });
    showState();
    return {};
}

bool SegmentationPanel::acceptsDrop(const QMimeData* mime) const {
    const auto urls = mime->urls();
    return carriesChair(*mime) || std::any_of(urls.begin(), urls.end(), [](const QUrl& url) {
               return url.isLocalFile() && (isPicture(url.toLocalFile()) || isModel(url.toLocalFile()));
           });
}

void SegmentationPanel::drop(const QMimeData* mime) {
    for (const QUrl& url : mime->urls()) {
        if (!url.isLocalFile()) continue;
        if (const Status opened = openFile(url.toLocalFile()); !opened)
            services().messages.showError(opened.error());
    }
    if (const auto chair = draggedChair(*mime)) takeChair(*chair);
}

void SegmentationPanel::takeChair(const DraggedChair& chair) {
    m_store->changeOnce(u"picture"_s, tr("Drop a chair"), [&chair](SegmentationState& state) {
        const Image image = fromQImage(chair.picture.convertToFormat(QImage::Format_RGBA8888));
        setPicture(state, {squarePicture(image, kPictureSize), {}, chair.name});
    });
}

void SegmentationPanel::openPicture(const QString& path) {
    struct Opened {
        SegmentationPicture picture;
        std::optional<std::string> recipe;
    };
    const auto read = [file = fs::path(path.toStdString())](std::stop_token) -> Result<Opened> {
        VITRINE_TRY(SegmentationPicture picture, readPicture(file));
        std::optional<std::string> recipe;
        if (auto found = readPngRecipe(file)) recipe = std::move(*found);
        return Opened{std::move(picture), std::move(recipe)};
    };
    m_tasks->run(read, [this](Result<Opened> opened) {
        if (!opened) return services().messages.showError(opened.error());
        if (opened->recipe && restoreRecipe(*opened->recipe)) return;
        m_store->changeOnce(u"picture"_s, tr("Open a picture"), [&opened](SegmentationState& state) {
            setPicture(state, std::move(opened->picture));
        });
    });
}

/// False: it is no recipe of this panel.
bool SegmentationPanel::restoreRecipe(const std::string& recipe) {
    if (!isSegmentationRecipe(recipe)) return false;
    if (const Status restored = restore(stateOfRecipe(recipe)); !restored)
        services().messages.showError(restored.error());
    return true;
}

void SegmentationPanel::openLabels(const QString& path, bool asTruth) {
    if (!state().picture) return;
    const int numClasses = m_network->model() ? m_network->model()->numClasses : kMostClasses;
    m_tasks->run(
        [file = fs::path(path.toStdString()), numClasses, picture = state().picture](std::stop_token) {
            return readSquareLabels(file, numClasses, picture->width, picture->height);
        },
        [this, asTruth](Result<LabelMap> labels) {
            if (!labels) return services().messages.showError(labels.error());
            if (!state().picture) return;
            m_store->changeOnce(u"labels"_s, tr("Open labels"), [&](SegmentationState& state) {
                if (!asTruth) {
                    state.marks.observed = *labels;
                    return;
                }
                SegmentationPicture changed = *state.picture;
                changed.truth = *labels;
                state.picture = std::make_shared<const SegmentationPicture>(std::move(changed));
            });
        });
}

void SegmentationPanel::askForPicture() {
    const QString folder = services().settings.text(u"segmentation/pictureFolder"_s, QDir::homePath());
    const QString path = services().dialogs.openFile(
        this, tr("Open a picture"), folder, tr("Pictures (*.png *.jpg *.jpeg *.ppm *.pgm)"));
    if (path.isEmpty()) return;
    services().settings.set(u"segmentation/pictureFolder"_s, QFileInfo(path).absolutePath());
    openPicture(path);
}

void SegmentationPanel::askForLabels(bool asTruth) {
    const QString folder = services().settings.text(u"segmentation/pictureFolder"_s, QDir::homePath());
    const QString path =
        services().dialogs.openFile(this, tr("Open labels"), folder, tr("Label pictures (*.png)"));
    if (!path.isEmpty()) openLabels(path, asTruth);
}

void SegmentationPanel::askForModel() {
    const QString folder = services().settings.text(u"segmentation/modelFolder"_s,
                                                    QString::fromStdString(m_parts.models.string()));
    const QString path =
        services().dialogs.openFile(this, tr("Open a network"), folder, tr("Weights (*.safetensors)"));
    if (path.isEmpty()) return;
    services().settings.set(u"segmentation/modelFolder"_s, QFileInfo(path).absolutePath());
    if (const Status opened = openFile(path); !opened) services().messages.showError(opened.error());
}

void SegmentationPanel::exportAnswer() {
    if (!m_presenter->result())
        return services().messages.showMessage(MessageKind::Info,
                                               tr("The answer is still being made; export it in a moment."));
    if (!m_presenter->result()->isComplete)
        return services().messages.showMessage(
            MessageKind::Info, tr("The inference was stopped; run it to the end to export the answer."));
    const QString folder =
        services().dialogs.chooseFolder(this, tr("Export into a folder"), QDir::homePath());
    if (folder.isEmpty()) return;
    SegmentationRecipe asked = recipeOf(state(), m_presenter->request());
    if (m_network->model()) asked.weightsHash = m_network->model()->weightsHash;
    const std::string recipe = recipeToJson(asked);
    m_tasks->run([result = *m_presenter->result(), recipe, folder](
                     std::stop_token) { return writeSegmentation(result, recipe, folder.toStdString()); },
                 [this, folder](const Status& written) {
                     if (!written) return services().messages.showError(written.error());
                     services().messages.showMessage(MessageKind::Good, tr("Saved to %1.").arg(folder));
                 });
}

}  // namespace vitrine
