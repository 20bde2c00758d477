// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/chair_eval.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "core/io/safetensors.h"
#include "core/jobs/timed_progress.h"
#include "core/metrics/chair_metrics.h"
#include "core/metrics/shared_views.h"
#include "core/nets/chair_weights.h"

namespace vitrine {
namespace {

using Views = std::vector<PackedView>;
using Indices = std::vector<std::size_t>;

ChairEvalRow rowOf(const ChairScoreSum& sum) {
    const ChairScore score = sum.meanWithIntervals();
    if (score.views == 0) return {};
    return {score.psnr,
            score.pooledPsnr,
            score.iou,
            score.edge,
            score.views,
            score.psnrInterval,
            score.iouInterval};
}

/// The views of shared chairs that `accepts` names.
template <class Accepts>
Indices indicesOf(const Views& views, const Accepts& accepts) {
    Indices indices;
    for (std::size_t i = 0; i < views.size(); ++i)
        if (views[i].styleIndex >= 0 && accepts(views[i])) indices.push_back(i);
    return indices;
}

Indices heldOutViews(const Views& views, HeldOutSplit split) {
    return indicesOf(
        views, [split](const PackedView& view) { return isHeldOut(view) && heldOutSplit(view) == split; });
}

Indices trainingViews(const Views& views) {
    return indicesOf(views, [](const PackedView& view) { return !isHeldOut(view); });
}

/// Training views by (style, elevation), to look neighbours up in.
class TrainingViews {
public:
    explicit TrainingViews(const Views& views) : m_views(views) {
        for (auto index : trainingViews(views)) m_byRow[keyOf(views[index])].push_back(index);
    }
    /// The nearest views on either side of an azimuth, the nearer one first.
    std::pair<std::size_t, std::size_t> neighbours(const PackedView& view) const {
        const auto& row = m_byRow.at(keyOf(view));
        std::size_t left = row.front(), right = row.front();
        double leftGap = 361, rightGap = 361;
        for (auto index : row) {
            const double ahead = std::fmod(m_views[index].view.azimuthDeg - view.view.azimuthDeg + 720, 360);
            if (ahead < rightGap) rightGap = ahead, right = index;
            if (360 - ahead < leftGap) leftGap = 360 - ahead, left = index;
        }
        return leftGap <= rightGap ? std::pair(left, right) : std::pair(right, left);
    }
    bool hasRow(const PackedView& view) const { return m_byRow.contains(keyOf(view)); }

private:
    static std::pair<int, int> keyOf(const PackedView& view) {
        return {view.styleIndex, view.elevationIndex};
    }
    const Views& m_views;
    std::map<std::pair<int, int>, std::vector<std::size_t>> m_byRow;
};

void scoreBaselines(const PackedChairs& data, const Views& views, ChairEval& eval) {
    const TrainingViews training(views);
    ChairScoreSum nearest, average;
    for (auto index : indicesOf(views, isHeldOut)) {
        const PackedView& view = views[index];
        if (!training.hasRow(view)) continue;
        const auto truth = viewTensor(data.premultiplied(index), data.size());
        const auto [near, far] = training.neighbours(view);
        const auto nearPicture = viewTensor(data.premultiplied(near), data.size());
        nearest.add(nearPicture, truth, view.styleIndex);
        average.add(
            (nearPicture + viewTensor(data.premultiplied(far), data.size())) / 2, truth, view.styleIndex);
    }
    eval.nearestView = rowOf(nearest);
    eval.neighbourAverage = rowOf(average);
}

/// Scores one group of views after the other and reports on all together.
class GeneratorScores {
public:
    GeneratorScores(ChairGenerator& network,
                    const PackedChairs& data,
                    const Views& views,
                    const JobContext& job)
        : m_network(network),
          m_data(data),
          m_views(views),
          m_job(job),
          m_numViews(indicesOf(views, [](auto&) { return true; }).size()) {}

    ChairScoreSum score(const Indices& indices, const char* what) {
        ChairScoreSum sum;
        const auto picture = [this](std::size_t index) { return m_data.premultiplied(index); };
        addScores(sum, m_network, m_views, indices, picture, [&](double done) {
            return report(done * double(indices.size()), what);
        });
        m_numDone += indices.size();
        return sum;
    }

private:
    bool report(double doneHere, const char* what) const {
        m_progress.report((double(m_numDone) + doneHere) / double(m_numViews), what);
        return !m_job.stop.stop_requested();
    }

    ChairGenerator& m_network;
    const PackedChairs& m_data;
    const Views& m_views;
    const JobContext& m_job;
    const std::size_t m_numViews;
    std::size_t m_numDone = 0;
    const TimedProgress m_progress{m_job};
};

void scoreGenerator(GeneratorScores scores, const Views& views, ChairEval& eval) {
    const auto validation = scores.score(heldOutViews(views, HeldOutSplit::Validation), "validation views");
    const auto test = scores.score(heldOutViews(views, HeldOutSplit::Test), "test views");
    ChairScoreSum heldOut = validation;
    heldOut.add(test);
    eval.validation = rowOf(validation), eval.test = rowOf(test), eval.heldOut = rowOf(heldOut);
    eval.train = rowOf(scores.score(trainingViews(views), "training views"));
}

std::size_t numChairsOf(const Views& views) {
    std::set<int> chairs;
    for (const PackedView& view : views)
        if (view.styleIndex >= 0) chairs.insert(view.styleIndex);
    return chairs.size();
}

}  // namespace

Result<ChairEval> evaluateChairs(const std::filesystem::path& weights,
                                 const std::filesystem::path& packed,
                                 const JobContext& job) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(file.metadata()));
    VITRINE_TRY(ChairGenerator network, makeChairGenerator(file));
    VITRINE_TRY(const PackedChairs data, PackedChairs::open(packed));
    if (data.size() != network->options.imageSize())
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("The data set holds pictures of {} pixels, but the model makes {}; evaluate "
                                 "it on a set of that size.",
                                 data.size(),
                                 network->options.imageSize())};
    VITRINE_TRY(const Views views, sharedViews(data, info.styleIds, network->options.numStyles));
    ChairEval eval;
    eval.numChairs = numChairsOf(views);
    scoreBaselines(data, views, eval);
    scoreGenerator({network, data, views, job}, views, eval);
    if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The evaluation was cancelled."};
    job.report({1, 0, "done"});
    return eval;
}

}  // namespace vitrine
