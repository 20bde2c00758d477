// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/probe_service.h"

#include <QDir>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

TrainCost costOf(const QJsonObject& json) {
    TrainCost cost;
    cost.numParameters = json["numParameters"_L1].toInteger();
    cost.peakMemoryMiB = json["peakMemoryMiB"_L1].toInteger();
    cost.checkpointMiB = json["checkpointMiB"_L1].toInteger();
    cost.imagesPerEpoch = json["imagesPerEpoch"_L1].toInteger();
    cost.totalSteps = json["totalSteps"_L1].toInteger();
    cost.imagesPerSecond = json["imagesPerSecond"_L1].toDouble();
    cost.secondsPerEpoch = json["secondsPerEpoch"_L1].toDouble();
    cost.totalSeconds = json["totalSeconds"_L1].toDouble();
    cost.device = json["device"_L1].toString().toStdString();
    cost.precision = json["precision"_L1].toString().toStdString();
    return cost;
}

}  // namespace

ProbeService::ProbeService(QString program, QObject* parent) : QObject(parent), m_helper(std::move(program)) {
    connect(&m_helper, &HelperProcess::progressed, this, &ProbeService::progressed);
    connect(&m_helper, &HelperProcess::cancelled, this, &ProbeService::cancelled);
    connect(&m_helper, &HelperProcess::failed, this, [this](const Error& error) { Q_EMIT failed(error); });
    connect(&m_helper, &HelperProcess::finished, this, [this](const QJsonObject& answer) {
        if (answer["numParameters"_L1].toInteger() > 0) return Q_EMIT measured(costOf(answer));
        Q_EMIT failed({ErrorCode::Internal, "The measurement gave no numbers; try again."});
    });
}

void ProbeService::measure(const QString& configJson) {
    if (isBusy()) return;
    m_config = std::make_unique<QTemporaryFile>(QDir::tempPath() + u"/vitrine-XXXXXX.json"_s);
    const QByteArray bytes = configJson.toUtf8();
    if (!m_config->open() || m_config->write(bytes) != bytes.size() || !m_config->flush()) {
        Q_EMIT failed(
            {ErrorCode::Io,
             "The configuration can't be written to the folder for temporary files; free some space.",
             m_config->errorString().toStdString()});
        return;
    }
    m_helper.start({u"train"_s, m_config->fileName(), u"--probe"_s});
}

}  // namespace vitrine
