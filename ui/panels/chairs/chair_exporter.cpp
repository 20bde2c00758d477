// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_exporter.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QPointer>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/io/png.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/task_service.h"
#include "ui/panels/chairs/export_files.h"
#include "ui/panels/chairs/image_compositor.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/shell_services.h"
#include "ui/shell/status_bar.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kFolderSetting = "chairs/exportFolder";

QString withSuffix(QString path, const QString& suffix) {
    return QFileInfo(path).suffix().compare(suffix, Qt::CaseInsensitive) == 0 ? path : path + u'.' + suffix;
}

}  // namespace

ChairExporter::ChairExporter(ChairStateStore& store,
                             ChairService& chairs,
                             ImageCompositor& compositor,
                             TaskService& tasks,
                             ShellServices& shell,
                             QWidget* window)
    : QObject(window),
      m_store(store),
      m_chairs(chairs),
      m_compositor(compositor),
      m_tasks(tasks),
      m_shell(shell),
      m_window(window) {
    connectSignals();
}

void ChairExporter::connectSignals() {
    connect(&m_chairs,
            &ChairService::batchPicturesReady,
            this,
            [this](quint64 batch, int, const std::vector<ChairPicture>& pictures) {
                if (!m_current || m_current->batch != batch) return;
                m_current->pictures.insert(m_current->pictures.end(), pictures.begin(), pictures.end());
                m_shell.status.setJobProgress(
                    m_current->job,
                    {double(m_current->pictures.size()) / double(m_current->numPictures), -1, {}});
            });
    connect(&m_chairs, &ChairService::batchFinished, this, [this](quint64 batch) {
        if (m_current && m_current->batch == batch) write();
    });
    connect(&m_chairs, &ChairService::batchFailed, this, [this](quint64 batch, const Error& error) {
        if (m_current && m_current->batch == batch) end(error);
    });
}

RecipeKind ChairExporter::kindOf(Format format) const {
    if (format == Format::Picture) return RecipeKind::Picture;
    const bool grid = format == Format::Sheet && m_store.state().strip != StripMode::Morph;
    return grid ? RecipeKind::Grid : RecipeKind::Morph;
}

ChairRecipe ChairExporter::currentRecipe(RecipeKind kind) const {
    ChairRecipe recipe = recipeOf(m_store.state(), kind);
    recipe.model = m_chairs.model()->name;
    recipe.modelStep = m_chairs.model()->step;
    recipe.weightsHash = m_chairs.model()->weightsHash;
    return recipe;
}

void ChairExporter::askAndExport(Format format) {
    const QString folder = m_shell.settings.text(QString::fromLatin1(kFolderSetting), QDir::homePath());
    QString path;
    if (format == Format::Frames) {
        path = m_shell.dialogs.chooseFolder(m_window, tr("Export frames into a folder"), folder);
    } else {
        const QString suffix = format == Format::Gif ? u"gif"_s : u"png"_s;
        const QString filter =
            format == Format::Gif ? tr("GIF animation (*.gif)") : tr("PNG picture (*.png)");
        const QString name = format == Format::Picture ? u"chair."_s
                             : format == Format::Sheet ? u"chairs."_s
                                                       : u"morph."_s;
        path = m_shell.dialogs.saveFile(m_window, tr("Export"), QDir(folder).filePath(name + suffix), filter);
        if (!path.isEmpty()) path = withSuffix(path, suffix);
    }
    if (path.isEmpty()) return;
    m_shell.settings.set(QString::fromLatin1(kFolderSetting),
                         format == Format::Frames ? path : QFileInfo(path).absolutePath());
    exportTo(format, path);
}

void ChairExporter::exportTo(Format format, const QString& path) {
    start(format, path, {});
}

void ChairExporter::handOver(const QString& panelId) {
    const auto file = cacheFolder() / "generated-chair.png";
    std::error_code ignored;  // what is wrong with the folder, writing says
    std::filesystem::create_directories(file.parent_path(), ignored);
    start(Format::Picture, QString::fromStdString(file.string()), panelId);
}

void ChairExporter::start(Format format, const QString& path, const QString& panel) {
    if (m_current) {
        m_shell.messages.showMessage(MessageKind::Info,
                                     tr("An export is still running; try again when it has finished."));
        return;
    }
    if (!m_chairs.model()) {
        m_shell.messages.showMessage(MessageKind::Warning,
                                     tr("There is nothing to export yet: open a model first."));
        return;
    }
    const ChairRecipe recipe = currentRecipe(kindOf(format));
    const auto requests = requestsOf(recipe, m_chairs.model()->styleIds);
    if (!requests) return m_shell.messages.showError(requests.error());
    Export current;
    current.format = format;
    current.path = path;
    current.panel = panel;
    current.recipe = recipe;
    current.numPictures = requests->size();
    current.job = m_shell.status.beginJob(tr("Exporting"), [this] { cancel(); });
    current.batch = m_chairs.requestBatch(*requests);
    m_current = std::move(current);
    if (m_current->batch == 0)
        end(Error{ErrorCode::NotFound, "There is nothing to export: the model is not ready."});
}

void ChairExporter::write() {
    m_tasks.run(
        [current = *m_current, background = m_compositor.background()](std::stop_token) -> Status {
            const std::filesystem::path path = current.path.toStdString();
            switch (current.format) {
                case Format::Picture:
                    return writePicture(path, current.recipe, background, current.pictures.front());
                case Format::Sheet:
                    return writeSheet(path, current.recipe, background, current.pictures);
                case Format::Frames:
                    return writeFrames(path, current.recipe, background, current.pictures);
                case Format::Gif:
                    return writeGifFile(path, current.recipe, background, current.pictures);
            }
            return {};
        },
        [self = QPointer(this), batch = m_current->batch](const Status& status) {
            if (self && self->m_current && self->m_current->batch == batch) self->end(status);
        });
}

void ChairExporter::end(const Status& status) {
    const QString path = m_current->path;
    const QString panel = m_current->panel;
    m_shell.status.endJob(m_current->job);
    m_current.reset();
    if (!status) return m_shell.messages.showError(status.error());
    if (!panel.isEmpty() && m_shell.openInPanel) return m_shell.openInPanel(panel, path);
    m_shell.messages.showMessage(MessageKind::Good, tr("Exported %1").arg(QDir::toNativeSeparators(path)));
    Q_EMIT finished(path);
}

void ChairExporter::cancel() {
    if (!m_current) return;
    m_chairs.cancelBatch(m_current->batch);
    m_shell.status.endJob(m_current->job);
    m_current.reset();
}

void ChairExporter::copyPicture(const QImage& shown) {
    if (shown.isNull() || !m_chairs.model()) return;
    auto* mime = new QMimeData;
    mime->setImageData(shown);
    const std::string recipe = recipeToJson(currentRecipe(RecipeKind::Picture));
    if (const auto png = encodePng(fromQImage(shown), recipe)) {
        mime->setData(u"image/png"_s,
                      QByteArray(reinterpret_cast<const char*>(png->data()), qsizetype(png->size())));
    }
    QApplication::clipboard()->setMimeData(mime);
    m_shell.messages.showMessage(MessageKind::Good, tr("The picture and its recipe are on the clipboard."));
}

}  // namespace vitrine
