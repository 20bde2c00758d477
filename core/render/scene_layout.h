// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/random.h"
#include "core/base/vector3.h"
#include "core/render/scene_props.h"

namespace vitrine {

/// Turned about the vertical, scaled and set down. Units: metres.
struct Placement {
    Vector3 position;  ///< of the middle of its underside
    float turnDeg = 0;
    float scale = 1;  ///< metres a unit of the mesh, whose bounding box has a diagonal of 1
};

struct PlacedClutter {
    int index = 0;  ///< into SceneProps::clutter
    Placement placement;
    bool onSeat = false;  ///< its height is what the chair has there
    bool inFront = false;
};

/// Floor or wall: a plane without end.
struct SceneSurface {
    Vector3 point, normal, across, along;  ///< axes of the picture on it
    int index = -1;                        ///< into SceneProps::surfaces; -1 = paint
    float widthM = 1;                      ///< of one repetition
    Vector3 tint{1, 1, 1};                 ///< times the picture, or the paint itself; linear
};

struct SceneCamera {
    float elevationDeg = 0, rollDeg = 0;
    float distance = 1;            ///< metres from the chair's middle
    float halfFrame = 0.3f;        ///< tangent of half the opening angle
    float shiftX = 0, shiftY = 0;  ///< of the picture, in half frames
};

struct SceneLight {
    Vector3 direction;  ///< towards the light
    float radius = 0.1f;
    Vector3 key, ambient;  ///< linear
    float noise = 0;       ///< of the camera: standard deviation in levels of 255
};

/// Everything that is random about a scene.
struct SceneLayout {
    Placement chair;
    SceneCamera camera;
    SceneLight light;
    SceneSurface floor;
    std::vector<SceneSurface> walls;
    float skirtingM = 0;  ///< height of the board at the foot of the walls
    std::vector<PlacedClutter> clutter;
};

/// What a layout is drawn for.
struct LayoutRequest {
    Vector3 low, high;  ///< the chair's bounding box in its own frame
    std::string type;   ///< of the chair: gives its size in metres
    Split split = Split::Train;
    bool withFront = false;  ///< something stands between the viewer and the chair
    bool isCentred = false;  ///< nothing but the chair, in the middle
};

/// Draws a scene. The viewer looks along -z, the floor is y = 0, the chair stands on the origin. Uniform
/// unless said: azimuth 0..360, elevation 4..38, roll -4..4 degrees; opening angle 28..50 degrees; the chair
/// spans 0.5..0.95 of the frame and is moved by as much as keeps it in or a little more; wall 0.1..1.8 m
/// behind the chair, turned -35..35 degrees, a second wall in 40%; a third of the walls and a tenth of the
/// floors are painted; light -75..75 degrees off the viewer, 25..70 degrees high, warm to cool, key 0.25..1.1
/// to ambient 0.35..0.8; 1..4 pieces of clutter behind, 0..2 beside, one or two in front if asked for, one on
/// the seat in 15%. Only clutter and surfaces of the split are used.
/// A centred chair spans 0.6..0.87 of the frame, unmoved and not rolled, before one wall behind it; half of
/// the grounds are one plain colour, half are photographs.
SceneLayout drawLayout(const LayoutRequest& request, const SceneProps& props, Rng& random);

}  // namespace vitrine
