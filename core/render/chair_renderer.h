// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/data/chair_view.h"

namespace vitrine {

/// One rendered view. All maps are of the same size.
struct ChairRender {
    Image premultiplied;  ///< [H, W, 4] colour times alpha, and alpha
    LabelMap parts;       ///< ChairPart of the nearest hit through the pixel's centre
    LabelMap objectId;    ///< 0 = background, else 1 + material group, saturated at 254
    ScalarMap position;   ///< [H, W, 3] float32 point of the surface in the chair's frame (bounding box
                          ///< diagonal = 1); NaN off the chair
};

struct ChairRenderOptions {
    int size = 128;          ///< pixels a side
    int samplesPerSide = 3;  ///< 3 = 9 samples a pixel
};

/// A loaded chair, ready to be rendered from anywhere. Thread: `render` is const and may run on several
/// threads.
class ChairModel {
public:
    /// Errors: NotFound, BadFormat, Unsupported: one sentence naming the file.
    static Result<ChairModel> load(const ChairEntry& entry);
    ChairModel(ChairModel&&) noexcept;
    ChairModel& operator=(ChairModel&&) noexcept;
    ~ChairModel();

    ChairRender render(const ChairView& view, const ChairRenderOptions& options = {}) const;

private:
    struct Scene;
    explicit ChairModel(std::unique_ptr<Scene> scene);
    std::unique_ptr<Scene> m_scene;
};

}  // namespace vitrine
