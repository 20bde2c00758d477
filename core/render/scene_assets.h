// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/data/chair_catalogue.h"
#include "core/render/part_labels.h"
#include "core/render/scene_props.h"
#include "core/render/traced_mesh.h"

namespace vitrine {

/// A chair that scenes are made of.
struct SceneChair {
    TracedMesh traced;
    PartLabels parts;
};

/// Loads each mesh and photograph once, when it is first asked for, all on one ray device. Thread: any.
class SceneAssets {
public:
    /// Errors: Internal (ray tracer).
    static Result<std::unique_ptr<SceneAssets>> create(std::vector<ChairEntry> chairs, SceneProps props);

    const std::vector<ChairEntry>& chairs() const { return m_chairs; }
    const SceneProps& props() const { return m_props; }
    RTCDevice device() const { return m_device.get(); }
    /// By position in what was given to `create`. Errors: those of loadMesh and of decodeImage.
    Result<const SceneChair*> chair(std::size_t index);
    Result<const TracedMesh*> clutter(std::size_t index);
    Result<const Texture*> surface(std::size_t index);

private:
    template <class T>
    struct Shelf {
        std::mutex mutex;
        std::map<std::size_t, std::shared_ptr<Result<T>>> loaded;
    };
    template <class T, class Load>
    Result<const T*> fetch(Shelf<T>& shelf, std::size_t index, Load load);

    RayDevice m_device;  // outlives what is built on it
    std::vector<ChairEntry> m_chairs;
    SceneProps m_props;
    Shelf<SceneChair> m_loadedChairs;
    Shelf<TracedMesh> m_loadedClutter;
    Shelf<Texture> m_loadedSurfaces;
};

}  // namespace vitrine
