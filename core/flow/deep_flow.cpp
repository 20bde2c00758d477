// SPDX-License-Identifier: GPL-3.0-or-later
// OpenCV's own DeepFlow is in a package of 170; it is a pyramid around a refinement that is at hand. The
// settings are OpenCV's.
#include <opencv2/video.hpp>
#include <vector>

#include "core/flow/cv_pictures.h"
#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

constexpr float kScale = 0.95f;
constexpr int kDeepFlowMinSide = 25;

/// From the picture itself down to the smallest.
std::vector<cv::Mat> greyPyramid(const cv::Mat& grey) {
    cv::Mat level;
    grey.convertTo(level, CV_32F);
    cv::GaussianBlur(level, level, cv::Size(3, 3), /*sigma=*/0.6);
    std::vector<cv::Mat> pyramid;
    while (pyramid.empty() || std::min(level.rows, level.cols) > kDeepFlowMinSide) {
        pyramid.push_back(level);
        cv::Mat smaller;
        cv::resize(level,
                   smaller,
                   cv::Size(int(float(level.cols) * kScale + 0.5f), int(float(level.rows) * kScale + 0.5f)));
        level = smaller;
    }
    return pyramid;
}

cv::Ptr<cv::VariationalRefinement> refinement() {
    const auto made = cv::VariationalRefinement::create();
    made->setAlpha(4);
    made->setDelta(0.5f / 3);
    made->setGamma(5.f / 3);
    made->setFixedPointIterations(5);
    made->setSorIterations(25);
    made->setOmega(1.6f);
    return made;
}

}  // namespace

FlowField deepFlow(const cv::Mat& from, const cv::Mat& to) {
    const std::vector<cv::Mat> fromLevels = greyPyramid(from), toLevels = greyPyramid(to);
    const auto refine = refinement();
    cv::Mat flow = cv::Mat::zeros(fromLevels.back().size(), CV_32FC2);
    for (std::size_t level = fromLevels.size(); level-- > 0;) {
        if (flow.size() != fromLevels[level].size()) {
            cv::Mat finer;
            cv::resize(flow, finer, fromLevels[level].size());
            flow = finer / kScale;
        }
        refine->calc(fromLevels[level], toLevels[level], flow);
    }
    return fieldOf(flow);
}

}  // namespace vitrine
