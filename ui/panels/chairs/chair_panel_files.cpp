// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <QMimeData>

#include "core/base/folders.h"
#include "core/data/own_chairs.h"
#include "core/recipe/recipe_file.h"
#include "core/render/chair_import.h"
#include "ui/bridge/chair_import_service.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/thumbnail_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/unit_drag.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QStringList kChairSuffixes{u"obj"_s, u"glb"_s, u"sh3f"_s};

/// Nothing: the picture contains no recipe.
Result<std::optional<ChairRecipe>> readChairRecipe(const std::filesystem::path& file) {
    VITRINE_TRY(const auto text, readRecipe(file));
    if (!text) return std::optional<ChairRecipe>();
    VITRINE_TRY(ChairRecipe recipe, recipeFromJson(*text));
    return std::optional<ChairRecipe>(std::move(recipe));
}

}  // namespace

void ChairPanel::addFileKinds() {
    addFileKind(kWeightSuffixes, [this](const QString& path) { openModel(path); });
    addFileKind({u"png"_s, u"gif"_s, u"webp"_s}, [this](const QString& path) { openPicture(path); });
    addFileKind({u"jpg"_s, u"jpeg"_s}, [this](const QString& path) { offerPicture(path); });
    addFileKind({u"json"_s}, [this](const QString& path) { openStyle(path); });
    addFileKind(kChairSuffixes, [this](const QString& path) { importChairs({path}); });
}

bool ChairPanel::acceptsDrop(const QMimeData* mime) const {
    return carriesUnit(*mime) || StatePanel::acceptsDrop(mime);
}

void ChairPanel::drop(const QMimeData* mime) {
    if (const auto unit = draggedUnit(*mime)) takeUnit(*unit);
    QStringList chairs;
    for (const QString& path : localFiles(*mime)) {
        if (kChairSuffixes.contains(QFileInfo(path).suffix().toLower()))
            chairs << path;
        else
            openOrReport(path);
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
    const QString path = askForFile(u"modelFolder"_s,
                                    tr("Open a model"),
                                    tr("Weights (*.safetensors)"),
                                    QString::fromStdString(modelFolder().string()));
    if (!path.isEmpty()) openModel(path);
}

void ChairPanel::askForBackground() {
    const QString path = askForFile(
        u"backgroundFolder"_s, tr("Choose a background"), tr("Pictures (*.png *.jpg *.jpeg *.webp)"));
    if (!path.isEmpty()) useBackground(path);
}

void ChairPanel::useBackground(const QString& path) {
    m_store->changeOnce(u"background"_s, tr("Change the background"), [&path](ChairPanelState& state) {
        state.background = BackgroundKind::Picture;
        state.backgroundFile = path.toStdString();
    });
}

void ChairPanel::openPicture(const QString& path) {
    load(path, readChairRecipe, [this, path](const std::optional<ChairRecipe>& recipe) {
        if (!recipe) return offerPicture(path);
        const QString name = QFileInfo(path).fileName();
        const auto restored = stateOf(*recipe);
        if (restored) m_animator->setPlaying(false);
        report(restore(restored, tr("Restore %1").arg(name)));
    });
}

void ChairPanel::importChairs(const QStringList& paths) {
    m_import->import(paths);
}

/// The mesh of the user's own that slot A, or the slot in hand, shows; empty: another chair.
QString ChairPanel::ownChairShown() const {
    const ChairPanelState& state = m_store->state();
    const QString id = QString::fromStdString(pureStyleOf(state.slots[std::size_t(shownSlot(state))]));
    const StyleItem* item = m_gallery->item(id);
    if (!item || !item->entry || !item->entry->archive.empty()) return {};
    return item->entry->model.starts_with(ownChairFolder().string()) ? id : QString();
}

void ChairPanel::turnOwn(const QString& id) {
    tasks().run([id = id.toStdString()](std::stop_token) { return turnOwnChair(id); },
                [this, id](const Status& turned) {
                    if (!turned) return report(turned.error());
                    m_thumbnails->forget(id);
                    loadCatalogue();
                    services().messages.showMessage(MessageKind::Good,
                                                    tr("%1 is turned.").arg(m_gallery->nameOf(id)),
                                                    {},
                                                    {tr("Turn back"), [this, id] { turnOwn(id); }});
                });
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
    // A mesh does not say what is up in it: the chair may lie on its back.
    const auto turning = [this](const QString& file, const QStringList& ids) -> MessageAction {
        if (ids.size() != 1 || file.endsWith(".sh3f"_L1, Qt::CaseInsensitive)) return {};
        return {tr("Turn chair"), [this, id = ids.first()] { turnOwn(id); }};
    };
    connect(m_import,
            &ChairImportService::imported,
            this,
            [this, ended, turning](const QString& file, const QStringList& ids) {
                ended();
                m_justImported = ids;
                services().messages.showMessage(
                    MessageKind::Good,
                    tr("The chairs of %1 are in the gallery.").arg(QFileInfo(file).fileName()),
                    {},
                    turning(file, ids));
                loadCatalogue();
            });
    connect(m_import,
            &ChairImportService::warned,
            this,
            [this, turning](const QString& file, const QStringList& warnings) {
                services().messages.showMessage(
                    MessageKind::Warning, warnings.join(u' '), {}, turning(file, m_justImported));
            });
    connect(m_import, &ChairImportService::failed, this, [this, ended](const QString&, const Error& error) {
        ended();
        report(error);
    });
}

}  // namespace vitrine
