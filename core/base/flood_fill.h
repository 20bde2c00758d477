// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace vitrine {

struct PixelPlace {
    int y = 0, x = 0;
};
enum class Neighbours { Four, Eight };

/// Visits every pixel of a picture that is connected with the pixels `open`, which count as visited. `enter`:
/// function of (PixelPlace to, PixelPlace from) that marks `to` as visited and returns true, or returns false
/// if `to` is outside of the region or was visited before. Returns the number of pixels, `open` included.
template <class Enter>
int floodFill(
    std::vector<PixelPlace> open, int width, int height, Neighbours neighbours, const Enter& enter) {
    int count = 0;
    while (!open.empty()) {
        const PixelPlace at = open.back();
        open.pop_back();
        ++count;
        for (int y = std::max(at.y - 1, 0); y <= std::min(at.y + 1, height - 1); ++y)
            for (int x = std::max(at.x - 1, 0); x <= std::min(at.x + 1, width - 1); ++x) {
                const bool isDiagonal = y != at.y && x != at.x;
                if (neighbours == Neighbours::Four && isDiagonal) continue;
                if (enter(PixelPlace{y, x}, at)) open.push_back({y, x});
            }
    }
    return count;
}

}  // namespace vitrine
