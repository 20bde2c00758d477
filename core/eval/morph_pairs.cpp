// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/morph_pairs.h"

#include <fmt/format.h>

#include <map>

#include "core/base/random.h"
#include "core/data/resize.h"

namespace vitrine {
namespace {

constexpr int kMaxDraws = 1000;  // until two chairs with a view in common are found

using GridPlace = std::pair<int, int>;           // indices of azimuth and elevation
using Chair = std::map<GridPlace, std::size_t>;  // view of the data by place

/// Chairs that the model and the data share, in the data's order, with their views on the grid that were not
/// held out.
std::vector<Chair> chairsOf(const PackedChairs& data, const std::vector<PackedView>& views) {
    std::map<int, Chair> byDataIndex;
    for (std::size_t i = 0; i < views.size(); ++i) {
        const PackedView& view = views[i];
        if (view.styleIndex < 0 || view.azimuthIndex < 0 || isHeldOut(view)) continue;
        byDataIndex[data.views()[i].styleIndex][{view.azimuthIndex, view.elevationIndex}] = i;
    }
    std::vector<Chair> chairs;
    for (auto& [index, chair] : byDataIndex) chairs.push_back(std::move(chair));
    return chairs;
}

std::vector<GridPlace> placesOfBoth(const Chair& a, const Chair& b) {
    std::vector<GridPlace> places;
    for (const auto& [place, view] : a)
        if (b.contains(place)) places.push_back(place);
    return places;
}

Result<MorphPair> drawPair(const std::vector<Chair>& chairs, const std::vector<PackedView>& views, Rng rng) {
    for (int attempt = 0; attempt < kMaxDraws && chairs.size() >= 2; ++attempt) {
        const std::size_t first = rng.below(chairs.size()), other = rng.below(chairs.size() - 1);
        const Chair &from = chairs[first], &to = chairs[other + (other >= first)];
        const auto places = placesOfBoth(from, to);
        if (places.empty()) continue;
        const GridPlace place = places[rng.below(places.size())];
        const std::size_t fromView = from.at(place), toView = to.at(place);
        return MorphPair{
            views[fromView].styleIndex, views[toView].styleIndex, fromView, toView, views[fromView].view};
    }
    return Error{
        ErrorCode::InvalidArgument,
        "The model and the data set do not have two chairs with a view in common; a morph needs two."};
}

}  // namespace

Result<std::vector<MorphPair>> drawMorphPairs(const PackedChairs& data,
                                              const std::vector<PackedView>& views,
                                              int count,
                                              std::uint64_t seed) {
    const auto chairs = chairsOf(data, views);
    std::vector<MorphPair> pairs;
    for (int i = 0; i < count; ++i) {
        VITRINE_TRY(const MorphPair pair, drawPair(chairs, views, Rng({0x3047, seed, std::uint64_t(i)})));
        pairs.push_back(pair);
    }
    return pairs;
}

Image renderOf(const PackedChairs& data, std::size_t view, int size) {
    Image picture(size, size, 4);
    boxShrink(data.premultiplied(view), data.size(), size, picture.pixels.data());
    return picture;
}

Status checkRendersFit(const PackedChairs& data, int size) {
    if (data.size() >= size && data.size() % size == 0) return {};
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("The model makes pictures of {} pixels, but the data set holds {}; render it at "
                             "a multiple of the model's size.",
                             size,
                             data.size())};
}

}  // namespace vitrine
