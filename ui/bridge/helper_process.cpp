// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/helper_process.h"

#include <sched.h>
#include <signal.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPatienceMs = 5000;
constexpr qsizetype kMaxSaid = 64 << 10;

void yieldToTheWindow() {
    const sched_param none{};
    sched_setscheduler(0, SCHED_IDLE, &none);
}

}  // namespace

QString helperProgram(const QString& program) {
    return program.isEmpty() ? QDir(QCoreApplication::applicationDirPath()).filePath(u"vitrine-cli"_s)
                             : program;
}

QString lastSentence(const QByteArray& standardError) {
    const QString prefix = u"vitrine-cli: "_s;
    const QList<QByteArray> lines = standardError.split('\n');
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        const QString text = QString::fromUtf8(line->split('\r').last()).trimmed();
        if (text.isEmpty() || text.startsWith(u'{')) continue;
        return text.startsWith(prefix) ? text.mid(prefix.size()) : text;
    }
    return {};
}

HelperProcess::HelperProcess(QString program, QObject* parent)
    : QObject(parent), m_program(helperProgram(program)) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    m_process.setChildProcessModifier(yieldToTheWindow);
    connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
    connect(&m_process, &QProcess::readyReadStandardError, this, &HelperProcess::readProgress);
    connect(&m_process, &QProcess::finished, this, &HelperProcess::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) couldNotStart();
    });
}

HelperProcess::~HelperProcess() {
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished(1000);  // a killed process is gone at once; without this it stays a zombie
}

void HelperProcess::start(const QStringList& arguments, HelperAnswer answer) {
    if (isRunning()) return;
    m_said.clear();
    m_line.clear();
    m_output.clear();
    m_cancelling = false;
    QStringList all = arguments + QStringList{u"--progress"_s, u"json"_s};
    if (answer == HelperAnswer::Json) all << u"--json"_s;
    m_process.start(m_program, all);
}

void HelperProcess::cancel() {
    if (!isRunning() || m_cancelling) return;
    m_cancelling = true;
    m_process.terminate();
    m_patience.start();
}

void HelperProcess::readProgress() {
    m_line += m_process.readAllStandardError();
    qsizetype end = 0;
    while ((end = m_line.indexOf('\n')) >= 0) {
        const QByteArray line = m_line.left(end);
        m_line.remove(0, end + 1);
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        if (json.contains("fraction"_L1)) {
            Q_EMIT progressed({json["fraction"_L1].toDouble(),
                               json["secondsLeft"_L1].toDouble(-1),
                               json["message"_L1].toString().toStdString()});
        } else {
            m_said += line + '\n';
            if (m_said.size() > kMaxSaid) m_said = m_said.right(kMaxSaid / 2);
        }
    }
}

void HelperProcess::ended(int exitCode, QProcess::ExitStatus status) {
    m_patience.stop();
    readProgress();
    m_said += m_line;
    m_output = m_process.readAllStandardOutput();
    const QJsonObject answer = QJsonDocument::fromJson(m_output).object();
    if (status == QProcess::NormalExit && exitCode == 0) {
        Q_EMIT finished(answer);
    } else if (m_cancelling) {
        Q_EMIT cancelled();
    } else {
        QString sentence = lastSentence(m_said);
        if (status == QProcess::CrashExit)
            sentence = tr("The helper program ended unexpectedly; completed work is kept. Try again.");
        if (sentence.isEmpty()) sentence = tr("The helper program failed for an unknown reason.");
        Q_EMIT failed({ErrorCode::Internal, sentence.toStdString(), m_said.toStdString()}, answer);
    }
}

void HelperProcess::couldNotStart() {
    Q_EMIT failed({ErrorCode::NotFound,
                   tr("%1 is missing beside the program; build or install it again.")
                       .arg(QFileInfo(m_program).fileName())
                       .toStdString(),
                   m_program.toStdString()},
                  {});
}

}  // namespace vitrine
