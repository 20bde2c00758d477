// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/chair_catalogue.h"
#include "core/recipe/transfer_recipe.h"

namespace vitrine {

/// The source chairs whose given views are most like a target's. Ids; an empty one: there is none.
struct NearestSource {
    std::string target;
    TransferSetting setting = TransferSetting::Views15;
    std::string rgb, hog;
    std::string catalogue;  ///< by RGB, of the chairs that are always there
    bool operator==(const NearestSource&) const = default;

    const std::string& by(TransferLikeness likeness) const {
        return likeness == TransferLikeness::Hog ? hog : rgb;
    }
};

/// Of a target and a setting; nullptr: none is listed.
const NearestSource* findNearest(const std::vector<NearestSource>& all,
                                 const std::string& target,
                                 TransferSetting setting);

/// The chairs whose meshes are here: the catalogue's and imported scans.
std::vector<ChairEntry> realChairs();
/// The chairs beside a network's picture; nullptr: its mesh is not among `chairs`, or none is listed.
struct ChairsBeside {
    const ChairEntry* real = nullptr;
    const ChairEntry* nearest = nullptr;
    bool isNearestOfCatalogue = false;  ///< as the mesh of the nearest of all is not here
};
ChairsBeside chairsBeside(const std::vector<ChairEntry>& chairs,
                          const std::vector<NearestSource>& all,
                          const TransferRequest& request,
                          TransferLikeness likeness);

/// nearest.json beside the networks.
std::filesystem::path nearestSourcesFile(const std::filesystem::path& models);
/// Errors: Io, NoSpace.
Status writeNearestSources(const std::filesystem::path& file, const std::vector<NearestSource>& all);
/// Errors: NotFound, Io, BadFormat.
Result<std::vector<NearestSource>> readNearestSources(const std::filesystem::path& file);

}  // namespace vitrine
