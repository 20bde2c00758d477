// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/morph_eval.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/eval/morph_pairs.h"
#include "core/jobs/timed_progress.h"
#include "core/metrics/morph_measures.h"
#include "core/metrics/shared_views.h"
#include "core/recipe/morph.h"

namespace vitrine {
namespace {

constexpr std::size_t kPairsTogether = 8;

/// Positions of a morph beside its frames, in the order in which they are painted: those of the profile, then
/// the quarters.
std::vector<double> extraPositions() {
    std::vector<double> positions = trustPositions();
    positions.insert(positions.end(), {0.25, 0.75});
    return positions;
}

// ---- one pair

std::vector<ChairRequest> requestsOf(const MorphPair& pair, int numFrames) {
    const std::array ends{pureStyle(pair.from), pureStyle(pair.to)};
    std::vector<double> positions = morphPositions(numFrames);
    std::ranges::copy(extraPositions(), std::back_inserter(positions));
    std::vector<ChairRequest> requests;
    for (const double u : positions) requests.push_back({mixAt(ends, u, 0), pair.view, {}});
    return requests;
}

/// The generator's pictures of a pair, and the renders of its chairs.
struct MorphPictures {
    std::span<const Image> frames, extras;
    std::array<Image, 2> renders;

    /// Of an extra position.
    const Image& at(double position) const {
        const auto positions = extraPositions();
        return extras[std::size_t(std::ranges::find(positions, position) - positions.begin())];
    }
};

/// Means over the masks of some pictures. `boundary`: what ambiguity is divided by. Units: pixels.
MorphMaskScores scoresOf(std::initializer_list<MaskFigures> masks, double boundary) {
    MorphMaskScores scores;
    const double share = 1 / double(masks.size());
    for (const MaskFigures& mask : masks) {
        scores.ambiguity += share * mask.ambiguousArea / std::max(boundary, 1.0);
        scores.components += share * mask.numComponents;
        scores.outside += share * mask.outside;
    }
    return scores;
}

MaskFigures figuresOfPicture(const Image& picture) {
    return measureMask(maskOf(picture));
}

MorphPairScores scorePair(const MorphPair& pair, const MorphPictures& pictures, const ChairModelInfo& model) {
    const auto figuresAt = [&](double position) { return figuresOfPicture(pictures.at(position)); };
    const Image &first = pictures.frames.front(), &last = pictures.frames.back();
    const MaskFigures realFrom = figuresOfPicture(pictures.renders[0]),
                      realTo = figuresOfPicture(pictures.renders[1]);
    const MaskFigures from = figuresOfPicture(first), to = figuresOfPicture(last), middle = figuresAt(0.5),
                      before = figuresAt(-0.3), after = figuresAt(1.3);
    const double boundary = (realFrom.boundary + realTo.boundary) / 2.0;
    MorphPairScores scores;
    scores.from = model.styleIds[std::size_t(pair.from)], scores.to = model.styleIds[std::size_t(pair.to)];
    scores.fromIndex = pair.from, scores.toIndex = pair.to, scores.view = pair.view;
    scores.real = scoresOf({realFrom, realTo}, boundary);
    scores.ends = scoresOf({from, to}, boundary);
    scores.quarter = scoresOf({figuresAt(0.25), figuresAt(0.75)}, boundary);
    scores.middle = scoresOf({middle}, boundary);
    scores.beyond = scoresOf({before, after}, boundary);
    for (const double position : trustPositions())
        scores.profile.push_back(scoresOf({figuresAt(position)}, boundary));
    scores.jump = largestOverMeanStep(pictures.frames);
    scores.isBetween = liesBetween(middle, from, to);
    scores.lost = (isLost(before, from) + isLost(after, to)) / 2.0;
    scores.changeWithin =
        (pictureChange(first, pictures.at(0.3)) + pictureChange(pictures.at(0.7), last)) / 2;
    scores.changeBeyond =
        (pictureChange(pictures.at(-0.3), first) + pictureChange(last, pictures.at(1.3))) / 2;
    return scores;
}

// ---- all pairs

class MorphEvaluation {
public:
    MorphEvaluation(ChairSession& session, const PackedChairs& data, const MorphEvalOptions& options)
        : m_session(session), m_data(data), m_options(options) {}

