// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "ui/panels/sampling/sampling_state.h"

namespace vitrine {

/// The latent path between the first two pinned samples of an answer.
template <class Picture>
class PinnedPath {
public:
    using Ends = std::pair<int, int>;

    /// It was of another question.
    void clear() {
        m_ends.reset();
        m_pictures.clear();
    }
    /// The samples whose path has to be asked for; none where there are not two, or it is asked for already.
    std::optional<Ends> next(const SamplingState& state) {
        const auto ends = pathEnds(state);
        if (!ends || m_ends == ends) return {};
        m_ends = ends;
        m_pictures.clear();
        return ends;
    }
    void take(const std::vector<Picture>& pictures) {
        if (m_ends) m_pictures = pictures;  // else of a question that is no more
    }

    bool isAwaited() const { return m_ends && m_pictures.empty(); }
    /// Empty: there is none, or it is being made.
    const std::vector<Picture>& pictures() const { return m_pictures; }
    /// Only while pictures() holds some.
    Ends ends() const { return *m_ends; }
    /// What the state looks at; nullptr where it is not there.
    const Picture* picture(const SamplingState& state) const {
        const bool isThere = m_ends && pathEnds(state) && state.pathStep < int(m_pictures.size());
        return isThere ? &m_pictures[std::size_t(state.pathStep)] : nullptr;
    }

private:
    std::optional<Ends> m_ends;
    std::vector<Picture> m_pictures;
};

}  // namespace vitrine
