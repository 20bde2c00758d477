// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/chair_eval.h"

#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/eval/chair_metrics.h"
#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"

namespace vitrine {
namespace {

ChairEvalRow rowOf(const ChairScore& score) { return {score.psnr, score.pooledPsnr, score.iou, score.views}; }

/// Training views by (style, elevation), to look neighbours up in.
class TrainingViews {
public:
    explicit TrainingViews(const PackedChairs& data) : m_data(data) {
        for (auto index : viewIndices(data, /*heldOut=*/false)) m_byRow[keyOf(data.views()[index])].push_back(index);
    }
    /// The nearest views on either side of an azimuth, the nearer one first.
    std::pair<std::size_t, std::size_t> neighbours(const PackedView& view) const {
        const auto& row = m_byRow.at(keyOf(view));
        std::size_t left = row.front(), right = row.front();
        double leftGap = 361, rightGap = 361;
        for (auto index : row) {
            const double ahead = std::fmod(m_data.views()[index].view.azimuthDeg - view.view.azimuthDeg + 720, 360);
            if (ahead < rightGap) rightGap = ahead, right = index;
            if (360 - ahead < leftGap) leftGap = 360 - ahead, left = index;
        }
        return leftGap <= rightGap ? std::pair(left, right) : std::pair(right, left);
    }
    bool hasRow(const PackedView& view) const { return m_byRow.contains(keyOf(view)); }

private:
    static std::pair<int, int> keyOf(const PackedView& view) { return {view.styleIndex, view.elevationIndex}; }
    const PackedChairs& m_data;
    std::map<std::pair<int, int>, std::vector<std::size_t>> m_byRow;
};

void scoreBaselines(const PackedChairs& data, std::span<const std::size_t> heldOut, ChairEval& eval) {
    const TrainingViews training(data);
    ChairScoreSum nearest, average;
    for (auto index : heldOut) {
        const PackedView& view = data.views()[index];
        if (!training.hasRow(view)) continue;
        const auto truth = viewTensor(data.premultiplied(index), data.size());
        const auto [near, far] = training.neighbours(view);
        const auto nearPicture = viewTensor(data.premultiplied(near), data.size());
        nearest.add(nearPicture, truth);
        average.add((nearPicture + viewTensor(data.premultiplied(far), data.size())) / 2, truth);
    }
    eval.nearestView = rowOf(nearest.mean());
    eval.neighbourAverage = rowOf(average.mean());
}

}  // namespace

Result<ChairEval> evaluateChairs(const std::filesystem::path& weights, const std::filesystem::path& packed, const JobContext& job) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(ChairGenerator network, makeChairGenerator(file));
    VITRINE_TRY(const PackedChairs data, PackedChairs::open(packed));
    if (data.size() != network->options.imageSize() || std::int64_t(data.styleIds().size()) != network->options.numStyles)
        return Error{ErrorCode::InvalidArgument, "The data set holds " + std::to_string(data.styleIds().size()) + " chairs of " +
                         std::to_string(data.size()) + " pixels, but the model knows " + std::to_string(network->options.numStyles) +
                         " of " + std::to_string(network->options.imageSize()) + "; evaluate it on the set it was trained on."};
    const auto heldOut = viewIndices(data, true), trained = viewIndices(data, false);
    const auto picture = [&](std::size_t index) { return data.premultiplied(index); };
    const double heldOutShare = double(heldOut.size()) / double(data.views().size());
    const auto goOn = [&](double from, double share, const char* what) {
        return [&job, from, share, what](double done) {
            job.report({from + share * done, -1, what});
            return !job.stop.stop_requested();
        };
    };
    ChairEval eval;
    scoreBaselines(data, heldOut, eval);
    eval.heldOut = rowOf(scoreViews(network, data.views(), heldOut, picture, goOn(0, heldOutShare, "held-out views")));
    eval.train = rowOf(scoreViews(network, data.views(), trained, picture, goOn(heldOutShare, 1 - heldOutShare, "training views")));
    if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The evaluation was cancelled."};
    job.report({1, 0, "done"});
    return eval;
}

}  // namespace vitrine
