// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/recipe/correspondence_points.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr int kSize = 128;
    const auto points = parsePoints(std::string(fuzz::textOf(data, size)), "input", kSize);
    if (!points) return 0;
    fuzz::require(!points->empty());
    for (const NamedPoint& point : *points)
        fuzz::require(std::abs(point.place.x - kSize / 2) <= kSize &&
                      std::abs(point.place.y - kSize / 2) <= kSize);
    return 0;
}
