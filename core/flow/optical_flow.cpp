// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/optical_flow.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <opencv2/video.hpp>
#include <stdexcept>

#include "core/flow/cv_pictures.h"
#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

struct MethodInfo {
    FlowMethod method;
    std::string_view key, name;
};

constexpr std::array kMethods{MethodInfo{FlowMethod::Dis, "dis", "DIS"},
                              MethodInfo{FlowMethod::Farneback, "farneback", "Farneback"},
                              MethodInfo{FlowMethod::DeepFlow, "deepflow", "DeepFlow"},
                              MethodInfo{FlowMethod::LucasKanade, "lucas-kanade", "Lucas-Kanade"},
                              MethodInfo{FlowMethod::SiftFlow, "sift-flow", "SIFT flow"},
                              MethodInfo{FlowMethod::SpatialPyramid, "dsp", "Deformable spatial pyramid"}};
constexpr int kSmallestSide = 16;  // DIS has no scale for less

const MethodInfo& infoOf(FlowMethod method) {
    return *std::ranges::find(kMethods, method, &MethodInfo::method);
}

/// Three rounds of variational refinement: on chairs beside the test set as good as the preset's five, in
/// three quarters of the time.
FlowField dis(const cv::Mat& from, const cv::Mat& to, const FlowField& initialFlow) {
    const auto search = cv::DISOpticalFlow::create(cv::DISOpticalFlow::PRESET_MEDIUM);
    search->setFinestScale(0);
    search->setVariationalRefinementIterations(3);
    cv::Mat flow = initialFlow.empty() ? cv::Mat() : viewOf(initialFlow).clone();
    search->calc(from, to, flow);
    return fieldOf(flow);
}

FlowField farneback(const cv::Mat& from, const cv::Mat& to) {
    cv::Mat flow;
    cv::calcOpticalFlowFarneback(from,
                                 to,
                                 flow,
                                 /*pyr_scale=*/0.5,
                                 /*levels=*/5,
                                 /*winsize=*/13,
                                 /*iterations=*/10,
                                 /*poly_n=*/5,
                                 /*poly_sigma=*/1.1,
                                 cv::OPTFLOW_FARNEBACK_GAUSSIAN);
    return fieldOf(flow);
}

/// Pixels that get lost keep where they were.
FlowField lucasKanade(const cv::Mat& from, const cv::Mat& to) {
    std::vector<cv::Point2f> begin, end;
    for (int y = 0; y < from.rows; ++y)
        for (int x = 0; x < from.cols; ++x) begin.emplace_back(float(x), float(y));
    std::vector<std::uint8_t> isFound;
    cv::calcOpticalFlowPyrLK(from, to, begin, end, isFound, cv::noArray(), cv::Size(21, 21), /*maxLevel=*/4);
    FlowField flow(from.cols, from.rows);
    for (std::size_t i = 0; i < begin.size(); ++i) {
        if (!isFound[i]) continue;
        flow.pixels[2 * i] = end[i].x - begin[i].x;
        flow.pixels[2 * i + 1] = end[i].y - begin[i].y;
    }
    return flow;
}

void checkPair(const Image& from, const Image& to) {
    if (from.width != to.width || from.height != to.height ||
        std::min(from.width, from.height) < kSmallestSide)
        throw std::invalid_argument(
            "opticalFlow: the pictures must be of one size, 16 pixels a side at least");
    // Pairs are shared out over threads; OpenCV must not start its own in each.
    static std::once_flag once;
    std::call_once(once, [] { cv::setNumThreads(1); });
}

}  // namespace

std::span<const FlowMethod> flowMethods() {
    static constexpr std::array methods = [] {
        std::array<FlowMethod, kMethods.size()> all{};
        std::ranges::transform(kMethods, all.begin(), &MethodInfo::method);
        return all;
    }();
    return methods;
}

std::string_view keyOf(FlowMethod method) {
    return infoOf(method).key;
}
std::string_view nameOf(FlowMethod method) {
    return infoOf(method).name;
}

std::optional<FlowMethod> flowMethodOf(std::string_view key) {
    const auto found = std::ranges::find(kMethods, key, &MethodInfo::key);
    return found == kMethods.end() ? std::nullopt : std::optional(found->method);
}

bool canBeGuided(FlowMethod method) {
    return method == FlowMethod::Dis || method == FlowMethod::SiftFlow;
}

FlowField opticalFlow(const Image& from, const Image& to, FlowMethod method, const FlowField& initialFlow) {
    checkPair(from, to);
    switch (method) {
        case FlowMethod::SiftFlow:
            return siftFlow(from, to, initialFlow);
        case FlowMethod::SpatialPyramid:
            return spatialPyramidFlow(from, to);
        case FlowMethod::DeepFlow:
            return deepFlow(greyOf(from), greyOf(to));
        case FlowMethod::Farneback:
            return farneback(greyOf(from), greyOf(to));
        case FlowMethod::LucasKanade:
            return lucasKanade(greyOf(from), greyOf(to));
        case FlowMethod::Dis:
            break;
    }
    return dis(greyOf(from), greyOf(to), initialFlow);
}

}  // namespace vitrine
