// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/correspondence_service.h"

#include <QElapsedTimer>

namespace vitrine {
namespace {

constexpr qint64 kProgressMs = 40;

class SessionSource : public CorrespondenceSource {
public:
    explicit SessionSource(CorrespondenceSession session) : m_session(std::move(session)) {}
    const ChairModelInfo& info() const override { return m_session.info(); }
    Result<CorrespondenceResult> match(const CorrespondenceRequest& request, const JobContext& job) override {
        return m_session.match(request, job);
    }

private:
    CorrespondenceSession m_session;
};

}  // namespace

Result<std::unique_ptr<CorrespondenceSource>> openCorrespondenceSession(const std::filesystem::path& file) {
    VITRINE_TRY(CorrespondenceSession session, CorrespondenceSession::open(file));
    return std::unique_ptr<CorrespondenceSource>(std::make_unique<SessionSource>(std::move(session)));
}

struct CorrespondenceService::Network {
    std::unique_ptr<CorrespondenceSource> source;
};

CorrespondenceService::CorrespondenceService(CorrespondenceSourceOpener opener, QObject* parent)
    : QObject(parent), m_opener(std::move(opener)), m_network(std::make_shared<Network>()) {
    m_worker = makeThreadWorker([this](const char* what) {
        const QString text = QString::fromUtf8(what);
        QMetaObject::invokeMethod(
            this, [this, text] { workerFailed(text); }, Qt::QueuedConnection);
    });
}

CorrespondenceService::~CorrespondenceService() {
    m_stop.request_stop();
    m_worker.reset();
}

void CorrespondenceService::open(const std::filesystem::path& file) {
    m_state = State::Loading;
    Q_EMIT stateChanged();
    m_worker->post([this, file, network = m_network, opener = m_opener](std::stop_token) {
        auto source = opener(file);
        if (!source) {
            QMetaObject::invokeMethod(
                this, [this, error = source.error()] { openFailed(error); }, Qt::QueuedConnection);
            return;
        }
        network->source = std::move(*source);
        QMetaObject::invokeMethod(
            this, [this, info = network->source->info()] { opened(info); }, Qt::QueuedConnection);
    });
}

void CorrespondenceService::opened(const ChairModelInfo& info) {
    m_model = info;
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void CorrespondenceService::openFailed(const Error& error) {
    m_error = error;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void CorrespondenceService::workerFailed(const QString& what) {
    m_answered = m_requested;
    Q_EMIT failed({ErrorCode::Internal, "The matching stopped with an error.", what.toStdString()});
}

void CorrespondenceService::request(const CorrespondenceRequest& request) {
    if (!m_model) return;
    m_stop.request_stop();
    m_stop = {};
    const quint64 number = ++m_requested;
    QElapsedTimer timer;
    timer.start();
    m_worker->postLatest([this, request, number, timer, stop = m_stop.get_token(), network = m_network](
                             const std::stop_token&) {
        QElapsedTimer sinceReport;
        const auto report = [this, number, &sinceReport](const Progress& progress) {
            if (sinceReport.isValid() && sinceReport.elapsed() < kProgressMs) return;
            sinceReport.start();
            QMetaObject::invokeMethod(
                this,
                [this, number, progress] {
                    if (number == m_requested) Q_EMIT progressed(progress);
                },
                Qt::QueuedConnection);
        };
        auto matched = network->source->match(request, {report, stop});
        Result<std::shared_ptr<const CorrespondenceResult>> result = Error{};
        if (matched)
            result = std::shared_ptr<const CorrespondenceResult>(
                std::make_shared<CorrespondenceResult>(std::move(*matched)));
        else
            result = matched.error();
        QMetaObject::invokeMethod(
            this,
            [this, number, timer, result] { deliver(number, result, double(timer.nsecsElapsed()) / 1e6); },
            Qt::QueuedConnection);
    });
}

void CorrespondenceService::cancel() {
    if (!isAnswering()) return;
    m_stop.request_stop();
    m_answered = m_requested;
    Q_EMIT cancelled();
}

void CorrespondenceService::deliver(quint64 number,
                                    Result<std::shared_ptr<const CorrespondenceResult>> result,
                                    double latencyMs) {
    if (number != m_requested || !isAnswering()) return;
    m_answered = number;
    if (result)
        Q_EMIT resultReady(*result, latencyMs);
    else
        Q_EMIT failed(result.error());
}

}  // namespace vitrine
