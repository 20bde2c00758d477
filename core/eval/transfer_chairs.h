// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/packed_chairs.h"
#include "core/data/transfer_views.h"
#include "core/recipe/transfer_recipe.h"

namespace vitrine {

/// The chairs of a set that have all 62 views of the grid, as targets and sources. Chairs are class indices
/// of the set; a place is one of the grid, the same for all chairs. The set outlives this.
class TransferChairs {
public:
    /// Errors: InvalidArgument (a target that lacks views of the grid; no source chair).
    static Result<TransferChairs> make(const PackedChairs& data, const std::set<std::string>& targetIds);

    const std::vector<int>& targets() const { return m_targets; }
    const std::vector<int>& sources() const { return m_sources; }
    const std::string& idOf(int chair) const { return m_data->styleIds()[std::size_t(chair)]; }
    ChairView viewAt(int place) const { return viewOf(m_targets.front(), place).view; }
    std::size_t viewIndex(int chair, int place) const {
        return m_views[std::size_t(chair)][std::size_t(place)];
    }
    /// The render. Shapes: [size, size, 4] premultiplied.
    Image render(int chair, int place, int size) const;

    /// The places that a setting gives of the targets.
    std::vector<int> given(const TransferViews& setting) const;
    /// The places that are scored: those at azimuths that no setting gives, the same for each number of
    /// azimuths; where targets are given at 20 degrees, those at 30.
    std::vector<int> unseen(const TransferViews& setting) const;

    // Two baselines of the paper.
    enum class Among { All, Catalogue };
    /// For each target, in order, the source chair whose views at `given` differ least: sum of squared
    /// differences of RGB on white, or of hogDescriptor(). -1: there is none. Source: papers.md B6.
    std::vector<int> nearestSources(const std::vector<int>& given,
                                    TransferLikeness likeness,
                                    int size,
                                    Among among = Among::All) const;
    /// The place of `given` that is nearest in angle. Units: degrees of azimuth plus elevation.
    int nearestPlace(const std::vector<int>& given, int place) const;

private:
    explicit TransferChairs(const PackedChairs& data) : m_data(&data) {}
    const PackedView& viewOf(int chair, int place) const { return m_data->views()[viewIndex(chair, place)]; }

    const PackedChairs* m_data;
    std::vector<int> m_targets, m_sources;
    std::vector<std::vector<std::size_t>> m_views;  ///< by chair and place
};

}  // namespace vitrine
