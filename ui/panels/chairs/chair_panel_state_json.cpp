// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <algorithm>
#include <cmath>

#include "core/explore/drawn_style.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

template <class Enum>
using Names = std::vector<std::pair<Enum, QLatin1String>>;

const Names<BackgroundKind> kBackgrounds{{BackgroundKind::White, "white"_L1},
                                         {BackgroundKind::Black, "black"_L1},
                                         {BackgroundKind::Checkerboard, "checkerboard"_L1},
                                         {BackgroundKind::Picture, "picture"_L1},
                                         {BackgroundKind::Transparent, "transparent"_L1}};
const Names<PictureChannel> kChannels{{PictureChannel::Composite, "composite"_L1},
                                      {PictureChannel::Rgb, "rgb"_L1},
                                      {PictureChannel::Mask, "mask"_L1}};
const Names<CompareMode> kCompare{
    {CompareMode::Off, "off"_L1}, {CompareMode::Real, "real"_L1}, {CompareMode::Difference, "difference"_L1}};
const Names<StripMode> kStrips{
    {StripMode::Styles, "styles"_L1}, {StripMode::Map, "map"_L1}, {StripMode::Grid, "grid"_L1}, {StripMode::Morph, "morph"_L1}};
const Names<StyleGroup> kGroups{{StyleGroup::Catalogue, "catalogue"_L1},
                                {StyleGroup::Family, "family"_L1},
                                {StyleGroup::Scans, "scans"_L1},
                                {StyleGroup::New, "new"_L1},
                                {StyleGroup::All, "all"_L1}};
const Names<AnimationLoop> kLoops{{AnimationLoop::Once, "once"_L1},
                                  {AnimationLoop::Loop, "loop"_L1},
                                  {AnimationLoop::PingPong, "pingpong"_L1}};
const Names<AnimationEasing> kEasings{{AnimationEasing::Linear, "linear"_L1},
                                      {AnimationEasing::Smooth, "smooth"_L1},
                                      {AnimationEasing::SlowStart, "slow start"_L1},
                                      {AnimationEasing::SlowEnd, "slow end"_L1}};
const Names<MorphSchedule> kSchedules{{MorphSchedule::Linear, "linear"_L1},
                                      {MorphSchedule::Paper, "paper"_L1}};

template <class Enum>
QString nameOf(const Names<Enum>& names, Enum value) {
    for (const auto& [candidate, name] : names) {
        if (candidate == value) return name;
    }
    return {};
}

QJsonArray toJson(const RecipeMix& mix) {
    QJsonArray array;
    for (const RecipeStyle& part : mix) {
        array.append(QJsonObject{{u"id"_s, QString::fromStdString(part.id)},
                                 {u"index"_s, part.index},
                                 {u"weight"_s, double(part.weight)}});
    }
    return array;
}

QJsonObject toJson(const AxisChoice& axis) {
    return {{u"parameter"_s, QString::fromStdString(axis.parameter)},
            {u"from"_s, axis.from},
            {u"to"_s, axis.to},
            {u"count"_s, axis.count}};
}

/// Reads fields and remembers the first that made no sense.
class Reader {
public:
    explicit Reader(QJsonObject json) : m_json(std::move(json)) {}

    QString fault() const { return m_fault; }

    double number(const QString& key, double fallback, double low = -1e6, double high = 1e6) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        const double number = value.toDouble(std::nan(""));
        if (number >= low && number <= high) return number;
        return blame(key), fallback;
    }
    bool flag(const QString& key, bool fallback) {
        const QJsonValue value = m_json.value(key);
        if (!value.isUndefined() && !value.isBool()) blame(key);
        return value.toBool(fallback);
    }
    std::string text(const QString& key, const std::string& fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        if (!value.isString()) blame(key);
        return value.toString().toStdString();
    }
    template <class Enum>
    Enum choice(const QString& key, const Names<Enum>& names, Enum fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        for (const auto& [candidate, name] : names) {
            if (value.toString() == name) return candidate;
        }
        return blame(key), fallback;
    }
    std::string parameter(const QString& key, const std::string& fallback, bool chairs = false) {
        const std::string name = text(key, fallback);
        const auto known = axisParameters();
        if (std::ranges::find(known, name) == known.end() || (name == kChairParameter && !chairs)) blame(key);
        return name;
    }
    AxisChoice axis(const QString& key, const AxisChoice& fallback) {
        if (!m_json.contains(key)) return fallback;
        Reader inner(m_json.value(key).toObject());
        const AxisChoice axis{inner.parameter(u"parameter"_s, fallback.parameter, true),
                              inner.number(u"from"_s, fallback.from),
                              inner.number(u"to"_s, fallback.to),
                              int(inner.number(u"count"_s, fallback.count, 1, 4096))};
        if (!inner.fault().isEmpty()) blame(key);
        return axis;
    }
    RecipeMix mix(const QJsonValue& value) {
        RecipeMix mix;
        const QJsonArray array = value.toArray();
        if (!value.isArray() || array.size() > 4096) blame(u"slots"_s);
        for (const QJsonValue& item : array) {
            Reader inner(item.toObject());
            mix.push_back({inner.text(u"id"_s, {}),
                           int(inner.number(u"index"_s, -1)),
                           float(inner.number(u"weight"_s, 1))});
            if (!inner.fault().isEmpty() || !item.isObject()) blame(u"slots"_s);
        }
        return mix;
    }
    QJsonValue value(const QString& key) const { return m_json.value(key); }
    void blame(const QString& key) {
        if (m_fault.isEmpty()) m_fault = key;
    }

