// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/correspondence_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/fields.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"
#include "core/render/contact_sheet.h"
#include "core/render/landmarks.h"

namespace vitrine {
namespace {

using Json = nlohmann::json;

constexpr const char* kSetFormat = "vitrine-correspondence 1";
constexpr const char* kPlanFormat = "vitrine-landmarks 1";
constexpr int kLookSize = 512;  // of the renders that visibility is read from

float rounded(float pixels) {
    return std::round(pixels * 100) / 100;
}

/// A number that is kept in hundredths.
struct HundredthsField {
    FieldRange range;

    FieldCheck read(const Json& json, float& value) const { return readFields(json, value, range); }
    Json write(float value) const { return std::round(double(value) * 100) / 100; }
};

/// Two members of a point as a list.
struct PlaceField {
    float MatchedPoint::*x;
    float MatchedPoint::*y;

    static FieldList<HundredthsField> rule() { return {{{-0.5, CorrespondenceSet::kImageSize - 0.5}}, 2}; }
    FieldCheck read(const Json& json, MatchedPoint& point) const {
        std::vector<float> place;
        if (auto fault = readFields(json, place, rule())) return fault;
        if (place.size() != 2) return FieldFault{{}, "must hold x and y"};
        point.*x = place[0], point.*y = place[1];
        return {};
    }
    Json write(const MatchedPoint& point) const {
        return writeFields(std::vector{point.*x, point.*y}, rule());
    }
};

void bindMatchedPoint(FieldSet& fields, MatchedPoint& point) {
    fields.text("name", point.name).required().filled();
    fields.value("from", point, PlaceField{&MatchedPoint::fromX, &MatchedPoint::fromY}).required();
    fields.value("to", point, PlaceField{&MatchedPoint::toX, &MatchedPoint::toY}).required();
}

/// Of a pair, planned or made.
template <class Pair>
void bindChairs(FieldSet& fields, Pair& pair) {
    fields.text("from", pair.from).required().filled();
    fields.text("to", pair.to).required().filled();
    fields.number("azimuth", pair.view.azimuthDeg, {-360, 360}).required();
    fields.number("elevation", pair.view.elevationDeg, {-90, 90}).required();
}

void bindPair(FieldSet& fields, CorrespondencePair& pair) {
    bindChairs(fields, pair);
    fields.choice("difficulty", pair.difficulty, {"simple", "difficult"}).required();
    fields.value("silhouetteIou", pair.silhouetteIou, HundredthsField{{0, 1}}).required();
    fields.list("points", pair.points, bindMatchedPoint).required().filled();
}

void bindSet(FieldSet& fields, CorrespondenceSet& set) {
    fields.list("pairs", set.pairs, bindPair).required().filled();
}

void bindDrop(FieldSet& fields, CorrespondencePlan::Drop& drop) {
    fields.text("chair", drop.chair).required().filled();
    fields.text("landmark", drop.landmark).required().filled();
}

void bindPlan(FieldSet& fields, CorrespondencePlan& plan) {
    fields.list("pairs", plan.pairs, bindChairs<CorrespondencePlan::Pair>).required();
    fields.list("drops", plan.drops, bindDrop).required();
}

/// Reads a file of one of the two formats, naming the field that is wrong.
template <class T, class Bind>
Result<T> readSetFile(const std::filesystem::path& file, const char* format, const Bind& bind) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    const auto refused = [&](const std::string& why, const std::string& detail) {
        return Error{
            ErrorCode::BadFormat, file.filename().string() + " cannot be used: " + why + ".", detail};
    };
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("format", Json()) != Json(format))
        return refused("it is no file of the format " + std::string(format), {});
    T value;
    if (const auto fault = readFields(json, value, bind))
        return refused("its field \"" + fault->name + "\" is missing or invalid", fault->what);
    return value;
}

/// Chairs that are loaded, and their landmarks found, once each.
class Chairs {
public:
    explicit Chairs(const ChairCatalogue& catalogue) : m_catalogue(catalogue) {}

