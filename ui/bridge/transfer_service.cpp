// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/transfer_service.h"

namespace vitrine {

TransferService::TransferService(Opener opener, QObject* parent)
    : NetworkService(std::move(opener), parent) {}

void TransferService::request(const TransferRequest& request) {
    ask(
        m_draw,
        Turn::Next,
        [request](TransferSession& session) { return session.draw(request); },
        [this](const TransferResult& result, double latencyMs) { Q_EMIT resultReady(result, latencyMs); });
}

void TransferService::requestStrip(const std::string& target, SourceViews without) {
    ask(
        m_strip,
        Turn::InOrder,
        [target, without](TransferSession& session) { return session.strip(target, without); },
        [this](const std::vector<Image>& strip) { Q_EMIT stripReady(strip); });
}

}  // namespace vitrine
