// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/toy_views.h"

#include <cmath>
#include <stdexcept>

#include "core/data/packed_chairs.h"
#include "core/io/png.h"

namespace vitrine::test {
namespace {

Image toyView(int style, const ChairView& view, int size) {
    Image image(size, size, 4);
    const double turned = std::abs(std::cos(view.azimuthDeg * 3.14159265 / 180));
    const int halfWidth = int(size * (0.1 + 0.2 * turned)), top = int(size * (0.2 + 0.1 * style / 4.0));
    for (int y = top; y < size * 4 / 5; ++y)
        for (int x = size / 2 - halfWidth; x < size / 2 + halfWidth; ++x) {
            image.at(y, x, style % 3) = 220;
            image.at(y, x, (style + 1) % 3) = std::uint8_t(60 + 4 * view.elevationDeg);
            image.at(y, x, 3) = 255;
        }
    return image;
}

}  // namespace

void packToyViews(const std::filesystem::path& packed, int numStyles, int size) {
    const auto tree = packed.parent_path() / (packed.stem().string() + "-tree");
    for (int style = 0; style < numStyles; ++style) {
        const auto renders = tree / ("chair-" + std::to_string(style)) / "renders";
        std::filesystem::create_directories(renders);
        for (const auto& name : trainedViewNames())
            if (!writePng(renders / viewFileName(name), toyView(style, name.view, size)))
                throw std::runtime_error("writePng");
    }
    if (const auto status = PackedChairs::pack(tree, packed, size); !status)
        throw std::runtime_error(status.error().message);
}

}  // namespace vitrine::test