private:
    QJsonObject m_json;
    QString m_fault;
};

void readSlots(Reader& reader, ChairPanelState& state) {
    const QJsonValue slots = reader.value(u"slots"_s);
    if (slots.isUndefined()) return;
    const QJsonArray array = slots.toArray();
    if (!slots.isArray() || array.size() > qsizetype(state.slots.size())) return reader.blame(u"slots"_s);
    for (qsizetype i = 0; i < array.size(); ++i) state.slots[std::size_t(i)] = reader.mix(array[i]);
}

void readTheta(Reader& reader, ChairPanelState& state) {
    Reader inner(reader.value(u"theta"_s).toObject());
    std::array<float, kThetaSize> values{};
    for (std::size_t i = 0; i < kThetaSize; ++i) {
        values[i] = float(inner.number(QString::fromLatin1(thetaRanges()[i].key), 0, -100, 100));
    }
    state.theta = Theta::fromValues(values);
    if (!inner.fault().isEmpty()) reader.blame(u"theta"_s);
}

void readUnits(Reader& reader, ChairPanelState& state) {
    const QJsonValue units = reader.value(u"units"_s);
    if (units.isUndefined()) return;
    if (!units.isArray() || units.toArray().size() > 1024) return reader.blame(u"units"_s);
    for (const QJsonValue& value : units.toArray()) {
        Reader inner(value.toObject());
        state.units.push_back({{inner.text(u"layer"_s, {}),
                                int(inner.number(u"unit"_s, 0, 0)),
                                float(inner.number(u"value"_s, 0))},
                               inner.number(u"largest"_s, 1, 1e-6)});
        if (!inner.fault().isEmpty()) reader.blame(u"units"_s);
    }
}

void readAnimation(Reader& reader, ChairPanelState& state) {
    state.animatedParameter = reader.parameter(u"animatedParameter"_s, state.animatedParameter);
    state.animateFrom = reader.number(u"animateFrom"_s, state.animateFrom);
    state.animateTo = reader.number(u"animateTo"_s, state.animateTo);
    state.timing.loop = reader.choice(u"loop"_s, kLoops, state.timing.loop);
    state.timing.easing = reader.choice(u"easing"_s, kEasings, state.timing.easing);
    state.timing.secondsPerPass = reader.number(u"secondsPerPass"_s, state.timing.secondsPerPass, 0.1, 600);
}

void readNewChairs(Reader& reader, ChairPanelState& state) {
    const QJsonValue seeds = reader.value(u"newChairs"_s);
    if (seeds.isUndefined()) return;
    if (!seeds.isArray() || seeds.toArray().size() > 4096) return reader.blame(u"newChairs"_s);
    for (const QJsonValue& value : seeds.toArray()) {
        const int seed = value.toInt(-1);
        if (seed < 0 || seed > kLargestStyleSeed) return reader.blame(u"newChairs"_s);
        state.newChairs.push_back(seed);
    }
}

void readStrip(Reader& reader, ChairPanelState& state) {
    state.strip = reader.choice(u"strip"_s, kStrips, state.strip);
    state.styleGroup = reader.choice(u"styleGroup"_s, kGroups, state.styleGroup);
    readNewChairs(reader, state);
    state.columns = reader.axis(u"columns"_s, state.columns);
    state.rows = reader.axis(u"rows"_s, state.rows);
    state.frames = reader.axis(u"frames"_s, state.frames);
    state.schedule = reader.choice(u"schedule"_s, kSchedules, state.schedule);
    state.framesPerSecond = int(reader.number(u"framesPerSecond"_s, state.framesPerSecond, 1, 100));
}

}  // namespace

