// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/image_file.h"
#include "core/io/label_png.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    const auto image = decodeImage(fuzz::bytesOf(input), "input");
    if (image)
        fuzz::require(image->pixels.size() == std::size_t(image->width * image->height * image->channels));
    (void)readLabelPng(fuzz::fileOf("input.png", input));
    return 0;
}
