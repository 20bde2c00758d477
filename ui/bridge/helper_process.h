// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace vitrine {

/// The program that helpers run: `program`, or vitrine-cli beside this one.
QString helperProgram(const QString& program = {});
/// The sentence that a command printed last, without its name in front; progress lines are no sentences.
QString lastSentence(const QByteArray& standardError);

/// One command of vitrine-cli that this window waits for: progress and answer come as JSON. It runs in the
/// lowest scheduling class, and ends with the window. Thread: GUI. Stops: by SIGTERM, which commands take as
/// "leave everything so that the next time goes on from here"; by SIGKILL when that takes too long.
class HelperProcess : public QObject {
    Q_OBJECT
public:
    explicit HelperProcess(QString program = {}, QObject* parent = nullptr);
    ~HelperProcess() override;

    void start(const QStringList& arguments);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    bool isCancelling() const { return m_cancelling; }
    void cancel();

Q_SIGNALS:
    void progressed(const vitrine::Progress& progress);
    void finished(const QJsonObject& answer);
    /// `answer` is what it printed all the same: a check lists what is missing.
    void failed(const vitrine::Error& error, const QJsonObject& answer);
    void cancelled();

private:
    void readProgress();
    void ended(int exitCode, QProcess::ExitStatus status);
    void couldNotStart();

    QString m_program;
    QProcess m_process;
    QTimer m_patience;
    QByteArray m_said;  ///< on standard error, without progress
    QByteArray m_line;  ///< not whole yet
    bool m_cancelling = false;
};

}  // namespace vitrine
