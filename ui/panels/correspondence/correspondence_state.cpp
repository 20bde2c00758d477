// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_state.h"

#include <QByteArray>
#include <algorithm>

#include "core/recipe/drawn_style.h"
#include "core/recipe/recipe_fields.h"
#include "ui/shell/state_fields.h"

namespace vitrine {
namespace {

constexpr int kLargestSide = 4096;
constexpr std::size_t kMaxPoints = 10'000;

void bindPlace(FieldSet& fields, NamedPoint& point) {
    bindPoint(fields, point, {-1, kLargestSide});
}

void bindAnnotation(FieldSet& fields, Annotation& annotation) {
    fields.text("annotator", annotation.annotator);
    fields.list("from", annotation.from, bindPlace, kMaxPoints);
    fields.list("to", annotation.to, bindPlace, kMaxPoints);
}

/// A painted mask: its size, and its pixels as zlib packs them, in base 64. An empty one is not written.
struct MaskField {
    struct Packed {
        int width = 0, height = 0;
        QString pixels;
    };
    static void bind(FieldSet& fields, Packed& packed) {
        fields.integer("width", packed.width, {1, kLargestSide}).required();
        fields.integer("height", packed.height, {1, kLargestSide}).required();
        fields.value("pixels", packed.pixels, QtText()).required();
    }
    FieldCheck read(const nlohmann::json& json, LabelMap& mask) const {
        Packed packed;
        if (auto fault = readFields(json, packed, bind)) return fault;
        const QByteArray bytes = qUncompress(QByteArray::fromBase64(packed.pixels.toLatin1()));
        mask = LabelMap(packed.width, packed.height);
        if (bytes.size() != qsizetype(mask.pixels.size())) return FieldFault{"pixels", "must fill the mask"};
        std::copy(bytes.begin(), bytes.end(), mask.pixels.begin());
        return {};
    }
    nlohmann::json write(const LabelMap& mask) const {
        if (mask.empty()) return {};
        const QByteArray bytes(reinterpret_cast<const char*>(mask.pixels.data()),
                               qsizetype(mask.pixels.size()));
        return writeFields(Packed{mask.width, mask.height, QString::fromLatin1(qCompress(bytes).toBase64())},
                           bind);
    }
};

void bindState(FieldSet& fields, CorrespondenceState& state) {
    fields.value("from", state.from, QtText());
    fields.value("to", state.to, QtText());
    bindView(fields, state.view, {-360, 360}, {-90, 90});
    fields.choice("route", state.route, correspondenceRouteNames()).formerly("way");
    fields.choice("method", state.method, flowMethodNames());
    fields.integer("frames", state.numFrames, {2, CorrespondenceRequest::kMaxFrames});
    fields.integer("stride", state.stride, {1, CorrespondenceRequest::kMaxFrames});
    fields.flag("guided", state.isGuided);
    fields.choice("schedule", state.schedule, morphScheduleNames());
    fields.list("points", state.points, bindPlace, kMaxPoints);
    fields.choice("overlay",
                  state.overlay,
                  {"none", "arrows", "wheel", "checkerboard", "texture", "mask", "blink", "swipe"});
    fields.number("swipe", state.swipe, {0, 1});
    fields.value("mask", state.mask, MaskField());
    fields.value("annotator", state.annotator, QtText());
    fields.list("annotations", state.annotations, bindAnnotation);
}

Result<int> styleOf(const QString& id, const std::vector<std::string>& styleIds) {
    if (const auto index = styleIndexOf(id.toStdString(), styleIds)) return *index;
    return Error{ErrorCode::NotFound,
                 "The network was not trained on the chair " + id.toStdString() + "; choose another one."};
}

}  // namespace

Result<CorrespondenceRequest> requestOf(const CorrespondenceState& state,
                                        const std::vector<std::string>& styleIds) {
    CorrespondenceRequest request;
    VITRINE_TRY(const int from, styleOf(state.from, styleIds));
    VITRINE_TRY(const int to, styleOf(state.to, styleIds));
    request.from = pureStyle(from), request.to = pureStyle(to);
    request.view = state.view;
    request.route = state.route;
    request.method = state.method;
    request.numFrames = state.numFrames;
    request.stride = state.stride;
    request.isGuided = state.isGuided;
    request.schedule = state.schedule;
    VITRINE_CHECK(checkRequest(request));
    return request;
}

bool asksTheSame(const CorrespondenceState& a, const CorrespondenceState& b) {
    return a.from == b.from && a.to == b.to && a.view == b.view && a.route == b.route &&
           a.method == b.method && a.numFrames == b.numFrames && a.stride == b.stride &&
           a.isGuided == b.isGuided && a.schedule == b.schedule;
}

std::string freePointName(const std::vector<NamedPoint>& points) {
    for (int number = 1;; ++number)
        if (const std::string name = std::to_string(number);
            std::ranges::find(points, name, &NamedPoint::name) == points.end())
            return name;
}

Annotation& annotationOf(CorrespondenceState& state) {
    const std::string annotator = state.annotator.toStdString();
    const auto found = std::ranges::find(state.annotations, annotator, &Annotation::annotator);
    return found != state.annotations.end() ? *found
                                            : state.annotations.emplace_back(Annotation{annotator, {}, {}});
}

QJsonObject toJson(const CorrespondenceState& state) {
    return stateJson(state, bindState);
}

Result<CorrespondenceState> correspondenceStateFromJson(const QJsonObject& json) {
    CorrespondenceState state;
    if (const auto fault = readState(json, state, bindState))
        return Error{ErrorCode::BadFormat,
                     "The state of the correspondence panel cannot be used: its field \"" + fault->name +
                         "\" has an invalid value.",
                     fault->what};
    return state;
}

}  // namespace vitrine
