// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QMimeData>
#include <QUrl>

#include "core/explore/segmentation_files.h"
#include "core/explore/segmentation_input.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/segmentation/picture_gallery.h"
#include "ui/panels/segmentation/samples_section.h"
#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/segmentation/segmentation_presenter.h"
#include "ui/panels/segmentation/segmentation_store.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr auto kLabelsSuffix = "-labels.png";
constexpr int kMostClasses = 254;

bool isPicture(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == u"png"_s || suffix == u"jpg"_s || suffix == u"jpeg"_s;
}

bool isModel(const QString& path) {
    return QFileInfo(path).suffix().toLower() == u"safetensors"_s;
}

QString titleOf(const fs::path& file) {
    QString title = QString::fromStdString(file.stem().string()).replace(u'-', u' ');
    if (!title.isEmpty()) title[0] = title[0].toUpper();
    return title;
}

Result<LabelMap> readSquareLabels(const fs::path& file, int size, int numClasses) {
    VITRINE_TRY(const LabelMap labels, readLabels(file, numClasses));
    return squareMap(labels, size, kUnknownLabel);
}

/// With its truth, where a file beside it has that. Thread: worker.
Result<SegmentationPicture> readPicture(const fs::path& file, int size) {
    VITRINE_TRY(const Image image, readImage(file));
    SegmentationPicture picture{squarePicture(image, size), {}, titleOf(file)};
    const fs::path labels = file.parent_path() / (file.stem().string() + kLabelsSuffix);
    if (std::error_code error; fs::exists(labels, error)) {
        VITRINE_TRY(picture.truth, readSquareLabels(labels, size, kMostClasses));
    }
    return picture;
}

std::vector<SegmentationPicture> readPictures(const fs::path& folder, int size) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".png" && !entry.path().string().ends_with(kLabelsSuffix))
            files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<SegmentationPicture> pictures;
    for (const fs::path& file : files)
        if (auto picture = readPicture(file, size)) pictures.push_back(std::move(*picture));
    return pictures;
}

/// A state of the window: a picture that carries it brings everything back when it is dropped.
std::string recipeOf(const SegmentationState& state) {
    const QJsonObject json{{u"vitrine"_s, 1},
                           {u"panel"_s, u"segmentation"_s},
                           {u"panels"_s, QJsonObject{{u"segmentation"_s, toJson(state)}}}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

}  // namespace

QStringList SegmentationPanel::variantsInTheBox() const {
    QStringList variants;
    for (const QString& variant : {u"hybrid"_s, u"cvae"_s, u"gsnn"_s, u"gdnn"_s, u"cnn"_s})
        if (std::error_code error; fs::exists(fileOf(variant), error)) variants << variant;
    return variants;
}

void SegmentationPanel::loadPictures() {
    m_samples->setModels(variantsInTheBox());
    m_tasks->run(
        [folder = m_parts.pictures, size = kPictureSize](std::stop_token) { return readPictures(folder, size); },
        [this](const std::vector<SegmentationPicture>& pictures) {
            m_picturesLoaded = true;
            m_gallery->setPictures(pictures);
            if (state().picture || pictures.empty()) return showState();
            SegmentationState first = state();
            setPicture(first, pictures.front());
            m_store->reset(first);
        });
}

Status SegmentationPanel::openFile(const QString& path) {
    if (isPicture(path)) {
        openPicture(path);
        return {};
    }
    if (!isModel(path)) return Panel::openFile(path);
    m_store->changeOnce(
        u"model"_s, tr("Open a network"), [&path](SegmentationState& state) { state.model = path; });
    return {};
}

bool SegmentationPanel::acceptsDrop(const QMimeData* mime) const {
    const auto urls = mime->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) {
        return url.isLocalFile() && (isPicture(url.toLocalFile()) || isModel(url.toLocalFile()));
    });
}

void SegmentationPanel::drop(const QMimeData* mime) {
    for (const QUrl& url : mime->urls()) {
        if (!url.isLocalFile()) continue;
        if (const Status opened = openFile(url.toLocalFile()); !opened)
            services().messages.showError(opened.error());
    }
}

void SegmentationPanel::openPicture(const QString& path) {
    struct Opened {
        SegmentationPicture picture;
        std::optional<std::string> recipe;
    };
    const auto read = [file = fs::path(path.toStdString()), size = kPictureSize](std::stop_token) -> Result<Opened> {
        VITRINE_TRY(SegmentationPicture picture, readPicture(file, size));
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
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(recipe)).object();
    if (json["panel"_L1].toString() != info().id) return false;
    if (const Status restored = restoreState(json["panels"_L1][info().id].toObject()); !restored)
        services().messages.showError(restored.error());
    return true;
}

void SegmentationPanel::openLabels(const QString& path, bool asTruth) {
    if (!state().picture) return;
    const int numClasses = m_network->model() ? m_network->model()->numClasses : kMostClasses;
    m_tasks->run([file = fs::path(path.toStdString()), numClasses, size = kPictureSize](
                     std::stop_token) { return readSquareLabels(file, size, numClasses); },
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
    const QString path =
        services().dialogs.openFile(this, tr("Open a picture"), folder, tr("Pictures (*.png *.jpg *.jpeg)"));
    if (path.isEmpty()) return;
    services().settings.set(u"segmentation/pictureFolder"_s, QFileInfo(path).absolutePath());
    openPicture(path);
}

void SegmentationPanel::askForLabels(bool asTruth) {
    const QString folder = services().settings.text(u"segmentation/pictureFolder"_s, QDir::homePath());
    const QString path = services().dialogs.openFile(this, tr("Open labels"), folder, tr("Label pictures (*.png)"));
    if (!path.isEmpty()) openLabels(path, asTruth);
}

void SegmentationPanel::askForModel() {
    const QString folder =
        services().settings.text(u"segmentation/modelFolder"_s, QString::fromStdString(m_parts.models.string()));
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
    const QString folder = services().dialogs.chooseFolder(this, tr("Export into a folder"), QDir::homePath());
    if (folder.isEmpty()) return;
    const std::string recipe = recipeOf(state());
    m_tasks->run(
        [result = *m_presenter->result(), recipe, folder](std::stop_token) {
            return writeSegmentation(result, recipe, folder.toStdString());
        },
        [this, folder](const Status& written) {
            if (!written) return services().messages.showError(written.error());
            services().messages.showMessage(MessageKind::Good, tr("Saved to %1.").arg(folder));
        });
}

}  // namespace vitrine
