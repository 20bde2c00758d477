// SPDX-License-Identifier: GPL-3.0-or-later
// What all panels show, as one file: saved, opened, kept after a crash.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStackedWidget>

#include "core/base/log.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/autosave.h"
#include "ui/shell/lessons.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/settings.h"
#include "ui/shell/undo.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kStateVersion = 1;

Error errorAbout(const QString& path, ErrorCode code, const QString& text, const QString& detail = {}) {
    return {code, text.arg(path).toStdString(), detail.toStdString()};
}

/// Differs once another window or program has written the file; empty: there is none.
QString stampOf(const QString& path) {
    const QFileInfo info(path);
    return info.exists() ? u"%1 %2"_s.arg(info.lastModified().toMSecsSinceEpoch()).arg(info.size())
                         : QString();
}

}  // namespace

void MainWindow::addProjectCommands() {
    m_actions->add({.id = u"file.new"_s,
                    .text = tr("&New project"),
                    .tip = tr("Reset all panels"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)},
                    .menu = u"File"_s,
                    .group = u"open"_s,
                    .handler = [this](bool) { newProject(); }});
    m_actions->add({.id = u"file.open"_s,
                    .text = tr("&Open…"),
                    .icon = u"open"_s,
                    .tip = tr("Open a project, a weight file, a chair or an exported picture"),
                    .keys = {QKeySequence::Open},
                    .menu = u"File"_s,
                    .group = u"open"_s,
                    .handler = [this](bool) { askOpen(); }});
    m_actions->add({.id = u"file.save"_s,
                    .text = tr("&Save project"),
                    .icon = u"save"_s,
                    .tip = tr("Save the state of all panels"),
                    .keys = {QKeySequence::Save},
                    .menu = u"File"_s,
                    .group = u"save"_s,
                    .handler = [this](bool) { saveProject(); }});
    m_actions->add({.id = u"file.saveAs"_s,
                    .text = tr("Save project &as…"),
                    .tip = tr("Save the state of all panels under another name"),
                    .keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                    .menu = u"File"_s,
                    .group = u"save"_s,
                    .handler = [this](bool) { askSaveProject(); }});
    connect(m_undo, &UndoHistory::cleanChanged, this, [this](bool clean) { setWindowModified(!clean); });
    connect(m_undo, &UndoHistory::indexChanged, this, [this] {
        if (m_autosave && !m_undo->isClean()) m_autosave->changed();
    });
    setProject({});
}

void MainWindow::setProject(const QString& path) {
    m_project = path;
    m_projectStamp = stampOf(path);
    const QString name =
        path.isEmpty() ? QString() : QFileInfo(path).fileName().remove(u".vitrine.json"_s) + u"[*] - "_s;
    setWindowTitle(name + (name.isEmpty() ? u"Vitrine[*]"_s : u"Vitrine"_s));
    m_undo->setClean();
    setWindowModified(false);
    if (m_autosave) m_autosave->drop();
}

void MainWindow::newProject() {
    if (!mayLeaveProject()) return;
    const Status cleared = restorePanels(m_firstPanels);
    if (!cleared) return m_messages->showError(cleared.error());
    setProject({});
}

bool MainWindow::saveProject() {
    if (m_project.isEmpty()) return askSaveProject();
    const QString stamp = stampOf(m_project);
    if (stamp.isEmpty() || stamp == m_projectStamp) return saveProjectAs(m_project);
    const int chosen =
        m_services->dialogs.choose(this,
                                   tr("Save project"),
                                   tr("%1 was changed by another window or program after it was opened here.")
                                       .arg(QFileInfo(m_project).fileName()),
                                   {tr("Save as…"), tr("Replace it")});
    return chosen == 0 ? askSaveProject() : chosen == 1 && saveProjectAs(m_project);
}

bool MainWindow::askSaveProject() {
    const QString folder = m_settings->text(u"window/openFolder"_s, QDir::homePath());
    const QString path =
        m_services->dialogs.saveFile(this,
                                     tr("Save project"),
                                     m_project.isEmpty() ? folder + u"/project.vitrine.json"_s : m_project,
                                     tr("Project (*.vitrine.json *.json)"));
    return !path.isEmpty() && saveProjectAs(path);
}

bool MainWindow::saveProjectAs(const QString& path) {
    if (const Status saved = saveStateFile(path); !saved) {
        m_messages->showError(saved.error());
        return false;
    }
    m_settings->addRecentFile(path);
    setProject(path);
    m_messages->showMessage(MessageKind::Good, tr("Saved to %1.").arg(path));
    return true;
}

/// Asks where there are unsaved changes, in a project without a file, too. Cancelled: false.
bool MainWindow::mayLeaveProject() {
    if (!isWindowModified()) return true;
    const QString text = m_project.isEmpty()
                             ? tr("The untitled project has unsaved changes.")
                             : tr("%1 has unsaved changes.").arg(QFileInfo(m_project).fileName());
    const int chosen =
        m_services->dialogs.choose(this, tr("Save project"), text, {tr("Save"), tr("Don't save")});
    return chosen == 0 ? saveProject() : chosen == 1;
}

void MainWindow::keepWorkIn(const QString& folder) {
    m_autosave = new Autosave(
        folder, [this] { return stateOfAll(); }, this);
    QStringList damaged;
    if (const auto left = Autosave::leftWork(folder, &damaged)) offer(*left);
    if (!damaged.isEmpty())
        m_messages->showMessage(
            MessageKind::Warning,
            tr("Work that was kept before a crash is damaged and cannot be recovered. It is left in %1.")
                .arg(damaged.join(u", "_s)));
}

