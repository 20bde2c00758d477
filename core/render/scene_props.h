// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/vector3.h"
#include "core/data/chair_catalogue.h"

namespace vitrine {

/// A thing that stands around in a scene and is no chair.
struct ClutterEntry {
    ChairEntry piece;  ///< where its mesh is, who made it, which split shows it
    Vector3 sizeM;     ///< width, height, depth
};

/// A photograph that floors or walls are covered with, over and over.
struct SurfaceEntry {
    std::string creator, licence, archive;
    std::string image;  ///< path inside the archive
    bool onFloor = true, onWall = true;
    float widthM = 1;  ///< of one repetition
    Split split = Split::Train;
};

/// What scenes are furnished with (resources/scene_props.json).
struct SceneProps {
    std::vector<ClutterEntry> clutter;
    std::vector<SurfaceEntry> surfaces;

    /// Errors: NotFound, BadFormat naming the entry.
    static Result<SceneProps> load(const std::filesystem::path& file);
    static Result<SceneProps> loadDefault();
};

}  // namespace vitrine
