// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/completion_service.h"

#include <QElapsedTimer>

namespace vitrine {

struct CompletionService::Network {
    std::unique_ptr<CompletionSource> source;
};

CompletionService::CompletionService(CompletionSourceOpener opener, QObject* parent)
    : QObject(parent),
      m_opener(std::move(opener)),
      m_network(std::make_shared<Network>()),
      m_newestWay(std::make_shared<std::atomic<quint64>>(0)) {
    m_worker = makeThreadWorker([this](const char* what) {
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromUtf8(what)] { workerFailed(text); }, Qt::QueuedConnection);
    });
}

CompletionService::~CompletionService() {
    m_worker.reset();
}

void CompletionService::open(const std::filesystem::path& file) {
    m_state = State::Loading;
    const quint64 opening = ++m_opening;
    Q_EMIT stateChanged();
    m_worker->post([this, file, opening, network = m_network, opener = m_opener](std::stop_token) {
        auto source = opener(file);
        if (!source) {
            QMetaObject::invokeMethod(
                this,
                [this, opening, error = source.error()] { openFailed(opening, error); },
                Qt::QueuedConnection);
            return;
        }
        network->source = std::move(*source);
        QMetaObject::invokeMethod(
            this,
            [this, opening, info = network->source->info()] { opened(opening, info); },
            Qt::QueuedConnection);
    });
}

// What an earlier network was asked is answered by none.
void CompletionService::opened(quint64 opening, const CompletionModelInfo& info) {
    m_model = info;
    ++m_epoch;
    m_answered = m_requested;
    m_isWayOpen = false;
    if (opening != m_opening) return;  // the next one is on its way
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void CompletionService::openFailed(quint64 opening, const Error& error) {
    if (opening != m_opening) return;
    m_error = error;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void CompletionService::workerFailed(const QString& what) {
    const Error error{ErrorCode::Internal, "The network stopped with an error.", what.toStdString()};
    m_answered = m_requested;
    m_isWayOpen = false;
    if (m_state == State::Loading) openFailed(m_opening, error);
    Q_EMIT failed(error);
    Q_EMIT idle();
}

quint64 CompletionService::request(const CompletionRequest& request) {
    if (!m_model) return 0;
    const quint64 number = ++m_requested;
    QElapsedTimer timer;
    timer.start();
    m_worker->postLatest(
        [this, request, number, timer, epoch = m_epoch, network = m_network](std::stop_token) {
            auto result = network->source->complete(request);
            QMetaObject::invokeMethod(
                this,
                [this, number, epoch, timer, result = std::move(result)] {
                    deliver(number, epoch, result, double(timer.nsecsElapsed()) / 1e6);
                },
                Qt::QueuedConnection);
        });
    return number;
}

void CompletionService::deliver(quint64 number,
                                quint64 epoch,
                                const Result<CompletionResult>& result,
                                double latencyMs) {
    if (epoch != m_epoch || number != m_requested) return;
    m_answered = number;
    if (result)
        Q_EMIT resultReady(number, *result, latencyMs);
    else
        Q_EMIT failed(result.error());
    if (isIdle()) Q_EMIT idle();
}

void CompletionService::requestWay(const CompletionRequest& request, int from, int to, int count) {
    if (!m_model) return;
    const quint64 number = ++*m_newestWay;
    m_isWayOpen = true;
    m_worker->post(
        [this, request, from, to, count, number, epoch = m_epoch, newest = m_newestWay, network = m_network](
            std::stop_token) {
            if (*newest != number) return;
            auto way = network->source->interpolate(request, from, to, count);
            QMetaObject::invokeMethod(
                this,
                [this, number, epoch, way = std::move(way)] { deliverWay(number, epoch, way); },
                Qt::QueuedConnection);
        });
}

void CompletionService::deliverWay(quint64 number, quint64 epoch, const Result<std::vector<Image>>& way) {
    if (epoch != m_epoch || number != *m_newestWay) return;
    m_isWayOpen = false;
    if (way)
        Q_EMIT wayReady(*way);
    else
        Q_EMIT failed(way.error());
    if (isIdle()) Q_EMIT idle();
}

}  // namespace vitrine
