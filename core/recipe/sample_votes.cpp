// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/sample_votes.h"

#include <array>

namespace vitrine {

void SampleVotes::clear() {
    m_samples.clear();
}

void SampleVotes::add(const LabelMap& sample) {
    m_samples.push_back(sample);
}

std::vector<double> SampleVotes::sharesAt(int y, int x, int numClasses) const {
    std::vector<double> shares(std::size_t(numClasses), 0.0);
    for (const LabelMap& sample : m_samples)
        if (sample.at(y, x) < numClasses) shares[sample.at(y, x)] += 1.0 / double(m_samples.size());
    return shares;
}

std::vector<double> SampleVotes::agreements() const {
    if (m_samples.empty()) return {};
    std::vector<double> agreements(m_samples.size(), 0.0);
    const std::size_t numPixels = m_samples.front().pixels.size();
    for (std::size_t i = 0; i < numPixels; ++i) {
        std::array<int, 256> votes{};
        for (const LabelMap& sample : m_samples) ++votes[sample.pixels[i]];
        for (std::size_t s = 0; s < m_samples.size(); ++s) agreements[s] += votes[m_samples[s].pixels[i]];
    }
    for (double& agreement : agreements) agreement /= double(numPixels) * double(m_samples.size());
    return agreements;
}

}  // namespace vitrine
