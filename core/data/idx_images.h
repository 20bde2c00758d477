// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Grey pictures of one size, as MNIST and Fashion-MNIST come. Shapes: pixels [count, height, width] uint8.
struct IdxImages {
    int count = 0, height = 0, width = 0;
    std::vector<std::uint8_t> pixels;
};

/// Reads an idx3-ubyte file, gzipped or not. Refused whole: another magic number, sizes that do not add up,
/// trailing bytes. Errors: NotFound, BadFormat, Io; each names the file.
Result<IdxImages> readIdxImages(const std::filesystem::path& file);

/// The two parts of a set of pictures: train-images-idx3-ubyte and t10k-images-idx3-ubyte, each with or
/// without ".gz".
struct IdxFolder {
    IdxImages train, test;
    std::string dataHash;  ///< SHA-256 of both
};
Result<IdxFolder> readIdxFolder(const std::filesystem::path& folder);

}  // namespace vitrine
