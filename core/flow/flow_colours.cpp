// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/flow_colours.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace vitrine {
namespace {

using Colour = std::array<float, 3>;

/// Red, yellow, green, cyan, blue, magenta and back, with as many steps between as the eye tells apart.
std::vector<Colour> makeWheel() {
    struct Arc {
        Colour from, to;
        int steps;
    };
    constexpr Colour red{1, 0, 0}, yellow{1, 1, 0}, green{0, 1, 0}, cyan{0, 1, 1}, blue{0, 0, 1},
        magenta{1, 0, 1};
    const std::array arcs{Arc{red, yellow, 15},
                          Arc{yellow, green, 6},
                          Arc{green, cyan, 4},
                          Arc{cyan, blue, 11},
                          Arc{blue, magenta, 13},
                          Arc{magenta, red, 6}};
    std::vector<Colour> wheel;
    for (const Arc& arc : arcs)
        for (int i = 0; i < arc.steps; ++i) {
            Colour colour;
            for (std::size_t c = 0; c < 3; ++c)
                colour[c] = std::lerp(arc.from[c], arc.to[c], float(i) / float(arc.steps));
            wheel.push_back(colour);
        }
    return wheel;
}

/// `x`, `y` in units of the full scale.
void paint(std::uint8_t* rgb, float x, float y) {
    static const std::vector<Colour> wheel = makeWheel();
    constexpr float kBeyond = 0.75f;
    const float length = std::hypot(x, y), turn = std::atan2(-y, -x) / std::numbers::pi_v<float>;
    const float place = (turn + 1) / 2 * float(wheel.size() - 1);
    const auto left = std::size_t(place), right = (left + 1) % wheel.size();
    for (std::size_t c = 0; c < 3; ++c) {
        const float hue = std::lerp(wheel[left][c], wheel[right][c], place - float(left));
        rgb[c] = std::uint8_t(255 * (length <= 1 ? 1 - length * (1 - hue) : kBeyond * hue));
    }
}

}  // namespace

Image flowColours(const FlowField& flow, float fullScalePx, const LabelMap& mask) {
    Image colours(flow.width, flow.height, 3, 255);
    for (int y = 0; y < flow.height; ++y)
        for (int x = 0; x < flow.width; ++x) {
            if (!mask.empty() && mask.at(y, x) == 0) continue;
            paint(&colours.at(y, x, 0), flow.at(y, x, 0) / fullScalePx, flow.at(y, x, 1) / fullScalePx);
        }
    return colours;
}

Image flowWheel(int size) {
    Image wheel(size, size, 3, 255);
    const float radius = float(size) / 2;
    for (int row = 0; row < size; ++row)
        for (int column = 0; column < size; ++column) {
            const float x = (float(column) + 0.5f) / radius - 1, y = (float(row) + 0.5f) / radius - 1;
            if (std::hypot(x, y) <= 1) paint(&wheel.at(row, column, 0), x, y);
        }
    return wheel;
}

}  // namespace vitrine