void MainWindow::offer(const LeftWork& left) {
    const QString when = QLocale().toString(left.time, QLocale::ShortFormat);
    const QString name = QFileInfo(left.project).fileName();
    QStringList choices{tr("Recover"), tr("Start new")};
    if (!left.project.isEmpty()) choices.insert(1, tr("Open %1 as saved").arg(name));
    const QString what =
        left.project.isEmpty() ? tr("the unsaved project") : tr("the changes to %1").arg(name);
    const int chosen = m_services->dialogs.choose(
        this, tr("Recover"), tr("Vitrine closed unexpectedly. Recover %1 from %2?").arg(what, when), choices);
    if (chosen < 0) return;  // decided another time
    const bool startsNew = chosen == choices.size() - 1;
    const Status opened = startsNew ? Status() : chosen == 0 ? recover(left) : loadStateFile(left.project);
    if (!opened) return m_messages->showError(opened.error());
    Autosave::remove(left);
}

Status MainWindow::recover(const LeftWork& left) {
    VITRINE_TRY(const QJsonObject whole, readState(left.path));
    VITRINE_CHECK(restoreWhole(whole));
    setProject(left.project);
    m_undo->resetClean();
    setWindowModified(true);
    m_autosave->writeNow();
    return {};
}

QJsonObject MainWindow::stateOfAll() const {
    return {{u"vitrine"_s, kStateVersion},
            {u"panel"_s, currentPanel() ? currentPanel()->info().id : QString()},
            {QLatin1StringView(kProjectKey), m_project},
            {u"panels"_s, statesOf(panels())}};
}

Status MainWindow::saveStateFile(const QString& path) const {
    QJsonObject whole = stateOfAll();
    whole.remove(QLatin1StringView(kProjectKey));
    QSaveFile file(path);
    const QByteArray bytes = QJsonDocument(whole).toJson();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return {};
    return errorAbout(path,
                      ErrorCode::Io,
                      tr("%1 could not be written; choose another folder or free some space."),
                      file.errorString());
}

Result<QJsonObject> MainWindow::readState(const QString& path) {
    constexpr qint64 kMaxBytes = 64 << 20;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return errorAbout(
            path, ErrorCode::Io, tr("%1 could not be read; does it exist?"), file.errorString());
    if (file.size() > kMaxBytes)
        return errorAbout(path, ErrorCode::BadFormat, tr("%1 is too large to be a project."));
    QJsonParseError parse;
    const QJsonObject whole = QJsonDocument::fromJson(file.readAll(), &parse).object();
    if (parse.error != QJsonParseError::NoError)
        return errorAbout(path,
                          ErrorCode::BadFormat,
                          tr("%1 is damaged, or is not a project; it is left as it is. Choose a file that "
                             "Save project made."),
                          parse.errorString());
    if (whole[u"vitrine"_s].toInt() < 1)
        return errorAbout(path,
                          ErrorCode::BadFormat,
                          tr("%1 is not a project; choose a file that Save project made."),
                          parse.errorString());
    if (whole[u"vitrine"_s].toInt() > kStateVersion)
        return errorAbout(path,
                          ErrorCode::Unsupported,
                          tr("%1 was written by a newer version of Vitrine; update to open it."));
    return whole;
}

Status MainWindow::restoreWhole(const QJsonObject& whole) {
    VITRINE_CHECK(restorePanels(whole[u"panels"_s].toObject()));
    showPanel(whole[u"panel"_s].toString());
    return {};
}

Status MainWindow::loadStateFile(const QString& path) {
    VITRINE_TRY(const QJsonObject whole, readState(path));
    VITRINE_CHECK(restoreWhole(whole));
    m_settings->addRecentFile(path);
    setProject(path);
    return {};
}

void MainWindow::startLesson(const Lesson& lesson) {
    if (!mayLeaveProject()) return;
    const Result<QJsonObject> whole = readState(lesson.project);
    const Status restored = whole ? restoreWhole(*whole) : Status(whole.error());
    if (!restored) return m_messages->showError(restored.error());
    setProject({});
    m_messages->showMessage(MessageKind::Note, lesson.text);
}

QJsonObject MainWindow::statesOf(const QList<Panel*>& panels) {
    QJsonObject states;
    for (const Panel* each : panels) states[each->info().id] = each->saveState();
    return states;
}

// Whole or not at all: where one panel refuses, the others get back what they had. What took is one step of
// undo.
Status MainWindow::restorePanels(const QJsonObject& states) {
    const auto apply = [this](const QJsonObject& wanted) -> Status {
        for (const QString& id : wanted.keys()) {
            if (Panel* each = panel(id)) VITRINE_CHECK(each->restoreState(wanted[id].toObject()));
        }
        return {};
    };
    QList<Panel*> changed = panels();
    changed.removeIf([&](const Panel* each) { return !states.contains(each->info().id); });
    const QJsonObject before = statesOf(changed);
    const Status taken = apply(states);
    if (!taken) {
        const Status back = apply(before);
        if (!back) logWarning(back.error().message);
        return taken.error();
    }
    m_undo->endGesture();
    m_undo->set(u"window.loadState"_s,
                tr("Open project"),
                before,
                statesOf(changed),
                [apply](const QJsonObject& wanted) {
                    const Status done = apply(wanted);
                    if (!done) logWarning(done.error().message);
                });
    m_undo->endGesture();
    return {};
}

}  // namespace vitrine
