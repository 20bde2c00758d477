// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <vector>

#include "core/recipe/recipe.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/panels/chairs/export_files.h"

class QWidget;

namespace vitrine {

class ChairService;
class ImageCompositor;
class StyleGalleryModel;
class TaskService;
struct ShellServices;

/// Makes files of what the state describes, at the size that the state asks for and with the recipe inside.
/// One at a time; the making can be cancelled in the status line.
class ChairExporter : public QObject {
    Q_OBJECT
public:
    enum class Format {
        Picture,  ///< the stage: one PNG
        Sheet,    ///< the grid, or the morph's frames beside each other, with labels: PNG, PDF or SVG
        Frames,   ///< the morph: a PNG a frame
        Gif,      ///< the morph
        WebP      ///< the morph
    };

    ChairExporter(ChairStateStore& store,
                  ChairService& chairs,
                  ImageCompositor& compositor,
                  const StyleGalleryModel& gallery,
                  TaskService& tasks,
                  ShellServices& shell,
                  QWidget* window);

    /// Asks where to.
    void askAndExport(Format format);
    /// `path`: a file, or for Frames a folder.
    void exportTo(Format format, const QString& path);
    /// Opens the picture in another panel.
    void handOver(const QString& panelId);
    /// Picture and recipe.
    void copyPicture(const QImage& shown);
    bool isBusy() const { return m_current.has_value(); }

Q_SIGNALS:
    void finished(const QString& path);

private:
    struct Export {
        Format format = Format::Picture;
        QString path;
        QString panel;  ///< that opens the file; empty: it is an export of the user's
        ExportPlan plan;
        std::size_t numPictures = 0;
        quint64 batch = 0;
        int job = 0;
    };
    void start(Format format, const QString& path, const QString& panel);
    RecipeKind kindOf(Format format) const;
    ChairRecipe currentRecipe(RecipeKind kind) const;
    SheetAxes axesOf(const ChairRecipe& recipe) const;
    QString askForPath(Format format, const QString& folder);
    void connectSignals();
    void write();
    void end(const Status& status);
    void cancel();

    ChairStateStore& m_store;
    ChairService& m_chairs;
    ImageCompositor& m_compositor;
    const StyleGalleryModel& m_gallery;
    TaskService& m_tasks;
    ShellServices& m_shell;
    QWidget* m_window;
    std::optional<Export> m_current;
};

}  // namespace vitrine
