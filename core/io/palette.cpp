// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/palette.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vitrine {
namespace {

/// All pixels whose colours agree in their upper 5 bits.
struct Bin {
    std::size_t index = 0;
    double count = 0;
    std::array<double, 3> sum{};
    double mean(int c) const { return sum[std::size_t(c)] / count; }
};

/// A run of bins that one colour stands for.
struct Box {
    std::size_t first = 0;
    std::size_t last = 0;  // one past
    double error = 0;      // sum of squared distances along `axis`
    int axis = 0;
    std::array<double, 3> mean{};
};

Box measure(std::span<const Bin> bins, std::size_t first, std::size_t last) {
    Box box{first, last, 0, 0, {}};
    double count = 0;
    std::array<double, 3> sum{}, squares{};
    for (const Bin& bin : bins.subspan(first, last - first)) {
        count += bin.count;
        for (int c = 0; c < 3; ++c) {
            sum[std::size_t(c)] += bin.sum[std::size_t(c)];
            squares[std::size_t(c)] += bin.count * bin.mean(c) * bin.mean(c);
        }
    }
    for (int c = 0; c < 3; ++c) {
        box.mean[std::size_t(c)] = sum[std::size_t(c)] / count;
        const double error = squares[std::size_t(c)] - sum[std::size_t(c)] * sum[std::size_t(c)] / count;
        if (error > box.error) {
            box.error = error;
            box.axis = c;
        }
    }
    return last - first < 2 ? Box{first, last, 0, 0, box.mean} : box;
}

std::vector<Bin> histogram(std::span<const Image> frames,
                           std::size_t (*binOf)(const std::uint8_t*),
                           std::size_t numBins) {
    std::vector<Bin> bins(numBins);
    for (const Image& frame : frames) {
        for (std::size_t i = 0; i + 2 < frame.pixels.size(); i += 3) {
            Bin& bin = bins[binOf(&frame.pixels[i])];
            bin.count += 1;
            for (std::size_t c = 0; c < 3; ++c) bin.sum[c] += frame.pixels[i + c];
        }
    }
    for (std::size_t i = 0; i < numBins; ++i) bins[i].index = i;
    std::erase_if(bins, [](const Bin& bin) { return bin.count == 0; });
    return bins;
}

std::vector<Box> cut(std::vector<Bin>& bins, std::size_t numBoxes) {
    std::vector<Box> boxes;
    if (!bins.empty()) boxes.push_back(measure(bins, 0, bins.size()));
    while (!boxes.empty() && boxes.size() < numBoxes) {
        const auto worst = std::max_element(
            boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.error < b.error; });
        if (worst->error <= 0) break;
        const Box box = *worst;
        const auto begin = bins.begin() + std::ptrdiff_t(box.first),
                   end = bins.begin() + std::ptrdiff_t(box.last);
        const double threshold = box.mean[std::size_t(box.axis)];
        const auto middle =
            std::partition(begin, end, [&](const Bin& bin) { return bin.mean(box.axis) <= threshold; });
        if (middle == begin || middle == end) {
            worst->error = 0;  // equal to within rounding: nothing to split
            continue;
        }
        const std::size_t split = std::size_t(middle - bins.begin());
        *worst = measure(bins, box.first, split);
        boxes.push_back(measure(bins, split, box.last));
    }
    return boxes;
}

std::uint8_t nearest(const std::vector<Palette::Colour>& colours, const Bin& bin) {
    double best = std::numeric_limits<double>::max();
    std::size_t bestIndex = 0;
    for (std::size_t i = 0; i < colours.size(); ++i) {
        double distance = 0;
        for (int c = 0; c < 3; ++c) distance += std::pow(bin.mean(c) - colours[i][std::size_t(c)], 2);
        if (distance < best) {
            best = distance;
            bestIndex = i;
        }
    }
    return std::uint8_t(bestIndex);
}

}  // namespace

Palette Palette::ofFrames(std::span<const Image> frames) {
    Palette palette;
    std::vector<Bin> bins = histogram(frames, &Palette::binOf, kBins);
    for (const Box& box : cut(bins, kSize)) {
        Colour colour;
        for (std::size_t c = 0; c < 3; ++c) colour[c] = std::uint8_t(std::lround(box.mean[c]));
        palette.m_colours.push_back(colour);
    }
    for (const Bin& bin : bins) palette.m_nearest[bin.index] = nearest(palette.m_colours, bin);
    return palette;
}

}  // namespace vitrine
