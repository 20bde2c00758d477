// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/explore/segmentation_session.h"

namespace vitrine {

/// What answers with label maps: the network, or in tests something slower or quicker. Thread: the worker's
/// only.
class SegmentationSource {
public:
    virtual ~SegmentationSource() = default;
    virtual const SegmentationModelInfo& info() const = 0;
    virtual Result<SegmentationResult> segment(const SegmentationRequest& request,
                                               const SegmentationSession::SampleCallback& onSample,
                                               const SegmentationSession::SweepCallback& onSweep) = 0;
    virtual Result<std::vector<LabelMap>> interpolate(const SegmentationRequest& request,
                                                      int from,
                                                      int to,
                                                      int count,
                                                      const SegmentationSession::GoesOn& goesOn) = 0;
    virtual Result<std::optional<std::vector<double>>> channelActivity(
        const SegmentationRequest& request, const SegmentationSession::GoesOn& goesOn) = 0;
};

using SegmentationSourceOpener =
    std::function<Result<std::unique_ptr<SegmentationSource>>(const std::filesystem::path& file)>;

/// A SegmentationSession. Errors: those of SegmentationSession::open.
Result<std::unique_ptr<SegmentationSource>> openSegmentationSession(const std::filesystem::path& file);

}  // namespace vitrine
