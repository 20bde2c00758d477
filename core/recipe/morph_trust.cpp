// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/morph_trust.h"

#include <algorithm>
#include <cmath>

#include "core/base/fields.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr const char* kTrustFormat = "vitrine-trust";
constexpr int kTrustVersion = 1;
constexpr std::size_t kMaxBytes = 1 << 20;

Error badProfile(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::BadFormat,
            file.filename().string() + " cannot be used: " + why +
                ". Write it again: vitrine-cli eval morphs --write-trust."};
}

double rounded(double value) {
    return std::round(value * 1e4) / 1e4;
}

void bindTrustPoint(FieldSet& fields, TrustPoint& point) {
    fields.number("position", point.position).required();
    fields.number("ambiguity", point.ambiguity).required();
    fields.number("components", point.components).required();
}

/// For reading; a profile is written with its fields in another order.
void bindProfile(FieldSet& fields, TrustProfile& profile) {
    fields.text("weights", profile.weightsHash).required();
    fields.integer("pairs", profile.numPairs).required();
    fields.list("points", profile.points, bindTrustPoint).required();
}

bool hasPosition(const TrustProfile& profile, double position) {
    return std::ranges::find(profile.points, position, &TrustPoint::position) != profile.points.end();
}

bool isUsable(const TrustProfile& profile) {
    const auto isMeasured = [](const TrustPoint& point) {
        return point.ambiguity > 0 && point.components > 0;
    };
    const bool ascends =
        std::ranges::adjacent_find(profile.points, std::ranges::greater_equal(), &TrustPoint::position) ==
        profile.points.end();
    return std::ranges::all_of(profile.points, isMeasured) && hasPosition(profile, 0) &&
           hasPosition(profile, 1) && ascends;
}

}  // namespace

double TrustRatios::largest() const {
    return std::max(ambiguity, components);
}

std::vector<double> trustPositions() {
    std::vector<double> positions;
    for (int tenths = -5; tenths <= 15; ++tenths) positions.push_back(tenths / 10.0);
    return positions;
}

TrustPoint trustAt(const TrustProfile& profile, double position) {
    const auto& points = profile.points;
    const auto right = std::ranges::lower_bound(points, position, {}, &TrustPoint::position);
    if (right == points.begin()) return points.front();
    if (right == points.end()) return points.back();
    const TrustPoint& left = *std::prev(right);
    const double part = (position - left.position) / (right->position - left.position);
    return {position,
            std::lerp(left.ambiguity, right->ambiguity, part),
            std::lerp(left.components, right->components, part)};
}

TrustRatios ratiosAt(const TrustProfile& profile, double position) {
    const TrustPoint a = trustAt(profile, 0), b = trustAt(profile, 1), here = trustAt(profile, position);
    return {2 * here.ambiguity / (a.ambiguity + b.ambiguity),
            2 * here.components / (a.components + b.components)};
}

std::filesystem::path trustFileOf(const std::filesystem::path& weights) {
    return std::filesystem::path(weights).replace_extension(".trust.json");
}

Status writeTrustProfile(const std::filesystem::path& file, const TrustProfile& profile) {
    nlohmann::ordered_json points = nlohmann::ordered_json::array();
    for (const TrustPoint& point : profile.points)
        points.push_back({{"position", point.position},
                          {"ambiguity", rounded(point.ambiguity)},
                          {"components", rounded(point.components)}});
    const nlohmann::ordered_json json{{"format", kTrustFormat},
                                      {"version", kTrustVersion},
                                      {"weights", profile.weightsHash},
                                      {"pairs", profile.numPairs},
                                      {"points", std::move(points)}};
    return writeFileAtomically(file, json.dump(1) + '\n');
}

Result<TrustProfile> readTrustProfile(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxBytes));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("format", nlohmann::json()) != kTrustFormat)
        return badProfile(file, "it is no profile of eval morphs");
    if (json.value("version", nlohmann::json()) != kTrustVersion)
        return badProfile(file, "it has another version of the format");
    TrustProfile profile;
    if (const auto fault = readFields(json, profile, bindProfile))
        return badProfile(file, "its field \"" + fault->name + "\" is missing or has a wrong type");
    if (!isUsable(profile)) return badProfile(file, "its positions or values are invalid");
    return profile;
}

std::optional<TrustProfile> trustProfileOf(const std::filesystem::path& weights,
                                           const std::string& weightsHash) {
    auto profile = readTrustProfile(trustFileOf(weights));
    if (!profile || profile->weightsHash != weightsHash) return std::nullopt;
    return std::move(profile).value();
}

}  // namespace vitrine
