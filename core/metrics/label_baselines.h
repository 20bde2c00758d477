// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/packed_scenes.h"

namespace vitrine {

/// Answers to partly known label maps that need no network. Shapes: all maps [H, W, 1]; in a query
/// kUnknownLabel marks what is to be found.

/// Each unknown pixel gets the label of the nearest known one (Euclidean; of equally near ones any). A query
/// without known pixels stays as it is.
LabelMap nearestKnownLabels(const LabelMap& query);

/// Looks label maps of training scenes up by a part of them.
class LabelRetrieval {
public:
    /// The first `count` scenes of the training split, which go round its chairs. Errors: InvalidArgument (no
    /// training scenes, a size that does not divide the set's).
    static Result<LabelRetrieval> make(const PackedScenes& scenes, int size, std::size_t count);
    LabelRetrieval(LabelRetrieval&&) noexcept;
    LabelRetrieval& operator=(LabelRetrieval&&) noexcept;
    ~LabelRetrieval();

    /// The maps that agree best with the query's known labels, best first; agreement is the mean IoU over all
    /// classes, the background included. What the query knows stands in each as it is.
    std::vector<LabelMap> find(const LabelMap& query, std::size_t count) const;

private:
    struct Maps;
    explicit LabelRetrieval(std::unique_ptr<Maps> maps);
    std::unique_ptr<Maps> m_maps;
};

/// Of each pixel the most frequent label of the maps; the smallest of equally frequent ones.
LabelMap mostFrequentLabels(const std::vector<LabelMap>& maps);

}  // namespace vitrine
