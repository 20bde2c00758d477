// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_state.h"

#include <QByteArray>
#include <QJsonArray>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/explore/drawn_style.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLargestSide = 4096;
constexpr int kMostPoints = 10'000;

const std::array kOverlays{
    u"none"_s, u"arrows"_s, u"wheel"_s, u"checkerboard"_s, u"texture"_s, u"mask"_s, u"blink"_s, u"swipe"_s};

/// Carries the name of the field at fault to where the reading began.
struct BadField {
    QString name;
};

double numberOr(const QJsonObject& json, const QString& name, double fallback, double least, double most) {
    if (!json.contains(name)) return fallback;
    const double value = json[name].toDouble(std::nan(""));
    if (!(value >= least && value <= most)) throw BadField{name};
    return value;
}

QString textOr(const QJsonObject& json, const QString& name, const QString& fallback = {}) {
    if (!json.contains(name)) return fallback;
    if (!json[name].isString()) throw BadField{name};
    return json[name].toString();
}

bool flagOr(const QJsonObject& json, const QString& name, bool fallback) {
    if (!json.contains(name)) return fallback;
    if (!json[name].isBool()) throw BadField{name};
    return json[name].toBool();
}

QJsonArray toJson(const std::vector<NamedPoint>& points) {
    QJsonArray array;
    for (const NamedPoint& point : points)
        array << QJsonObject{{u"name"_s, QString::fromStdString(point.name)},
                             {u"x"_s, double(point.place.x)},
                             {u"y"_s, double(point.place.y)}};
    return array;
}

std::vector<NamedPoint> pointsOf(const QJsonObject& json, const QString& name) {
    const QJsonArray array = json[name].toArray();
    if (array.size() > kMostPoints) throw BadField{name};
    std::vector<NamedPoint> points;
    for (const QJsonValue& value : array) {
        const QJsonObject point = value.toObject();
        if (!point.contains(u"x"_s) || !point.contains(u"y"_s)) throw BadField{name};
        points.push_back({textOr(point, u"name"_s).toStdString(),
                          {float(numberOr(point, u"x"_s, 0, -1, kLargestSide)),
                           float(numberOr(point, u"y"_s, 0, -1, kLargestSide))}});
    }
    return points;
}

QJsonObject toJson(const LabelMap& mask) {
    const QByteArray bytes(reinterpret_cast<const char*>(mask.pixels.data()), qsizetype(mask.pixels.size()));
    return {{u"width"_s, mask.width},
            {u"height"_s, mask.height},
            {u"pixels"_s, QString::fromLatin1(qCompress(bytes).toBase64())}};
}

LabelMap maskOf(const QJsonObject& json) {
    if (!json.contains(u"mask"_s)) return {};
    const QJsonObject object = json[u"mask"_s].toObject();
    const int width = int(numberOr(object, u"width"_s, 0, 1, kLargestSide)),
              height = int(numberOr(object, u"height"_s, 0, 1, kLargestSide));
    const QByteArray bytes = qUncompress(QByteArray::fromBase64(textOr(object, u"pixels"_s).toLatin1()));
    LabelMap mask(width, height, 1);
    if (bytes.size() != qsizetype(mask.pixels.size())) throw BadField{u"mask"_s};
    std::copy(bytes.begin(), bytes.end(), mask.pixels.begin());
    return mask;
}

