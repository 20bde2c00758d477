// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/omission.h"
#include "core/data/packed_scenes.h"

namespace vitrine {

/// Scenes as plain numbers. Shapes: images [N, S, S, 3]; labels [N, S, S]; seen [N, S, S], 0 where the image
/// is hidden, else 1; all uint8.
struct SceneBatch {
    std::vector<std::uint8_t> images, labels, seen;

    /// Makes room for more scenes; the place of the first of them.
    std::size_t addPlaces(std::size_t count, int size);
    std::uint8_t* image(std::size_t place, int size) { return images.data() + place * size * size * 3; }
    std::uint8_t* labelsOf(std::size_t place, int size) { return labels.data() + place * size * size; }
    /// Leaves a box, or what a mask omits, out of one image.
    void hide(std::size_t place, int size, const PixelBox& box);
    void hide(std::size_t place, const LabelMap& omitted);
};

/// The scenes of a packed set at the network's size.
class ScenePictures {
public:
    /// Errors: InvalidArgument (the size does not divide the set's).
    static Result<ScenePictures> make(const PackedScenes& data, int size);
    int size() const { return m_size; }
    /// Appends one scene: the image box-filtered, of the labels the most frequent in each cell (the greater
    /// of two). Returns its place.
    std::size_t append(std::size_t index, SceneBatch& batch) const;
    /// The part of a scene in `window`, in pixels of the set, stretched to the network's size.
    void write(std::size_t index, const PixelBox& window, std::uint8_t* image, std::uint8_t* labels) const;
    int sourceSize() const { return m_data->size(); }

private:
    const PackedScenes* m_data = nullptr;
    int m_size = 0;
};

/// Leaves the box out of an image [S, S, 3]: black, as papers.md A4 has it.
void leaveOut(std::uint8_t* image, int size, const PixelBox& box);
/// Likewise what the mask, of the image's size, omits.
void leaveOut(std::uint8_t* image, const LabelMap& omitted);

}  // namespace vitrine
