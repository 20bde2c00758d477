// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/class_bits.h"

#include <bit>
#include <limits>

#include "core/base/mean.h"

namespace vitrine {

double iouOf(const ClassOverlap& overlap, EmptyClass empty) {
    if (overlap.either > 0) return double(overlap.both) / double(overlap.either);
    return empty == EmptyClass::Perfect ? 1.0 : std::numeric_limits<double>::quiet_NaN();
}

double meanIou(std::span<const ClassOverlap> classes, const IouRule& rule) {
    Mean mean;
    for (auto k = std::size_t(rule.firstClass); k < classes.size(); ++k)
        mean.add(iouOf(classes[k], rule.empty));
    return mean.value();
}

ClassOverlap foregroundOverlap(const LabelMap& a, const LabelMap& b) {
    ClassOverlap overlap;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        if (a.pixels[i] == kUnknownLabel || b.pixels[i] == kUnknownLabel) continue;
        overlap.both += a.pixels[i] != 0 && b.pixels[i] != 0;
        overlap.either += a.pixels[i] != 0 || b.pixels[i] != 0;
    }
    return overlap;
}

ClassBits::ClassBits(const LabelMap& map, int numClasses)
    : m_numWords((map.pixels.size() + 63) / 64),
      m_classes(std::size_t(numClasses), Words(m_numWords)),
      m_known(m_numWords) {
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        const std::uint64_t bit = std::uint64_t(1) << (i % 64);
        const std::uint8_t label = map.pixels[i];
        if (label != kUnknownLabel) m_known[i / 64] |= bit;
        if (label < numClasses) m_classes[label][i / 64] |= bit;
    }
}

std::vector<ClassOverlap> ClassBits::overlaps(const ClassBits& other) const {
    std::vector<ClassOverlap> all;
    for (std::size_t k = 0; k < m_classes.size(); ++k) {
        ClassOverlap one;
        for (std::size_t w = 0; w < m_numWords; ++w) {
            const std::uint64_t a = m_classes[k][w], b = other.m_classes[k][w];
            one.both += std::size_t(std::popcount(a & b));
            one.either += std::size_t(std::popcount((a | b) & m_known[w] & other.m_known[w]));
        }
        all.push_back(one);
    }
    return all;
}

}  // namespace vitrine
