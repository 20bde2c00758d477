// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/nets/segmenter_info.h"
#include "core/recipe/segmentation_request.h"

namespace vitrine {

struct SegmentationNetOptions;

/// A sweep of iterative inference that is done.
struct SegmentationSweep {
    int firstSample = 0;      ///< of those that are swept together; -1: the answer at the prior mean
    int number = 0;           ///< from 0
    double changedShare = 0;  ///< of the open pixels: their class changed
};

struct SegmentationModelInfo : SegmenterInfo {
    std::filesystem::path file;
    std::string weightsHash;  ///< SHA-256 of the weight file
};

/// A network that segments as a use case. Owns it. The same request gives the same answer. Thread:
/// one at a time.
class SegmentationSession {
public:
    /// Errors: NotFound, BadFormat (naming the key), Unsupported; each names the file.
    static Result<SegmentationSession> open(const std::filesystem::path& weights);
    /// models/segmentation-VARIANT.safetensors
    static std::filesystem::path defaultModel(const std::string& variant = kDefaultSegmentationModel);
    /// Initial weights: to measure with, there is no sense in its answers. `size`: pixels a side. Seed: the
    /// weights'. Errors: InvalidArgument.
    static Result<SegmentationSession> untrained(const SegmentationNetOptions& options,
                                                 int size,
                                                 std::uint64_t seed);
    SegmentationSession(SegmentationSession&&) noexcept;
    SegmentationSession& operator=(SegmentationSession&&) noexcept;
    virtual ~SegmentationSession();

    virtual const SegmentationModelInfo& info() const;

    /// A sample as it comes, by its number; before its parts the first one comes as drawn at once, too.
    /// Returns whether to go on.
    using SampleCallback = std::function<bool(int index, const LabelMap& labels)>;
    /// A sweep, or a part, that is done, before its samples come. Returns whether to go on.
    using SweepCallback = std::function<bool(const SegmentationSweep& sweep)>;
    /// Errors: InvalidArgument (an empty image, maps of another size, unknown labels, too many samples,
    /// observed labels for a model without recognition network), NonFinite. Stops: when a callback says so;
    /// the result holds what there is, one sample at least.
    virtual Result<SegmentationResult> segment(const SegmentationRequest& request,
                                               const SampleCallback& onSample = {},
                                               const SweepCallback& onSweep = {});
    /// Says whether to go on.
    using KeepGoing = std::function<bool()>;
    /// The latent path from one of the request's samples to another, ends included. Errors: as above.
    /// Stops: when `keepGoing` returns false; the path ends there.
    virtual Result<std::vector<LabelMap>> interpolate(
        const SegmentationRequest& request, int from, int to, int count, const KeepGoing& keepGoing = {});
    /// How much each latent channel says about the request's first samples: KL(q || p) in nats. Errors: as
    /// above; InvalidArgument (no recognition network). Stops: between networks and between sweeps when
    /// `keepGoing` says so; there is no answer then.
    virtual Result<std::optional<std::vector<double>>> channelActivity(const SegmentationRequest& request,
                                                                       const KeepGoing& keepGoing = {});
    /// log p(y|x) of the truth where labels are not given, in nats; see truthLogLikelihood(). NaN where the
    /// network has no estimate: a Gaussian latent given labels. Errors: as segment(); InvalidArgument (no
    /// truth). Stops: between passes of samples when `keepGoing` says so; there is no answer then.
    virtual Result<std::optional<double>> logLikelihood(const SegmentationRequest& request,
                                                        const KeepGoing& keepGoing = {});

protected:
    SegmentationSession();  ///< for one that answers by other means

private:
    struct Network;
    explicit SegmentationSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
