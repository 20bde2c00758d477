// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/image.h"

namespace vitrine {

/// How samples' legs are judged. Lengths in pixels refer to pictures of 128 x 128.
struct LegRule {
    std::uint8_t legsClass = 4;
    double floorTolerance = 0.08;  ///< of the picture's height: how far above its floor a whole leg may end
    int reachPx = 3;       ///< pixels at most so far apart (Chebyshev) are connected: thin legs have gaps
    int leastPartPx = 10;  ///< smaller parts need not be whole: furniture in front leaves specks over
    double falseDistancePx = 6;  ///< hidden leg pixels farther from every true leg are false
};

/// Judges the legs that samples show where a picture is hidden, against the truth of the same picture.
///
/// Whole legs: there is a leg in the hidden area, and every connected part of the leg pixels that reaches
/// into it touches another part of the chair and comes down to the floor. The floor is a horizontal line
/// through the sample's lowest leg row. That line must not lie above the truth's by more than the tolerance,
/// or else legs that all end in mid-air would define their own floor. Under a perspective camera legs at the
/// back end higher in the picture. The camera is the truth's, so a leg may end above the line by the height
/// difference of the truth's feet, or by the tolerance if that is more. A part that touches the picture's
/// edge may go on outside: it counts as attached, and as standing on the floor. A block below the seat is
/// attached and stands, so a leg is also at most about twice as thick as the truth's thickest one.
///
/// Shapes: all maps [H, W, 1]; hidden is not 0 where the labels are to be predicted.
class LegMeasures {
public:
    LegMeasures(const LabelMap& truth, LabelMap hidden, const LegRule& rule = {});
    /// Whether the truth has leg pixels in the hidden area; other pictures don't count.
    bool counts() const { return m_counts; }
    bool hasWholeLegs(const LabelMap& sample) const;
    /// Of the sample's hidden leg pixels the share that is farther than falseDistancePx from any leg of the
    /// truth; NaN where it has none.
    double falseLegShare(const LabelMap& sample) const;

private:
    bool isHiddenLeg(const LabelMap& map, std::size_t pixel) const;

    LabelMap m_hidden;
    LegRule m_rule;
    bool m_counts = false;
    LabelMap m_nearTruth;       ///< 1 within falseDistancePx of a true leg
    int m_floorRow = -1;        ///< lowest leg row of the truth; -1: none
    double m_footSpreadPx = 0;  ///< between the truth's lowest and highest foot
    int m_mostRadiusPx = 0;     ///< of the largest square that fits into a whole leg
};

}  // namespace vitrine
