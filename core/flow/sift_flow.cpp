// SPDX-License-Identifier: GPL-3.0-or-later
// Source: Liu, Yuen, Torralba, "SIFT flow: dense correspondence across scenes and its applications", PAMI
// 2011; the settings are those of the authors' demonstration, for descriptors of length 255.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "core/flow/cv_pictures.h"
#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

constexpr int kLevels = 4;
constexpr int kTopRadius = 10,
              kRadius = 2;  // of the search window; finer levels add their distance from the finest
constexpr int kGuidedLevel = 2,
              kGuidedRadius = 2;  // where an initial flow takes the place of coarser levels
constexpr int kTopIterations = 60, kIterations = 30;
// Of the smoothness term, alpha and d. The authors' alpha of 2, for larger pictures, holds thin legs back: on
// renders of known flow a quarter of it does best.
constexpr float kSlope = 0.5f * 255, kSlopeLimit = 20 * kSlope;
constexpr float kTruncation = 2000;         // of a match, t
constexpr float kShortness = 0.005f * 255;  // of the small-displacement term, gamma
constexpr int kSiftFlowMinSide = 4;

/// Loopy belief propagation for one level. Horizontal and vertical displacement are two layers of nodes, tied
/// together by the data term; messages run along the rows of one layer and then of the other.
class BeliefPropagation {
public:
    /// `offset`: displacement that the window of each pixel is centred on. Shapes: from, to [H, W] of C
    /// float32; offset [H, W] of two int32.
    BeliefPropagation(
        const cv::Mat& from, const cv::Mat& to, const cv::Mat& offset, int radius, float shortness)
        : m_width(from.cols),
          m_height(from.rows),
          m_radius(radius),
          m_states(2 * radius + 1),
          m_offset(offset) {
        const std::size_t nodes = std::size_t(m_width) * std::size_t(m_height);
        for (int layer = 0; layer < 2; ++layer) {
            m_range[layer].resize(nodes * m_states);
            m_dual[layer].resize(nodes * m_states);
            for (auto& messages : m_spatial[layer]) messages.resize(nodes * m_states);
        }
        fillRange(shortness);
        fillData(from, to);
    }

    void run(int iterations) {
        // The data speak first: a sweep without them would settle on no displacement, and loops never let go
        // of it again.
        for (int node = 0; node < m_width * m_height; ++node)
            for (int layer = 0; layer < 2; ++layer) sendAcross(node, layer);
        for (int i = 0; i < iterations; ++i)
            sweep(/*layer=*/i % 2, /*isForward=*/i % 4 < 2, /*crossesOver=*/i % 8 < 4);
    }

    /// Shapes: [H, W] of two int32.
    cv::Mat best() const {
        cv::Mat flow(m_height, m_width, CV_32SC2);
        for (int node = 0; node < m_width * m_height; ++node)
            for (int layer = 0; layer < 2; ++layer) {
                std::vector<float> belief(m_states);
                gather(belief.data(), node, layer, kNone);
                const float* dual = at(m_dual[layer], node);
                for (std::size_t s = 0; s < m_states; ++s) belief[s] += dual[s];
                const auto least = std::ranges::min_element(belief) - belief.begin();
                flow.ptr<int>()[2 * node + layer] = int(least) - m_radius + offsetOf(node, layer);
            }
        return flow;
    }

private:
    using Messages = std::vector<float>;
    enum Direction { kRight, kLeft, kDown, kUp, kNone };  // that a message travels

    float* at(Messages& messages, int node) { return messages.data() + std::size_t(node) * m_states; }
    const float* at(const Messages& messages, int node) const {
        return messages.data() + std::size_t(node) * m_states;
    }
    int offsetOf(int node, int layer) const { return m_offset.ptr<int>()[2 * node + layer]; }

    void fillRange(float shortness) {
        for (int layer = 0; layer < 2; ++layer)
            for (int node = 0; node < m_width * m_height; ++node)
                for (std::size_t s = 0; s < m_states; ++s)
                    at(m_range[layer], node)[s] =
                        shortness * std::abs(float(int(s) - m_radius + offsetOf(node, layer)));
    }

