// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/data/packed_scenes.h"

namespace vitrine {

/// Scenes as plain numbers. Shapes: images [N, S, S, 3], labels [N, S, S], both uint8.
struct SceneBatch {
    std::vector<std::uint8_t> images, labels;
};

/// The scenes of a packed set at the network's size.
class ScenePictures {
public:
    /// Errors: InvalidArgument (the size does not divide the set's).
    static Result<ScenePictures> make(const PackedScenes& data, int size);
    int size() const { return m_size; }
    /// Appends one scene: the image box-filtered, of the labels the most frequent in each cell (the greater
    /// of two).
    void append(std::size_t index, SceneBatch& batch) const;

private:
    const PackedScenes* m_data = nullptr;
    int m_size = 0;
};

/// A rectangle of pixels.
struct PixelBox {
    int left = 0, top = 0, width = 0, height = 0;
};
/// A box of random sides between the two shares of the image's, wholly inside.
PixelBox randomBox(Rng& rng, int size, double minShare, double maxShare);
/// Leaves the box out of an image [S, S, 3]: black, as papers.md A4 has it.
void leaveOut(std::uint8_t* image, int size, const PixelBox& box);

}  // namespace vitrine
