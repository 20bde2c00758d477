// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_renderer.h"

#include "core/render/scene_painter.h"

namespace vitrine {
namespace {

constexpr double kHiddenScenes = 0.67;  // the share of scenes with something in front of the chair
constexpr float kMinVisible = 0.45f;    // of the chair
constexpr float kMaxVisible = 0.93f;    // where something is in front of it
constexpr float kMinCovered = 0.05f;    // of the frame, by the chair
constexpr int kNumAttempts = 12;

bool isGood(const ChairVisibility& seen, bool withFront) {
    return seen.covered >= kMinCovered && seen.visible >= kMinVisible &&
           (!withFront || seen.visible <= kMaxVisible);
}

}  // namespace

SceneRenderer::SceneRenderer(std::unique_ptr<SceneAssets> assets, const SceneRenderOptions& options)
    : m_assets(std::move(assets)), m_options(options) {}
SceneRenderer::SceneRenderer(SceneRenderer&&) noexcept = default;
SceneRenderer& SceneRenderer::operator=(SceneRenderer&&) noexcept = default;
SceneRenderer::~SceneRenderer() = default;

Result<SceneRenderer> SceneRenderer::create(std::vector<ChairEntry> chairs,
                                            SceneProps props,
                                            const SceneRenderOptions& options) {
    if (chairs.empty())
        return Error{ErrorCode::InvalidArgument, "There are no chairs to make scenes of; name at least one."};
    if (options.size < 8 || options.size > 1024 || options.samplesPerSide < 1 || options.samplesPerSide > 16)
        return Error{ErrorCode::InvalidArgument,
                     "Scenes are 8 to 1024 pixels a side with 1 to 16 samples a pixel's side."};
    VITRINE_TRY(auto assets, SceneAssets::create(std::move(chairs), std::move(props)));
    return SceneRenderer(std::move(assets), options);
}

const std::vector<ChairEntry>& SceneRenderer::chairs() const {
    return m_assets->chairs();
}

Result<ChairScene> SceneRenderer::render(std::size_t chairIndex,
                                         std::uint64_t seed,
                                         std::uint64_t index) const {
    const ChairEntry& entry = chairs()[chairIndex];
    VITRINE_TRY(const SceneChair* chair, m_assets->chair(chairIndex));
    LayoutRequest request{chair->traced.low(), chair->traced.high(), entry.type, entry.split};
    request.isCentred = m_options.isCentred;
    request.withFront =
        !request.isCentred && Rng({seed, std::uint64_t(entry.index), index}).uniform() < kHiddenScenes;
    for (std::uint64_t attempt = 0;; ++attempt) {
        const bool isLast = attempt + 1 == kNumAttempts;
        if (isLast) request.withFront = false;
        Rng random({seed, std::uint64_t(entry.index), index, attempt});
        const SceneLayout layout = drawLayout(request, m_assets->props(), random);
        VITRINE_TRY(const SceneGeometry geometry, SceneGeometry::build(*m_assets, chairIndex, layout));
        const float height = (request.high.y - request.low.y) * layout.chair.scale;
        const SceneView view(layout.camera, {0, height / 2, 0});
        const ChairVisibility seen = measureVisibility(geometry, view);
        if (!isLast && !isGood(seen, request.withFront)) continue;
        ChairScene scene = paintScene(geometry, view, layout.light, m_options, random);
        scene.visibleShare = seen.visible;
        return scene;
    }
}

}  // namespace vitrine
