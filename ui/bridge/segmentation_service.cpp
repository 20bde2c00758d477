// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/segmentation_service.h"

#include <QElapsedTimer>

namespace vitrine {
namespace {

constexpr qint64 kStreamMs = 40;  ///< between two deliveries of samples, or of sweeps

/// Says when it is time for the next delivery; for the first, at once.
class Rhythm {
public:
    bool isTime() {
        if (m_since.isValid() && m_since.elapsed() < kStreamMs) return false;
        m_since.start();
        return true;
    }

private:
    QElapsedTimer m_since;
};

}  // namespace

struct SegmentationService::Network {
    std::unique_ptr<SegmentationSource> source;
};

/// Gathers sweeps and samples and sends them on now and then; says stop when a newer request waits.
class SegmentationService::SampleStream {
public:
    SampleStream(SegmentationService* service, quint64 number, std::stop_token stop)
        : m_service(service),
          m_newest(service->m_newest),
          m_stopped(service->m_stopped),
          m_number(number),
          m_stop(std::move(stop)) {}

    bool take(int index, const LabelMap& labels) {
        if (m_samples.empty()) m_first = index;
        m_samples.push_back(labels);
        if (m_sampleRhythm.isTime()) {
            send([first = m_first, samples = std::move(m_samples)](SegmentationService& to, quint64 number) {
                Q_EMIT to.samplesReady(number, first, samples);
            });
            m_samples.clear();
        }
        return goesOn();
    }
    bool takeSweep(const SegmentationSweep& sweep) {
        if (sweep.firstSample != 0) return goesOn();
        m_changedShares.push_back(sweep.changedShare);
        if (m_sweepRhythm.isTime())
            send([shares = m_changedShares](SegmentationService& to, quint64 number) {
                Q_EMIT to.sweepsReady(number, shares);
            });
        return goesOn();
    }
    bool isWanted() const { return *m_newest == m_number && !m_stop.stop_requested(); }

private:
    bool goesOn() const { return isWanted() && *m_stopped != m_number; }

    template <class Emit>
    void send(Emit emitFrom) {
        QMetaObject::invokeMethod(
            m_service,
            [service = m_service, number = m_number, emitFrom = std::move(emitFrom)] {
                if (number == service->m_requested) emitFrom(*service, number);
            },
            Qt::QueuedConnection);
    }

    SegmentationService* m_service;
    std::shared_ptr<std::atomic<quint64>> m_newest, m_stopped;
    quint64 m_number;
    std::stop_token m_stop;
    std::vector<LabelMap> m_samples;
    int m_first = 0;
    std::vector<double> m_changedShares;
    Rhythm m_sampleRhythm, m_sweepRhythm;
};

SegmentationService::SegmentationService(SegmentationSourceOpener opener, QObject* parent)
    : QObject(parent),
      m_opener(std::move(opener)),
      m_network(std::make_shared<Network>()),
      m_newest(std::make_shared<std::atomic<quint64>>(0)),
      m_stopped(std::make_shared<std::atomic<quint64>>(0)) {
    m_worker = makeThreadWorker([this](const char* what) {
        const QString text = QString::fromUtf8(what);
        QMetaObject::invokeMethod(
            this, [this, text] { workerFailed(text); }, Qt::QueuedConnection);
    });
}

SegmentationService::~SegmentationService() {
    *m_newest = 0;
    m_worker.reset();
}

void SegmentationService::open(const std::filesystem::path& file) {
    m_state = State::Loading;
    leaveQuestions();
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

void SegmentationService::leaveQuestions() {
    *m_newest = m_answered = ++m_requested;
    for (Extra* extra : {&m_way, &m_activity}) {
        ++*extra->newest;
        extra->isWaiting = false;
    }
}

void SegmentationService::opened(const SegmentationModelInfo& info) {
    m_model = info;
    m_state = State::Ready;
    ++m_epoch;
    Q_EMIT stateChanged();
}

void SegmentationService::openFailed(const Error& error) {
    m_error = error;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void SegmentationService::workerFailed(const QString& what) {
    m_answered = m_requested;
    m_way.isWaiting = m_activity.isWaiting = false;
    Q_EMIT failed({ErrorCode::Internal, "The network stopped with an error.", what.toStdString()});
    Q_EMIT idle();
}

quint64 SegmentationService::request(const SegmentationRequest& request) {
    if (!canAnswer()) return 0;
    const quint64 number = ++m_requested;
    *m_newest = number;
    QElapsedTimer timer;
    timer.start();
    m_worker->postLatest(
        [this, request, number, timer, epoch = m_epoch, network = m_network](const std::stop_token& stop) {
            SampleStream stream(this, number, stop);
            auto result = network->source->segment(
                request,
                [&stream](int index, const LabelMap& labels) { return stream.take(index, labels); },
                [&stream](const SegmentationSweep& sweep) { return stream.takeSweep(sweep); });
            if (!stream.isWanted()) return;
            QMetaObject::invokeMethod(
                this,
                [this, number, epoch, timer, result = std::move(result)] {
                    deliver(number, epoch, result, double(timer.nsecsElapsed()) / 1e6);
                },
                Qt::QueuedConnection);
        });
    return number;
}

void SegmentationService::deliver(quint64 number,
                                  quint64 epoch,
                                  const Result<SegmentationResult>& result,
                                  double latencyMs) {
    if (epoch != m_epoch || number != m_requested) return;
    m_answered = number;
    if (result)
        Q_EMIT resultReady(number, *result, latencyMs);
    else
        Q_EMIT failed(result.error());
    if (isIdle()) Q_EMIT idle();
}

template <class Work, class Done>
void SegmentationService::postExtra(Extra& extra, Work work, Done done) {
    if (!canAnswer()) return;
    const quint64 number = ++*extra.newest;
    extra.isWaiting = true;
    m_worker->post([this, &extra, work, done, number, newest = extra.newest, network = m_network](
                       const std::stop_token& stop) {
        const auto isWanted = [&] { return *newest == number && !stop.stop_requested(); };
        if (!isWanted()) return;
        auto answer = work(*network->source, isWanted);
        QMetaObject::invokeMethod(
            this,
            [this, &extra, done, number, answer = std::move(answer)] {
                if (*extra.newest != number) return;
                extra.isWaiting = false;
                if (answer)
                    done(*answer);
                else
                    Q_EMIT failed(answer.error());
                if (isIdle()) Q_EMIT idle();
            },
            Qt::QueuedConnection);
    });
}

void SegmentationService::requestWay(const SegmentationRequest& request, int from, int to, int count) {
    postExtra(
        m_way,
        [request, from, to, count, asked = m_requested, newest = m_newest](SegmentationSource& source,
                                                                           const auto& isWanted) {
            const auto goesOn = [&] { return isWanted() && *newest == asked; };
            return source.interpolate(request, from, to, count, goesOn);
        },
        [this](const std::vector<LabelMap>& way) { Q_EMIT wayReady(way); });
}

void SegmentationService::requestActivity(const SegmentationRequest& request) {
    postExtra(
        m_activity,
        [request, asked = m_requested, newest = m_newest](SegmentationSource& source, const auto& isWanted) {
            return source.channelActivity(request, [&] { return isWanted() && *newest == asked; });
        },
        [this](const std::optional<std::vector<double>>& nats) {
            if (nats)
                Q_EMIT activityReady(*nats);
            else
                Q_EMIT activityLeft();
        });
}

}  // namespace vitrine
