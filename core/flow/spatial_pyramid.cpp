// SPDX-License-Identifier: GPL-3.0-or-later
// Source: Kim, Liu, Sha, Grauman, "Deformable spatial pyramid matching for fast dense correspondences", CVPR
// 2013. The settings are the paper's but for those marked *: made for larger pictures, they were chosen anew
// on renders of known flow.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/flow/cv_pictures.h"
#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

constexpr float kNorm = 512;
constexpr int kCellSize = 6;  // * a descriptor sees 24 x 24 pixels, not 16 x 16
constexpr int kComponents = 20;
constexpr int kPyramidLevels = 3;           // 1, 4 and 16 cells; pixels come after them
constexpr float kPyramidTruncation = 1000;  // * lambda, of a match; not 500
constexpr float kDeformation = 0.005f;      // alpha, a pixel
constexpr float kDeformationLimit = 0.25f;  // gamma
constexpr int kPyramidIterations = 50;
constexpr int kFeaturesWanted = 2500;  // of the cells' data term; gives the step of the grid

using Costs = std::vector<float>;  // one a translation of the grid

/// Descriptors of both pictures in the same few principal components. Shapes: each [H, W] of 20 float32.
std::array<cv::Mat, 2> reduced(const cv::Mat& from, const cv::Mat& to) {
    const auto rowsOf = [](const cv::Mat& picture) {
        return picture.reshape(1, picture.rows * picture.cols);
    };
    cv::Mat all;
    cv::vconcat(rowsOf(from), rowsOf(to), all);
    const cv::PCA pca(all, cv::noArray(), cv::PCA::DATA_AS_ROW, kComponents);
    return {pca.project(rowsOf(from)).reshape(kComponents, from.rows),
            pca.project(rowsOf(to)).reshape(kComponents, to.rows)};
}

/// What a match costs; at most kPyramidTruncation, as it does outside the picture.
class MatchCost {
public:
    explicit MatchCost(const std::array<cv::Mat, 2>& descriptors)
        : m_from(descriptors[0]), m_to(descriptors[1]) {}
    int width() const { return m_from.cols; }
    int height() const { return m_from.rows; }
    float operator()(int x, int y, int toX, int toY) const {
        if (toX < 0 || toY < 0 || toX >= m_to.cols || toY >= m_to.rows) return kPyramidTruncation;
        const float *a = m_from.ptr<float>(y) + x * kComponents,
                    *b = m_to.ptr<float>(toY) + toX * kComponents;
        return std::min(absoluteDifference(a, b, kComponents), kPyramidTruncation);
    }

private:
    cv::Mat m_from, m_to;
};

/// The translations that cells choose from: a grid around zero that reaches half the picture.
struct Translations {
    int step, radius;  ///< pixels; in steps
    Translations(int width, int height)
        : step(std::max(1, int(std::lround(std::sqrt(width * height / double(kFeaturesWanted)))))),
          radius((std::max(width, height) / 2 + step - 1) / step) {}
    int side() const { return 2 * radius + 1; }
    int count() const { return side() * side(); }
    int x(int index) const { return (index % side() - radius) * step; }
    int y(int index) const { return (index / side() - radius) * step; }
};

/// The pyramid's cells, level by level, each [0, 2^level) squared, and how to go from one to the next.
struct Cells {
    static int first(int level) { return ((1 << 2 * level) - 1) / 3; }
    static int count() { return first(kPyramidLevels); }
    static int index(int level, int column, int row) { return first(level) + (row << level) + column; }

    /// Pairs of cells that are beside each other, or of which one holds the other.
    static std::vector<std::array<int, 2>> edges() {
        std::vector<std::array<int, 2>> edges;
        for (int level = 0; level < kPyramidLevels; ++level)
            for (int row = 0; row < 1 << level; ++row)
                for (int column = 0; column < 1 << level; ++column) {
                    const int cell = index(level, column, row);
                    if (level > 0) edges.push_back({index(level - 1, column / 2, row / 2), cell});
                    if (column > 0) edges.push_back({index(level, column - 1, row), cell});
                    if (row > 0) edges.push_back({index(level, column, row - 1), cell});
                }
        return edges;
    }
};

/// Mean cost of every cell under every translation, over the mean of its level.
std::vector<Costs> cellCosts(const MatchCost& cost, const Translations& translations) {
    constexpr int kFinest = kPyramidLevels - 1;
    std::vector<Costs> costs(std::size_t(Cells::count()), Costs(std::size_t(translations.count())));
    for (int t = 0; t < translations.count(); ++t)
        for (int y = 0; y < cost.height(); y += translations.step)
            for (int x = 0; x < cost.width(); x += translations.step) {
                const int cell =
                    Cells::index(kFinest, (x << kFinest) / cost.width(), (y << kFinest) / cost.height());
                costs[std::size_t(cell)][std::size_t(t)] +=
                    cost(x, y, x + translations.x(t), y + translations.y(t));
            }
    for (int level = kFinest; level-- > 0;)
        for (int cell = 0; cell < 1 << 2 * level; ++cell) {
            const int column = cell & ((1 << level) - 1), row = cell >> level;
            for (int child = 0; child < 4; ++child) {
                const int from = Cells::index(level + 1, 2 * column + child % 2, 2 * row + child / 2);
                for (std::size_t t = 0; t < costs[0].size(); ++t)
                    costs[std::size_t(Cells::first(level) + cell)][t] += costs[std::size_t(from)][t];
            }
        }
    for (int level = 0; level < kPyramidLevels; ++level) {
        double sum = 0;
        for (int cell = Cells::first(level); cell < Cells::first(level + 1); ++cell)
            for (const float value : costs[std::size_t(cell)]) sum += value;
        const auto mean = float(sum / (double(translations.count()) * double(1 << 2 * level)));
        for (int cell = Cells::first(level); cell < Cells::first(level + 1); ++cell)
            for (float& value : costs[std::size_t(cell)]) value /= mean;
    }
    return costs;
}

