// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include "core/explore/recipe_file.h"
#include "ui/bridge/chair_import_service.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/unit_drag.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

enum class FileKind { Model, Picture, Photograph, Chair, Other };

FileKind kindOf(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"safetensors"_s) return FileKind::Model;
    if (suffix == u"png"_s || suffix == u"gif"_s) return FileKind::Picture;
    if (suffix == u"jpg"_s || suffix == u"jpeg"_s || suffix == u"webp"_s) return FileKind::Photograph;
    if (suffix == u"obj"_s || suffix == u"glb"_s || suffix == u"sh3f"_s) return FileKind::Chair;
    return FileKind::Other;
}

QStringList localFiles(const QMimeData* mime) {
    QStringList paths;
    for (const QUrl& url : mime->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    return paths;
}

}  // namespace

Status ChairPanel::openFile(const QString& path) {
    switch (kindOf(path)) {
        case FileKind::Model:
            openModel(path);
            return {};
        case FileKind::Picture:
            openPicture(path);
            return {};
        case FileKind::Photograph:
            useBackground(path);
            return {};
        case FileKind::Chair:
            importChairs({path});
            return {};
        case FileKind::Other:
            break;
    }
    return Panel::openFile(path);
}

bool ChairPanel::acceptsDrop(const QMimeData* mime) const {
    if (carriesUnit(*mime)) return true;
    const QStringList paths = localFiles(mime);
    return std::any_of(
        paths.begin(), paths.end(), [](const QString& path) { return kindOf(path) != FileKind::Other; });
}

void ChairPanel::drop(const QMimeData* mime) {
    if (const auto unit = draggedUnit(*mime)) takeUnit(*unit);
    QStringList chairs;
    for (const QString& path : localFiles(mime)) {
        if (kindOf(path) == FileKind::Chair)
            chairs << path;
        else if (const Status opened = openFile(path); !opened)
            services().messages.showError(opened.error());
    }
    if (!chairs.isEmpty()) importChairs(chairs);
}

/// One more slider, or another value of the one that is there.
void ChairPanel::takeUnit(const DraggedUnit& unit) {
    const UnitSlider slider{{unit.layer.toStdString(), unit.unit, float(unit.value)}, unit.largest};
    m_store->changeOnce(u"units"_s,
                        tr("Take unit %1 of %2").arg(QString::number(unit.unit), unit.layer),
                        [&slider](ChairPanelState& state) {
                            std::erase_if(state.units, [&](const UnitSlider& own) {
                                return own.boost.layer == slider.boost.layer &&
                                       own.boost.unit == slider.boost.unit;
                            });
                            state.units.push_back(slider);
                        });
}

/// The chair that is shown, as it is painted, and the style that has most of it.
std::unique_ptr<QMimeData> ChairPanel::handOver() const {
    const RecipeMix mix = shownMix(state());
    const QImage picture = m_presenter->generatedImage();
    if (mix.empty() || picture.isNull()) return {};
    const auto heaviest = std::ranges::max_element(mix, {}, &RecipeStyle::weight);
    auto mime = std::make_unique<QMimeData>();
    mime->setData(QString::fromLatin1(kStyleMimeType), QByteArray::fromStdString(heaviest->id));
    addToDrag(*mime, {QString::fromStdString(heaviest->id), picture});
    return mime;
}

void ChairPanel::openModel(const QString& path) {
    m_chairs->open(path.toStdString());
}

void ChairPanel::askForModel() {
    const QString folder =
        services().settings.text(u"chairs/modelFolder"_s, QString::fromStdString(modelFolder().string()));
    const QString path =
        services().dialogs.openFile(this, tr("Open a model"), folder, tr("Weights (*.safetensors)"));
    if (path.isEmpty()) return;
    services().settings.set(u"chairs/modelFolder"_s, QFileInfo(path).absolutePath());
    openModel(path);
}

void ChairPanel::askForBackground() {
    const QString folder = services().settings.text(u"chairs/backgroundFolder"_s, QDir::homePath());
    const QString path = services().dialogs.openFile(
        this, tr("Choose a background"), folder, tr("Pictures (*.png *.jpg *.jpeg *.webp)"));
    if (path.isEmpty()) return;
    services().settings.set(u"chairs/backgroundFolder"_s, QFileInfo(path).absolutePath());
    useBackground(path);
}

void ChairPanel::useBackground(const QString& path) {
    m_store->changeOnce(u"background"_s, tr("Change the background"), [&path](ChairPanelState& state) {
        state.background = BackgroundKind::Picture;
        state.backgroundFile = path.toStdString();
    });
}

void ChairPanel::openPicture(const QString& path) {
    const auto read = [path](std::stop_token) -> Result<std::optional<ChairRecipe>> {
        VITRINE_TRY(const auto text, readRecipe(path.toStdString()));
        if (!text) return std::optional<ChairRecipe>();
        VITRINE_TRY(ChairRecipe recipe, recipeFromJson(*text));
        return std::optional<ChairRecipe>(std::move(recipe));
    };
    m_tasks->run(read, [this, path](Result<std::optional<ChairRecipe>> recipe) {
        if (!recipe) return services().messages.showError(recipe.error());
        if (!*recipe) {
            return services().messages.showMessage(
                MessageKind::Info,
                tr("%1 carries no recipe of Vitrine's.").arg(QFileInfo(path).fileName()),
                {},
                {tr("Use as background"), [this, path] { useBackground(path); }});
        }
        auto restored = stateOf(**recipe);
        if (!restored) return services().messages.showError(restored.error());
        m_animator->setPlaying(false);
        m_store->changeOnce(u"restore"_s,
                            tr("Restore %1").arg(QFileInfo(path).fileName()),
                            [&restored](ChairPanelState& state) { state = *restored; });
    });
}

void ChairPanel::importChairs(const QStringList& paths) {
    m_import->import(paths);
}

void ChairPanel::connectImport() {
    connect(m_import, &ChairImportService::started, this, [this](const QString& file) {
        if (m_importJob != 0) services().status.endJob(m_importJob);
        m_importJob = services().status.beginJob(tr("Adding %1").arg(QFileInfo(file).fileName()),
                                                 [this] { m_import->cancel(); });
    });
    const auto ended = [this] {
        services().status.endJob(m_importJob);
        m_importJob = 0;
    };
    connect(m_import, &ChairImportService::imported, this, [this, ended](const QString& file) {
        ended();
        services().messages.showMessage(
            MessageKind::Good, tr("The chairs of %1 are in the gallery.").arg(QFileInfo(file).fileName()));
        loadCatalogue();
    });
    connect(m_import, &ChairImportService::failed, this, [this, ended](const QString&, const Error& error) {
        ended();
        services().messages.showError(error);
    });
}

}  // namespace vitrine
