// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/image.h"
#include "core/metrics/segmentation_metrics.h"

namespace vitrine {

/// Pixels that two maps give to a class, over pixels that both know.
struct ClassOverlap {
    std::size_t both = 0, either = 0;
};
/// NaN where the class is in neither map and the rule skips such.
double iouOf(const ClassOverlap& overlap, EmptyClass empty);
/// Mean over the classes that the rule names; NaN where none has a number.
double meanIou(std::span<const ClassOverlap> classes, const IouRule& rule);

/// Of all classes but the background together.
ClassOverlap foregroundOverlap(const LabelMap& a, const LabelMap& b);

/// A map's classes as bits, 64 pixels a word, for maps that are compared with many others.
class ClassBits {
public:
    ClassBits(const LabelMap& map, int numClasses);
    /// By class. The other map has the same size and number of classes.
    std::vector<ClassOverlap> overlaps(const ClassBits& other) const;

private:
    using Words = std::vector<std::uint64_t>;
    std::size_t m_numWords;
    std::vector<Words> m_classes;
    Words m_known;
};

}  // namespace vitrine
