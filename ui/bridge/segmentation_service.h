// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/sessions/segmentation_session.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

/// Asks a network that segments off the GUI thread. The newest request wins: an older one is left as soon as
/// its next sample or sweep is there. Sweeps and samples come while they are made, then the whole result.
/// Thread: GUI.
class SegmentationService : public NetworkService<SegmentationSession> {
    Q_OBJECT
public:
    explicit SegmentationService(Opener opener = openSession<SegmentationSession>, QObject* parent = nullptr);

    /// Its number; 0 where there is no network, or another one is being opened.
    quint64 request(const SegmentationRequest& request);
    /// Ends the newest request early: its result is what there is by then.
    void stop() { m_early.request_stop(); }
    /// Whether the newest request waits for its result.
    bool isAnswering() const { return m_samples.isOpen(); }

    /// The latent path between two samples of a request. The newest wins.
    void requestPath(const SegmentationRequest& request, int from, int to, int count);
    /// KL of each latent channel. The newest wins, and a newer request() ends it without an answer.
    void requestActivity(const SegmentationRequest& request);
    /// Log-likelihood of the truth. The newest wins, and a newer request() ends it without an answer.
    void requestLikelihood(const SegmentationRequest& request);

Q_SIGNALS:
    /// Some more samples, `first` and the ones after it.
    void samplesReady(quint64 number, int first, const std::vector<vitrine::LabelMap>& samples);
    /// Share of open pixels that changed in each sweep of the first samples, so far.
    void sweepsReady(quint64 number, const std::vector<double>& changedShares);
    void resultReady(quint64 number, const vitrine::SegmentationResult& result, double latencyMs);
    void pathReady(const std::vector<vitrine::LabelMap>& path);
    void activityReady(const std::vector<double>& nats);
    /// A newer request() came first: it is open what the channels say.
    void activityLeft();
    void likelihoodReady(double nats);

private:
    class SampleStream;

    Question m_samples{*this}, m_path{*this}, m_activity{*this}, m_likelihood{*this};
    std::stop_source m_early;  ///< of the newest request
};

}  // namespace vitrine
