// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/transfer_eval.h"

#include <functional>
#include <utility>

#include "core/base/join.h"
#include "core/eval/morph_pairs.h"
#include "core/eval/transfer_chairs.h"
#include "core/jobs/timed_progress.h"
#include "core/metrics/chair_metrics.h"
#include "core/recipe/compose.h"
#include "core/recipe/morph.h"
#include "core/recipe/recipe.h"

namespace vitrine {
namespace {

using Places = std::vector<int>;
/// A method's pictures of the target of that number, at places. Shapes: [S, S, 4] premultiplied each.
using Paint = std::function<Result<std::vector<Image>>(std::size_t target, const Places& places)>;

constexpr int kStripColumns = 9;
constexpr float kStripElevationDeg = 20;

Result<std::vector<Image>> generate(TransferModel& model,
                                    const std::string& id,
                                    const std::vector<ChairView>& views) {
    std::vector<ChairRequest> requests;
    for (const ChairView& view : views) requests.push_back({pureStyle(model.styleOf(id)), view, {}});
    VITRINE_TRY(auto pictures, model.session.generate(requests));
    std::vector<Image> images;
    for (ChairPicture& picture : pictures) images.push_back(std::move(picture.premultiplied));
    return images;
}

class TransferEvaluation {
public:
    TransferEvaluation(std::vector<TransferModel>& models,
                       const TransferChairs& chairs,
                       const JobContext& job)
        : m_models(models), m_chairs(chairs), m_job(job), m_size(models.front().session.info().size) {}

    Result<std::vector<TransferRow>> rows() {
        const auto settings = transferSettings();
        const auto methods = this->methods();
        std::vector<TransferRow> rows;
        for (const auto& [method, score] : methods) {
            TransferRow& row = rows.emplace_back(TransferRow{method, {}});
            for (std::size_t i = 0; i < settings.size(); ++i) {
                if (m_job.stop.stop_requested())
                    return Error{ErrorCode::Busy, "The evaluation was cancelled."};
                const double numBefore = double((rows.size() - 1) * settings.size() + i);
                m_progress.report(numBefore / double(methods.size() * settings.size()), method);
                VITRINE_TRY(const ChairScore cell, score(settings[i]));
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
        const auto nearest = [this](TransferChairs::Likeness likeness) {
            return [this, likeness](const TransferViews& setting) { return scoreNearest(setting, likeness); };
        };
        return {
            {"with transfer", networks(SourceViews::All)},
            {"without transfer, few views of all chairs", networks(SourceViews::Few)},
            {"without transfer, targets alone", networks(SourceViews::None)},
            {"nearest source chair, RGB", nearest(TransferChairs::Likeness::Rgb)},
            {"nearest source chair, HOG", nearest(TransferChairs::Likeness::Hog)},
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
                return generate(model, m_chairs.idOf(m_chairs.targets()[target]), views);
            }));
        }
        return sum.mean();
    }

    Result<ChairScore> scoreNearest(const TransferViews& setting, TransferChairs::Likeness likeness) const {
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

/// From one given azimuth, 0, to the next.
std::vector<ChairView> stripViews(int numGiven) {
    const auto& azimuths = trainedAzimuthsDeg();
    std::size_t next = 1;
    while (next < azimuths.size() && !isGivenAzimuth(int(next), numGiven)) ++next;
    const float last = next < azimuths.size() ? azimuths[next] : 360;
    std::vector<ChairView> views;
    for (int i = 0; i < kStripColumns; ++i)
        views.push_back({last * float(i) / float(kStripColumns - 1), kStripElevationDeg});
    return views;
}

}  // namespace

std::vector<TransferViews> transferSettings() {
    std::vector<TransferViews> settings;
    for (const int azimuths : kTransferAzimuths) settings.push_back({.targetAzimuths = azimuths});
    settings.push_back({.targetsAt20 = true});
    return settings;
}

Result<TransferEval> evaluateTransfer(std::vector<TransferModel>& models,
                                      const PackedChairs& data,
                                      const JobContext& job) {
    VITRINE_CHECK(checkRendersFit(data, models.front().session.info().size));
    VITRINE_TRY(const TransferChairs chairs, TransferChairs::make(data, models.front().views.targetIds()));
    TransferEval eval;
    eval.numTargets = chairs.targets().size(), eval.numSources = chairs.sources().size();
    VITRINE_TRY(eval.rows, TransferEvaluation(models, chairs, job).rows());
    job.report({1, 0, "done"});
    return eval;
}

Result<Image> transferStrips(std::vector<TransferModel>& models, const std::string& target) {
    const auto targets = models.front().views.targetIds();
    if (!targets.contains(target))
        return Error{
            ErrorCode::InvalidArgument,
            target + " is no target of these networks; choose one of " + joined(targets, ", ") + "."};
    const int size = models.front().session.info().size;
    std::vector<Image> cells;
    for (const int azimuths : kTransferAzimuths)
        for (const SourceViews sources : {SourceViews::All, SourceViews::Few}) {
            std::vector<Image> row(kStripColumns, Image(size, size, 4));
            for (TransferModel& model : models)
                if (model.isOf({.targetAzimuths = azimuths}, sources)) {
                    VITRINE_TRY(row, generate(model, target, stripViews(azimuths)));
                    break;
                }
            for (const Image& picture : row) cells.push_back(composeOver(picture, {}));
        }
    return contactSheet(cells, kStripColumns);
}

}  // namespace vitrine
