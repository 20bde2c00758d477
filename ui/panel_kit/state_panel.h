// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

#include "ui/bridge/task_service.h"
#include "ui/panel_kit/state_store.h"
#include "ui/shell/panel.h"
#include "ui/views/captioned_view.h"

class QTimer;

namespace vitrine {

struct Command;

inline const QStringList kWeightSuffixes{QStringLiteral("safetensors")};
/// Of pictures that can be read, with or without a recipe.
inline const QStringList kPictureSuffixes{QStringLiteral("png"),
                                          QStringLiteral("jpg"),
                                          QStringLiteral("jpeg"),
                                          QStringLiteral("webp"),
                                          QStringLiteral("ppm"),
                                          QStringLiteral("pgm")};

/// The part of a StatePanel that knows no state: files by their suffix, questions for files, work on files
/// off the GUI thread, commands, and when settled() is said. Also the base of a panel whose content is more
/// than one state. Thread: GUI.
class StatePanelBase : public Panel {
    Q_OBJECT
public:
    /// Hands the file to what addFileKind() named for its suffix.
    Status openFile(const QString& path) override;
    bool acceptsDrop(const QMimeData* mime) const override;
    void drop(const QMimeData* mime) override;

protected:
    StatePanelBase(PanelInfo info, ShellServices& services, QWidget* parent);

    /// Files with these suffixes (lower case) are the panel's to open.
    void addFileKind(const QStringList& suffixes, std::function<void(const QString& path)> open);
    /// openFile(), and a message if it fails.
    void openOrReport(const QString& path);
    /// A message if it failed.
    void report(const Status& status);

    /// The user's choice of a file, beginning where the last one was; empty: none. The folder is remembered
    /// as "<panel>/<folderKey>"; before the first time it is `firstFolder` or, if empty, the user's home.
    QString askForFile(const QString& folderKey,
                       const QString& title,
                       const QString& filter,
                       const QString& firstFolder = {});
    /// Likewise, where to write a file.
    QString askWhereToSave(const QString& folderKey,
                           const QString& title,
                           const QString& proposal,
                           const QString& filter);
    /// Likewise, a folder to write files into.
    QString askForFolder(const QString& folderKey);
    /// Asks for a weight file and opens it.
    void askForWeights(const std::filesystem::path& firstFolder);
    /// Asks for a picture of kPictureSuffixes and opens it.
    void askForPicture();

    /// Opens a network unless it is the file that was opened last.
    template <class Service>
    void openIfOther(Service& service, const std::filesystem::path& file) {
        if (file == m_openedFile) return;
        m_openedFile = file;
        service.open(file);
    }
    /// The file may be another by now, under the same name.
    void forgetOpened() { m_openedFile.clear(); }

    /// Work on files off the GUI thread, one after the other.
    TaskService& tasks() const { return *m_tasks; }
    /// Takes what `read(file)`, a Result, makes of a file on the worker to `use(value)`; reports an error.
    template <class Read, class Use>
    void load(const QString& path, Read read, Use use) {
        m_tasks->run([read = std::move(read), file = std::filesystem::path(path.toStdString())](
                         std::stop_token) { return read(file); },
                     [this, use = std::move(use)](auto result) {
                         if (!result) return report(result.error());
                         use(std::move(*result));
                     });
    }
    /// Runs `write()`, a Status, on the worker; then says `done`, or reports the error.
    template <class Write>
    void save(Write write, const QString& done = {}) {
        m_tasks->run([write = std::move(write)](std::stop_token) { return write(); },
                     [this, done](const Status& written) { reportSaved(written, done); });
    }

    /// A command of this panel, in its menu; its id without the panel's.
    Command command(const QString& id,
                    const QString& group,
                    const QString& text,
                    const QString& icon = {},
                    const QString& tip = {}) const;
    QAction* addCommand(Command command,
                        const QList<QKeySequence>& keys,
                        const std::function<void()>& handler);
    /// One that is checked or not.
    QAction* addSwitch(Command command,
                       const QList<QKeySequence>& keys,
                       bool isChecked,
                       const std::function<void(bool)>& handler);
    /// By its id without the panel's.
    QAction* action(const QString& id) const;
    void setCommandsEnabled(const QStringList& ids, bool isEnabled);
    /// The commands of the header, of its filled button and behind the [...] button.
    void fillHeader(const QStringList& icons, const QString& primary, const QStringList& overflow);

    /// Says settled() if the panel has just become so; looks once the events at hand are done.
    void checkSettledSoon();

private:
    struct FileKind {
        QStringList suffixes;
        std::function<void(const QString&)> open;
    };
    const FileKind* kindOf(const QString& path) const;
    QString folder(const QString& key, const QString& firstFolder) const;
    void rememberFolder(const QString& key, const QString& folder);
    QString fullId(const QString& id) const;
    void reportSaved(const Status& written, const QString& done);
    void checkSettled();

    TaskService* m_tasks = nullptr;
    QTimer* m_settleTimer = nullptr;
    std::vector<FileKind> m_kinds;
    std::filesystem::path m_openedFile;
    bool m_wasSettled = false;
};

/// Whether the service of a network has opened a file, or failed to.
template <class Service>
bool isOpenOrFailed(const Service& service) {
    return service.state() == Service::State::Ready || service.state() == Service::State::Failed;
}

/// A panel whose whole content is one state, a value with == and toJson(). A panel derives from it, names the
/// files that it opens, adds its commands and shows the state whenever the store's changed() is emitted.
template <class State>
class StatePanel : public StatePanelBase {
public:
    using FromJson = Result<State> (*)(const QJsonObject& json);

    const State& state() const { return m_store->state(); }
    QJsonObject saveState() const override { return toJson(m_store->settledState()); }
    Status restoreState(const QJsonObject& json) override { return restore(m_fromJson(json)); }

protected:
    /// `fromJson` reads what toJson() wrote. Errors: BadFormat with one sentence.
    StatePanel(PanelInfo info, ShellServices& services, FromJson fromJson, QWidget* parent)
        : StatePanelBase(std::move(info), services, parent),
          m_store(new StateStore<State>(services.undo, this->info().id, this)),
          m_fromJson(fromJson) {}

    /// As one step of undo; what failed is answered and changes nothing.
    Status restore(const Result<State>& restored, const QString& text = tr("Restore a state")) {
        if (!restored) return restored.error();
        m_store->changeOnce(
            QStringLiteral("restore"), text, [&restored](State& state) { state = *restored; });
        return {};
    }

    /// The choice in a view's title sets a field of the state.
    template <class Field>
    void bindChoice(CaptionedView* view, const QString& key, Field State::*field) {
        connect(view, &CaptionedView::chosen, this, [this, key, field](int value) {
            m_store->changeOnce(
                key, tr("Change a view"), [field, value](State& state) { state.*field = Field(value); });
        });
    }

    StateStore<State>* const m_store;

private:
    const FromJson m_fromJson;
};

}  // namespace vitrine
