// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/correspondence_eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>

#include "core/base/mean.h"
#include "core/data/chair_catalogue.h"
#include "core/jobs/timed_progress.h"
#include "core/recipe/compose.h"

namespace vitrine {
namespace {

/// A row in the making.
struct Tally {
    using Samples = std::vector<ChairSample>;  // one a point

    std::string method;
    Samples all, simple, difficult;
    Mean seconds;

    void add(const CorrespondencePair& pair, std::array<int, 2> chairs, const FlowField& flow) {
        for (const MatchedPoint& point : pair.points) {
            const PixelPoint found = advect(flow, {point.fromX, point.fromY});
            const ChairSample error{distance(found, {point.toX, point.toY}), chairs[0], chairs[1]};
            all.push_back(error);
            (pair.difficulty == CorrespondenceDifficulty::Simple ? simple : difficult).push_back(error);
        }
    }
    CorrespondenceEvalRow row() const {
        return {method,
                {meanOf(all), meanOf(simple), meanOf(difficult)},
                {meanInterval(all), meanInterval(simple), meanInterval(difficult)},
                seconds.value()};
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
        return Error{ErrorCode::NotFound,
                     "The model was not trained on the chair " + id + " of the test set."};
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
    return fmt::format("every {}{} frame", stride, ending);
}

std::string morphName(FlowMethod method, int stride, bool isGuided) {
    return "generator's morph, " + std::string(nameOf(method)) + (isGuided ? " guided, " : ", ") +
           stepsName(stride);
}

/// Runs every method on every pair.
class Evaluation {
public:
    Evaluation(CorrespondenceSession& session,
               const CorrespondenceEvalOptions& options,
               const ChairCatalogue& catalogue)
        : m_session(session), m_options(options), m_renders(catalogue) {
        for (const FlowMethod method : options.morphMethods)
            for (const int stride : options.strides)
                for (const bool isGuided : options.guides)
                    if (!isGuided || takesGuide(CorrespondenceRoute::Morph, method))
                        addMorphRow(method, stride, isGuided);
        if (options.hasPaperSetting &&
            std::ranges::find(options.morphMethods, FlowMethod::Dis) != options.morphMethods.end())
            addMorphRow(FlowMethod::Dis, 1, false);
        for (const FlowMethod method : options.directMethods)
            m_direct.push_back({std::string(nameOf(method)) + ", direct", {}, {}, {}, {}});
    }

    Status add(const CorrespondencePair& pair) {
        VITRINE_TRY(const int from, styleOf(m_session.info(), pair.from));
        VITRINE_TRY(const int to, styleOf(m_session.info(), pair.to));
        const Chairs chairs{from, to};
        VITRINE_CHECK(addMorphs(pair, chairs));
        VITRINE_CHECK(addDirect(pair, chairs));
        m_still.add(pair, chairs, FlowField(CorrespondenceSet::kImageSize, CorrespondenceSet::kImageSize));
        return {};
    }

    std::vector<CorrespondenceEvalRow> rows() const {
        std::vector<CorrespondenceEvalRow> rows;
        for (const MorphTally& tally : m_morph) rows.push_back(tally.row());
        for (const Tally& tally : m_direct) rows.push_back(tally.row());
        rows.push_back(m_still.row());
        return rows;
    }

private:
    using Chairs = std::array<int, 2>;

    /// Once each.
    void addMorphRow(FlowMethod method, int stride, bool isGuided) {
        const std::string name = morphName(method, stride, isGuided);
        if (std::ranges::find(m_morph, name, &MorphTally::method) == m_morph.end())
            m_morph.push_back({{name, {}, {}, {}, {}}, method, stride, isGuided});
    }

    Status addMorphs(const CorrespondencePair& pair, const Chairs& chairs) {
        CorrespondenceRequest request;
        request.from = pureStyle(chairs[0]), request.to = pureStyle(chairs[1]);
        request.view = pair.view;
        request.numFrames = m_options.numFrames;
        request.schedule = m_options.schedule;
        for (MorphTally& tally : m_morph) {
            request.method = tally.flow;
            request.stride = tally.stride;
            request.isGuided = tally.isGuided;
            VITRINE_TRY(const CorrespondenceResult result,
                        timed(tally, [&] { return m_session.match(request, {}, m_options.numThreads); }));
            tally.add(pair, chairs, result.matching.forward);
        }
        return {};
    }

    Status addDirect(const CorrespondencePair& pair, const Chairs& chairs) {
        if (m_direct.empty()) return {};
        VITRINE_TRY(const Image from, m_renders.render(pair.from, pair.view));
        VITRINE_TRY(const Image to, m_renders.render(pair.to, pair.view));
        for (std::size_t i = 0; i < m_direct.size(); ++i)
            m_direct[i].add(pair, chairs, timed(m_direct[i], [&] {
                                return opticalFlow(from, to, m_options.directMethods[i]);
                            }));
        return {};
    }

    CorrespondenceSession& m_session;
    const CorrespondenceEvalOptions& m_options;
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

Result<std::vector<CorrespondenceEvalRow>> evaluateCorrespondence(CorrespondenceSession& session,
                                                                  const CorrespondenceSet& set,
                                                                  const CorrespondenceEvalOptions& options,
                                                                  const JobContext& job) {
    if (session.info().size != CorrespondenceSet::kImageSize)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("The test set is for models of 128 x 128 pixels; this one paints {} x {}.",
                                 session.info().size,
                                 session.info().size)};
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    Evaluation evaluation(session, options, catalogue);
    const TimedProgress progress(job);
    for (std::size_t i = 0; i < set.pairs.size(); ++i) {
        if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The evaluation was cancelled."};
        progress.report(double(i) / double(set.pairs.size()), set.pairs[i].from + " to " + set.pairs[i].to);
        VITRINE_CHECK(evaluation.add(set.pairs[i]));
    }
    progress.report(1, "done");
    return evaluation.rows();
}

}  // namespace vitrine
