// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/recipe/correspondence.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// Correspondences between two chairs by the generator's morph. Owns its network. Thread: one at a time.
class CorrespondenceSession {
public:
    /// Errors: those of ChairSession::open.
    static Result<CorrespondenceSession> open(const std::filesystem::path& weights,
                                              Device device = Device::Auto);
    explicit CorrespondenceSession(ChairSession chairs)
        : m_chairs(std::make_unique<ChairSession>(std::move(chairs))) {}
    CorrespondenceSession(CorrespondenceSession&&) noexcept = default;
    CorrespondenceSession& operator=(CorrespondenceSession&&) noexcept = default;
    virtual ~CorrespondenceSession() = default;

    virtual const ChairModelInfo& info() const { return m_chairs->info(); }
    /// Stops: between pictures that are made together, and between flows. `numThreads`: of the flows, 0 = one
    /// a core. Errors: those of checkRequest and ChairSession::generate; Busy (stopped); InvalidArgument
    /// (pictures too small for flow).
    virtual Result<CorrespondenceResult> match(const CorrespondenceRequest& request,
                                               const JobContext& job = {},
                                               int numThreads = 0);

protected:
    CorrespondenceSession() = default;  ///< for one that answers by other means

private:
    std::unique_ptr<ChairSession> m_chairs;
};

}  // namespace vitrine
