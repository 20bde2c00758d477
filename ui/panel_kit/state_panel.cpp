// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_kit/state_panel.h"

#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QTimer>
#include <algorithm>

#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"

namespace vitrine {

using namespace Qt::StringLiterals;

StatePanelBase::StatePanelBase(PanelInfo info, ShellServices& services, QWidget* parent)
    : Panel(std::move(info), services, parent) {
    m_tasks = new TaskService(this);
    m_settleTimer = new QTimer(this);
    m_settleTimer->setSingleShot(true);
    connect(m_settleTimer, &QTimer::timeout, this, &StatePanelBase::checkSettled);
    connect(m_tasks, &TaskService::taskFinished, this, &StatePanelBase::checkSettledSoon);
}

void StatePanelBase::addFileKind(const QStringList& suffixes, std::function<void(const QString&)> open) {
    m_kinds.push_back({suffixes, std::move(open)});
}

const StatePanelBase::FileKind* StatePanelBase::kindOf(const QString& path) const {
    const QString suffix = QFileInfo(path).suffix().toLower();
    const auto found = std::ranges::find_if(
        m_kinds, [&suffix](const FileKind& kind) { return kind.suffixes.contains(suffix); });
    return found == m_kinds.end() ? nullptr : &*found;
}

Status StatePanelBase::openFile(const QString& path) {
    const FileKind* kind = kindOf(path);
    if (!kind) return Panel::openFile(path);
    kind->open(path);
    return {};
}

bool StatePanelBase::acceptsDrop(const QMimeData* mime) const {
    return std::ranges::any_of(localFiles(*mime),
                               [this](const QString& path) { return kindOf(path) != nullptr; });
}

void StatePanelBase::drop(const QMimeData* mime) {
    for (const QString& path : localFiles(*mime)) openOrReport(path);
}

void StatePanelBase::openOrReport(const QString& path) {
    report(openFile(path));
}

void StatePanelBase::report(const Status& status) {
    if (!status) services().messages.showError(status.error());
}

void StatePanelBase::reportSaved(const Status& written, const QString& done) {
    if (!written) return report(written);
    if (!done.isEmpty()) services().messages.showMessage(MessageKind::Good, done);
}

QString StatePanelBase::folder(const QString& key, const QString& firstFolder) const {
    return services().settings.text(info().id + u'/' + key,
                                    firstFolder.isEmpty() ? QDir::homePath() : firstFolder);
}

void StatePanelBase::rememberFolder(const QString& key, const QString& folder) {
    services().settings.set(info().id + u'/' + key, folder);
}

QString StatePanelBase::askForFile(const QString& folderKey,
                                   const QString& title,
                                   const QString& filter,
                                   const QString& firstFolder) {
    const QString path = services().dialogs.openFile(this, title, folder(folderKey, firstFolder), filter);
    if (!path.isEmpty()) rememberFolder(folderKey, QFileInfo(path).absolutePath());
    return path;
}

QString StatePanelBase::askWhereToSave(const QString& folderKey,
                                       const QString& title,
                                       const QString& proposal,
                                       const QString& filter) {
    const QString proposed = QDir(folder(folderKey, {})).filePath(proposal);
    const QString path = services().dialogs.saveFile(this, title, proposed, filter);
    if (!path.isEmpty()) rememberFolder(folderKey, QFileInfo(path).absolutePath());
    return path;
}

QString StatePanelBase::askForFolder(const QString& folderKey) {
    const QString chosen =
        services().dialogs.chooseFolder(this, tr("Export into a folder"), folder(folderKey, {}));
    if (!chosen.isEmpty()) rememberFolder(folderKey, chosen);
    return chosen;
}

void StatePanelBase::askForWeights(const std::filesystem::path& firstFolder) {
    const QString path = askForFile(u"modelFolder"_s,
                                    tr("Open a network"),
                                    tr("Weights (*.safetensors)"),
                                    QString::fromStdString(firstFolder.string()));
    if (!path.isEmpty()) openOrReport(path);
}

void StatePanelBase::askForPicture() {
    const QString path = askForFile(
        u"pictureFolder"_s, tr("Open a picture"), tr("Pictures (*.png *.jpg *.jpeg *.webp *.ppm *.pgm)"));
    if (!path.isEmpty()) openOrReport(path);
}

QString StatePanelBase::fullId(const QString& id) const {
    return info().id + u'.' + id;
}

Command StatePanelBase::command(const QString& id,
                                const QString& group,
                                const QString& text,
                                const QString& icon,
                                const QString& tip) const {
    return {.id = fullId(id),
            .text = text,
            .icon = icon,
            .tip = tip,
            .context = info().id,
            .menu = info().title,
            .group = group};
}

QAction* StatePanelBase::addCommand(Command command,
                                    const QList<QKeySequence>& keys,
                                    const std::function<void()>& handler) {
    command.keys = keys;
    command.handler = [handler](bool) { handler(); };
    return services().actions.add(std::move(command));
}

QAction* StatePanelBase::addSwitch(Command command,
                                   const QList<QKeySequence>& keys,
                                   bool isChecked,
                                   const std::function<void(bool)>& handler) {
    command.keys = keys;
    command.checkable = true;
    command.checked = isChecked;
    command.handler = handler;
    return services().actions.add(std::move(command));
}

QAction* StatePanelBase::action(const QString& id) const {
    return services().actions.action(fullId(id));
}

void StatePanelBase::setCommandsEnabled(const QStringList& ids, bool isEnabled) {
    for (const QString& id : ids) action(id)->setEnabled(isEnabled);
}

void StatePanelBase::fillHeader(const QStringList& icons,
                                const QString& primary,
                                const QStringList& overflow) {
    for (const QString& id : icons) addHeaderAction(action(id));
    setPrimaryAction(action(primary));
    for (const QString& id : overflow) addOverflowAction(action(id));
}

void StatePanelBase::checkSettledSoon() {
    m_settleTimer->start(0);
}

void StatePanelBase::checkSettled() {
    const bool now = isSettled();
    if (now && !m_wasSettled) Q_EMIT settled();
    m_wasSettled = now;
}

}  // namespace vitrine
