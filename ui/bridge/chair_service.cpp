// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_service.h"

#include <algorithm>
#include <limits>
#include <span>

#include "core/recipe/nearest_style.h"

namespace vitrine {
namespace {

/// Between two chunks the stage gets its turn: small enough not to be felt, large enough to make use of
/// batching.
constexpr std::size_t kChunk = 8;

}  // namespace

struct ChairService::Batch {
    quint64 number = 0;
    std::vector<ChairRequest> requests;
    std::atomic<bool> cancelled = false;
};

/// The worker's between two of its parts.
struct ChairService::Search {
    std::vector<ChairView> views;
    std::vector<Image> renders;
    int numStyles = 0;
    int numCompared = 0;
    int nearest = -1;
    double distance = std::numeric_limits<double>::infinity();  ///< sum over the views

    /// As many styles as fill a chunk.
    Status compareNext(ChairSession& session);
};

Status ChairService::Search::compareNext(ChairSession& session) {
    const int last = std::min(numStyles, numCompared + std::max(1, int(kChunk / views.size())));
    std::vector<ChairRequest> requests;
    for (int style = numCompared; style < last; ++style) {
        for (const ChairView& view : views) {
            ChairRequest request;
            request.styleWeights = {{style, 1}};
            request.view = view;
            requests.push_back(request);
        }
    }
    VITRINE_TRY(const std::vector<ChairPicture> pictures, session.generate(requests));
    for (int style = numCompared; style < last; ++style) {
        double sum = 0;
        for (std::size_t view = 0; view < views.size(); ++view) {
            const std::size_t index = std::size_t(style - numCompared) * views.size() + view;
            sum += chairDistance(pictures[index].premultiplied, renders[view]);
        }
        if (sum < distance) distance = sum, nearest = style;
    }
    numCompared = last;
    return {};
}

ChairService::ChairService(Opener opener, QObject* parent) : NetworkService(std::move(opener), parent) {}

void ChairService::keepEarlierModel() {
    if (state() == State::Failed && model()) setState(State::Ready);
}

const StyleMap& ChairService::styleMap() const {
    static const StyleMap none;
    return model() ? model()->styleMap : none;
}

quint64 ChairService::requestPicture(const ChairRequest& request) {
    if (state() != State::Ready) return 0;
    return ask(
        m_pictures,
        Turn::Next,
        [request](ChairSession& session) { return session.generate(std::span(&request, 1)); },
        [this](const std::vector<ChairPicture>& pictures, double latencyMs) {
            Q_EMIT pictureReady(m_pictures.answered(), pictures.front(), latencyMs);
        });
}

quint64 ChairService::requestBatch(const std::vector<ChairRequest>& requests) {
    if (state() != State::Ready || requests.empty()) return 0;
    auto batch = std::make_shared<Batch>();
    batch->number = m_nextBatch++;
    batch->requests = requests;
    m_batches.insert(batch->number, batch);
    for (std::size_t first = 0; first < requests.size(); first += kChunk) askChunk(batch, first);
    return batch->number;
}

void ChairService::askChunk(const std::shared_ptr<Batch>& batch, std::size_t first) {
    using Pictures = Result<std::vector<ChairPicture>>;
    askFor(
        m_chunks,
        Turn::InOrder,
        [batch, first](ChairSession& session) -> Pictures {
            if (batch->cancelled) return std::vector<ChairPicture>();
            const std::size_t count = std::min(kChunk, batch->requests.size() - first);
            return session.generate(std::span(batch->requests).subspan(first, count));
        },
        [this, batch, first](const Pictures& pictures, double) { deliverChunk(batch, first, pictures); });
}

void ChairService::deliverChunk(const std::shared_ptr<Batch>& batch,
                                std::size_t first,
                                const Result<std::vector<ChairPicture>>& pictures) {
    if (batch->cancelled) return;
    if (!pictures) {
        cancelBatch(batch->number);
        Q_EMIT batchFailed(batch->number, pictures.error());
        return;
    }
    const bool last = first + pictures->size() >= batch->requests.size();
    if (last) m_batches.remove(batch->number);
    Q_EMIT batchPicturesReady(batch->number, int(first), *pictures);
    if (last) Q_EMIT batchFinished(batch->number);
}

quint64 ChairService::requestNearestStyle(const std::vector<ChairView>& views,
                                          const std::vector<Image>& renders) {
    if (state() != State::Ready || views.empty() || views.size() != renders.size()) return 0;
    auto search = std::make_shared<Search>();
    search->views = views;
    search->renders = renders;
    search->numStyles = model()->numStyles;
    return compareNextStyles(search);
}

quint64 ChairService::compareNextStyles(const std::shared_ptr<Search>& search) {
    return askFor(
        m_nearest,
        Turn::InOrder,
        [search](ChairSession& session) { return search->compareNext(session); },
        [this, search](const Status& compared, double) {
            if (!compared) {
                Q_EMIT nearestStyleReady(compared.error());
                return;
            }
            Q_EMIT nearestStyleProgress(double(search->numCompared) / std::max(1, search->numStyles));
            if (search->numCompared < search->numStyles)
                compareNextStyles(search);
            else if (search->nearest < 0)
                Q_EMIT nearestStyleReady(
                    Error{ErrorCode::InvalidArgument, "The chair has no pictures of the network's size."});
            else
                Q_EMIT nearestStyleReady(search->nearest);
        });
}

void ChairService::cancelBatch(quint64 batch) {
    if (const auto found = m_batches.take(batch)) found->cancelled = true;
}

}  // namespace vitrine