    Status score(std::span<const MorphPair> pairs, std::vector<MorphPairScores>& scores) {
        std::vector<ChairRequest> requests;
        for (const MorphPair& pair : pairs)
            std::ranges::copy(requestsOf(pair, m_options.numFrames), std::back_inserter(requests));
        VITRINE_TRY(auto painted, m_session.generate(requests));
        std::vector<Image> pictures;
        for (ChairPicture& picture : painted) pictures.push_back(std::move(picture.premultiplied));
        const int size = m_session.info().size;
        const auto numFrames = std::size_t(m_options.numFrames),
                   numPictures = numFrames + extraPositions().size();
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto ofPair = std::span(pictures).subspan(i * numPictures, numPictures);
            const MorphPictures morph{
                ofPair.first(numFrames),
                ofPair.subspan(numFrames),
                {renderOf(m_data, pairs[i].fromView, size), renderOf(m_data, pairs[i].toView, size)}};
            scores.push_back(scorePair(pairs[i], morph, m_session.info()));
        }
        return {};
    }

private:
    ChairSession& m_session;
    const PackedChairs& m_data;
    const MorphEvalOptions& m_options;
};

Error cancelled() {
    return {ErrorCode::Busy, "The evaluation was cancelled."};
}

// ---- figures

using PairSample = std::function<ChairSample(const MorphPairScores&)>;
using TruthSample = std::function<double(const MorphTruthScores&)>;

ChairSample sampleOf(const MorphPairScores& pair, double value, double weight = 1) {
    return {value, pair.fromIndex, pair.toIndex, weight};
}

MorphFigure figureOf(const std::string& key, const std::vector<ChairSample>& samples) {
    return {key, meanOf(samples), meanInterval(samples)};
}

MorphFigure pairFigure(const MorphEval& eval, const std::string& key, const PairSample& sample) {
    std::vector<ChairSample> samples;
    for (const MorphPairScores& pair : eval.pairs) samples.push_back(sample(pair));
    return figureOf(key, samples);
}

void addMaskFigures(const MorphEval& eval,
                    const std::string& place,
                    MorphMaskScores MorphPairScores::*scores,
                    std::vector<MorphFigure>& figures) {
    const std::array<std::pair<const char*, double MorphMaskScores::*>, 3> measures{
        {{".ambiguity", &MorphMaskScores::ambiguity},
         {".components", &MorphMaskScores::components},
         {".outside", &MorphMaskScores::outside}}};
    for (const auto& [name, measure] : measures)
        figures.push_back(pairFigure(eval, place + name, [&](const MorphPairScores& pair) {
            return sampleOf(pair, pair.*scores.*measure);
        }));
}

void addTruthFigures(const MorphEval& eval, std::vector<MorphFigure>& figures) {
    const std::array<std::pair<const char*, double MorphTruthScores::*>, 4> measures{
        {{"truth.psnr", &MorphTruthScores::psnr},
         {"truth.iou", &MorphTruthScores::iou},
         {"truth.crossFadePsnr", &MorphTruthScores::crossFadePsnr},
         {"truth.crossFadeIou", &MorphTruthScores::crossFadeIou}}};
    for (const auto& [key, measure] : measures) {
        std::vector<ChairSample> samples;
        for (const MorphTruthScores& pair : eval.truth)
            samples.push_back({pair.*measure, pair.fromIndex, pair.toIndex});
        figures.push_back(figureOf(key, samples));
    }
}

}  // namespace

std::vector<MorphFigure> figuresOf(const MorphEval& eval) {
    std::vector<MorphFigure> figures;
    addMaskFigures(eval, "real", &MorphPairScores::real, figures);
    addMaskFigures(eval, "ends", &MorphPairScores::ends, figures);
    addMaskFigures(eval, "quarter", &MorphPairScores::quarter, figures);
    addMaskFigures(eval, "middle", &MorphPairScores::middle, figures);
    addMaskFigures(eval, "beyond", &MorphPairScores::beyond, figures);
    const auto add = [&](const char* key, const PairSample& sample) {
        figures.push_back(pairFigure(eval, key, sample));
    };
    add("jump", [](const auto& pair) { return sampleOf(pair, pair.jump); });
    add("between", [](const auto& pair) { return sampleOf(pair, pair.isBetween); });
    add("beyond.lost", [](const auto& pair) { return sampleOf(pair, pair.lost); });
    // A ratio of means is a mean of ratios, weighted by what they are divided by.
    add("beyond.moves", [](const auto& pair) {
        return sampleOf(pair, pair.changeBeyond / pair.changeWithin, pair.changeWithin);
    });
    if (!eval.truth.empty()) addTruthFigures(eval, figures);
    return figures;
}

TrustProfile profileOf(const MorphEval& eval, const std::string& weightsHash) {
    TrustProfile profile{weightsHash, int(eval.pairs.size()), {}};
    const auto positions = trustPositions();
    for (std::size_t i = 0; i < positions.size(); ++i) {
        TrustPoint point{positions[i]};
        for (const MorphPairScores& pair : eval.pairs) {
            point.ambiguity += pair.profile[i].ambiguity / double(eval.pairs.size());
            point.components += pair.profile[i].components / double(eval.pairs.size());
        }
        profile.points.push_back(point);
    }
    return profile;
}

Result<MorphEval> evaluateMorphs(ChairSession& session,
                                 const PackedChairs& data,
                                 const MorphEvalOptions& options,
                                 const JobContext& job) {
    const ChairModelInfo& model = session.info();
    VITRINE_CHECK(checkRendersFit(data, model.size));
    VITRINE_TRY(const auto views, sharedViews(data, model.styleIds, model.numStyles));
    VITRINE_TRY(const auto pairs, drawMorphPairs(data, views, options.numPairs, options.seed));
    const auto truthPairs = drawTruthPairs(model, options.numTruthPairs, options.seed);
    const double numAll = double(pairs.size() + truthPairs.size());
    const TimedProgress progress(job);
    MorphEval eval;
    MorphEvaluation evaluation(session, data, options);
    for (std::size_t begin = 0; begin < pairs.size(); begin += kPairsTogether) {
        if (job.stop.stop_requested()) return cancelled();
        progress.report(double(begin) / numAll, "morphs");
        const auto group = std::span(pairs).subspan(begin, std::min(kPairsTogether, pairs.size() - begin));
        VITRINE_CHECK(evaluation.score(group, eval.pairs));
    }
    for (const MorphTruthPair& pair : truthPairs) {
        if (job.stop.stop_requested()) return cancelled();
        progress.report(double(eval.pairs.size() + eval.truth.size()) / numAll, "interpolated shapes");
        VITRINE_TRY(MorphTruthScores scores, scoreTruth(session, pair));
        eval.truth.push_back(std::move(scores));
    }
    progress.report(1, "done");
    return eval;
}

}  // namespace vitrine
