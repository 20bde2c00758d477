// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/transfer_eval.h"

#include <functional>
#include <utility>

#include "core/eval/morph_pairs.h"
#include "core/eval/transfer_chairs.h"
#include "core/jobs/timed_progress.h"
#include "core/metrics/chair_metrics.h"

namespace vitrine {
namespace {

using Places = std::vector<int>;
/// A method's pictures of the target of that number, at places. Shapes: [S, S, 4] premultiplied each.
using Paint = std::function<Result<std::vector<Image>>(std::size_t target, const Places& places)>;

Error stoppedEvaluation() {
    return {ErrorCode::Busy, "The evaluation was cancelled."};
}

class TransferEvaluation {
public:
    TransferEvaluation(std::vector<TransferModel>& models,
                       const TransferChairs& chairs,
                       const JobContext& job)
        : m_models(models), m_chairs(chairs), m_job(job), m_size(models.front().session.info().size) {}

    Result<std::vector<TransferRow>> rows() {
        const auto methods = this->methods();
        std::vector<TransferRow> rows;
        for (const auto& [method, score] : methods) {
            TransferRow& row = rows.emplace_back(TransferRow{method, {}});
            for (const TransferSetting setting : kTransferSettings) {
                if (m_job.stop.stop_requested()) return stoppedEvaluation();
                const double numBefore =
                    double((rows.size() - 1) * kTransferSettings.size()) + double(setting);
                m_progress.report(numBefore / double(methods.size() * kTransferSettings.size()), method);
                VITRINE_TRY(const ChairScore cell, score(viewsOf(setting)));
                row.scores.push_back(cell);
            }
        }
        return rows;
    }

private:
    using Score = std::function<Result<ChairScore>(const TransferViews& setting)>;

    std::vector<std::pair<std::string, Score>> methods() {
        const auto networks = [this](SourceViews sources) {
            return [this, sources](const TransferViews& setting) { return scoreNetworks(setting, sources); };
        };
        const auto nearest = [this](TransferLikeness likeness) {
            return [this, likeness](const TransferViews& setting) { return scoreNearest(setting, likeness); };
        };
        return {
            {"with transfer", networks(SourceViews::All)},
            {"without transfer, few views of all chairs", networks(SourceViews::Few)},
            {"without transfer, targets alone", networks(SourceViews::None)},
            {"nearest source chair, RGB", nearest(TransferLikeness::Rgb)},
            {"nearest source chair, HOG", nearest(TransferLikeness::Hog)},
            {"nearest given view", [this](const TransferViews& setting) { return scoreGivenView(setting); }}};
    }

    Status addScores(ChairScoreSum& sum, const TransferViews& setting, const Paint& paint) const {
        const Places places = m_chairs.unseen(setting);
        for (std::size_t i = 0; i < m_chairs.targets().size(); ++i) {
            const int target = m_chairs.targets()[i];
            VITRINE_TRY(const std::vector<Image> pictures, paint(i, places));
            for (std::size_t k = 0; k < places.size(); ++k) {
                const Image truth = m_chairs.render(target, places[k], m_size);
                sum.add(viewTensor(pictures[k].pixels.data(), m_size),
                        viewTensor(truth.pixels.data(), m_size),
                        target);
            }
        }
        return {};
    }

    Result<ChairScore> scoreNetworks(const TransferViews& setting, SourceViews sources) {
        ChairScoreSum sum;
        for (TransferModel& model : m_models) {
            if (!model.isOf(setting, sources)) continue;
            VITRINE_CHECK(addScores(sum, setting, [&](std::size_t target, const Places& places) {
                std::vector<ChairView> views;
                for (const int place : places) views.push_back(m_chairs.viewAt(place));
                return model.draw(m_chairs.idOf(m_chairs.targets()[target]), views);
            }));
        }
        return sum.mean();
    }

    Result<ChairScore> scoreNearest(const TransferViews& setting, TransferLikeness likeness) const {
        const auto nearest = m_chairs.nearestSources(m_chairs.given(setting), likeness, m_size);
        ChairScoreSum sum;
        VITRINE_CHECK(addScores(sum, setting, [&](std::size_t target, const Places& places) {
            return rendersOf(nearest[target], places);
        }));
        return sum.mean();
    }

    Result<ChairScore> scoreGivenView(const TransferViews& setting) const {
        const Places given = m_chairs.given(setting);
        ChairScoreSum sum;
        VITRINE_CHECK(addScores(sum, setting, [&](std::size_t target, Places places) {
            for (int& place : places) place = m_chairs.nearestPlace(given, place);
            return rendersOf(m_chairs.targets()[target], places);
        }));
        return sum.mean();
    }

    Result<std::vector<Image>> rendersOf(int chair, const Places& places) const {
        std::vector<Image> pictures;
        for (const int place : places) pictures.push_back(m_chairs.render(chair, place, m_size));
        return pictures;
    }

    std::vector<TransferModel>& m_models;
    const TransferChairs& m_chairs;
    const JobContext& m_job;
    const int m_size;
    const TimedProgress m_progress{m_job};
};

Result<TransferChairs> transferChairsOf(const std::vector<TransferModel>& models, const PackedChairs& data) {
    VITRINE_CHECK(checkRendersFit(data, models.front().session.info().size));
    return TransferChairs::make(data, models.front().views.targetIds());
}

}  // namespace

Result<TransferEval> evaluateTransfer(std::vector<TransferModel>& models,
                                      const PackedChairs& data,
                                      const JobContext& job) {
    VITRINE_TRY(const TransferChairs chairs, transferChairsOf(models, data));
    TransferEval eval;
    eval.numTargets = chairs.targets().size(), eval.numSources = chairs.sources().size();
    VITRINE_TRY(eval.rows, TransferEvaluation(models, chairs, job).rows());
    job.report({1, 0, "done"});
    return eval;
}

Result<std::vector<NearestSource>> nearestSources(const std::vector<TransferModel>& models,
                                                  const PackedChairs& data,
                                                  const JobContext& job) {
    VITRINE_TRY(const TransferChairs chairs, transferChairsOf(models, data));
    const int size = models.front().session.info().size;
    const auto idOf = [&chairs](int chair) { return chair < 0 ? std::string() : chairs.idOf(chair); };
    std::vector<NearestSource> all;
    for (const TransferSetting setting : kTransferSettings) {
        if (job.stop.stop_requested()) return stoppedEvaluation();
        job.report({double(setting) / double(kTransferSettings.size()), -1, "nearest source chairs"});
        const Places given = chairs.given(viewsOf(setting));
        const auto rgb = chairs.nearestSources(given, TransferLikeness::Rgb, size),
                   hog = chairs.nearestSources(given, TransferLikeness::Hog, size),
                   catalogue = chairs.nearestSources(
                       given, TransferLikeness::Rgb, size, TransferChairs::Among::Catalogue);
        for (std::size_t i = 0; i < chairs.targets().size(); ++i)
            all.push_back(
                {chairs.idOf(chairs.targets()[i]), setting, idOf(rgb[i]), idOf(hog[i]), idOf(catalogue[i])});
    }
    return all;
}

}  // namespace vitrine
