// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_images.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;
using namespace std::string_view_literals;

/// The pictures, then the labels of a pair of which the other file is sound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto label = fuzz::fileOf("label", "\0\0\x08\x01\0\0\0\x01\x07"sv);
    static const auto picture = fuzz::fileOf("picture", "\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x01\xff"sv);
    const auto input = fuzz::fileOf("input", fuzz::textOf(data, size));
    for (const auto& read : {readIdxImages(input, label), readIdxImages(picture, input)})
        if (read) fuzz::require(read->pixels.size() == read->picture(0).pixels.size() * read->count());
    return 0;
}
