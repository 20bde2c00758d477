// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/teach_service.h"

#include <utility>

#include "core/runs/run_list.h"
#include "ui/bridge/helper_process.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr double kPreparing = 0.05;  // of all the work, roughly

}  // namespace

TeachService::TeachService(QString program, QObject* parent)
    : QObject(parent), m_program(std::move(program)), m_helper(new HelperProcess(m_program, this)) {
    connect(m_helper, &HelperProcess::progressed, this, [this](const Progress& progress) {
        Q_EMIT progressed({kPreparing * progress.fraction, -1, progress.message});
    });
    connect(m_helper, &HelperProcess::finished, this, [this](const QJsonObject& answer) {
        train(answer["run"_L1].toString().toStdString());
    });
    connect(m_helper, &HelperProcess::failed, this, [this](const Error& error) { fail(error); });
    connect(m_helper, &HelperProcess::cancelled, this, [this] { Q_EMIT stopped(end(), {}); });
}

TeachService::~TeachService() = default;

void TeachService::teach(const QString& chairId, const fs::path& model) {
    if (isBusy()) return;
    m_chairId = chairId;
    m_helper->start(
        {u"teach"_s, chairId, u"--model"_s, QString::fromStdString(model.string()), u"--prepare"_s});
    Q_EMIT progressed({0, -1, {}});
}

void TeachService::train(const fs::path& run) {
    m_run = run;
    m_wasLive = false;
    m_watch = new RunWatch(runsFolder(), this);
    m_runs = new RunService(*m_watch, m_program, this);
    connect(m_watch, &RunWatch::runsChanged, this, &TeachService::look);
    connect(m_watch, &RunWatch::startFailed, this, [this](const fs::path& begun) {
        if (begun == m_run)
            fail({ErrorCode::Internal,
                  "The training of " + m_run.filename().string() + " did not start; its log says why.",
                  (m_run / "log.txt").string()});
    });
    connect(m_runs, &RunService::failed, this, [this](const Error& error) { fail(error); });
    m_runs->start(m_run);
}

void TeachService::look() {
    const RunInfo* info = m_run.empty() ? nullptr : m_watch->find(m_run);
    if (!info) return;
    const RunStatus& status = info->summary.status;
    if (info->isLive()) {
        m_wasLive = true;
        const double done = status.totalSteps > 0 ? double(status.step) / double(status.totalSteps) : 0;
        Q_EMIT progressed(
            {kPreparing + (1 - kPreparing) * done, advances(*info) ? status.secondsLeft : -1, {}});
        return;
    }
    if (status.state == RunState::Done) {
        const QString weights = QString::fromStdString((m_run / "snapshot.safetensors").string());
        Q_EMIT taught(end(), weights);
    } else if (status.state == RunState::Failed) {
        fail({ErrorCode::Internal, status.message});
    } else if (m_wasLive || status.state == RunState::Stopped) {
        const QString run = info->name();
        Q_EMIT stopped(end(), run);
    }
}

void TeachService::cancel() {
    if (m_run.empty())
        m_helper->cancel();
    else
        m_runs->stop(m_run);
}

void TeachService::fail(const Error& error) {
    if (isBusy()) Q_EMIT failed(end(), error);
}

QString TeachService::end() {
    m_run.clear();
    // They are on the stack above this call.
    if (m_runs) std::exchange(m_runs, nullptr)->deleteLater();
    if (m_watch) std::exchange(m_watch, nullptr)->deleteLater();
    return std::exchange(m_chairId, {});
}

}  // namespace vitrine
