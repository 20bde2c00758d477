// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/completion_service.h"

namespace vitrine {

CompletionService::CompletionService(Opener opener, QObject* parent)
    : NetworkService(std::move(opener), parent) {}

quint64 CompletionService::request(const CompletionRequest& request) {
    return ask(
        m_completions,
        Turn::Next,
        [request](CompletionSession& session) { return session.complete(request); },
        [this](const CompletionResult& result, double latencyMs) {
            Q_EMIT resultReady(m_completions.answered(), result, latencyMs);
        });
}

void CompletionService::requestPath(const CompletionRequest& request, int from, int to, int count) {
    ask(
        m_path,
        Turn::InOrder,
        [request, from, to, count](CompletionSession& session) {
            return session.interpolate(request, from, to, count);
        },
        [this](const std::vector<Image>& path) { Q_EMIT pathReady(path); });
}

}  // namespace vitrine
