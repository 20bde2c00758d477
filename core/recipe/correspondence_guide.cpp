// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/correspondence_guide.h"

#include <atomic>
#include <cmath>

#include "core/jobs/threads.h"

namespace vitrine {
namespace {

/// What the generator knows of one chair in three dimensions; without features. Shapes: pictures:
/// guideRequests() of this frame.
SeenChair seenChair(const ChairView& view, const Image& frame, std::span<const Image> pictures) {
    const std::size_t numTurned = turnedViews(view).size();
    const Image picture = flowPicture(frame);
    std::vector<FlowField> flows;
    for (const Image& turned : pictures.first(numTurned))
        flows.push_back(opticalFlow(picture, flowPicture(turned), FlowMethod::Dis));
    return {surfaceOf(view, frame, flows), {}, boxOf(pictures.subspan(numTurned))};
}

}  // namespace

std::vector<ChairRequest> guideRequests(const std::vector<ChairRequest>& frames,
                                        std::span<const std::size_t> keys) {
    std::vector<ChairRequest> requests;
    const auto add = [&](ChairRequest request, std::span<const ChairView> views) {
        for (const ChairView& view : views) {
            request.view = view;
            requests.push_back(request);
        }
    };
    for (const std::size_t key : keys) {
        add(frames[key], turnedViews(frames[key].view));
        add(frames[key], boxViews());
    }
    return requests;
}

CorrespondenceGuide::CorrespondenceGuide(const ChairView& view,
                                         std::vector<Image> keyFrames,
                                         std::span<const Image> pictures,
                                         int numThreads)
    : m_view(view), m_frames(std::move(keyFrames)), m_chairs(m_frames.size()) {
    const std::size_t numEach = pictures.size() / m_frames.size();
    std::atomic<std::size_t> next = 0;
    runOnThreads(numThreads, m_frames.size(), [&] {
        for (std::size_t k; (k = next++) < m_frames.size();) {
            const Image& frame = m_frames[k];
            m_chairs[k] = seenChair(view, frame, pictures.subspan(k * numEach, numEach));
            if (k == 0 || k + 1 == m_frames.size())  // the others are not compared
                m_chairs[k].features = PictureFeatures::of(flowPicture(frame), frame);
        }
    });
    m_seats = seatHeights(m_chairs.front(), m_chairs.back(), view);
}

SequenceFlows CorrespondenceGuide::alongMorph() const {
    SequenceFlows flows;
    const std::size_t last = m_frames.size() - 1;
    for (std::size_t k = 1; k <= last; ++k) {
        flows.forward.push_back(initialFlow(k - 1, k));
        flows.backward.push_back(initialFlow(last + 1 - k, last - k));
    }
    return flows;
}

SequenceFlows CorrespondenceGuide::atOnce() const {
    const std::size_t last = m_frames.size() - 1;
    return {{initialFlow(0, last)}, {initialFlow(last, 0)}};
}

void CorrespondenceGuide::mend(Matching& matching, const SequenceFlows& atOnce) const {
    const PictureFeatures &a = m_chairs.front().features, &b = m_chairs.back().features;
    matching.forward = blended(matching.forward, atOnce.forward.front(), a, b);
    matching.backward = blended(matching.backward, atOnce.backward.front(), b, a);
    findErrors(matching);
}

/// In the middle of a morph two chairs are seen at once: seats are looked for at its ends alone.
ChairProportions CorrespondenceGuide::proportionsOf(std::size_t key) const {
    const double share = double(key) / double(m_frames.size() - 1);
    return {m_chairs[key].box, std::lerp(m_seats[0], m_seats[1], share)};
}

FlowField CorrespondenceGuide::initialFlow(std::size_t from, std::size_t to) const {
    return proportionalFlow(
        m_chairs[from].surface, m_frames[from], m_view, proportionsOf(from), proportionsOf(to));
}

}  // namespace vitrine
