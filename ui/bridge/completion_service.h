// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/sessions/completion_session.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

/// Asks a quadrant network off the GUI thread. The newest request wins. Thread: GUI.
class CompletionService : public NetworkService<CompletionSession> {
    Q_OBJECT
public:
    explicit CompletionService(Opener opener = openSession<CompletionSession>, QObject* parent = nullptr);

    /// Its number; 0 where there is no network, or another one is being opened.
    quint64 request(const CompletionRequest& request);
    /// The latent path between two samples of a request. The newest wins.
    void requestPath(const CompletionRequest& request, int from, int to, int count);

Q_SIGNALS:
    void resultReady(quint64 number, const vitrine::CompletionResult& result, double latencyMs);
    void pathReady(const std::vector<vitrine::Image>& path);

private:
    Question m_completions{*this}, m_path{*this};
};

}  // namespace vitrine
