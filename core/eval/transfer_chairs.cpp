// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/transfer_chairs.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/base/turn_between.h"
#include "core/data/style_ids.h"
#include "core/eval/morph_pairs.h"
#include "core/metrics/hog.h"
#include "core/recipe/compose.h"

namespace vitrine {
namespace {

constexpr std::size_t kNoView = std::size_t(-1);

std::vector<float> rgbOf(const Image& picture) {
    std::vector<float> values;
    for (const std::uint8_t value : picture.pixels) values.push_back(float(value) / 255);
    return values;
}

/// Shapes: [chairs, numbers of a descriptor].
torch::Tensor descriptorsOf(const TransferChairs& chairs,
                            const std::vector<int>& which,
                            int place,
                            TransferLikeness likeness,
                            int size) {
    std::vector<torch::Tensor> rows;
    for (const int chair : which) {
        const Image picture = composeOver(chairs.render(chair, place, size), {});
        rows.push_back(
            torch::tensor(likeness == TransferLikeness::Hog ? hogDescriptor(picture) : rgbOf(picture)));
    }
    return torch::stack(rows);
}

double angleBetween(const ChairView& a, const ChairView& b) {
    return turnBetween(a.azimuthDeg, b.azimuthDeg) + std::abs(a.elevationDeg - b.elevationDeg);
}

}  // namespace

Result<TransferChairs> TransferChairs::make(const PackedChairs& data,
                                            const std::set<std::string>& targetIds) {
    const std::size_t numAzimuths = trainedAzimuthsDeg().size(),
                      numPlaces = numAzimuths * trainedElevationsDeg().size();
    TransferChairs chairs(data);
    chairs.m_views.assign(data.styleIds().size(), std::vector<std::size_t>(numPlaces, kNoView));
    for (std::size_t i = 0; i < data.views().size(); ++i) {
        const PackedView& view = data.views()[i];
        const std::size_t place =
            std::size_t(view.elevationIndex) * numAzimuths + std::size_t(view.azimuthIndex);
        if (view.azimuthIndex != kOffGrid && place < numPlaces)
            chairs.m_views[std::size_t(view.styleIndex)][place] = i;
    }
    std::set<std::string> missing = targetIds;
    for (std::size_t chair = 0; chair < chairs.m_views.size(); ++chair) {
        if (std::ranges::find(chairs.m_views[chair], kNoView) != chairs.m_views[chair].end()) continue;
        const bool isTarget = missing.erase(data.styleIds()[chair]) > 0;
        (isTarget ? chairs.m_targets : chairs.m_sources).push_back(int(chair));
    }
    if (missing.empty() && !chairs.m_targets.empty() && !chairs.m_sources.empty()) return chairs;
    const std::string fault =
        missing.empty() ? "no source chair with all views" : "not all views of " + *missing.begin();
    return Error{
        ErrorCode::InvalidArgument,
        "The data set has " + fault +
            "; evaluate on the set that the networks were trained on (data render --styles transfer)."};
}

Image TransferChairs::render(int chair, int place, int size) const {
    return renderOf(*m_data, viewIndex(chair, place), size);
}

std::vector<int> TransferChairs::given(const TransferViews& setting) const {
    std::vector<int> places;
    for (int place = 0; place < int(m_views.front().size()); ++place)
        if (setting.isGiven(viewOf(m_targets.front(), place))) places.push_back(place);
    return places;
}

std::vector<int> TransferChairs::unseen(const TransferViews& setting) const {
    std::vector<int> places;
    for (int place = 0; place < int(m_views.front().size()); ++place) {
        const PackedView& view = viewOf(m_targets.front(), place);
        if (setting.targetsAt20 ? !setting.isGiven(view)
                                : !isGivenAzimuth(view.azimuthIndex, kTransferAzimuths.front()))
            places.push_back(place);
    }
    return places;
}

std::vector<int> TransferChairs::nearestSources(const std::vector<int>& given,
                                                TransferLikeness likeness,
                                                int size,
                                                Among among) const {
    std::vector<int> sources = m_sources;
    if (among == Among::Catalogue)
        std::erase_if(sources, [this](int chair) { return isScanId(idOf(chair)); });
    if (sources.empty()) return std::vector<int>(m_targets.size(), -1);
    auto distances = torch::zeros({std::int64_t(m_targets.size()), std::int64_t(sources.size())});
    for (const int place : given)
        distances += torch::cdist(descriptorsOf(*this, m_targets, place, likeness, size),
                                  descriptorsOf(*this, sources, place, likeness, size))
                         .square();
    const auto nearest = distances.argmin(1);
    std::vector<int> chairs;
    for (std::size_t i = 0; i < m_targets.size(); ++i)
        chairs.push_back(sources[std::size_t(nearest[std::int64_t(i)].item<std::int64_t>())]);
    return chairs;
}

int TransferChairs::nearestPlace(const std::vector<int>& given, int place) const {
    return *std::ranges::min_element(
        given, {}, [&](int other) { return angleBetween(viewAt(other), viewAt(place)); });
}

}  // namespace vitrine
