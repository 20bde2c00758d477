// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/autosave.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QUuid>

#include "core/base/log.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

const QString kSuffix = u".vitrine.json"_s;

QString lockOf(const QString& path) {
    return path + u".lock"_s;
}

/// A lock of a process that is no more counts as none, however young.
std::unique_ptr<QLockFile> lockFor(const QString& path) {
    auto lock = std::make_unique<QLockFile>(lockOf(path));
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

}  // namespace

Autosave::Autosave(const QString& folder, std::function<QJsonObject()> state, QObject* parent)
    : QObject(parent),
      m_path(folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + kSuffix),
      m_state(std::move(state)) {
    QDir().mkpath(folder);
    m_lock = lockFor(m_path);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kWaitMs);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::writeNow);
}

Autosave::~Autosave() = default;

void Autosave::changed() {
    if (!m_timer.isActive()) m_timer.start();
}

void Autosave::drop() {
    m_timer.stop();
    QFile::remove(m_path);
}

void Autosave::writeNow() {
    QSaveFile file(m_path);
    const QByteArray bytes = QJsonDocument(m_state()).toJson(QJsonDocument::Compact);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return;
    if (!std::exchange(m_hasFailed, true))
        logWarning("The state of the window could not be saved to " + m_path.toStdString() + " (" +
                   file.errorString().toStdString() + "); after a crash it would be lost.");
}

std::optional<LeftWork> Autosave::leftWork(const QString& folder, QStringList* damaged) {
    std::optional<LeftWork> newest;
    const QFileInfoList found =
        QDir(folder).entryInfoList({u'*' + kSuffix}, QDir::Files, QDir::Time);  // newest first
    for (const QFileInfo& info : found) {
        const auto lock = lockFor(info.filePath());
        if (!lock) continue;  // of a running window
        QFile file(info.filePath());
        const QJsonObject state =
            file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
        file.close();
        if (state.isEmpty() && file.rename(info.filePath() + u".damaged"_s)) {
            if (damaged) *damaged << file.fileName();
        } else if (!newest && !state.isEmpty())
            newest = {info.filePath(), state[QLatin1StringView(kProjectKey)].toString(), info.lastModified()};
    }
    return newest;
}

void Autosave::remove(const LeftWork& work) {
    QFile::remove(work.path);
}

}  // namespace vitrine
