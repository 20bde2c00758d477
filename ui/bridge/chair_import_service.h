// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include "core/base/result.h"

namespace vitrine {

/// Adds the user's own chairs through a child process, so that a hostile mesh cannot take the window down.
/// One at a time; further files wait. Thread: GUI.
class ChairImportService : public QObject {
    Q_OBJECT
public:
    /// `program`: the vitrine-cli to run; empty = the one beside this program.
    explicit ChairImportService(QString program = {}, QObject* parent = nullptr);
    ~ChairImportService() override;

    void import(const QStringList& files);
    /// A file that takes longer is given up. Units: seconds.
    void setTimeLimit(int seconds);
    bool isBusy() const { return m_process.state() != QProcess::NotRunning; }
    void cancel();

Q_SIGNALS:
    void started(const QString& file);
    /// The catalogue on disk now holds the file's chairs, with these ids.
    void imported(const QString& file, const QStringList& ids);
    /// What was missing or guessed of a file whose chairs were added, in sentences; after imported().
    void warned(const QString& file, const QStringList& warnings);
    void failed(const QString& file, const vitrine::Error& error);

private:
    void startNext();
    void finished(int exitCode, QProcess::ExitStatus status);

    QString m_program;
    QStringList m_waiting;
    QString m_file;
    QProcess m_process;
    QTimer m_limit;
    bool m_tookTooLong = false;
};

}  // namespace vitrine