    void fillData(const cv::Mat& from, const cv::Mat& to) {
        const std::size_t window = m_states * m_states;
        constexpr float kOutside = -1;
        m_data.assign(std::size_t(m_width) * std::size_t(m_height) * window, kOutside);
        std::vector<float> inside;
        for (int node = 0; node < m_width * m_height; ++node)
            for (std::size_t s = 0; s < window; ++s) {
                const int x = node % m_width + offsetOf(node, 0) + int(s % m_states) - m_radius;
                const int y = node / m_width + offsetOf(node, 1) + int(s / m_states) - m_radius;
                if (x < 0 || y < 0 || x >= m_width || y >= m_height) continue;
                const float cost = descriptorDistance(from, node, to, y * m_width + x);
                m_data[std::size_t(node) * window + s] = cost;
                inside.push_back(cost);
            }
        // What is outside costs as much as the median match.
        const auto middle = inside.begin() + std::ptrdiff_t(inside.size() / 2);
        std::nth_element(inside.begin(), middle, inside.end());
        for (float& cost : m_data) cost = std::min(cost < 0 ? *middle : cost, kTruncation);
    }

    static float descriptorDistance(const cv::Mat& from, int fromNode, const cv::Mat& to, int toNode) {
        const int length = from.channels();
        return absoluteDifference(from.ptr<float>() + std::ptrdiff_t(fromNode) * length,
                                  to.ptr<float>() + std::ptrdiff_t(toNode) * length,
                                  length);
    }

    void sweep(int layer, bool isForward, bool crossesOver) {
        const int count = m_width * m_height;
        for (int i = 0; i < count; ++i) {
            const int node = isForward ? i : count - 1 - i;
            sendAlong(node, layer, isForward ? kRight : kLeft);
            sendAlong(node, layer, isForward ? kDown : kUp);
            if (crossesOver) sendAcross(node, layer);
        }
    }

    int neighbour(int node, Direction direction) const {
        const int x = node % m_width, y = node / m_width;
        switch (direction) {
            case kRight:
                return x + 1 < m_width ? node + 1 : -1;
            case kLeft:
                return x > 0 ? node - 1 : -1;
            case kDown:
                return y + 1 < m_height ? node + m_width : -1;
            case kUp:
                return y > 0 ? node - m_width : -1;
            case kNone:
                break;
        }
        return -1;
    }

    /// Range term and what the neighbours on the layer say, but for the one that `to` leads to.
    void gather(float* sum, int node, int layer, Direction to) const {
        constexpr std::array<Direction, 4> kOpposite{kLeft, kRight, kUp, kDown};
        std::copy_n(at(m_range[layer], node), m_states, sum);
        for (std::size_t direction = 0; direction < 4; ++direction) {
            if (to != kNone && kOpposite[direction] == to) continue;
            const float* message = at(m_spatial[layer][direction], node);
            for (std::size_t s = 0; s < m_states; ++s) sum[s] += message[s];
        }
    }

    void sendAlong(int node, int layer, Direction direction) {
        const int target = neighbour(node, direction);
        if (target < 0) return;
        float* sum = m_scratch.data();
        gather(sum, node, layer, direction);
        const float* dual = at(m_dual[layer], node);
        for (std::size_t s = 0; s < m_states; ++s) sum[s] += dual[s];
        const float limit = *std::min_element(sum, sum + m_states) + kSlopeLimit;
        for (std::size_t s = 1; s < m_states; ++s) sum[s] = std::min(sum[s], sum[s - 1] + kSlope);
        for (std::size_t s = m_states - 1; s-- > 0;) sum[s] = std::min(sum[s], sum[s + 1] + kSlope);
        // The same displacement has another index in the neighbour's window.
        const int shift = offsetOf(target, layer) - offsetOf(node, layer), last = int(m_states) - 1;
        float* message = at(m_spatial[layer][direction], target);
        for (int s = 0; s <= last; ++s) {
            const int source = s + shift, nearest = std::clamp(source, 0, last);
            message[s] = std::min(sum[nearest] + kSlope * float(std::abs(source - nearest)), limit);
        }
        subtractLeast(message);
    }

