// SPDX-License-Identifier: GPL-3.0-or-later
// What the id of a style says of where it comes from: "scan-NNN", "family-N", "family-FROM+TO@SHARE", else a
// chair of the catalogue.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace vitrine {

inline constexpr std::string_view kScanPrefix = "scan-", kFamilyPrefix = "family-";

bool isScanId(std::string_view id);
bool isFamilyId(std::string_view id);
std::string familyId(std::uint64_t number);
/// The number of "family-NUMBER"; none for other ids.
std::optional<std::uint64_t> familyNumber(std::string_view id);

/// A chair between two of the family.
struct FamilyBetween {
    std::uint64_t from = 0, to = 0;
    float share = 0;  ///< 0: `from`, 1: `to`
};
/// What the id of such a chair says; none for other ids.
std::optional<FamilyBetween> familyBetween(std::string_view id);
/// The id of such a chair.
std::string familyId(const FamilyBetween& between);

/// Ids that a text names, separated by commas.
std::set<std::string> styleIdsIn(const std::string& text);

/// Styles that only widen a training set: scans, chairs of the parametric family and those between two of it.
/// None of their views is held out.
bool isTrainingOnly(std::string_view styleId);

}  // namespace vitrine
