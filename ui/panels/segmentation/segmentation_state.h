// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <memory>

#include "core/base/result.h"
#include "core/recipe/segmentation_recipe.h"
#include "ui/panel_kit/state_store.h"
#include "ui/panels/sampling/sampling_state.h"
#include "ui/views/mask_canvas.h"

namespace vitrine {

/// What the view of all samples together shows.
enum class AggregateView { Mean, Vote, Chosen, Difference, Path };
/// What the uncertainty view shows.
enum class UncertaintyView { Entropy, MutualInformation };
/// Whose one answer stands beside the samples.
enum class AnswerView { PriorMean, Guess, Gdnn, Reconstruction, NearestKnown };
enum class SampleOrder { Drawn, Differing, Best };

inline constexpr int kPictureSize = 128;  ///< pixels a side, whatever the network's size is

struct SegmentationPicture {
    Image image;     ///< [kPictureSize, kPictureSize, 3]
    LabelMap truth;  ///< of the same size; empty: not known
    QString name;
    int width = kPictureSize, height = kPictureSize;  ///< pixels in its file, which a map of it has too
};

/// Everything that the user chose. A change of it is a step of undo; the network's answer is a function of
/// it.
struct SegmentationState : SamplingState {
    std::shared_ptr<const SegmentationPicture> picture;  ///< shared by the steps of undo; null: none yet
    CanvasMarks marks;                                   ///< as large as the picture

    QString model = QString::fromLatin1(kDefaultSegmentationModel);  ///< a bundled variant, or a weight file
    int numSamplingSteps = 3;                                        ///< that a sample is drawn in
    int numSteps = 12;                                               ///< likewise, of tokens
    int numSweeps = 20;
    bool samplingSweeps = true;

    double opacity = 0.6;  ///< of labels over the picture
    AggregateView aggregate = AggregateView::Mean;
    UncertaintyView uncertainty = UncertaintyView::Entropy;
    AnswerView answer = AnswerView::PriorMean;
    SampleOrder order = SampleOrder::Drawn;
    bool operator==(const SegmentationState&) const = default;
};
using SegmentationStore = StateStore<SegmentationState>;

inline constexpr int kMaxSamplingSteps = 16;
inline constexpr int kMaxSteps = 64;
inline constexpr int kMaxSweeps = 100;

/// Another picture: nothing is hidden, nothing known.
void setPicture(SegmentationState& state, SegmentationPicture picture);
/// What the network is asked; without a picture its image is empty.
SegmentationRequest requestOf(const SegmentationState& state);
/// Whether both ask the network the same.
bool asksTheSame(const SegmentationState& a, const SegmentationState& b);
/// Whether both show the same answer in the same way.
bool looksTheSame(const SegmentationState& a, const SegmentationState& b);
bool hasObserved(const SegmentationState& state);

/// A recipe that `request` is the question of, which may be another than the state's. It brings the state
/// back.
SegmentationRecipe recipeOf(const SegmentationState& state, const SegmentationRequest& request);
/// Errors: BadFormat naming the field.
Result<SegmentationState> stateOfRecipe(const std::string& recipe);

/// The same recipe as an object.
QJsonObject toJson(const SegmentationState& state);
/// Errors: BadFormat naming the field.
Result<SegmentationState> segmentationStateFromJson(const QJsonObject& json);

}  // namespace vitrine
