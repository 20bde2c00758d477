// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// Grey pictures with a class each.
struct IdxImages {
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;  ///< [N, height, width]
    std::vector<std::uint8_t> labels;  ///< [N]

    std::size_t count() const { return labels.size(); }
    const std::uint8_t* image(std::size_t i) const {
        return pixels.data() + i * std::size_t(width) * std::size_t(height);
    }
    /// Shapes: [height, width, 1].
    Image picture(std::size_t i) const {
        Image out(width, height, 1);
        std::copy_n(image(i), out.pixels.size(), out.pixels.begin());
        return out;
    }
};

/// Reads a pair of idx files, compressed by gzip or plain. Errors: NotFound; BadFormat (another magic number,
/// cut off, bytes too many, no pictures, another number of labels than of pictures). Source: the file format
/// of MNIST (LeCun).
Result<IdxImages> readIdxImages(const std::filesystem::path& images, const std::filesystem::path& labels);

/// MNIST or Fashion-MNIST: 60,000 and 10,000 pictures of 28 x 28 in ten classes.
struct IdxSet {
    IdxImages train, test;
};

/// Reads the four files train-images-idx3-ubyte ... t10k-labels-idx1-ubyte of a folder, with or without
/// ".gz". An empty path stands for Fashion-MNIST of Debian's package dataset-fashion-mnist. Errors: those of
/// readIdxImages; NotFound says what to install; BadFormat if pictures are not 28 x 28.
Result<IdxSet> readIdxSet(const std::filesystem::path& folder = {});

/// The 10,000 pictures for testing alone. `folder` and errors as above.
Result<IdxImages> readIdxTestImages(const std::filesystem::path& folder = {});

/// By class index.
const std::vector<std::string>& fashionMnistClassNames();

}  // namespace vitrine
