// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/correspondence_bench.h"

#include <torch/torch.h>

#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/picture_output.h"
#include "core/nets/timing.h"
#include "core/sessions/chair_network.h"

namespace vitrine {
namespace {

/// The straightforward way: the network as the paper spells it out, one thing after the other.
class LiteralMatcher {
public:
    static Result<LiteralMatcher> open(const std::filesystem::path& model) {
        const c10::InferenceMode inference;
        VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(model));
        VITRINE_TRY(ChairGenerator network, makeChairGenerator(file));
        return LiteralMatcher(std::move(network));
    }

    Status match(const CorrespondenceRequest& request, const JobContext& job) {
        const c10::InferenceMode inference;
        std::vector<Image> frames;
        for (const ChairRequest& chair : framesOf(request)) {
            if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The measurement was cancelled."};
            frames.push_back(flowPicture(paint(chair)));
        }
        VITRINE_TRY(
            [[maybe_unused]] const Matching matching,
            matchAlong(frames, request.method, {[](const Progress&) {}, job.stop}, 1, request.stride));
        return {};
    }

private:
    explicit LiteralMatcher(ChairGenerator network)
        : m_network(std::move(network)), m_styleCodes(styleCodesOf(*m_network)) {}

    Image paint(const ChairRequest& request) {
        const auto& options = m_network->options;
        const auto style = encodeChairs(std::span(&request, 1), options, m_styleCodes).style;
        const auto view = encodeViews(torch::full({1}, request.view.azimuthDeg),
                                      torch::full({1}, request.view.elevationDeg));
        const ChairImages images =
            literalForward(*m_network, style, view, torch::zeros({1, options.thetaSize}));
        Image picture(int(options.imageSize()), int(options.imageSize()), 4);
        writePremultiplied(outputChannels(images.rgb, false, 0, 3),
                           outputChannels(images.mask, false, 0, options.maskChannels),
                           picture.pixels);
        return picture;
    }

    ChairGenerator m_network;
    StyleCodes m_styleCodes;
};

}  // namespace

Result<CorrespondenceBench> benchCorrespondence(const CorrespondenceBenchOptions& options,
                                                const JobContext& job) {
    VITRINE_TRY(CorrespondenceSession session, CorrespondenceSession::open(options.model));
    VITRINE_TRY(LiteralMatcher literal, LiteralMatcher::open(options.model));
    const JobContext quiet{[](const Progress&) {}, job.stop};
    std::vector<double> oursMs, literalMs, generateMs, flowMs, concatenateMs;
    for (int round = 0; round <= options.numRounds; ++round) {  // the first one warms up
        job.report({double(round) / (options.numRounds + 1), -1, "both implementations in turns"});
        Status status;
        double oursGenerateMs = 0, oursFlowMs = 0, oursConcatenateMs = 0;
        const double ours = millisecondsOf([&] {
            const auto result = session.match(options.request, quiet, options.numThreads);
            if (!result) {
                status = result.error();
                return;
            }
            oursGenerateMs = result->generateMs;
            oursFlowMs = result->matching.flowMs;
            oursConcatenateMs = result->matching.concatenateMs;
        });
        VITRINE_CHECK(status);
        const double straight = millisecondsOf([&] { status = literal.match(options.request, quiet); });
        VITRINE_CHECK(status);
        if (round == 0) continue;
        oursMs.push_back(ours), literalMs.push_back(straight);
        generateMs.push_back(oursGenerateMs), flowMs.push_back(oursFlowMs),
            concatenateMs.push_back(oursConcatenateMs);
    }
    job.report({1, 0, "done"});
    CorrespondenceBench bench;
    bench.totalMs = median(oursMs);
    bench.literalMs = median(literalMs);
    const double generate = median(generateMs), flow = median(flowMs), concatenate = median(concatenateMs);
    const double sum = generate + flow + concatenate;
    bench.shares = {{"generate", generate / sum}, {"flow", flow / sum}, {"concatenate", concatenate / sum}};
    bench.numFrames = options.request.numFrames;
    bench.numFlows = 2 * ((options.request.numFrames - 2) / options.request.stride + 1);
    bench.device = session.info().device;
    return bench;
}

}  // namespace vitrine
