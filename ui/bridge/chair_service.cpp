// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_service.h"

#include <QElapsedTimer>
#include <algorithm>

namespace vitrine {
namespace {

/// Between two chunks the stage gets its turn: small enough not to be felt, large enough to make use of
/// batching.
constexpr std::size_t kChunk = 8;

}  // namespace

struct ChairService::Network {
    std::unique_ptr<ChairSource> source;

    Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest> requests) {
        if (!source) return Error{ErrorCode::NotFound, "No model is open; open a weight file first."};
        return source->generate(requests);
    }
};

struct ChairService::Batch {
    quint64 number = 0;
    quint64 epoch = 0;
    std::vector<ChairRequest> requests;
    std::atomic<bool> cancelled = false;
};

ChairService::ChairService(ChairSourceOpener opener, QObject* parent)
    : QObject(parent), m_opener(std::move(opener)), m_network(std::make_shared<Network>()) {
    m_worker = makeThreadWorker([this](const char* what) {
        const QString text = QString::fromUtf8(what);
        QMetaObject::invokeMethod(
            this, [this, text] { workerFailed(text); }, Qt::QueuedConnection);
    });
}

ChairService::~ChairService() {
    for (const auto& batch : std::as_const(m_batches)) batch->cancelled = true;
    m_worker.reset();
}

void ChairService::open(const std::filesystem::path& file, Device device) {
    m_state = State::Loading;
    Q_EMIT stateChanged();
    m_worker->post([this, file, device, network = m_network, opener = m_opener](std::stop_token) {
        auto source = opener(file, device);
        if (!source) {
            QMetaObject::invokeMethod(
                this, [this, error = source.error()] { openFailed(error); }, Qt::QueuedConnection);
            return;
        }
        network->source = std::move(*source);
        QMetaObject::invokeMethod(
            this,
            [this, info = network->source->info(), map = StyleMap(network->source->styleCodes())] {
                opened(info, map);
            },
            Qt::QueuedConnection);
    });
}

void ChairService::opened(ChairModelInfo info, StyleMap map) {
    ++m_epoch;
    m_model = std::move(info);
    m_styleMap = std::move(map);
    m_newestAnswered = m_newestRequested;
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void ChairService::openFailed(const Error& error) {
    m_error = error;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void ChairService::keepEarlierModel() {
    if (m_state != State::Failed || !m_model) return;
    m_state = State::Ready;
    Q_EMIT stateChanged();
}

void ChairService::workerFailed(const QString& what) {
    // The request that threw will never be answered: count it as such, so that nobody waits for it.
    m_newestAnswered = m_newestRequested;
    const Error error{ErrorCode::Internal,
                      "The chair could not be painted; try again or open the model anew.",
                      what.toStdString()};
    if (m_state == State::Loading)
        return openFailed({error.code, "The model could not be opened.", error.detail});
    Q_EMIT pictureFailed(m_newestRequested, error);
}

quint64 ChairService::requestPicture(const ChairRequest& request) {
    if (m_state != State::Ready) return 0;
    const quint64 number = ++m_newestRequested;
    QElapsedTimer timer;
    timer.start();
    m_worker->postLatest(
        [this, request, number, timer, epoch = m_epoch, network = m_network](std::stop_token) {
            auto result = network->generate(std::span(&request, 1));
            QMetaObject::invokeMethod(
                this,
                [this, number, epoch, timer, result = std::move(result)]() mutable {
                    deliverPicture(number, epoch, std::move(result), double(timer.nsecsElapsed()) / 1e6);
                },
                Qt::QueuedConnection);
        });
    return number;
}

void ChairService::deliverPicture(quint64 number,
                                  quint64 epoch,
                                  Result<std::vector<ChairPicture>> result,
                                  double latencyMs) {
    if (epoch != m_epoch || number <= m_newestAnswered) return;
    m_newestAnswered = number;
    if (!result)
        Q_EMIT pictureFailed(number, result.error());
    else if (!result->empty())
        Q_EMIT pictureReady(number, result->front(), latencyMs);
}

quint64 ChairService::requestBatch(const std::vector<ChairRequest>& requests) {
    if (m_state != State::Ready || requests.empty()) return 0;
    auto batch = std::make_shared<Batch>();
    batch->number = m_nextBatch++;
    batch->epoch = m_epoch;
    batch->requests = requests;
    m_batches.insert(batch->number, batch);
    for (std::size_t first = 0; first < requests.size(); first += kChunk) postChunk(batch, first);
    return batch->number;
}

void ChairService::postChunk(const std::shared_ptr<Batch>& batch, std::size_t first) {
    m_worker->post([this, batch, first, network = m_network](std::stop_token stop) {
        if (batch->cancelled || stop.stop_requested()) return;
        const std::size_t count = std::min(kChunk, batch->requests.size() - first);
        auto result = network->generate(std::span(batch->requests).subspan(first, count));
        QMetaObject::invokeMethod(
            this,
            [this, batch, first, result = std::move(result)]() mutable {
                deliverChunk(batch, first, std::move(result));
            },
            Qt::QueuedConnection);
    });
}

void ChairService::deliverChunk(const std::shared_ptr<Batch>& batch,
                                std::size_t first,
                                Result<std::vector<ChairPicture>> result) {
    if (batch->cancelled) return;
    if (batch->epoch != m_epoch) {
        result = Error{ErrorCode::InvalidArgument,
                       "Another model was opened while the pictures were being made; make them again."};
    }
    if (!result) {
        cancelBatch(batch->number);
        Q_EMIT batchFailed(batch->number, result.error());
        return;
    }
    const bool last = first + result->size() >= batch->requests.size();
    if (last) m_batches.remove(batch->number);
    Q_EMIT batchPicturesReady(batch->number, int(first), *result);
    if (last) Q_EMIT batchFinished(batch->number);
}

void ChairService::cancelBatch(quint64 batch) {
    if (const auto found = m_batches.take(batch)) found->cancelled = true;
}

}  // namespace vitrine
