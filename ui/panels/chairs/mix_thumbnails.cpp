// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/mix_thumbnails.h"

#include <algorithm>
#include <utility>

#include "core/recipe/compose.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/image_convert.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {
namespace {

constexpr ChairView kThumbnailView{325, 20};
constexpr int kRestMs = 80;
constexpr int kMaxWanted = 4;  ///< one for each slot

}  // namespace

MixThumbnails::MixThumbnails(ChairService& service, QObject* parent) : QObject(parent), m_service(service) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        for (const RecipeMix& mix : std::exchange(m_wanted, {})) ask(mix);
    });
    connect(&m_service, &ChairService::stateChanged, this, &MixThumbnails::forget);
    connect(&m_service,
            &ChairService::batchPicturesReady,
            this,
            [this](quint64 batch, int, const std::vector<ChairPicture>& pictures) {
                const QString key = m_asked.take(batch);
                if (key.isEmpty() || pictures.empty()) return;
                m_pictures.insert(
                    key,
                    toQImage(composeOver(pictures.front().premultiplied, {BackgroundKind::Transparent, {}})));
                Q_EMIT ready();
            });
    connect(&m_service, &ChairService::batchFailed, this, [this](quint64 batch) { m_asked.remove(batch); });
}

void MixThumbnails::forget() {
    if (m_service.state() != ChairService::State::Ready) return;
    m_pictures.clear();
    m_asked.clear();
    m_wanted.clear();
}

QImage MixThumbnails::get(const RecipeMix& mix) {
    const QString key = QString::fromStdString(keyOf(mix));
    const auto found = m_pictures.constFind(key);
    if (found != m_pictures.constEnd()) return *found;
    const bool asked = std::find(m_asked.cbegin(), m_asked.cend(), key) != m_asked.cend();
    if (asked || m_service.state() != ChairService::State::Ready) return {};
    if (mix.size() == 1) {
        ask(mix);
    } else if (!m_wanted.contains(mix)) {
        m_wanted.append(mix);
        if (m_wanted.size() > kMaxWanted) m_wanted.removeFirst();
        m_rest.start();
    }
    return {};
}

void MixThumbnails::ask(const RecipeMix& mix) {
    ChairRecipe recipe;
    recipe.corners = {mix};
    recipe.view = kThumbnailView;
    // A chair that the network doesn't know has no picture.
    const auto requests = requestsOf(recipe, m_service.model()->styleIds);
    if (!requests) return;
    m_asked.insert(m_service.requestBatch(*requests), QString::fromStdString(keyOf(mix)));
}

}  // namespace vitrine
