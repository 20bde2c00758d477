// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <vector>

#include "core/base/result.h"
#include "core/recipe/correspondence_points.h"
#include "ui/panel_kit/state_store.h"

namespace vitrine {

/// What lies over the pictures of A and B.
enum class CorrespondenceOverlay { None, Arrows, Wheel, Checkerboard, Texture, Mask, Blink, Swipe };

/// Everything that the user chose. A change of it is a step of undo; the match is a function of it.
struct CorrespondenceState {
    QString from, to;  ///< ids of chairs; empty: none yet
    ChairView view{34, 20};
    CorrespondenceRoute route = CorrespondenceRoute::Morph;
    FlowMethod method = FlowMethod::Dis;
    int numFrames = 64;
    int stride = CorrespondenceRequest().stride;       ///< frames from one flow to the next
    bool isGuided = CorrespondenceRequest().isGuided;  ///< flow looks about where the proportions point
    MorphSchedule schedule = MorphSchedule::Linear;

    std::vector<NamedPoint> points;  ///< on A
    int chosen = -1;                 ///< point that is looked at; -1: none
    CorrespondenceOverlay overlay = CorrespondenceOverlay::None;
    double swipe = 0.5;  ///< share of B that is B
    LabelMap mask;       ///< painted on A; empty: none

    bool isAnnotating = false;
    QString annotator = QStringLiteral("1");
    std::vector<Annotation> annotations;
    bool operator==(const CorrespondenceState&) const = default;
};
using CorrespondenceStore = StateStore<CorrespondenceState>;

/// What the network is asked. Errors: NotFound (a chair that it lacks), InvalidArgument (those of
/// checkRequest).
Result<CorrespondenceRequest> requestOf(const CorrespondenceState& state,
                                        const std::vector<std::string>& styleIds);
bool asksTheSame(const CorrespondenceState& a, const CorrespondenceState& b);
/// The smallest number that no point has for its name.
std::string freePointName(const std::vector<NamedPoint>& points);
/// That of the annotator whose turn it is; made where there is none.
Annotation& annotationOf(CorrespondenceState& state);

QJsonObject toJson(const CorrespondenceState& state);
/// Errors: BadFormat naming the field.
Result<CorrespondenceState> correspondenceStateFromJson(const QJsonObject& json);

}  // namespace vitrine
