// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "core/explore/correspondence_session.h"
#include "core/jobs/worker.h"

namespace vitrine {

/// What matches chairs: the network, or in tests something slower or quicker. Thread: the worker's only.
class CorrespondenceSource {
public:
    virtual ~CorrespondenceSource() = default;
    virtual const ChairModelInfo& info() const = 0;
    virtual Result<CorrespondenceResult> match(const CorrespondenceRequest& request,
                                               const JobContext& job) = 0;
};

using CorrespondenceSourceOpener =
    std::function<Result<std::unique_ptr<CorrespondenceSource>>(const std::filesystem::path& file)>;

/// A CorrespondenceSession. Errors: those of CorrespondenceSession::open.
Result<std::unique_ptr<CorrespondenceSource>> openCorrespondenceSession(const std::filesystem::path& file);

/// Matches chairs off the GUI thread. The newest request wins: an older one is stopped. Thread: GUI; the
/// network lives on the worker's thread.
class CorrespondenceService : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Loading, Ready, Failed };

    explicit CorrespondenceService(CorrespondenceSourceOpener opener = openCorrespondenceSession,
                                   QObject* parent = nullptr);
    ~CorrespondenceService() override;

    void open(const std::filesystem::path& file);
    State state() const { return m_state; }
    /// Of the network that answers now; an earlier one stays where a file could not be opened.
    const std::optional<ChairModelInfo>& model() const { return m_model; }
    const Error& error() const { return m_error; }

    /// Stops the one before. Without a network nothing happens.
    void request(const CorrespondenceRequest& request);
    /// Ends the newest request without an answer.
    void cancel();
    bool isAnswering() const { return m_answered != m_requested; }

Q_SIGNALS:
    void stateChanged();
    void progressed(const vitrine::Progress& progress);
    void resultReady(std::shared_ptr<const vitrine::CorrespondenceResult> result, double latencyMs);
    void failed(const vitrine::Error& error);
    void cancelled();

private:
    struct Network;  ///< touched on the worker's thread only

    void opened(const ChairModelInfo& info);
    void openFailed(const Error& error);
    void deliver(quint64 number,
                 Result<std::shared_ptr<const CorrespondenceResult>> result,
                 double latencyMs);
    void workerFailed(const QString& what);

    CorrespondenceSourceOpener m_opener;
    std::shared_ptr<Network> m_network;
    State m_state = State::Empty;
    std::optional<ChairModelInfo> m_model;
    Error m_error;
    quint64 m_requested = 0, m_answered = 0;
    std::stop_source m_stop;           ///< of the newest request
    std::unique_ptr<Worker> m_worker;  // last: joins before the rest goes
};

}  // namespace vitrine
