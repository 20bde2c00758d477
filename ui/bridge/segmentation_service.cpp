// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/segmentation_service.h"

#include "ui/bridge/rhythm.h"

namespace vitrine {

/// Gathers sweeps and samples and sends them on now and then; says when to stop.
class SegmentationService::SampleStream {
public:
    SampleStream(SegmentationService* service, std::stop_token stop, std::stop_token early)
        : m_service(service), m_stop(std::move(stop)), m_early(std::move(early)) {}

    bool take(int index, const LabelMap& labels) {
        if (m_samples.empty()) m_first = index;
        m_samples.push_back(labels);
        if (m_sampleRhythm.isTime()) {
            send([first = m_first, samples = std::move(m_samples)](SegmentationService& to, quint64 number) {
                Q_EMIT to.samplesReady(number, first, samples);
            });
            m_samples.clear();
        }
        return keepGoing();
    }
    bool takeSweep(const SegmentationSweep& sweep) {
        if (sweep.firstSample != 0) return keepGoing();
        m_changedShares.push_back(sweep.changedShare);
        if (m_sweepRhythm.isTime())
            send([shares = m_changedShares](SegmentationService& to, quint64 number) {
                Q_EMIT to.sweepsReady(number, shares);
            });
        return keepGoing();
    }

private:
    bool keepGoing() const { return !m_stop.stop_requested() && !m_early.stop_requested(); }

    template <class Emit>
    void send(Emit emitFrom) {
        QMetaObject::invokeMethod(
            m_service,
            [service = m_service, stop = m_stop, emitFrom = std::move(emitFrom)] {
                if (!stop.stop_requested()) emitFrom(*service, service->m_samples.asked());
            },
            Qt::QueuedConnection);
    }

    SegmentationService* m_service;
    std::stop_token m_stop, m_early;
    std::vector<LabelMap> m_samples;
    int m_first = 0;
    std::vector<double> m_changedShares;
    Rhythm m_sampleRhythm, m_sweepRhythm;
};

SegmentationService::SegmentationService(Opener opener, QObject* parent)
    : NetworkService(std::move(opener), parent) {}

quint64 SegmentationService::request(const SegmentationRequest& request) {
    m_early = {};
    return ask(
        m_samples,
        Turn::Next,
        [this, request, early = m_early.get_token()](SegmentationSession& session,
                                                     const std::stop_token& stop) {
            SampleStream stream(this, stop, early);
            return session.segment(
                request,
                [&stream](int index, const LabelMap& labels) { return stream.take(index, labels); },
                [&stream](const SegmentationSweep& sweep) { return stream.takeSweep(sweep); });
        },
        [this](const SegmentationResult& result, double latencyMs) {
            Q_EMIT resultReady(m_samples.answered(), result, latencyMs);
        });
}

void SegmentationService::requestPath(const SegmentationRequest& request, int from, int to, int count) {
    ask(
        m_path,
        Turn::InOrder,
        [request, from, to, count, newer = m_samples.stop()](SegmentationSession& session,
                                                             const std::stop_token& stop) {
            return session.interpolate(
                request, from, to, count, [&] { return !stop.stop_requested() && !newer.stop_requested(); });
        },
        [this](const std::vector<LabelMap>& path) { Q_EMIT pathReady(path); });
}

void SegmentationService::requestActivity(const SegmentationRequest& request) {
    ask(
        m_activity,
        Turn::InOrder,
        [request, newer = m_samples.stop()](SegmentationSession& session, const std::stop_token& stop) {
            return session.channelActivity(request,
                                           [&] { return !stop.stop_requested() && !newer.stop_requested(); });
        },
        [this](const std::optional<std::vector<double>>& nats) {
            if (nats)
                Q_EMIT activityReady(*nats);
            else
                Q_EMIT activityLeft();
        });
}

void SegmentationService::requestLikelihood(const SegmentationRequest& request) {
    ask(
        m_likelihood,
        Turn::InOrder,
        [request, newer = m_samples.stop()](SegmentationSession& session, const std::stop_token& stop) {
            return session.logLikelihood(request,
                                         [&] { return !stop.stop_requested() && !newer.stop_requested(); });
        },
        [this](const std::optional<double>& nats) {
            if (nats) Q_EMIT likelihoodReady(*nats);
        });
}

}  // namespace vitrine
