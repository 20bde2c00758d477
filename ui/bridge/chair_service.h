// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/jobs/worker.h"
#include "ui/bridge/chair_source.h"

namespace vitrine {

/// Paints chairs off the GUI thread. Pictures for the stage: at most one is being made, of those that wait
/// only the newest is kept, every finished one is delivered. Batches (grids, morphs, exports) go through a
/// queue and let the stage pass. Thread: GUI; the network lives on the worker's thread.
class ChairService : public QObject {
    Q_OBJECT
public:
    enum class State {
        Empty,  ///< nothing was opened yet
        Loading,
        Ready,
        Failed  ///< the newest file could not be opened; an earlier network may still be there
    };

    explicit ChairService(ChairSourceOpener opener = openChairSession, QObject* parent = nullptr);
    ~ChairService() override;

    void open(const std::filesystem::path& file, Device device = Device::Auto);
    /// After a failure: goes on with the network that was there before.
    void keepEarlierModel();
    State state() const { return m_state; }
    /// Of the network that answers now.
    const std::optional<ChairModelInfo>& model() const { return m_model; }
    /// Of the same network; empty where there is none.
    const StyleMap& styleMap() const { return m_styleMap; }
    const Error& error() const { return m_error; }

    /// Its number; 0 where there is no network.
    quint64 requestPicture(const ChairRequest& request);
    /// The number of the newest request that was answered (picture or failure), and of the newest that was
    /// asked.
    quint64 newestAnswered() const { return m_newestAnswered; }
    quint64 newestRequested() const { return m_newestRequested; }

    /// Many pictures, delivered as they are made. Its number; 0 where there is no network.
    quint64 requestBatch(const std::vector<ChairRequest>& requests);
    void cancelBatch(quint64 batch);

Q_SIGNALS:
    void stateChanged();
    /// Numbers only grow: what is older than the newest shown, or of a network that was replaced, is never
    /// delivered.
    void pictureReady(quint64 number, const vitrine::ChairPicture& picture, double latencyMs);
    void pictureFailed(quint64 number, const vitrine::Error& error);
    void batchPicturesReady(quint64 batch, int first, const std::vector<vitrine::ChairPicture>& pictures);
    void batchFinished(quint64 batch);
    void batchFailed(quint64 batch, const vitrine::Error& error);

private:
    struct Network;  ///< touched on the worker's thread only
    struct Batch;

    void opened(ChairModelInfo info, StyleMap map);
    void openFailed(const Error& error);
    void deliverPicture(quint64 number,
                        quint64 epoch,
                        Result<std::vector<ChairPicture>> result,
                        double latencyMs);
    void postChunk(const std::shared_ptr<Batch>& batch, std::size_t first);
    void deliverChunk(const std::shared_ptr<Batch>& batch,
                      std::size_t first,
                      Result<std::vector<ChairPicture>> result);
    void workerFailed(const QString& what);

    ChairSourceOpener m_opener;
    std::shared_ptr<Network> m_network;
    State m_state = State::Empty;
    std::optional<ChairModelInfo> m_model;
    StyleMap m_styleMap;
    Error m_error;
    quint64 m_epoch = 0;
    quint64 m_newestRequested = 0;
    quint64 m_newestAnswered = 0;
    quint64 m_nextBatch = 1;
    QHash<quint64, std::shared_ptr<Batch>> m_batches;
    std::unique_ptr<Worker> m_worker;  // last: joins before the rest goes
};

}  // namespace vitrine
