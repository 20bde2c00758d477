// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/match_eval.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>

#include "core/base/mean.h"
#include "core/data/chair_catalogue.h"
#include "core/explore/compose.h"

namespace vitrine {
namespace {

/// A row in the making.
struct Tally {
    std::string method;
    Mean all, simple, difficult, seconds;

    void add(const CorrespondencePair& pair, const FlowField& flow) {
        for (const MatchedPoint& point : pair.points) {
            const PixelPoint found = carried(flow, {point.fromX, point.fromY});
            const double error = distance(found, {point.toX, point.toY});
            all.add(error);
            (pair.difficulty == MatchDifficulty::Simple ? simple : difficult).add(error);
        }
    }
    MatchEvalRow row() const {
        return {method, {all.value(), simple.value(), difficult.value()}, seconds.value()};
    }
};

/// The pictures of real chairs, made once each.
class Renders {
public:
    explicit Renders(const ChairCatalogue& catalogue) : m_catalogue(catalogue) {}

    /// Shapes: [128, 128, 3], on white.
    Result<Image> render(const std::string& id, const ChairView& view) {
        auto found = m_models.find(id);
        if (found == m_models.end()) {
            VITRINE_TRY(const ChairEntry* entry, m_catalogue.find(id));
            VITRINE_TRY(ChairModel model, ChairModel::load(*entry));
            found = m_models.emplace(id, std::move(model)).first;
        }
        return composeOver(found->second.render(view, {CorrespondenceSet::kImageSize, 3}).premultiplied, {});
    }

private:
    const ChairCatalogue& m_catalogue;
    std::map<std::string, ChairModel> m_models;
};

Result<int> styleOf(const ChairModelInfo& model, const std::string& id) {
    const auto found = std::ranges::find(model.styleIds, id);
    if (found == model.styleIds.end())
        return Error{ErrorCode::NotFound, "The model does not know the chair " + id + " of the test set."};
    return int(found - model.styleIds.begin());
}

/// What `work` answers; its time is added to the method's.
template <class Work>
auto timed(Tally& tally, const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    auto answer = work();
    tally.seconds.add(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return answer;
}

std::string stepsName(int stride) {
    if (stride == 1) return "neighbouring frames";
    const bool isTeen = stride / 10 % 10 == 1;
    const char* ending = isTeen             ? "th"
                         : stride % 10 == 1 ? "st"
                         : stride % 10 == 2 ? "nd"
                         : stride % 10 == 3 ? "rd"
                                            : "th";
    return "every " + std::to_string(stride) + ending + " frame";
}

std::string morphName(FlowMethod method, int stride, bool isGuided) {
    return "generator's morph, " + std::string(nameOf(method)) + (isGuided ? " guided, " : ", ") +
           stepsName(stride);
}

/// Runs every method on every pair.
class Evaluation {
public:
    Evaluation(CorrespondenceSession& session,
               const MatchEvalOptions& options,
               const ChairCatalogue& catalogue)
        : m_session(session), m_options(options), m_renders(catalogue) {
        for (const FlowMethod method : options.morphMethods)
            for (const int stride : options.strides)
                for (const bool isGuided : options.guides)
                    if (!isGuided || takesGuide(MatchWay::Morph, method))
                        m_morph.push_back({{morphName(method, stride, isGuided), {}, {}, {}, {}},
                                           method,
                                           stride,
                                           isGuided});
        for (const FlowMethod method : options.directMethods)
            m_direct.push_back({std::string(nameOf(method)) + ", direct", {}, {}, {}, {}});
    }

    Status add(const CorrespondencePair& pair) {
        VITRINE_CHECK(addMorphs(pair));
        VITRINE_CHECK(addDirect(pair));
        m_still.add(pair, FlowField(CorrespondenceSet::kImageSize, CorrespondenceSet::kImageSize, 2));
        return {};
    }

    std::vector<MatchEvalRow> rows() const {
        std::vector<MatchEvalRow> rows;
        for (const MorphTally& tally : m_morph) rows.push_back(tally.row());
        for (const Tally& tally : m_direct) rows.push_back(tally.row());
        rows.push_back(m_still.row());
        return rows;
    }

private:
    Status addMorphs(const CorrespondencePair& pair) {
        CorrespondenceRequest request;
        VITRINE_TRY(const int from, styleOf(m_session.info(), pair.from));
        VITRINE_TRY(const int to, styleOf(m_session.info(), pair.to));
        request.from = pureStyle(from), request.to = pureStyle(to);
        request.view = pair.view;
        request.numFrames = m_options.numFrames;
        request.schedule = m_options.schedule;
        for (MorphTally& tally : m_morph) {
            request.method = tally.flow;
            request.stride = tally.stride;
            request.isGuided = tally.isGuided;
            VITRINE_TRY(const CorrespondenceResult result,
                        timed(tally, [&] { return m_session.match(request, {}, m_options.numThreads); }));
            tally.add(pair, result.matching.forward);
        }
        return {};
    }

    Status addDirect(const CorrespondencePair& pair) {
        if (m_direct.empty()) return {};
        VITRINE_TRY(const Image from, m_renders.render(pair.from, pair.view));
        VITRINE_TRY(const Image to, m_renders.render(pair.to, pair.view));
        for (std::size_t i = 0; i < m_direct.size(); ++i)
            m_direct[i].add(
                pair, timed(m_direct[i], [&] { return opticalFlow(from, to, m_options.directMethods[i]); }));
        return {};
    }

    CorrespondenceSession& m_session;
    const MatchEvalOptions& m_options;
    Renders m_renders;
    struct MorphTally : Tally {
        FlowMethod flow;
        int stride;
        bool isGuided;
    };
    std::vector<MorphTally> m_morph;
    std::vector<Tally> m_direct;
    Tally m_still{"no motion", {}, {}, {}, {}};
};

}  // namespace

Result<std::vector<MatchEvalRow>> evaluateMatching(CorrespondenceSession& session,
                                                   const CorrespondenceSet& set,
                                                   const MatchEvalOptions& options,
                                                   const JobContext& job) {
    if (session.info().size != CorrespondenceSet::kImageSize)
        return Error{ErrorCode::InvalidArgument,
                     "The test set is for models of 128 x 128 pixels; this one paints " +
                         std::to_string(session.info().size) + " x " + std::to_string(session.info().size) +
                         "."};
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    Evaluation evaluation(session, options, catalogue);
    for (std::size_t i = 0; i < set.pairs.size(); ++i) {
        if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The evaluation was cancelled."};
        job.report({double(i) / double(set.pairs.size()), -1, set.pairs[i].from + " to " + set.pairs[i].to});
        VITRINE_CHECK(evaluation.add(set.pairs[i]));
    }
    job.report({1, 0, "done"});
    return evaluation.rows();
}

}  // namespace vitrine
