// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archive.h"
#include "core/data/furniture_list.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

namespace {

void readList(std::string_view properties) {
    const auto pieces = parseFurnitureList(properties, "input");
    fuzz::require(!pieces || !pieces->empty());
}

}  // namespace

/// An archive, or its list alone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    if (!input.starts_with("PK")) readList(input);
    auto archive = Archive::open(fuzz::fileOf("input.sh3f", input));
    if (!archive) return 0;
    for (const std::string& name : archive->names()) {
        fuzz::require(isSafeArchiveName(name));
        const auto content = archive->read(name);
        if (content) readList({reinterpret_cast<const char*>(content->data()), content->size()});
    }
    return 0;
}
