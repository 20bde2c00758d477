// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/chair_family.h"

#include <algorithm>

#include "core/data/style_ids.h"
#include "core/render/family_builder.h"

namespace vitrine {
namespace {

constexpr std::string_view kFamilyArchive = "(parametric family)";

ChairEntry entryOf(const FamilyChair& chair, const std::string& id) {
    const std::string model = id.substr(kFamilyPrefix.size());
    ChairEntry entry;
    entry.id = id;
    entry.name = "Chair " + model + " of the family";
    entry.type = chair.type;
    entry.licence = "CC0-1.0";
    entry.archive = kFamilyArchive;
    entry.model = model;
    entry.seatHeight = chair.seatHeight;
    return entry;
}

/// The id that an entry of this model was made with.
std::string idOf(const ChairEntry& entry) {
    return std::string(kFamilyPrefix) + entry.model;
}

std::optional<FamilyShape> shapeBetween(const ChairEntry& entry) {
    const auto between = familyBetween(idOf(entry));
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
    ChairEntry entry = entryOf(makeFamilyChair(number), familyId(number));
    entry.index = int(number);
    return entry;
}

std::vector<ChairEntry> familyChairs(int count) {
    std::vector<ChairEntry> entries;
    for (int i = 0; i < count; ++i) entries.push_back(familyChair(std::uint64_t(i)));
    return entries;
}

std::optional<std::uint64_t> familyNumber(const ChairEntry& entry) {
    return entry.archive == kFamilyArchive ? familyNumber(idOf(entry)) : std::nullopt;
}

ChairEntry interpolatedFamilyChair(std::uint64_t from, std::uint64_t to, float t) {
    const FamilyShape shape = interpolate(sampleFamilyShape(from), sampleFamilyShape(to), t);
    return entryOf(makeFamilyChair(shape), familyId({from, to, t}));
}

std::optional<FamilyShape> familyShape(const ChairEntry& entry) {
    if (const auto number = familyNumber(entry)) return sampleFamilyShape(*number);
    return entry.archive == kFamilyArchive ? shapeBetween(entry) : std::nullopt;
}

}  // namespace vitrine
