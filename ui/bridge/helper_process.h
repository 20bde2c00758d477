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

/// What a command answers with: one object (--json), or what it prints for people.
enum class HelperAnswer { Json, Text };

/// One command of vitrine-cli that this window waits for: progress comes as JSON, the answer as asked for. It
/// runs in the lowest scheduling class, and ends with the window. Thread: GUI. Stops: by SIGTERM, upon
/// which commands end in a state that the next run resumes from; by SIGKILL when that takes too long.
class HelperProcess : public QObject {
    Q_OBJECT
public:
    explicit HelperProcess(QString program = {}, QObject* parent = nullptr);
    ~HelperProcess() override;

    void start(const QStringList& arguments, HelperAnswer answer = HelperAnswer::Json);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    bool isCancelling() const { return m_cancelling; }
    void cancel();
    /// All that the last command printed on standard output; complete once it has ended.
    QString output() const { return QString::fromUtf8(m_output); }

Q_SIGNALS:
    void progressed(const vitrine::Progress& progress);
    /// `answer` is empty where text was asked for: see output().
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
    QByteArray m_output;
    bool m_cancelling = false;
};

}  // namespace vitrine
