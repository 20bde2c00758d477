// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/chair_catalogue.h"
#include "core/data/style_ids.h"
#include "core/render/family_shape.h"
#include "core/render/mesh.h"

namespace vitrine {

/// A parametric family of chairs. It widens a training set, whose real chairs are few, and is never tested
/// on. Chair `number` is a function of the number alone.
///
/// Of 100, some 42 are chairs, 20 armchairs, 14 stools, 14 sofas, 6 benches and 4 loungers. Uniform unless
/// said: seat 0.36..0.56 m wide and 0.36..0.56 m deep (sofas up to 2.2 m, benches 1.8 m), 0.38..0.5 m high
/// (stools to 0.8 m), square to round. Legs: four, straight, tapered, turned or splayed up to 14 degrees,
/// with stretchers in one of two; or a bent tube, runners, a column on a star or a disc, crossed bars, side
/// panels, a plinth. Backs: a bent panel, upright slats, rungs, a bow with spindles, a cushion, a frame or
/// none; 0.25..0.65 m high, leaning back 3..22 degrees. Arms: rails on posts, bent tubes, upholstered blocks.
/// Wood, metal, paint, plastic or cloth, plain, striped or checked.
struct FamilyChair {
    Mesh mesh;             ///< without normals, in metres, on the floor y = 0, front towards +z
    std::string type;      ///< as ChairEntry::type
    float seatHeight = 0;  ///< top of the seat as a fraction of the height
};
FamilyChair makeFamilyChair(std::uint64_t number);
/// A chair of any shape, e.g. of one between two chairs of the family.
FamilyChair makeFamilyChair(const FamilyShape& shape);

/// Chair `number` of the family as an entry of the training split. Builds its mesh once.
ChairEntry familyChair(std::uint64_t number);
/// The first `count` of the family.
std::vector<ChairEntry> familyChairs(int count);
/// The number of an entry that is of the family.
std::optional<std::uint64_t> familyNumber(const ChairEntry& entry);

/// The entry of the shape at share `t` between two chairs of one build: it can be rendered as any other, but
/// has no number and is not of the family. Its id is "family-FROM+TO@SHARE". Errors: throws as interpolate().
ChairEntry interpolatedFamilyChair(std::uint64_t from, std::uint64_t to, float t);
/// The shape of an entry that is of the family or between two of it.
std::optional<FamilyShape> familyShape(const ChairEntry& entry);

}  // namespace vitrine