/// The least of costs[s] + min(slope |s - t|, limit) for each t: a distance transform over the grid of
/// translations.
void relax(Costs& costs, int side, float slope, float limit) {
    const float cap = *std::ranges::min_element(costs) + limit;
    const auto pass = [&](std::size_t begin, std::size_t stride) {
        for (int i = 1; i < side; ++i) {
            float& here = costs[begin + std::size_t(i) * stride];
            here = std::min(here, costs[begin + std::size_t(i - 1) * stride] + slope);
        }
        for (int i = side - 1; i-- > 0;) {
            float& here = costs[begin + std::size_t(i) * stride];
            here = std::min(here, costs[begin + std::size_t(i + 1) * stride] + slope);
        }
    };
    for (int i = 0; i < side; ++i) pass(std::size_t(i) * std::size_t(side), 1);
    for (int i = 0; i < side; ++i) pass(std::size_t(i), std::size_t(side));
    for (float& cost : costs) cost = std::min(cost, cap);
}

/// The translation of each cell by loopy belief propagation.
std::vector<int> bestTranslations(const std::vector<Costs>& costs, const Translations& translations) {
    const auto edges = Cells::edges();
    const std::size_t states = costs[0].size();
    std::vector<std::array<Costs, 2>> messages(
        edges.size(), {Costs(states), Costs(states)});  // to the edge's first, its second
    std::vector<Costs> beliefs;
    for (int iteration = 0; iteration <= kPyramidIterations; ++iteration) {
        beliefs = costs;
        for (std::size_t e = 0; e < edges.size(); ++e)
            for (std::size_t end = 0; end < 2; ++end)
                for (std::size_t t = 0; t < states; ++t)
                    beliefs[std::size_t(edges[e][end])][t] += messages[e][end][t];
        if (iteration == kPyramidIterations) break;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            const std::array<Costs, 2> heard = messages[e];
            for (std::size_t end = 0; end < 2; ++end) {
                Costs& message = messages[e][end];
                const Costs& sender = beliefs[std::size_t(edges[e][1 - end])];
                for (std::size_t t = 0; t < states; ++t) message[t] = sender[t] - heard[1 - end][t];
                relax(
                    message, translations.side(), kDeformation * float(translations.step), kDeformationLimit);
                const float least = *std::ranges::min_element(message);
                for (float& value : message) value -= least;
            }
        }
    }
    std::vector<int> best;
    for (const Costs& belief : beliefs)
        best.push_back(int(std::ranges::min_element(belief) - belief.begin()));
    return best;
}

/// Each pixel's best match near where it was carried so far; straying costs.
void searchPixels(const MatchCost& cost, FlowField& flow, int radius, int step) {
    constexpr float kStraying = 20;  // * a pixel; not 2.5
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x) {
            float* vector = &flow.at(y, x, 0);
            const int baseX = int(vector[0]), baseY = int(vector[1]);
            float least = std::numeric_limits<float>::max();
            for (int dy = -radius; dy <= radius; dy += step)
                for (int dx = -radius; dx <= radius; dx += step) {
                    const float value = cost(x, y, x + baseX + dx, y + baseY + dy) +
                                        kStraying * float(std::abs(dx) + std::abs(dy));
                    if (value >= least) continue;
                    least = value;
                    vector[0] = float(baseX + dx), vector[1] = float(baseY + dy);
                }
        }
}

}  // namespace

FlowField spatialPyramidFlow(const Image& from, const Image& to) {
    const MatchCost cost(reduced(denseSift(from, kCellSize, kNorm), denseSift(to, kCellSize, kNorm)));
    const Translations translations(cost.width(), cost.height());
    const std::vector<int> best = bestTranslations(cellCosts(cost, translations), translations);
    FlowField flow(cost.width(), cost.height());
    constexpr int kFinest = kPyramidLevels - 1;
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x) {
            const int t = best[std::size_t(
                Cells::index(kFinest, (x << kFinest) / flow.width, (y << kFinest) / flow.height))];
            flow.at(y, x, 0) = float(translations.x(t));
            flow.at(y, x, 1) = float(translations.y(t));
        }
    searchPixels(cost, flow, /*radius=*/20, /*step=*/4);
    searchPixels(cost, flow, /*radius=*/4, /*step=*/1);
    return flow;
}

}  // namespace vitrine
