// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/nearest_style.h"

#include <cstdint>
#include <limits>

namespace vitrine {

std::vector<ChairView> comparedViews() {
    return {{34, 20}, {127, 20}, {220, 20}, {313, 20}};
}

double chairDistance(const Image& a, const Image& b) {
    if (a.width != b.width || a.height != b.height || a.channels != 4 || b.channels != 4 || a.empty())
        return std::numeric_limits<double>::infinity();
    std::int64_t colours = 0, masks = 0;
    for (std::size_t i = 0; i < a.pixels.size(); i += 4) {
        const int mask = int(a.pixels[i + 3]) - int(b.pixels[i + 3]);
        masks += mask * mask;
        for (std::size_t c = 0; c < 3; ++c) {
            const int colour = int(a.pixels[i + c]) - int(b.pixels[i + c]) - mask;  // white behind both
            colours += colour * colour;
        }
    }
    const double numPixels = double(a.width) * a.height;
    return (double(colours) / 3 + double(masks)) / (numPixels * 255 * 255);
}

}  // namespace vitrine