    struct Chair {
        ChairModel model;
        std::vector<Landmark> landmarks;
    };
    Result<const Chair*> get(const std::string& id) {
        if (const auto found = m_chairs.find(id); found != m_chairs.end()) return &found->second;
        VITRINE_TRY(const ChairEntry* entry, m_catalogue.find(id));
        VITRINE_TRY(ChairModel model, ChairModel::load(*entry));
        VITRINE_TRY(std::vector<Landmark> landmarks, findLandmarks(*entry));
        return &m_chairs.emplace(id, Chair{std::move(model), std::move(landmarks)}).first->second;
    }

private:
    const ChairCatalogue& m_catalogue;
    std::map<std::string, Chair> m_chairs;
};

float silhouetteIou(const Image& a, const Image& b) {
    std::size_t both = 0, either = 0;
    for (std::size_t i = 3; i < a.pixels.size(); i += 4) {
        const bool inA = a.pixels[i] > 127, inB = b.pixels[i] > 127;
        both += inA && inB;
        either += inA || inB;
    }
    return either == 0 ? 0 : float(both) / float(either);
}

bool isDropped(const CorrespondencePlan& plan, const std::string& chair, const std::string& landmark) {
    return std::ranges::any_of(plan.drops, [&](const auto& drop) {
        return drop.chair == chair &&
               (landmark == drop.landmark || landmark.starts_with(drop.landmark + "-"));
    });
}

Result<CorrespondencePair> makePair(const CorrespondencePlan& plan,
                                    const CorrespondencePlan::Pair& planned,
                                    Chairs& chairs) {
    VITRINE_TRY(const Chairs::Chair* from, chairs.get(planned.from));
    VITRINE_TRY(const Chairs::Chair* to, chairs.get(planned.to));
    const ChairRender fromRender = from->model.render(planned.view, {kLookSize, 1}),
                      toRender = to->model.render(planned.view, {kLookSize, 1});
    CorrespondencePair pair{planned.from,
                            planned.to,
                            planned.view,
                            {},
                            rounded(silhouetteIou(fromRender.premultiplied, toRender.premultiplied)),
                            {}};
    if (pair.silhouetteIou < CorrespondenceSet::kSimpleIou)
        pair.difficulty = CorrespondenceDifficulty::Difficult;
    for (const Landmark& landmark : from->landmarks) {
        const auto same = std::ranges::find(to->landmarks, landmark.name, &Landmark::name);
        if (same == to->landmarks.end() || isDropped(plan, planned.from, landmark.name) ||
            isDropped(plan, planned.to, landmark.name))
            continue;
        const SeenPoint a =
            seenPoint(landmark.point, fromRender, planned.view, CorrespondenceSet::kImageSize);
        const SeenPoint b = seenPoint(same->point, toRender, planned.view, CorrespondenceSet::kImageSize);
        if (!a.isVisible || !b.isVisible) continue;
        pair.points.push_back({landmark.name, rounded(a.x), rounded(a.y), rounded(b.x), rounded(b.y)});
    }
    return pair;
}

void drawDot(Image& image, float x, float y, const std::array<std::uint8_t, 3>& colour) {
    constexpr int kRadius = 4;
    for (int dy = -kRadius; dy <= kRadius; ++dy)
        for (int dx = -kRadius; dx <= kRadius; ++dx) {
            const int atX = int(std::lround(x)) + dx, atY = int(std::lround(y)) + dy,
                      distance = dx * dx + dy * dy;
            if (distance > kRadius * kRadius || atX < 0 || atY < 0 || atX >= image.width ||
                atY >= image.height)
                continue;
            const bool isRim = distance > (kRadius - 1) * (kRadius - 1);
            for (int c = 0; c < 3; ++c) image.at(atY, atX, c) = isRim ? 0 : colour[std::size_t(c)];
        }
}

