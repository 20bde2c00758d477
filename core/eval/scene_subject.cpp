// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/scene_subject.h"

#include <algorithm>

#include "core/io/safetensors.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/segmentation_net.h"
#include "core/nets/weights.h"
#include "core/render/scene_changes.h"

namespace vitrine {
namespace {

Result<SceneSubject> subjectOf(const SafetensorsFile& file, PackedScenes data) {
    VITRINE_TRY(std::unique_ptr<Segmenter> segmenter, makeSegmenter(file));
    VITRINE_CHECK(checkClasses(segmenter->info(), data.numClasses()));
    VITRINE_CHECK(ScenePictures::make(data, segmenter->info().size));
    return SceneSubject{std::move(segmenter), std::move(data)};
}

}  // namespace

void SceneSubject::look(const EvalScene& scene, const LabelMap& observed) const {
    const std::int64_t size = model().size;
    PictureEvidence evidence{imagesTensor(scene.pixels.images, size), {}, {}};
    evidence.isSeen = torch::tensor(at::ArrayRef<std::uint8_t>(scene.pixels.seen))
                          .view({1, 1, size, size})
                          .to(torch::kFloat32);
    if (!observed.empty())
        evidence.labels = oneHotLabels(labelTensor(observed).unsqueeze(0), model().numClasses);
    segmenter->look(evidence);
}

EvalScene SceneSubject::scene(std::size_t index) const {
    const int size = model().size;
    EvalScene one{{}, LabelMap(size, size), data.info(index).group};
    ScenePictures::make(data, size).value().append(index, one.pixels);
    one.truth.pixels = one.pixels.labels;
    if (studio) {
        Rng random({0x57D0, index});
        putInStudio(one.pixels.images.data(), one.pixels.labels.data(), size, random);
    }
    return one;
}

std::optional<std::uint8_t> SceneSubject::legsClass() const {
    const auto names = data.classNames();
    const auto found = std::ranges::find(names, "legs");
    if (found == names.end()) return std::nullopt;
    return std::uint8_t(found - names.begin());
}

Result<SceneSubject> openSceneSubject(const std::filesystem::path& weights,
                                      const std::filesystem::path& scenes) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(PackedScenes data, PackedScenes::open(scenes));
    auto subject = subjectOf(file, std::move(data));
    if (!subject) return cannotUse(weights, subject.error());
    return subject;
}

Result<std::vector<std::size_t>> chooseScenes(const PackedScenes& scenes, Split split, std::int64_t count) {
    const auto all = scenes.indicesOf(split);
    if (all.empty())
        return Error{
            ErrorCode::InvalidArgument,
            "The set has no scenes in the split " + std::string(nameOf(split)) + "; choose another one."};
    const std::size_t some = count > 0 ? std::min(std::size_t(count), all.size()) : all.size();
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < some; ++i) indices.push_back(all[i * all.size() / some]);
    return indices;
}

LabelMap labelsOf(const torch::Tensor& logits) {
    return toLabelMap(logits.argmax(0));
}

Error evaluationCancelled() {
    return {ErrorCode::Internal, "The evaluation was cancelled."};
}

}  // namespace vitrine
