// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/jobs/worker.h"
#include "ui/bridge/completion_source.h"

namespace vitrine {

/// Asks a quadrant network off the GUI thread. The newest request wins, and so does the newest file that is
/// opened. Thread: GUI; the network lives on the worker's thread.
class CompletionService : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Loading, Ready, Failed };

    explicit CompletionService(CompletionSourceOpener opener = openCompletionSession,
                               QObject* parent = nullptr);
    ~CompletionService() override;

    void open(const std::filesystem::path& file);
    State state() const { return m_state; }
    /// Of the network that answers now; an earlier one stays where a file could not be opened.
    const std::optional<CompletionModelInfo>& model() const { return m_model; }
    const Error& error() const { return m_error; }
    /// Whether nothing waits for an answer.
    bool isIdle() const { return m_answered == m_requested && !m_isWayOpen; }

    /// Its number; 0 where there is no network.
    quint64 request(const CompletionRequest& request);
    /// The way between two samples of a request. The newest wins.
    void requestWay(const CompletionRequest& request, int from, int to, int count);

Q_SIGNALS:
    void stateChanged();
    void resultReady(quint64 number, const vitrine::CompletionResult& result, double latencyMs);
    void wayReady(const std::vector<vitrine::Image>& way);
    void failed(const vitrine::Error& error);
    void idle();

private:
    struct Network;  ///< touched on the worker's thread only

    void opened(quint64 opening, const CompletionModelInfo& info);
    void openFailed(quint64 opening, const Error& error);
    void deliver(quint64 number, quint64 epoch, const Result<CompletionResult>& result, double latencyMs);
    void deliverWay(quint64 number, quint64 epoch, const Result<std::vector<Image>>& way);
    void workerFailed(const QString& what);

    CompletionSourceOpener m_opener;
    std::shared_ptr<Network> m_network;
    State m_state = State::Empty;
    std::optional<CompletionModelInfo> m_model;
    Error m_error;
    quint64 m_opening = 0;  ///< counts files
    quint64 m_epoch = 0;    ///< counts networks
    quint64 m_requested = 0;
    quint64 m_answered = 0;
    std::shared_ptr<std::atomic<quint64>> m_newestWay;
    bool m_isWayOpen = false;
    std::unique_ptr<Worker> m_worker;  // last: joins before the rest goes
};

}  // namespace vitrine