constexpr std::array<std::array<std::uint8_t, 3>, 14> kDotColours{{{230, 25, 75},
                                                                   {60, 180, 75},
                                                                   {255, 225, 25},
                                                                   {0, 130, 200},
                                                                   {245, 130, 48},
                                                                   {145, 30, 180},
                                                                   {70, 240, 240},
                                                                   {240, 50, 230},
                                                                   {210, 245, 60},
                                                                   {250, 190, 190},
                                                                   {0, 128, 128},
                                                                   {170, 110, 40},
                                                                   {255, 255, 255},
                                                                   {128, 128, 128}}};

/// Both renders beside each other on white, as large as `side`.
Image sideBySide(const ChairRender& from, const ChairRender& to, int side) {
    Image image(2 * side, side, 3, 255);
    const std::array renders{&from, &to};
    for (int half = 0; half < 2; ++half)
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const std::uint8_t* in = renders[std::size_t(half)]->premultiplied.row(y) + 4 * x;
                for (int c = 0; c < 3; ++c)
                    image.at(y, half * side + x, c) = std::uint8_t(in[c] + 255 - in[3]);
            }
    return image;
}

}  // namespace

std::size_t CorrespondenceSet::numPoints() const {
    std::size_t count = 0;
    for (const CorrespondencePair& pair : pairs) count += pair.points.size();
    return count;
}

Result<CorrespondenceSet> CorrespondenceSet::loadDefault() {
    return load(resourceFolder() / "correspondence.json");
}

Result<CorrespondenceSet> CorrespondenceSet::load(const std::filesystem::path& file) {
    return readSetFile<CorrespondenceSet>(file, kSetFormat, bindSet);
}

Status CorrespondenceSet::save(const std::filesystem::path& file) const {
    std::string text = "{\"format\": " + Json(kSetFormat).dump() + ",\n\"pairs\": [\n";
    for (const CorrespondencePair& pair : pairs)
        text += " " + writeFields(pair, bindPair).dump() + (&pair == &pairs.back() ? "\n" : ",\n");
    return writeFileAtomically(file, text + "]}\n");
}

Result<CorrespondencePlan> CorrespondencePlan::load(const std::filesystem::path& file) {
    return readSetFile<CorrespondencePlan>(file, kPlanFormat, bindPlan);
}

Result<CorrespondenceSet> makeCorrespondenceSet(const CorrespondencePlan& plan) {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    Chairs chairs(catalogue);
    CorrespondenceSet set;
    for (const CorrespondencePlan::Pair& planned : plan.pairs) {
        VITRINE_TRY(CorrespondencePair pair, makePair(plan, planned, chairs));
        set.pairs.push_back(std::move(pair));
    }
    return set;
}

Result<Image> correspondenceSheet(const CorrespondenceSet& set, int columns) {
    constexpr int kSide = 256;
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    Chairs chairs(catalogue);
    std::vector<SheetTile> tiles;
    for (const CorrespondencePair& pair : set.pairs) {
        VITRINE_TRY(const Chairs::Chair* from, chairs.get(pair.from));
        VITRINE_TRY(const Chairs::Chair* to, chairs.get(pair.to));
        Image picture = sideBySide(
            from->model.render(pair.view, {kSide, 2}), to->model.render(pair.view, {kSide, 2}), kSide);
        const auto enlarged = [](float pixels) {
            return (pixels + 0.5f) * kSide / CorrespondenceSet::kImageSize - 0.5f;
        };
        for (std::size_t i = 0; i < pair.points.size(); ++i) {
            const auto& colour = kDotColours[i % kDotColours.size()];
            drawDot(picture, enlarged(pair.points[i].fromX), enlarged(pair.points[i].fromY), colour);
            drawDot(picture, kSide + enlarged(pair.points[i].toX), enlarged(pair.points[i].toY), colour);
        }
        const char* kind = pair.difficulty == CorrespondenceDifficulty::Simple ? "-simple-" : "-difficult-";
        tiles.push_back(
            {std::move(picture), fmt::format("{}{}{}-{}", tiles.size(), kind, pair.from, pair.to)});
    }
    return makeContactSheet(tiles, columns);
}

}  // namespace vitrine
