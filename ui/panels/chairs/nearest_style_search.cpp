// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/nearest_style_search.h"

#include <utility>

#include "core/recipe/nearest_style.h"
#include "ui/bridge/chair_service.h"
#include "ui/shell/status_bar.h"

namespace vitrine {

NearestStyleSearch::NearestStyleSearch(RealChairPainter painter,
                                       ChairService& chairs,
                                       StatusBar& status,
                                       QObject* parent)
    : QObject(parent),
      m_reals(new RealChairService(std::move(painter), this)),
      m_chairs(chairs),
      m_status(status) {
    connect(m_reals, &RealChairService::ready, this, &NearestStyleSearch::rendered);
    connect(&m_chairs, &ChairService::nearestStyleProgress, this, [this](double share) {
        if (m_job != 0) m_status.setJobProgress(m_job, {share, -1, {}});
    });
    connect(&m_chairs, &ChairService::nearestStyleReady, this, [this](const Result<int>& style) {
        if (m_job == 0) return;
        end();
        if (style)
            Q_EMIT found(m_chairId, *style);
        else
            Q_EMIT failed(style.error());
    });
    // Another network has other styles.
    connect(&m_chairs, &ChairService::stateChanged, this, &NearestStyleSearch::cancel);
}

void NearestStyleSearch::start(const ChairEntry& chair, const QString& name) {
    cancel();
    if (m_chairs.state() != ChairService::State::Ready) return;
    m_chairId = QString::fromStdString(chair.id);
    m_job = m_status.beginJob(tr("Comparing styles with %1").arg(name), [this] { cancel(); });
    std::vector<RealChairRequest> requests;
    for (const ChairView& view : comparedViews())
        requests.push_back({chair, view, {}, m_chairs.model()->size});
    m_reals->request(requests);
}

void NearestStyleSearch::rendered(quint64 number, const std::vector<Result<Image>>& pictures) {
    if (m_job == 0 || number != m_reals->newestRequested()) return;
    std::vector<Image> renders;
    for (const Result<Image>& picture : pictures) {
        if (!picture) {
            end();
            Q_EMIT failed(picture.error());
            return;
        }
        renders.push_back(*picture);
    }
    if (renders.size() == comparedViews().size()) m_chairs.requestNearestStyle(comparedViews(), renders);
}

void NearestStyleSearch::cancel() {
    if (m_job == 0) return;
    m_chairs.leaveNearestStyle();
    end();
}

void NearestStyleSearch::end() {
    m_status.endJob(std::exchange(m_job, 0));
    Q_EMIT ended();
}

}  // namespace vitrine
