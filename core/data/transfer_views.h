// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/fields.h"
#include "core/data/packed_chairs.h"

namespace vitrine {

/// What a training on knowledge transfer sees of the source chairs, which are all but the targets.
enum class SourceViews {
    All,  ///< with transfer
    Few,  ///< without: as few as of the targets
    None  ///< without, the other reading: no source chairs
};

/// How many azimuths of the targets the paper trains on.
inline constexpr std::array kTransferAzimuths{15, 8, 4, 2, 1};

/// Whether an azimuth of the grid is one of `numGiven` that are spread evenly. `numGiven`: 31 or one of
/// kTransferAzimuths. Few azimuths are a part of more: what is unseen with 15 is unseen with all fewer.
bool isGivenAzimuth(int azimuthIndex, int numGiven);

/// Which views a training on knowledge transfer sees. Without targets, all of all chairs.
/// Source: Dosovitskiy et al. 2015, section on knowledge transfer; papers.md B6.
struct TransferViews {
    std::string targets = {};  ///< ids separated by commas
    int targetAzimuths = 31;   ///< 31 or one of kTransferAzimuths
    bool targetsAt20 = false;  ///< only their views at 20 degrees of elevation
    SourceViews sources = SourceViews::All;

    bool isOn() const { return !targets.empty(); }
    std::set<std::string> targetIds() const;
    /// Whether a view is given if it is one of a target.
    bool isGiven(const PackedView& view) const;
    bool isTrained(const PackedView& view, bool isTarget) const;

    /// For the metadata of weights, key "transfer"; nothing for other text.
    std::string toText() const;
    static std::optional<TransferViews> fromText(const std::string& text);

    void bind(FieldSet& fields);
    /// The field at fault.
    FieldCheck check() const;
};

/// What is given of the targets, a column of the table: so many azimuths at both elevations, or all azimuths
/// at 20 degrees.
enum class TransferSetting { Views15, Views8, Views4, Views2, Views1, Elevation };
inline constexpr std::array kTransferSettings{TransferSetting::Views15,
                                              TransferSetting::Views8,
                                              TransferSetting::Views4,
                                              TransferSetting::Views2,
                                              TransferSetting::Views1,
                                              TransferSetting::Elevation};
/// "15", "8", "4", "2", "1", "elevation"
const std::vector<std::string>& transferSettingNames();
/// Without targets.
TransferViews viewsOf(TransferSetting setting);
/// The angles at which targets are given. Units: degrees.
std::vector<float> givenAzimuthsDeg(TransferSetting setting);
std::vector<float> givenElevationsDeg(TransferSetting setting);
/// Whether a target is given at this view.
bool isGivenView(TransferSetting setting, const ChairView& view);

}  // namespace vitrine
