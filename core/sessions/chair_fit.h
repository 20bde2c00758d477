// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/recipe/chair_request.h"

namespace vitrine {

/// Where a fit stands, or how it ended.
struct ChairFit {
    static constexpr double kAgreeingIou = 0.6;

    ChairRequest request = {};  ///< a mix of the network's styles, the view, and theta's geometry within the
                                ///< trained ranges; its colours stay 0, so that the mix alone is the chair
    double loss = 0;            ///< robust error of RGB on white and of the mask, and the priors
    double maskIou = 0;         ///< of the picture's mask and the generated one, both cut at one half
    bool converged = false;     ///< ran to its end, and the masks agree by kAgreeingIou
    double seconds = 0;         ///< since the fit began
    Image picture = {};         ///< what the network makes of the request. Shapes: [S, S, 4] premultiplied
};

/// What a fit reports to, on the thread that works. `better`: the best so far, whenever it changed.
struct ChairFitContext {
    JobContext job;
    std::function<void(const ChairFit&)> better = [](const ChairFit&) {};
};

/// Finds the style, viewpoint and transformation with which a chair generator draws a given chair, by
/// gradient descent through the frozen network. Owns its network. Thread: one at a time.
class ChairFitSession {
public:
    /// Errors: NotFound, BadFormat, Unsupported.
    static Result<ChairFitSession> open(const std::filesystem::path& weights);
    ChairFitSession(ChairFitSession&&) noexcept;
    ChairFitSession& operator=(ChairFitSession&&) noexcept;
    ~ChairFitSession();

    const ChairModelInfo& info() const;

    /// Starts from all azimuths and keeps the best few. Shapes: target [S, S, 4] premultiplied, S the
    /// network's, as cutOutChair() makes it. Stops: between steps; then the best so far is the result. Seed:
    /// of the styles that it starts from. Errors: InvalidArgument (another size), NonFinite (no start gave a
    /// finite picture), Busy (stopped before the first picture).
    Result<ChairFit> fit(const Image& target, std::uint64_t seed = 0, const ChairFitContext& context = {});

private:
    struct Network;
    explicit ChairFitSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
