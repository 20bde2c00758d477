// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/segmentation_source.h"

namespace vitrine {
namespace {

class SessionSource : public SegmentationSource {
public:
    explicit SessionSource(SegmentationSession session) : m_session(std::move(session)) {}
    const SegmentationModelInfo& info() const override { return m_session.info(); }
    Result<SegmentationResult> segment(const SegmentationRequest& request,
                                       const SegmentationSession::SampleCallback& onSample,
                                       const SegmentationSession::SweepCallback& onSweep) override {
        return m_session.segment(request, onSample, onSweep);
    }
    Result<std::vector<LabelMap>> interpolate(const SegmentationRequest& request,
                                              int from,
                                              int to,
                                              int count,
                                              const SegmentationSession::GoesOn& goesOn) override {
        return m_session.interpolate(request, from, to, count, goesOn);
    }
    Result<std::optional<std::vector<double>>> channelActivity(
        const SegmentationRequest& request, const SegmentationSession::GoesOn& goesOn) override {
        return m_session.channelActivity(request, goesOn);
    }

private:
    SegmentationSession m_session;
};

}  // namespace

Result<std::unique_ptr<SegmentationSource>> openSegmentationSession(const std::filesystem::path& file) {
    VITRINE_TRY(SegmentationSession session, SegmentationSession::open(file));
    return std::unique_ptr<SegmentationSource>(std::make_unique<SessionSource>(std::move(session)));
}

}  // namespace vitrine
