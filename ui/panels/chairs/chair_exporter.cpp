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
#include "ui/panels/chairs/axis_labels.h"
#include "ui/panels/chairs/image_compositor.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/shell_services.h"
#include "ui/shell/status_bar.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kFolderSetting = "chairs/exportFolder";

}  // namespace

ChairExporter::ChairExporter(ChairStateStore& store,
                             ChairService& chairs,
                             ImageCompositor& compositor,
                             const StyleGalleryModel& gallery,
                             TaskService& tasks,
                             ShellServices& shell,
                             QWidget* window)
    : QObject(window),
      m_store(store),
      m_chairs(chairs),
      m_compositor(compositor),
      m_gallery(gallery),
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
                auto& made = m_current->plan.pictures;
                made.insert(made.end(), pictures.begin(), pictures.end());
                m_shell.status.setJobProgress(m_current->job,
                                              {double(made.size()) / double(m_current->numPictures), -1, {}});
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
    const QString path = askForPath(format, folder);
    if (path.isEmpty()) return;
    m_shell.settings.set(QString::fromLatin1(kFolderSetting),
                         format == Format::Frames ? path : QFileInfo(path).absolutePath());
    exportTo(format, path);
}

QString ChairExporter::askForPath(Format format, const QString& folder) {
    struct Kind {
        QString name;
        QString filter;
        QStringList suffixes;  ///< the first where none of them was typed
    };
    const auto kind = [format]() -> Kind {
        switch (format) {
            case Format::Sheet:
                return {u"chairs"_s,
                        tr("PNG picture (*.png);;PDF figure (*.pdf);;SVG figure (*.svg)"),
                        {u"png"_s, u"pdf"_s, u"svg"_s}};
            case Format::Gif:
                return {u"morph"_s, tr("GIF animation (*.gif)"), {u"gif"_s}};
            case Format::WebP:
                return {u"morph"_s, tr("WebP animation (*.webp)"), {u"webp"_s}};
            default:
                return {u"chair"_s, tr("PNG picture (*.png)"), {u"png"_s}};
        }
    };
    if (format == Format::Frames)
        return m_shell.dialogs.chooseFolder(m_window, tr("Export frames into a folder"), folder);
    const Kind wanted = kind();
    const QString start = QDir(folder).filePath(wanted.name + u'.' + wanted.suffixes.first());
    const QString title = wanted.suffixes.size() > 1 ? tr("Export as .png, .pdf or .svg") : tr("Export");
    const QString path = m_shell.dialogs.saveFile(m_window, title, start, wanted.filter);
    if (path.isEmpty() || wanted.suffixes.contains(QFileInfo(path).suffix().toLower())) return path;
    return path + u'.' + wanted.suffixes.first();
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
    current.plan.recipe = recipe;
    // Other panels take the network's own pixels.
    current.plan.scale = panel.isEmpty() ? m_store.state().exportScale : 1;
    if (format == Format::Sheet) current.plan.axes = axesOf(recipe);
    current.numPictures = requests->size();
    current.job = m_shell.status.beginJob(tr("Exporting"), [this] { cancel(); });
    current.batch = m_chairs.requestBatch(*requests);
    m_current = std::move(current);
    if (m_current->batch == 0)
        end(Error{ErrorCode::NotFound, "There is nothing to export: the model is not ready."});
}

/// A frame of a morph has its value above it where all stand in one row, else the first of a row before it.
SheetAxes ChairExporter::axesOf(const ChairRecipe& recipe) const {
    const ChairPanelState& state = m_store.state();
    const auto labels = [&](const RecipeAxis& axis) {
        return axisLabels(axis, state, m_gallery, m_chairs.model()->styleIds);
    };
    if (recipe.kind == RecipeKind::Grid)
        return {labels(recipe.columns),
                labels(recipe.rows),
                axisTitle(recipe.columns, state),
                axisTitle(recipe.rows, state)};
    const QStringList frames = labels(recipe.frames);
    const int numColumns = numSheetColumns(recipe);
    if (numColumns >= frames.size()) return {frames, {}, axisTitle(recipe.frames, state), {}};
    SheetAxes axes{{}, {}, {}, axisTitle(recipe.frames, state)};
    for (qsizetype first = 0; first < frames.size(); first += numColumns) axes.rows << frames[first];
    return axes;
}

void ChairExporter::write() {
    ExportPlan plan = std::move(m_current->plan);
    plan.background = m_compositor.background();
    m_tasks.run(
        [plan = std::move(plan), format = m_current->format, path = m_current->path](
            std::stop_token) mutable -> Status {
            scalePictures(plan);
            const std::filesystem::path file = path.toStdString();
            switch (format) {
                case Format::Picture:
                    return writePicture(file, plan);
                case Format::Sheet:
                    return writeSheet(file, plan);
                case Format::Frames:
                    return writeFrames(file, plan);
                case Format::Gif:
                    return writeGifFile(file, plan);
                case Format::WebP:
                    return writeWebPFile(file, plan);
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
