// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/morph_strips.h"

#include <array>
#include <vector>

#include "core/eval/morph_pairs.h"
#include "core/metrics/shared_views.h"
#include "core/recipe/compose.h"
#include "core/recipe/morph.h"
#include "core/recipe/recipe.h"

namespace vitrine {
namespace {

constexpr std::array kPositions{-0.3, 0.0, 0.25, 0.5, 0.75, 1.0, 1.3};
constexpr int kNumColumns = int(kPositions.size()) + 2;

Image onWhite(const Image& premultiplied) {
    return composeOver(premultiplied, {});
}

}  // namespace

Result<Image> morphStrips(ChairSession& session, const PackedChairs& data, int count, std::uint64_t seed) {
    const ChairModelInfo& model = session.info();
    VITRINE_CHECK(checkRendersFit(data, model.size));
    VITRINE_TRY(const auto views, sharedViews(data, model.styleIds, model.numStyles));
    VITRINE_TRY(const auto pairs, drawMorphPairs(data, views, count, seed));
    std::vector<Image> cells;
    for (const MorphPair& pair : pairs) {
        const std::array ends{pureStyle(pair.from), pureStyle(pair.to)};
        std::vector<ChairRequest> requests;
        for (const double u : kPositions) requests.push_back({mixAt(ends, u, 0), pair.view, {}});
        VITRINE_TRY(const auto pictures, session.generate(requests));
        cells.push_back(onWhite(renderOf(data, pair.fromView, model.size)));
        for (const ChairPicture& picture : pictures) cells.push_back(onWhite(picture.premultiplied));
        cells.push_back(onWhite(renderOf(data, pair.toView, model.size)));
    }
    return contactSheet(cells, kNumColumns);
}

}  // namespace vitrine