    /// From one layer's node to the other layer's at the same pixel.
    void sendAcross(int node, int layer) {
        float* sum = m_scratch.data();
        gather(sum, node, layer, kNone);
        float* message = at(m_dual[1 - layer], node);
        const float* data =
            m_data.data() + std::size_t(node) * m_states * m_states;  // [vertical, horizontal]
        for (std::size_t s = 0; s < m_states; ++s) {
            float least = std::numeric_limits<float>::max();
            for (std::size_t own = 0; own < m_states; ++own)
                least = std::min(
                    least, sum[own] + (layer == 0 ? data[s * m_states + own] : data[own * m_states + s]));
            message[s] = least;
        }
        subtractLeast(message);
    }

    void subtractLeast(float* message) const {
        const float least = *std::min_element(message, message + m_states);
        for (std::size_t s = 0; s < m_states; ++s) message[s] -= least;
    }

    int m_width, m_height, m_radius;
    std::size_t m_states;  ///< of a node: displacements in its window
    cv::Mat m_offset;
    Messages m_data;                          ///< [H W, states, states]
    std::array<Messages, 2> m_range, m_dual;  ///< by layer: horizontal, vertical
    std::array<std::array<Messages, 4>, 2>
        m_spatial;  ///< by layer and direction; filed under the node that hears them
    std::array<float, 2 * kTopRadius + 1> m_scratch{};
};

std::vector<cv::Mat> pyramidOf(cv::Mat descriptors) {
    std::vector<cv::Mat> pyramid{descriptors};
    while (int(pyramid.size()) < kLevels &&
           std::min(descriptors.rows, descriptors.cols) / 2 >= kSiftFlowMinSide) {
        cv::Mat blurred, smaller;
        cv::GaussianBlur(pyramid.back(), blurred, cv::Size(5, 5), 0.67, 0.67, cv::BORDER_REPLICATE);
        cv::resize(blurred, smaller, cv::Size(), 0.5, 0.5, cv::INTER_LINEAR);
        pyramid.push_back(smaller);
        descriptors = smaller;
    }
    return pyramid;
}

/// Twice as fine, with displacements of twice the length.
cv::Mat finer(const cv::Mat& flow, cv::Size size) {
    cv::Mat real, larger, whole;
    flow.convertTo(real, CV_32F);
    cv::resize(real, larger, size, 0, 0, cv::INTER_LINEAR);
    larger.convertTo(whole, CV_32S, 2);
    return whole;
}

/// An initial flow as whole displacements at a level of the pyramid.
cv::Mat coarser(const FlowField& flow, cv::Size size, int level) {
    cv::Mat smaller, whole;
    cv::resize(viewOf(flow), smaller, size, 0, 0, cv::INTER_AREA);
    smaller.convertTo(whole, CV_32S, 1.0 / double(1 << level));
    return whole;
}

}  // namespace

FlowField siftFlow(const Image& from, const Image& to, const FlowField& initialFlow) {
    const std::vector<cv::Mat> fromLevels = pyramidOf(denseSift(from, kSiftFlowCellSize, kSiftFlowNorm));
    const std::vector<cv::Mat> toLevels = pyramidOf(denseSift(to, kSiftFlowCellSize, kSiftFlowNorm));
    const bool isGuided = !initialFlow.empty();
    const int top = int(fromLevels.size()) - 1, begin = isGuided ? std::min(kGuidedLevel, top) : top;
    cv::Mat flow;
    for (int level = begin; level >= 0; --level) {
        const cv::Mat &a = fromLevels[std::size_t(level)], &b = toLevels[std::size_t(level)];
        int radius = kRadius + level, numIterations = kIterations;
        cv::Mat offset;
        if (level < begin)
            offset = finer(flow, a.size());
        else if (isGuided)
            offset = coarser(initialFlow, a.size(), level), radius = kGuidedRadius;
        else
            offset = cv::Mat::zeros(a.size(), CV_32SC2), radius = kTopRadius, numIterations = kTopIterations;
        BeliefPropagation propagation(a, b, offset, radius, isGuided ? 0 : kShortness * float(1 << level));
        propagation.run(numIterations);
        flow = propagation.best();
    }
    cv::Mat real;
    flow.convertTo(real, CV_32F);
    return fieldOf(real);
}

}  // namespace vitrine
