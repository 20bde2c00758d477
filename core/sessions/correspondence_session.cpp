// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/correspondence_session.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/nets/timing.h"
#include "core/recipe/correspondence_guide.h"

namespace vitrine {
namespace {

constexpr std::size_t kFramesPerPass = 16;
constexpr double kGenerateShare = 0.35;  // of the time, for the progress
constexpr int kSmallestSide = 16;

Error stopped() {
    return {ErrorCode::Busy, "The matching was cancelled."};
}

Result<std::vector<Image>> generate(ChairSession& chairs,
                                    const std::vector<ChairRequest>& requests,
                                    const JobContext& job) {
    std::vector<Image> frames;
    for (std::size_t begin = 0; begin < requests.size(); begin += kFramesPerPass) {
        if (job.stop.stop_requested()) return stopped();
        const auto part =
            std::span(requests).subspan(begin, std::min(kFramesPerPass, requests.size() - begin));
        VITRINE_TRY(auto pictures, chairs.generate(part));
        for (ChairPicture& picture : pictures) frames.push_back(std::move(picture.premultiplied));
        job.report({kGenerateShare * double(frames.size()) / double(requests.size()), -1, "morph"});
    }
    return frames;
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
    const bool isGuided = request.isGuided && takesGuide(request.route, request.method);
    if (isGuided) std::ranges::copy(guideRequests(requests, keys), std::back_inserter(requests));
    VITRINE_TRY(std::vector<Image> made, generate(*m_chairs, requests, job));
    result.generateMs = generating.milliseconds();
    result.frames.assign(made.begin(), made.begin() + std::ptrdiff_t(numFrames));
    std::vector<Image> pictures;
    std::ranges::transform(result.frames, std::back_inserter(pictures), flowPicture);
    const Stopwatch flowing;
    std::optional<CorrespondenceGuide> guide;
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
        const JobContext quiet{[](const Progress&) {}, job.stop};  // the progress is at its end
        VITRINE_TRY(const SequenceFlows atOnce,
                    flowsAlong(ends, request.method, quiet, numThreads, guide->atOnce()));
        guide->mend(result.matching, atOnce);
    }
    result.matching.flowMs = flowing.milliseconds() - result.matching.concatenateMs;
    return result;
}

}  // namespace vitrine
