// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/sessions/transfer_session.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

/// Asks networks with and without knowledge transfer off the GUI thread. The newest request wins. Thread:
/// GUI.
class TransferService : public NetworkService<TransferSession> {
    Q_OBJECT
public:
    explicit TransferService(Opener opener = openSession<TransferSession>, QObject* parent = nullptr);

    /// Without networks nothing happens.
    void request(const TransferRequest& request);
    /// After all that waits.
    void requestStrip(const std::string& target, SourceViews without);

Q_SIGNALS:
    void resultReady(const vitrine::TransferResult& result, double latencyMs);
    /// As TransferSession::strip() gives it.
    void stripReady(const std::vector<vitrine::Image>& strip);

private:
    Question m_draw{*this}, m_strip{*this};
};

}  // namespace vitrine
