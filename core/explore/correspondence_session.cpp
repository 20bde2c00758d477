// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/correspondence_session.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <optional>

#include "core/explore/chair_shape.h"
#include "core/jobs/threads.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

constexpr std::size_t kPicturesPerPass = 16;
constexpr double kGenerateShare = 0.35;  // of the time, for the progress
constexpr int kSmallestSide = 16;

Error stopped() {
    return {ErrorCode::Busy, "The matching was cancelled."};
}

Result<std::vector<Image>> generate(ChairSession& chairs,
                                    const std::vector<ChairRequest>& requests,
                                    const JobContext& job) {
    std::vector<Image> frames;
    for (std::size_t begin = 0; begin < requests.size(); begin += kPicturesPerPass) {
        if (job.stop.stop_requested()) return stopped();
        const auto part =
            std::span(requests).subspan(begin, std::min(kPicturesPerPass, requests.size() - begin));
        VITRINE_TRY(auto pictures, chairs.generate(part));
        for (ChairPicture& picture : pictures) frames.push_back(std::move(picture.premultiplied));
        job.report({kGenerateShare * double(frames.size()) / double(requests.size()), -1, "morph"});
    }
    return frames;
}

/// For each key frame its chair seen from turnedViews() and then from boxViews().
std::vector<ChairRequest> shapeRequests(const std::vector<ChairRequest>& frames,
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

/// What the generator knows of one chair in three dimensions. Shapes: pictures: shapeRequests() of this
/// frame.
SeenChair seenChair(const ChairView& view, const Image& frame, std::span<const Image> pictures) {
    const std::size_t numTurned = turnedViews(view).size();
    const Image picture = flowPicture(frame);
    std::vector<FlowField> flows;
    for (const Image& turned : pictures.first(numTurned))
        flows.push_back(opticalFlow(picture, flowPicture(turned), FlowMethod::Dis));
    return {surfaceOf(view, frame, flows),
            PictureFeatures::of(picture, frame),
            boxOf(pictures.subspan(numTurned))};
}

/// What the chairs' proportions say about a match.
class Guide {
public:
    /// Shapes: pictures: shapeRequests() of all key frames.
    Guide(const ChairView& view,
          std::vector<Image> keyFrames,
          std::span<const Image> pictures,
          int numThreads)
        : m_view(view), m_frames(std::move(keyFrames)), m_chairs(m_frames.size()) {
        const std::size_t numEach = pictures.size() / m_frames.size();
        std::atomic<std::size_t> next = 0;
        runOnThreads(numThreads, m_frames.size(), [&] {
            for (std::size_t k; (k = next++) < m_frames.size();)
                m_chairs[k] = seenChair(view, m_frames[k], pictures.subspan(k * numEach, numEach));
        });
        m_seats = seatHeights(halved(m_chairs.front()), halved(m_chairs.back()), view);
    }

    /// Where each key frame's chair should be on the next one and on the one before.
    SequenceFlows alongMorph() const {
        SequenceFlows flows;
        const std::size_t last = m_frames.size() - 1;
        for (std::size_t k = 1; k <= last; ++k) {
            flows.forward.push_back(expected(k - 1, k));
            flows.backward.push_back(expected(last + 1 - k, last - k));
        }
        return flows;
    }
    /// Where A's chair should be on B, and the other way round.
    SequenceFlows atOnce() const {
        const std::size_t last = m_frames.size() - 1;
        return {{expected(0, last)}, {expected(last, 0)}};
    }
    /// A matching mended by a direct one, each where it fits better.
    void mend(Matching& matching, const Matching& direct) const {
        const PictureFeatures &a = m_chairs.front().features, &b = m_chairs.back().features;
        matching.forward = blended(matching.forward, direct.forward, a, b);
        matching.backward = blended(matching.backward, direct.backward, b, a);
        findErrors(matching);
    }

private:
    static SeenChair halved(const SeenChair& chair) {
        return {chair.surface, chair.features.halved(), chair.box};
    }
    /// In the middle of a morph two chairs are seen at once: seats are looked for at its ends alone.
    ChairProportions proportionsOf(std::size_t key) const {
        const double share = double(key) / double(m_frames.size() - 1);
        return {m_chairs[key].box, std::lerp(m_seats[0], m_seats[1], share)};
    }
    FlowField expected(std::size_t from, std::size_t to) const {
        return proportionalFlow(
            m_chairs[from].surface, m_frames[from], m_view, proportionsOf(from), proportionsOf(to));
    }

    ChairView m_view;
    std::vector<Image> m_frames;
    std::vector<SeenChair> m_chairs;
    std::array<double, 2> m_seats{0.5, 0.5};
};

/// The rest of the progress, for the flows.
JobContext afterGenerating(const JobContext& job) {
    return {[&job](const Progress& progress) {
                job.report({kGenerateShare + (1 - kGenerateShare) * progress.fraction, -1, progress.message});
            },
            job.stop};
}

}  // namespace

Result<CorrespondenceSession> CorrespondenceSession::open(const std::filesystem::path& weights,
                                                          Device device) {
    VITRINE_TRY(ChairSession chairs, ChairSession::open(weights, device));
    return CorrespondenceSession(std::move(chairs));
}

Result<CorrespondenceResult> CorrespondenceSession::match(const CorrespondenceRequest& request,
                                                          const JobContext& job,
                                                          int numThreads) {
    VITRINE_CHECK(checkRequest(request));
    if (info().size < kSmallestSide)
        return Error{
            ErrorCode::InvalidArgument,
            "The model's pictures are too small to be matched; take one of 16 pixels a side or more."};
    CorrespondenceResult result;
    const Stopwatch generating;
    std::vector<ChairRequest> requests = framesOf(request);
    const std::size_t numFrames = requests.size();
    const std::vector<std::size_t> keys = keysOf(numFrames, request.stride);
    const bool isGuided = request.isGuided && takesGuide(request.way, request.method);
    if (isGuided) std::ranges::copy(shapeRequests(requests, keys), std::back_inserter(requests));
    VITRINE_TRY(std::vector<Image> made, generate(m_chairs, requests, job));
    result.generateMs = generating.milliseconds();
    result.frames.assign(made.begin(), made.begin() + std::ptrdiff_t(numFrames));
    std::vector<Image> pictures;
    std::ranges::transform(result.frames, std::back_inserter(pictures), flowPicture);
    const Stopwatch flowing;
    std::optional<Guide> guide;
    if (isGuided) {
        std::vector<Image> keyFrames;
        for (const std::size_t key : keys) keyFrames.push_back(made[key]);
        guide.emplace(request.view, std::move(keyFrames), std::span(made).subspan(numFrames), numThreads);
    }
    VITRINE_TRY(result.matching,
                matchAlong(pictures,
                           request.method,
                           afterGenerating(job),
                           numThreads,
                           request.stride,
                           guide ? guide->alongMorph() : SequenceFlows{}));
    if (guide && keys.size() > 2) {
        const std::array ends{pictures.front(), pictures.back()};
        VITRINE_TRY(const Matching direct,
                    matchAlong(ends, request.method, {job.report, job.stop}, numThreads, 1, guide->atOnce()));
        guide->mend(result.matching, direct);
    }
    result.matching.flowMs = flowing.milliseconds() - result.matching.concatenateMs;
    return result;
}

}  // namespace vitrine
