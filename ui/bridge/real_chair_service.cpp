// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/real_chair_service.h"

#include <list>
#include <tuple>
#include <utility>

namespace vitrine {
namespace {

constexpr std::size_t kChairsInMemory = 8;

/// The chairs used last, newest first.
class ModelCache {
public:
    Result<const ChairModel*> get(const ChairEntry& entry) {
        for (auto it = m_models.begin(); it != m_models.end(); ++it) {
            if (!isSameChair(it->first, entry)) continue;
            m_models.splice(m_models.begin(), m_models, it);
            return const_cast<const ChairModel*>(&m_models.front().second);
        }
        VITRINE_TRY(ChairModel model, ChairModel::load(entry));
        m_models.emplace_front(entry, std::move(model));
        if (m_models.size() > kChairsInMemory) m_models.pop_back();
        return const_cast<const ChairModel*>(&m_models.front().second);
    }

private:
    std::list<std::pair<ChairEntry, ChairModel>> m_models;
};

}  // namespace

bool isSameChair(const ChairEntry& a, const ChairEntry& b) {
    return std::tie(a.id, a.rotation, a.turnDeg) == std::tie(b.id, b.rotation, b.turnDeg);
}

RealChairPainter makeRealChairPainter() {
    return [cache = std::make_shared<ModelCache>()](const RealChairRequest& request) -> Result<Image> {
        VITRINE_TRY(const ChairModel* model, cache->get(request.chair));
        const Image rendered = model->render(request.view, {.size = request.size}).premultiplied;
        return request.theta == Theta{} ? rendered : applyTheta(rendered, request.theta);
    };
}

RealChairService::RealChairService(RealChairPainter painter, QObject* parent)
    : QObject(parent), m_painter(std::move(painter)) {
    m_worker = makeThreadWorker([this](const char*) {
        QMetaObject::invokeMethod(
            this, [this] { deliver(m_newestRequested, {}); }, Qt::QueuedConnection);
    });
}

RealChairService::~RealChairService() {
    m_worker.reset();
}

quint64 RealChairService::request(const std::vector<RealChairRequest>& chairs) {
    const quint64 number = ++m_newestRequested;
    m_worker->postLatest([this, number, chairs, painter = m_painter](std::stop_token) {
        std::vector<Result<Image>> pictures;
        for (const RealChairRequest& chair : chairs) pictures.push_back(painter(chair));
        QMetaObject::invokeMethod(
            this,
            [this, number, pictures = std::move(pictures)] { deliver(number, pictures); },
            Qt::QueuedConnection);
    });
    return number;
}

void RealChairService::deliver(quint64 number, const std::vector<Result<Image>>& pictures) {
    if (number <= m_newestAnswered) return;
    m_newestAnswered = number;
    Q_EMIT ready(number, pictures);
}

}  // namespace vitrine
