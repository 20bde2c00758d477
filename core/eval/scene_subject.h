// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/data/scene_pictures.h"
#include "core/metrics/segmentation_metrics.h"
#include "core/nets/segmenter.h"

namespace vitrine {

/// One scene as the network takes it.
struct EvalScene {
    SceneBatch pixels;
    LabelMap truth;
    int group = 0;  ///< of the set: its chair model
};

/// A network and the scenes it is scored on.
struct SceneSubject {
    std::unique_ptr<Segmenter> segmenter;
    PackedScenes data;
    bool studio = false;  ///< plain walls and floors take the place of the rooms

    const SegmenterInfo& model() const { return segmenter->info(); }
    EvalScene scene(std::size_t index) const;
    /// What the segmenter is asked next is about this scene. `observed`: labels that are known, kUnknownLabel
    /// elsewhere; empty for none.
    void look(const EvalScene& scene, const LabelMap& observed = {}) const;
    /// IoU of the parts, that is of all classes but the background.
    IouRule parts() const { return {model().numClasses, 1, EmptyClass::Skip}; }
    /// Nothing where the set has no class "legs".
    std::optional<std::uint8_t> legsClass() const;
};

/// Errors: those of the weight file and the set; InvalidArgument (another number of classes, a size that does
/// not divide the set's).
Result<SceneSubject> openSceneSubject(const std::filesystem::path& weights,
                                      const std::filesystem::path& scenes);
/// At most `count` scenes of a split, evenly spread; 0 = all. Errors: InvalidArgument (the split has none).
Result<std::vector<std::size_t>> chooseScenes(const PackedScenes& scenes, Split split, std::int64_t count);
/// The most probable class of each pixel. Shapes: [K, H, W].
LabelMap labelsOf(const torch::Tensor& logits);
/// An evaluation that was stopped.
Error evaluationCancelled();

}  // namespace vitrine
