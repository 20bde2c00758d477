// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <numbers>

#include "core/flow/cv_pictures.h"
#include "core/flow/feature_flow.h"

namespace vitrine {
namespace {

constexpr int kOrientations = 8, kCellsPerSide = 4;
constexpr int kLength = kOrientations * kCellsPerSide * kCellsPerSide;
constexpr float kSharpness = 9;  // of an orientation's share in a gradient
constexpr float kFlat = 0.02f;   // a descriptor shorter than that is noise; it is not blown up

/// The steepest channel's gradient. Shapes: [H, W] of two float32.
cv::Mat gradientOf(const Image& image) {
    cv::Mat picture, dx, dy;
    viewOf(image).convertTo(picture, CV_32F, 1.0 / 255);
    cv::Sobel(picture, dx, CV_32F, 1, 0, 1, 0.5, 0, cv::BORDER_REPLICATE);
    cv::Sobel(picture, dy, CV_32F, 0, 1, 1, 0.5, 0, cv::BORDER_REPLICATE);
    cv::Mat gradient(picture.rows, picture.cols, CV_32FC2);
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x) {
            cv::Vec2f steepest;
            for (int c = 0; c < image.channels; ++c) {
                const cv::Vec2f slope(dx.ptr<float>(y)[x * image.channels + c],
                                      dy.ptr<float>(y)[x * image.channels + c]);
                if (slope.dot(slope) > steepest.dot(steepest)) steepest = slope;
            }
            gradient.at<cv::Vec2f>(y, x) = steepest;
        }
    return gradient;
}

/// How much of each orientation there is around a pixel, weighted by a triangle of one cell.
std::array<cv::Mat, kOrientations> cellsOf(const cv::Mat& gradient, int cellSize) {
    std::array<cv::Mat, kOrientations> cells;
    for (cv::Mat& cell : cells) cell = cv::Mat(gradient.size(), CV_32F);
    for (int y = 0; y < gradient.rows; ++y)
        for (int x = 0; x < gradient.cols; ++x) {
            const cv::Vec2f slope = gradient.at<cv::Vec2f>(y, x);
            const float size = std::hypot(slope[0], slope[1]), angle = std::atan2(slope[1], slope[0]);
            for (int k = 0; k < kOrientations; ++k) {
                const float cosine =
                    std::cos(angle - 2 * std::numbers::pi_v<float> * float(k) / kOrientations);
                cells[std::size_t(k)].at<float>(y, x) = size * std::pow(std::max(cosine, 0.f), kSharpness);
            }
        }
    cv::Mat triangle(1, 2 * cellSize - 1, CV_32F);
    for (int i = 0; i < triangle.cols; ++i)
        triangle.at<float>(i) = 1 - std::abs(float(i + 1 - cellSize)) / float(cellSize);
    for (cv::Mat& cell : cells)
        cv::sepFilter2D(cell, cell, CV_32F, triangle, triangle, {-1, -1}, 0, cv::BORDER_REPLICATE);
    return cells;
}

}  // namespace

cv::Mat denseSift(const Image& image, int cellSize, float norm) {
    const auto cells = cellsOf(gradientOf(image), cellSize);
    cv::Mat descriptors(image.height, image.width, CV_32FC(kLength));
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            float* descriptor = descriptors.ptr<float>(y) + std::ptrdiff_t(x) * kLength;
            float squares = 0, *out = descriptor;
            for (int cellY = 0; cellY < kCellsPerSide; ++cellY)
                for (int cellX = 0; cellX < kCellsPerSide; ++cellX)
                    for (const cv::Mat& cell : cells) {
                        const int atX = std::clamp(
                            x + (2 * cellX - kCellsPerSide + 1) * cellSize / 2, 0, image.width - 1);
                        const int atY = std::clamp(
                            y + (2 * cellY - kCellsPerSide + 1) * cellSize / 2, 0, image.height - 1);
                        *out = cell.at<float>(atY, atX);
                        squares += *out * *out;
                        ++out;
                    }
            const float factor = norm / std::max(std::sqrt(squares), kFlat);
            for (int i = 0; i < kLength; ++i) descriptor[i] *= factor;
        }
    return descriptors;
}

}  // namespace vitrine
