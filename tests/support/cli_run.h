// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace vitrine::test {

/// What vitrine-cli (VITRINE_CLI) answered.
struct Answer {
    int exitCode = -1;
    QString out, error;

    /// The one object that --json prints; empty if there is anything else.
    QJsonObject json() const {
        QJsonParseError fault;
        const QJsonDocument document = QJsonDocument::fromJson(out.toUtf8(), &fault);
        return fault.error == QJsonParseError::NoError ? document.object() : QJsonObject();
    }
    /// What it says on standard error when it fails: one line that begins with the program's name.
    QString sentence() const {
        const QStringList lines = error.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        return lines.isEmpty() ? QString() : lines.last();
    }
};

inline Answer run(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(VITRINE_CLI), arguments);
    Answer answer;
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit) return answer;
    answer.exitCode = process.exitCode();
    answer.out = QString::fromUtf8(process.readAllStandardOutput());
    answer.error = QString::fromUtf8(process.readAllStandardError());
    return answer;
}

}  // namespace vitrine::test
