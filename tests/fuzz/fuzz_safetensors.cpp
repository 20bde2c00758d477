// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = SafetensorsFile::parse(fuzz::bytesOf(fuzz::textOf(data, size)), "input");
    if (!file) return 0;
    unsigned sum = 0;
    for (const auto& [name, tensor] : file->tensors())
        for (const std::byte value : tensor.bytes) sum += unsigned(value);
    fuzz::require(sum < ~0U && file->hash().size() == 64);
    return 0;
}
