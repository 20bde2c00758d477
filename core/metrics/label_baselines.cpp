// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/label_baselines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "core/data/scene_pictures.h"
#include "core/metrics/class_bits.h"

namespace vitrine {
namespace {

constexpr int kNone = -1;

/// The row of the nearest known pixel of each column, for every pixel; kNone in a column that knows nothing.
Raster<int> nearestRows(const LabelMap& query) {
    Raster<int> rows(query.width, query.height, 1, kNone);
    const auto look = [&](int y, int x, int& known) {
        if (query.at(y, x) != kUnknownLabel) known = y;
        int& row = rows.at(y, x);
        if (known != kNone && (row == kNone || std::abs(y - known) < std::abs(y - row))) row = known;
    };
    for (int x = 0; x < query.width; ++x) {
        int above = kNone, below = kNone;
        for (int y = 0; y < query.height; ++y) look(y, x, above);
        for (int y = query.height - 1; y >= 0; --y) look(y, x, below);
    }
    return rows;
}

std::uint8_t nearestLabel(const LabelMap& query, const Raster<int>& rows, int y, int x) {
    std::uint8_t label = kUnknownLabel;
    int nearest = std::numeric_limits<int>::max();
    for (int column = 0; column < query.width; ++column) {
        const int row = rows.at(y, column);
        if (row == kNone) continue;
        const int square = (y - row) * (y - row) + (x - column) * (x - column);
        if (square < nearest) nearest = square, label = query.at(row, column);
    }
    return label;
}

LabelMap completedWith(LabelMap query, const LabelMap& map) {
    for (std::size_t i = 0; i < query.pixels.size(); ++i)
        if (query.pixels[i] == kUnknownLabel) query.pixels[i] = map.pixels[i];
    return query;
}

}  // namespace

LabelMap nearestKnownLabels(const LabelMap& query) {
    const Raster<int> rows = nearestRows(query);
    LabelMap answer = query;
    for (int y = 0; y < query.height; ++y)
        for (int x = 0; x < query.width; ++x)
            if (query.at(y, x) == kUnknownLabel) answer.at(y, x) = nearestLabel(query, rows, y, x);
    return answer;
}

struct LabelRetrieval::Maps {
    int numClasses = 0;
    std::vector<LabelMap> maps;
    std::vector<ClassBits> bits;
};

LabelRetrieval::LabelRetrieval(std::unique_ptr<Maps> maps) : m_maps(std::move(maps)) {}
LabelRetrieval::LabelRetrieval(LabelRetrieval&&) noexcept = default;
LabelRetrieval& LabelRetrieval::operator=(LabelRetrieval&&) noexcept = default;
LabelRetrieval::~LabelRetrieval() = default;

Result<LabelRetrieval> LabelRetrieval::make(const PackedScenes& scenes, int size, std::size_t count) {
    VITRINE_TRY(const ScenePictures pictures, ScenePictures::make(scenes, size));
    auto indices = scenes.indicesOf(Split::Train);
    if (indices.empty())
        return Error{ErrorCode::InvalidArgument,
                     "The set has no scenes in the split train, which the retrieval baseline needs; choose "
                     "another set."};
    indices.resize(std::min(count, indices.size()));
    auto maps = std::make_unique<Maps>();
    maps->numClasses = scenes.numClasses();
    for (const std::size_t index : indices) {
        SceneBatch batch;
        pictures.append(index, batch);
        LabelMap map(size, size);
        map.pixels = std::move(batch.labels);
        maps->bits.emplace_back(map, maps->numClasses);
        maps->maps.push_back(std::move(map));
    }
    return LabelRetrieval(std::move(maps));
}

std::vector<LabelMap> LabelRetrieval::find(const LabelMap& query, std::size_t count) const {
    const IouRule rule{m_maps->numClasses, 0, EmptyClass::Skip};
    const ClassBits known(query, rule.numClasses);
    std::vector<double> agreement;
    for (const ClassBits& bits : m_maps->bits) {
        const double iou = meanIou(known.overlaps(bits), rule);
        agreement.push_back(std::isfinite(iou) ? iou : 0);
    }
    std::vector<std::size_t> order(agreement.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return agreement[a] > agreement[b]; });
    order.resize(std::min(count, order.size()));
    std::vector<LabelMap> found;
    for (const std::size_t index : order) found.push_back(completedWith(query, m_maps->maps[index]));
    return found;
}

LabelMap mostFrequentLabels(const std::vector<LabelMap>& maps) {
    LabelMap answer = maps.front();
    for (std::size_t i = 0; i < answer.pixels.size(); ++i) {
        std::array<int, 256> votes{};
        for (const LabelMap& map : maps) ++votes[map.pixels[i]];
        answer.pixels[i] = std::uint8_t(std::ranges::max_element(votes) - votes.begin());
    }
    return answer;
}

}  // namespace vitrine
