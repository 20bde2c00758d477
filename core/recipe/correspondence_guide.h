// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/recipe/chair_shape.h"
#include "core/recipe/correspondence.h"

namespace vitrine {

/// The pictures that a guide is made of: for each key frame its chair turned a little either way, and from
/// its four sides.
std::vector<ChairRequest> guideRequests(const std::vector<ChairRequest>& frames,
                                        std::span<const std::size_t> keys);

/// What the chairs' proportions say about a match.
class CorrespondenceGuide {
public:
    /// Shapes: keyFrames [H, W, 4] premultiplied, two at least; pictures: of guideRequests(). `numThreads`: 0
    /// = one a core.
    CorrespondenceGuide(const ChairView& view,
                        std::vector<Image> keyFrames,
                        std::span<const Image> pictures,
                        int numThreads);

    /// Where each key frame's chair should be on the next one and on the one before.
    SequenceFlows alongMorph() const;
    /// Where A's chair should be on B, and the other way round.
    SequenceFlows atOnce() const;
    /// The flows of a matching along the morph, mended by one at once: each counts more where it fits better.
    void mend(Matching& matching, const SequenceFlows& atOnce) const;

private:
    ChairProportions proportionsOf(std::size_t key) const;
    FlowField initialFlow(std::size_t from, std::size_t to) const;

    ChairView m_view;
    std::vector<Image> m_frames;
    std::vector<SeenChair> m_chairs;
    std::array<double, 2> m_seats{0.5, 0.5};  ///< of A and B
};

}  // namespace vitrine
