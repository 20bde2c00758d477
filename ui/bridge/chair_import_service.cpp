// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_import_service.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>

#include "ui/bridge/helper_process.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kTimeLimitSeconds = 120;

QStringList warningsOf(const QJsonDocument& answer) {
    QStringList warnings;
    for (const QJsonValue& warning : answer[u"warnings"_s].toArray()) warnings << warning.toString();
    return warnings;
}

QStringList idsOf(const QJsonDocument& answer) {
    QStringList ids;
    for (const QJsonValue& chair : answer[u"chairs"_s].toArray()) ids << chair[u"id"_s].toString();
    return ids;
}

}  // namespace

ChairImportService::ChairImportService(QString program, QObject* parent)
    : QObject(parent), m_program(helperProgram(program)) {
    m_limit.setSingleShot(true);
    setTimeLimit(kTimeLimitSeconds);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        m_tookTooLong = true;
        m_process.kill();
    });
    connect(&m_process, &QProcess::finished, this, &ChairImportService::finished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        m_limit.stop();
        Q_EMIT failed(m_file,
                      {ErrorCode::NotFound,
                       "vitrine-cli is missing beside the program; build or install it again.",
                       m_program.toStdString()});
        startNext();
    });
}

ChairImportService::~ChairImportService() {
    m_process.disconnect(this);
    m_process.kill();
}

void ChairImportService::import(const QStringList& files) {
    m_waiting += files;
    if (!isBusy()) startNext();
}

void ChairImportService::setTimeLimit(int seconds) {
    m_limit.setInterval(seconds * 1000);
}

void ChairImportService::cancel() {
    m_waiting.clear();
    m_process.kill();
}

void ChairImportService::startNext() {
    if (m_waiting.isEmpty()) return;
    m_file = m_waiting.takeFirst();
    m_tookTooLong = false;
    Q_EMIT started(m_file);
    m_limit.start();
    m_process.start(m_program, {u"data"_s, u"import"_s, m_file, u"--json"_s});
}

void ChairImportService::finished(int exitCode, QProcess::ExitStatus status) {
    m_limit.stop();
    const QByteArray said = m_process.readAllStandardError();
    if (status == QProcess::NormalExit && exitCode == 0) {
        const QJsonDocument answer = QJsonDocument::fromJson(m_process.readAllStandardOutput());
        Q_EMIT imported(m_file, idsOf(answer));
        if (const QStringList warnings = warningsOf(answer); !warnings.isEmpty())
            Q_EMIT warned(m_file, warnings);
    } else {
        const QString name = QFileInfo(m_file).fileName();
        const QString sentence =
            m_tookTooLong ? tr("Reading %1 took more than %2 s and was stopped; no chair was added. Try a "
                               "simpler mesh.")
                                .arg(name)
                                .arg(m_limit.interval() / 1000)
            : status == QProcess::CrashExit ? tr("Reading %1 was stopped; no chair was added.").arg(name)
            : lastSentence(said).isEmpty()  ? tr("%1 could not be added for an unknown reason.").arg(name)
                                            : lastSentence(said);
        Q_EMIT failed(m_file, {ErrorCode::BadFormat, sentence.toStdString(), said.toStdString()});
    }
    startNext();
}

}  // namespace vitrine
