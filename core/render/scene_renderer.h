// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/render/scene_props.h"

namespace vitrine {

struct SceneRenderOptions {
    int size = 128;          ///< pixels a side
    int samplesPerSide = 2;  ///< 2 = 4 samples a pixel
    bool isCentred = false;  ///< the chair alone, in the middle, before a plain or a photographed ground
};

/// A picture of a chair in a room, with the answer.
struct ChairScene {
    Image image;  ///< [size, size, 3] sRGB, anti-aliased
    LabelMap
        labels;  ///< ChairPart of what is nearest, by majority of a pixel's samples; clutter is background
    float visibleShare = 1;  ///< of the chair inside the frame; the rest is hidden by clutter
};

class SceneAssets;

/// Renders real chairs in rooms full of other things, or centred and alone. A picture is a function of its
/// options, the chair, the seed, the split and the index alone (and, in the last bit, of the processor).
/// Thread: any; meshes are loaded once, when first seen.
class SceneRenderer {
public:
    /// Errors: InvalidArgument (no chairs or nothing to furnish with), Internal (ray tracer).
    static Result<SceneRenderer> create(std::vector<ChairEntry> chairs,
                                        SceneProps props,
                                        const SceneRenderOptions& options = {});
    SceneRenderer(SceneRenderer&&) noexcept;
    SceneRenderer& operator=(SceneRenderer&&) noexcept;
    ~SceneRenderer();

    const std::vector<ChairEntry>& chairs() const;
    /// The `index`th scene of chair `chairIndex` (position in chairs(), whose split says which clutter is
    /// around). At least 45% of the chair can be seen; in two rooms out of three at least 7% is hidden by
    /// clutter where that can be done. Errors: those of loadMesh.
    Result<ChairScene> render(std::size_t chairIndex, std::uint64_t seed, std::uint64_t index) const;

private:
    explicit SceneRenderer(std::unique_ptr<SceneAssets> assets, const SceneRenderOptions& options);
    std::unique_ptr<SceneAssets> m_assets;
    SceneRenderOptions m_options;
};

}  // namespace vitrine
