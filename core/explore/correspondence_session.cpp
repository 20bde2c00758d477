// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/correspondence_session.h"

#include <algorithm>
#include <atomic>

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

/// What the generator knows of one chair in three dimensions.
struct Shape {
    std::vector<Vector3> surface;
    ChairBox box;
};

/// Shapes: pictures: shapeRequests() of this one frame.
Shape shapeOf(const ChairView& view, const Image& frame, std::span<const Image> pictures) {
    const std::size_t numTurned = turnedViews(view).size();
    const Image picture = flowPicture(frame);
    std::vector<FlowField> flows;
    for (const Image& turned : pictures.first(numTurned))
        flows.push_back(opticalFlow(picture, flowPicture(turned), FlowMethod::Dis));
    return {surfaceOf(view, frame, flows), boxOf(pictures.subspan(numTurned))};
}

/// Where each key frame's chair should be on the next one and on the one before.
SequenceFlows expectedFlows(const ChairView& view,
                            std::span<const Image> keyFrames,
                            std::span<const Image> pictures,
                            int numThreads) {
    const std::size_t numKeys = keyFrames.size(), numEach = pictures.size() / numKeys;
    std::vector<Shape> shapes(numKeys);
    std::atomic<std::size_t> next = 0;
    runOnThreads(numThreads, numKeys, [&] {
        for (std::size_t k; (k = next++) < numKeys;)
            shapes[k] = shapeOf(view, keyFrames[k], pictures.subspan(k * numEach, numEach));
    });
    const auto expected = [&](std::size_t from, std::size_t to) {
        return proportionalFlow(
            shapes[from].surface, keyFrames[from], view, shapes[from].box, shapes[to].box);
    };
    SequenceFlows flows;
    for (std::size_t k = 1; k < numKeys; ++k) {
        flows.forward.push_back(expected(k - 1, k));
        flows.backward.push_back(expected(numKeys - k, numKeys - 1 - k));
    }
    return flows;
}

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
    const Stopwatch guiding;
    SequenceFlows expected;
    if (isGuided) {
        std::vector<Image> keyFrames;
        for (const std::size_t key : keys) keyFrames.push_back(made[key]);
        expected = expectedFlows(request.view, keyFrames, std::span(made).subspan(numFrames), numThreads);
    }
    const double guideMs = guiding.milliseconds();
    std::vector<Image> pictures;
    std::ranges::transform(result.frames, std::back_inserter(pictures), flowPicture);
    VITRINE_TRY(
        result.matching,
        matchAlong(pictures, request.method, afterGenerating(job), numThreads, request.stride, expected));
    result.matching.flowMs += guideMs;
    return result;
}

}  // namespace vitrine
