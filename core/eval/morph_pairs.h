// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/packed_chairs.h"

namespace vitrine {

/// Two chairs that are morphed into one another at one view.
struct MorphPair {
    int from = 0, to = 0;                  ///< class indices of the model
    std::size_t fromView = 0, toView = 0;  ///< of the data set
    ChairView view;
};

/// Pairs of chairs with class indices in `views` (see sharedViews()), at views of the training grid that
/// neither chair holds out. Pair i follows from the seed, i and the views alone. Errors: InvalidArgument (no
/// two chairs with a view in common).
Result<std::vector<MorphPair>> drawMorphPairs(const PackedChairs& data,
                                              const std::vector<PackedView>& views,
                                              int count,
                                              std::uint64_t seed);

/// A render of the data at the model's size. Shapes: [size, size, 4] premultiplied.
Image renderOf(const PackedChairs& data, std::size_t view, int size);
/// Errors: InvalidArgument (renders that are no multiple of the model's size).
Status checkRendersFit(const PackedChairs& data, int size);

}  // namespace vitrine
