// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_family.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/data/family_builder.h"

namespace vitrine {
namespace {

constexpr std::string_view kFamilyArchive = "(parametric family)", kFamilyPrefix = "family-";

/// Of text that is a number and nothing else.
template <class Number>
std::optional<Number> numberOf(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

ChairEntry entryOf(const FamilyChair& chair, const std::string& model) {
    ChairEntry entry;
    entry.id = std::string(kFamilyPrefix) + model;
    entry.name = "Chair " + model + " of the family";
    entry.type = chair.type;
    entry.licence = "CC0-1.0";
    entry.archive = kFamilyArchive;
    entry.model = model;
    entry.seatHeight = chair.seatHeight;
    return entry;
}

/// "FROM+TO@SHARE": the shape between two chairs.
std::string modelBetween(std::uint64_t from, std::uint64_t to, float t) {
    std::array<char, 32> share{};
    const auto end = std::to_chars(share.data(), share.data() + share.size(), t).ptr;
    return std::to_string(from) + "+" + std::to_string(to) + "@" + std::string(share.data(), end);
}

std::optional<FamilyBetween> parseBetween(std::string_view model) {
    const std::size_t plus = model.find('+'), at = model.find('@');
    if (plus == std::string_view::npos || at == std::string_view::npos || at < plus) return {};
    const auto from = numberOf<std::uint64_t>(model.substr(0, plus)),
               to = numberOf<std::uint64_t>(model.substr(plus + 1, at - plus - 1));
    const auto share = numberOf<float>(model.substr(at + 1));
    return from && to && share ? std::optional(FamilyBetween{*from, *to, *share}) : std::nullopt;
}

std::optional<FamilyShape> shapeBetween(std::string_view model) {
    const auto between = parseBetween(model);
    if (!between) return {};
    const FamilyShape a = sampleFamilyShape(between->from), b = sampleFamilyShape(between->to);
    return canInterpolate(a, b) ? std::optional(interpolate(a, b, between->share)) : std::nullopt;
}

}  // namespace

FamilyChair makeFamilyChair(const FamilyShape& shape) {
    FamilyChair chair;
    chair.type = shape.build.type;
    chair.mesh = FamilyBuilder(shape).build();
    chair.seatHeight = shape.numbers.sizes.seatTop / std::max(chair.mesh.boxMax().y, 1e-3f);
    return chair;
}

FamilyChair makeFamilyChair(std::uint64_t number) {
    return makeFamilyChair(sampleFamilyShape(number));
}

ChairEntry familyChair(std::uint64_t number) {
    ChairEntry entry = entryOf(makeFamilyChair(number), std::to_string(number));
    entry.index = int(number);
    return entry;
}

std::vector<ChairEntry> familyChairs(int count) {
    std::vector<ChairEntry> entries;
    for (int i = 0; i < count; ++i) entries.push_back(familyChair(std::uint64_t(i)));
    return entries;
}

bool isFamilyId(std::string_view id) {
    return familyNumber(id).has_value();
}

std::string familyId(std::uint64_t number) {
    return std::string(kFamilyPrefix) + std::to_string(number);
}

std::optional<std::uint64_t> familyNumber(std::string_view id) {
    return id.starts_with(kFamilyPrefix) ? numberOf<std::uint64_t>(id.substr(kFamilyPrefix.size())) : std::nullopt;
}

std::optional<std::uint64_t> familyNumber(const ChairEntry& entry) {
    return entry.archive == kFamilyArchive ? numberOf<std::uint64_t>(entry.model) : std::nullopt;
}

ChairEntry interpolatedFamilyChair(std::uint64_t from, std::uint64_t to, float t) {
    const FamilyShape shape = interpolate(sampleFamilyShape(from), sampleFamilyShape(to), t);
    return entryOf(makeFamilyChair(shape), modelBetween(from, to, t));
}

std::optional<FamilyBetween> familyBetween(std::string_view id) {
    return id.starts_with(kFamilyPrefix) ? parseBetween(id.substr(kFamilyPrefix.size())) : std::nullopt;
}

std::optional<FamilyShape> familyShape(const ChairEntry& entry) {
    if (const auto number = familyNumber(entry)) return sampleFamilyShape(*number);
    return entry.archive == kFamilyArchive ? shapeBetween(entry.model) : std::nullopt;
}

}  // namespace vitrine
