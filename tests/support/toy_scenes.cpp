// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/toy_scenes.h"

#include <algorithm>
#include <stdexcept>

#include "core/base/random.h"
#include "core/data/packed_scenes.h"

namespace vitrine::test {
namespace {

struct Scene {
    Image image;
    LabelMap labels;

    void fill(int left, int top, int width, int height, std::uint8_t label) {
        for (int y = std::max(top, 0); y < std::min(top + height, labels.height); ++y)
            for (int x = std::max(left, 0); x < std::min(left + width, labels.width); ++x) {
                labels.at(y, x) = label;
                image.at(y, x, 0) = label == 1 ? 230 : 20;
                image.at(y, x, 1) = label == 1 ? 40 : 60;
                image.at(y, x, 2) = label == 1 ? 40 : 220;
            }
    }
};

Scene toyScene(int index, int size) {
    Rng rng({0x70F, std::uint64_t(index)});
    Scene scene{Image(size, size, 3, 120), LabelMap(size, size)};
    const int left = size / 8 + int(rng.below(std::uint64_t(size / 4))),
              top = size / 8 + int(rng.below(std::uint64_t(size / 8)));
    scene.fill(left, top, size / 2, size / 4, 1);
    scene.fill(rng.uniform() < 0.5 ? left : left + size * 3 / 8, top + size / 4, size / 8, size / 3, 2);
    return scene;
}

}  // namespace

void packToyScenes(const std::filesystem::path& packed, int count, int size) {
    const ScenesHeader header{size, {"background", "box", "legs"}, {"trained", "held out"}, "toy"};
    const auto status = PackedScenes::write(packed, header, [&](SceneWriter& writer) -> Status {
        for (int i = 0; i < count; ++i) {
            const bool heldOut = i % 4 == 3;
            const Scene scene = toyScene(i, size);
            VITRINE_CHECK(writer.append(
                scene.image, scene.labels, {heldOut, heldOut ? Split::Validation : Split::Train}));
        }
        return {};
    });
    if (!status) throw std::runtime_error(status.error().message);
}

}  // namespace vitrine::test
