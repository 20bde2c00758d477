// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/correspondence_service.h"

#include "ui/bridge/rhythm.h"

namespace vitrine {

CorrespondenceService::CorrespondenceService(Opener opener, QObject* parent)
    : NetworkService(std::move(opener), parent) {}

void CorrespondenceService::request(const CorrespondenceRequest& request) {
    using SharedResult = std::shared_ptr<const CorrespondenceResult>;
    ask(
        m_match,
        Turn::Next,
        [this, request](CorrespondenceSession& session, const std::stop_token& stop) -> Result<SharedResult> {
            Rhythm rhythm;
            const auto report = [this, stop, &rhythm](const Progress& progress) {
                if (!rhythm.isTime()) return;
                QMetaObject::invokeMethod(
                    this,
                    [this, stop, progress] {
                        if (!stop.stop_requested()) Q_EMIT progressed(progress);
                    },
                    Qt::QueuedConnection);
            };
            VITRINE_TRY(CorrespondenceResult result, session.match(request, {report, stop}));
            return SharedResult(std::make_shared<CorrespondenceResult>(std::move(result)));
        },
        [this](const SharedResult& result, double latencyMs) { Q_EMIT resultReady(result, latencyMs); });
}

void CorrespondenceService::cancel() {
    if (!isAnswering()) return;
    m_match.leave();
    Q_EMIT cancelled();
}

}  // namespace vitrine
