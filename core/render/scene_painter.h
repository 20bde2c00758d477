// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/render/scene_geometry.h"
#include "core/render/scene_renderer.h"

namespace vitrine {

/// Looks at a scene through its camera.
class SceneView {
public:
    /// `middle`: of the chair.
    SceneView(const SceneCamera& camera, Vector3 middle);
    Vector3 eye() const { return m_eye; }
    /// x to the right and y down, both in [-1, 1] across the frame.
    Vector3 direction(float x, float y) const;
    /// Width of 1 / count of the frame at a distance of 1.
    float spread(int count) const { return 2 * m_halfFrame / float(count); }

private:
    Vector3 m_eye, m_right, m_up, m_ahead;
    float m_halfFrame, m_shiftX, m_shiftY;
};

/// The share of the chair, as far as it lies inside the frame, that nothing hides; and how much of the frame
/// it covers.
struct ChairVisibility {
    float visible = 0, covered = 0;
};
ChairVisibility measureVisibility(const SceneGeometry& geometry, const SceneView& view);

/// Colours and labels of every pixel. `seed`: of the grain.
ChairScene paintScene(const SceneGeometry& geometry,
                      const SceneView& view,
                      const SceneLight& light,
                      const SceneRenderOptions& options,
                      Rng& random);

}  // namespace vitrine