QJsonObject toJson(const ChairPanelState& state) {
    QJsonArray slots;
    for (const RecipeMix& slot : state.slots) slots.append(toJson(slot));
    QJsonObject theta;
    for (std::size_t i = 0; i < kThetaSize; ++i)
        theta[QString::fromLatin1(thetaRanges()[i].key)] = double(state.theta.values()[i]);
    QJsonArray newChairs;
    for (int seed : state.newChairs) newChairs.append(seed);
    QJsonArray units;
    for (const UnitSlider& unit : state.units)
        units.append(QJsonObject{{u"layer"_s, QString::fromStdString(unit.boost.layer)},
                                 {u"unit"_s, unit.boost.unit},
                                 {u"value"_s, double(unit.boost.value)},
                                 {u"largest"_s, unit.largest}});
    return {{u"slots"_s, slots},
            {u"u"_s, state.u},
            {u"v"_s, state.v},
            {u"arithmetic"_s, state.arithmetic},
            {u"azimuth"_s, double(state.view.azimuthDeg)},
            {u"elevation"_s, double(state.view.elevationDeg)},
            {u"snapToTrainedViews"_s, state.snapToTrainedViews},
            {u"theta"_s, theta},
            {u"units"_s, units},
            {u"extrapolated"_s, state.extrapolated},
            {u"background"_s, nameOf(kBackgrounds, state.background)},
            {u"backgroundFile"_s, QString::fromStdString(state.backgroundFile)},
            {u"channel"_s, nameOf(kChannels, state.channel)},
            {u"compare"_s, nameOf(kCompare, state.compare)},
            {u"smooth"_s, state.smooth},
            {u"animatedParameter"_s, QString::fromStdString(state.animatedParameter)},
            {u"animateFrom"_s, state.animateFrom},
            {u"animateTo"_s, state.animateTo},
            {u"loop"_s, nameOf(kLoops, state.timing.loop)},
            {u"easing"_s, nameOf(kEasings, state.timing.easing)},
            {u"secondsPerPass"_s, state.timing.secondsPerPass},
            {u"strip"_s, nameOf(kStrips, state.strip)},
            {u"styleGroup"_s, nameOf(kGroups, state.styleGroup)},
            {u"newChairs"_s, newChairs},
            {u"columns"_s, toJson(state.columns)},
            {u"rows"_s, toJson(state.rows)},
            {u"frames"_s, toJson(state.frames)},
            {u"schedule"_s, nameOf(kSchedules, state.schedule)},
            {u"framesPerSecond"_s, state.framesPerSecond}};
}

Result<ChairPanelState> chairPanelStateFromJson(const QJsonObject& json) {
    ChairPanelState state;
    Reader reader(json);
    readSlots(reader, state);
    state.u = reader.number(u"u"_s, 0, -10, 10);
    state.v = reader.number(u"v"_s, 0, -10, 10);
    state.arithmetic = reader.flag(u"arithmetic"_s, false);
    setParameter(state, "azimuth", reader.number(u"azimuth"_s, state.view.azimuthDeg));
    state.view.elevationDeg = float(reader.number(u"elevation"_s, state.view.elevationDeg, -90, 90));
    state.snapToTrainedViews = reader.flag(u"snapToTrainedViews"_s, state.snapToTrainedViews);
    readTheta(reader, state);
    readUnits(reader, state);
    state.extrapolated = reader.flag(u"extrapolated"_s, false);
    state.background = reader.choice(u"background"_s, kBackgrounds, state.background);
    state.backgroundFile = reader.text(u"backgroundFile"_s, {});
    state.channel = reader.choice(u"channel"_s, kChannels, state.channel);
    state.compare = reader.choice(u"compare"_s, kCompare, state.compare);
    state.smooth = reader.flag(u"smooth"_s, state.smooth);
    readAnimation(reader, state);
    readStrip(reader, state);
    if (!reader.fault().isEmpty()) {
        return Error{ErrorCode::BadFormat,
                     "The saved state cannot be used: its field \"" + reader.fault().toStdString() +
                         "\" has a value that makes no sense."};
    }
    compactSlots(state);
    return state;
}

}  // namespace vitrine
