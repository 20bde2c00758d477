// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_assets.h"

#include "core/data/asset_source.h"
#include "core/io/image_file.h"

namespace vitrine {
namespace {

Result<SceneChair> loadChair(RTCDevice device, const ChairEntry& entry) {
    VITRINE_TRY(Mesh mesh, loadMesh(entry));
    PartLabels parts(mesh, entry.seatHeight);
    VITRINE_TRY(TracedMesh traced, TracedMesh::build(device, std::move(mesh)));
    return SceneChair{std::move(traced), std::move(parts)};
}

Result<TracedMesh> loadClutter(RTCDevice device, const ChairEntry& entry) {
    VITRINE_TRY(Mesh mesh, loadMesh(entry));
    return TracedMesh::build(device, std::move(mesh));
}

Result<Texture> loadSurface(const SurfaceEntry& entry) {
    VITRINE_TRY(const std::filesystem::path archive, locateArchive(entry.archive));
    VITRINE_TRY(const auto source, openArchiveSource(archive));
    VITRINE_TRY(const auto content, source->read(source->resolve(entry.image)));
    VITRINE_TRY(Image image, decodeImage(content, entry.image));
    return Texture(std::move(image));
}

}  // namespace

Result<std::unique_ptr<SceneAssets>> SceneAssets::create(std::vector<ChairEntry> chairs, SceneProps props) {
    VITRINE_TRY(RayDevice device, makeRayDevice());
    auto assets = std::make_unique<SceneAssets>();
    assets->m_device = std::move(device);
    assets->m_chairs = std::move(chairs);
    assets->m_props = std::move(props);
    return assets;
}

/// Two threads may load the same thing at the same time; the second one's copy is dropped.
template <class T, class Load>
Result<const T*> SceneAssets::fetch(Shelf<T>& shelf, std::size_t index, Load load) {
    std::shared_ptr<Result<T>> entry;
    {
        const std::scoped_lock lock(shelf.mutex);
        if (const auto found = shelf.loaded.find(index); found != shelf.loaded.end()) entry = found->second;
    }
    if (!entry) {
        auto loaded = std::make_shared<Result<T>>(load());
        const std::scoped_lock lock(shelf.mutex);
        entry = shelf.loaded.emplace(index, std::move(loaded)).first->second;
    }
    if (!*entry) return entry->error();
    return &entry->value();
}

Result<const SceneChair*> SceneAssets::chair(std::size_t index) {
    return fetch(m_loadedChairs, index, [&] { return loadChair(device(), m_chairs[index]); });
}

Result<const TracedMesh*> SceneAssets::clutter(std::size_t index) {
    return fetch(m_loadedClutter, index, [&] { return loadClutter(device(), m_props.clutter[index].piece); });
}

Result<const Texture*> SceneAssets::surface(std::size_t index) {
    return fetch(m_loadedSurfaces, index, [&] { return loadSurface(m_props.surfaces[index]); });
}

}  // namespace vitrine
