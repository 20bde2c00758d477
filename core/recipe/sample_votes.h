// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/image.h"

namespace vitrine {

/// How samples of one answer vote, pixel by pixel. All samples are of one size.
class SampleVotes {
public:
    void clear();
    void add(const LabelMap& sample);
    int count() const { return int(m_samples.size()); }
    const LabelMap& sample(int index) const { return m_samples[std::size_t(index)]; }

    /// Share of the samples for each class. Units: 0 to 1. Needs a sample and a pixel inside.
    std::vector<double> sharesAt(int y, int x, int numClasses) const;
    /// How many pixels' labels each sample shares with the others on the average: 1 = with all. In the order
    /// of the samples.
    std::vector<double> agreements() const;

private:
    std::vector<LabelMap> m_samples;
};

}  // namespace vitrine