CorrespondenceState read(const QJsonObject& json) {
    CorrespondenceState state;
    state.from = textOr(json, u"from"_s);
    state.to = textOr(json, u"to"_s);
    state.view = {float(numberOr(json, u"azimuth"_s, 34, -360, 360)),
                  float(numberOr(json, u"elevation"_s, 20, -90, 90))};
    state.way = textOr(json, u"way"_s, u"morph"_s) == u"direct"_s ? MatchWay::Direct : MatchWay::Morph;
    const auto method = flowMethodOf(textOr(json, u"method"_s, u"dis"_s).toStdString());
    if (!method) throw BadField{u"method"_s};
    state.method = *method;
    state.numFrames = int(numberOr(json, u"frames"_s, 64, 2, CorrespondenceRequest::kMostFrames));
    state.stride = int(numberOr(json, u"stride"_s, state.stride, 1, CorrespondenceRequest::kMostFrames));
    state.isGuided = flagOr(json, u"guided"_s, state.isGuided);
    state.schedule = textOr(json, u"schedule"_s) == u"paper"_s ? MorphSchedule::Paper : MorphSchedule::Linear;
    state.points = pointsOf(json, u"points"_s);
    const auto overlay = std::ranges::find(kOverlays, textOr(json, u"overlay"_s, kOverlays[0]));
    if (overlay == kOverlays.end()) throw BadField{u"overlay"_s};
    state.overlay = MatchOverlay(overlay - kOverlays.begin());
    state.swipe = numberOr(json, u"swipe"_s, 0.5, 0, 1);
    state.mask = maskOf(json);
    state.annotator = textOr(json, u"annotator"_s, state.annotator);
    for (const QJsonValue& value : json[u"annotations"_s].toArray()) {
        const QJsonObject one = value.toObject();
        state.annotations.push_back(
            {textOr(one, u"annotator"_s).toStdString(), pointsOf(one, u"from"_s), pointsOf(one, u"to"_s)});
    }
    return state;
}

Result<int> styleOf(const QString& id, const std::vector<std::string>& styleIds) {
    if (const auto index = styleIndexOf(id.toStdString(), styleIds)) return *index;
    return Error{ErrorCode::NotFound,
                 "The network does not know the chair " + id.toStdString() + "; choose another one."};
}

}  // namespace

Result<CorrespondenceRequest> requestOf(const CorrespondenceState& state,
                                        const std::vector<std::string>& styleIds) {
    CorrespondenceRequest request;
    VITRINE_TRY(const int from, styleOf(state.from, styleIds));
    VITRINE_TRY(const int to, styleOf(state.to, styleIds));
    request.from = pureStyle(from), request.to = pureStyle(to);
    request.view = state.view;
    request.way = state.way;
    request.method = state.method;
    request.numFrames = state.numFrames;
    request.stride = state.stride;
    request.isGuided = state.isGuided;
    request.schedule = state.schedule;
    VITRINE_CHECK(checkRequest(request));
    return request;
}

bool asksTheSame(const CorrespondenceState& a, const CorrespondenceState& b) {
    return a.from == b.from && a.to == b.to && a.view == b.view && a.way == b.way && a.method == b.method &&
           a.numFrames == b.numFrames && a.stride == b.stride && a.isGuided == b.isGuided &&
           a.schedule == b.schedule;
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
    QJsonArray annotations;
    for (const Annotation& one : state.annotations)
        annotations << QJsonObject{{u"annotator"_s, QString::fromStdString(one.annotator)},
                                   {u"from"_s, toJson(one.from)},
                                   {u"to"_s, toJson(one.to)}};
    QJsonObject json{{u"from"_s, state.from},
                     {u"to"_s, state.to},
                     {u"azimuth"_s, double(state.view.azimuthDeg)},
                     {u"elevation"_s, double(state.view.elevationDeg)},
                     {u"way"_s, state.way == MatchWay::Direct ? u"direct"_s : u"morph"_s},
                     {u"method"_s, QString::fromStdString(std::string(keyOf(state.method)))},
                     {u"frames"_s, state.numFrames},
                     {u"stride"_s, state.stride},
                     {u"guided"_s, state.isGuided},
                     {u"schedule"_s, state.schedule == MorphSchedule::Paper ? u"paper"_s : u"linear"_s},
                     {u"points"_s, toJson(state.points)},
                     {u"overlay"_s, kOverlays[std::size_t(state.overlay)]},
                     {u"swipe"_s, state.swipe},
                     {u"annotator"_s, state.annotator},
                     {u"annotations"_s, annotations}};
    if (!state.mask.empty()) json[u"mask"_s] = toJson(state.mask);
    return json;
}

Result<CorrespondenceState> correspondenceStateFromJson(const QJsonObject& json) {
    try {
        return read(json);
    } catch (const BadField& bad) {
        return Error{ErrorCode::BadFormat,
                     "The state of the correspondence panel cannot be used: its field \"" +
                         bad.name.toStdString() + "\" has a value that makes no sense."};
    }
}

}  // namespace vitrine
