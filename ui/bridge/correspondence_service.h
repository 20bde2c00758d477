// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/sessions/correspondence_session.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

/// Finds correspondences off the GUI thread. The newest request wins: an older one is stopped. Thread: GUI.
class CorrespondenceService : public NetworkService<CorrespondenceSession> {
    Q_OBJECT
public:
    explicit CorrespondenceService(Opener opener = openSession<CorrespondenceSession>,
                                   QObject* parent = nullptr);

    /// Stops the one before. Without a network nothing happens.
    void request(const CorrespondenceRequest& request);
    /// Ends the newest request without an answer.
    void cancel();
    bool isAnswering() const { return m_match.isOpen(); }

Q_SIGNALS:
    void progressed(const vitrine::Progress& progress);
    void resultReady(std::shared_ptr<const vitrine::CorrespondenceResult> result, double latencyMs);
    void cancelled();

private:
    Question m_match{*this};
};

}  // namespace vitrine
