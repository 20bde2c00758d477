// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/jobs/worker.h"
#include "ui/bridge/segmentation_source.h"

namespace vitrine {

/// Asks a structured predictor off the GUI thread. The newest request wins: an older one is left as soon as
/// its next sample or sweep is there. Sweeps and samples come while they are made, then the whole result.
/// Thread: GUI; the network lives on the worker's thread.
class SegmentationService : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Loading, Ready, Failed };

    explicit SegmentationService(SegmentationSourceOpener opener = openSegmentationSession,
                                 QObject* parent = nullptr);
    ~SegmentationService() override;

    /// What the earlier network was asked is left without an answer.
    void open(const std::filesystem::path& file);
    State state() const { return m_state; }
    /// Of the network that answers now; an earlier one stays where a file could not be opened.
    const std::optional<SegmentationModelInfo>& model() const { return m_model; }
    const Error& error() const { return m_error; }

    /// Its number; 0 where there is no network, or another one is being opened.
    quint64 request(const SegmentationRequest& request);
    /// Ends the newest request early: its result is what there is by then.
    void stop() { *m_stopped = m_requested; }
    /// Whether the newest request waits for its result.
    bool isAnswering() const { return m_answered != m_requested; }
    /// Whether nothing waits for a result or a failure.
    bool isIdle() const { return !isAnswering() && !m_way.isWaiting && !m_activity.isWaiting; }

    /// The way between two samples of a request. The newest wins.
    void requestWay(const SegmentationRequest& request, int from, int to, int count);
    /// KL of each latent channel. The newest wins, and a newer request() ends it without an answer.
    void requestActivity(const SegmentationRequest& request);

Q_SIGNALS:
    void stateChanged();
    /// Some more samples, `first` and the ones after it.
    void samplesReady(quint64 number, int first, const std::vector<vitrine::LabelMap>& samples);
    /// Share of open pixels that changed in each sweep of the first samples, so far.
    void sweepsReady(quint64 number, const std::vector<double>& changedShares);
    void resultReady(quint64 number, const vitrine::SegmentationResult& result, double latencyMs);
    void failed(const vitrine::Error& error);
    void wayReady(const std::vector<vitrine::LabelMap>& way);
    void activityReady(const std::vector<double>& nats);
    /// A newer request() came first: it is open what the channels say.
    void activityLeft();
    void idle();

private:
    struct Network;  ///< touched on the worker's thread only
    class SampleStream;
    /// A kind of question beside the samples, of which only the newest counts.
    struct Extra {
        std::shared_ptr<std::atomic<quint64>> newest = std::make_shared<std::atomic<quint64>>(0);
        bool isWaiting = false;
    };

    bool canAnswer() const { return m_model && m_state != State::Loading; }
    void leaveQuestions();
    void opened(const SegmentationModelInfo& info);
    void openFailed(const Error& error);
    void deliver(quint64 number, quint64 epoch, const Result<SegmentationResult>& result, double latencyMs);
    void workerFailed(const QString& what);
    /// Runs `work` with the network when its turn comes, `done` with the answer on this thread.
    template <class Work, class Done>
    void postExtra(Extra& extra, Work work, Done done);

    SegmentationSourceOpener m_opener;
    std::shared_ptr<Network> m_network;
    State m_state = State::Empty;
    std::optional<SegmentationModelInfo> m_model;
    Error m_error;
    quint64 m_epoch = 0;  ///< counts networks
    quint64 m_requested = 0;
    quint64 m_answered = 0;
    Extra m_way, m_activity;
    std::shared_ptr<std::atomic<quint64>> m_newest, m_stopped;
    std::unique_ptr<Worker> m_worker;  // last: joins before the rest goes
};

}  // namespace vitrine
