// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/fit_eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "core/base/turn_between.h"
#include "core/data/style_ids.h"
#include "core/eval/morph_pairs.h"
#include "core/jobs/timed_progress.h"
#include "core/recipe/chair_cutout.h"
#include "core/recipe/compose.h"
#include "core/recipe/morph.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

constexpr std::size_t kNumOtherViews = 8;
// A chair that looks like this from more than 40 degrees away, relative to how it differs from white, has no
// azimuth: round stools, and those with four equal sides.
constexpr double kSameLook = 0.22, kElsewhereDeg = 40;

double squaredError(const Image& a, const Image& b) {
    return std::pow(10, -psnr(a, b) / 10);
}

/// A chair of the set and its views.
struct SetChair {
    std::string id;
    std::vector<std::size_t> views;
};

class FitEvaluation {
public:
    FitEvaluation(ChairFitSession& fitter,
                  ChairSession& session,
                  const PackedChairs& data,
                  const FitEvalOptions& options,
                  const JobContext& job)
        : m_fitter(fitter), m_session(session), m_data(data), m_options(options), m_job(job) {
        const auto& known = session.info().styleIds;
        const std::set<std::string> knownIds(known.begin(), known.end());
        std::map<int, SetChair> chairs;
        for (std::size_t i = 0; i < data.views().size(); ++i) {
            SetChair& chair = chairs[data.views()[i].styleIndex];
            chair.id = data.styleIds()[std::size_t(data.views()[i].styleIndex)];
            chair.views.push_back(i);
        }
        for (auto& [styleIndex, chair] : chairs) {
            if (knownIds.contains(chair.id))
                m_known.push_back(std::move(chair));
            else if (isForTesting(chair.id) != options.validation && int(m_unseen.size()) < options.numChairs)
                m_unseen.push_back(std::move(chair));
        }
    }

    Result<FitEval> run() {
        if (m_unseen.empty())
            return invalidArgument(
                "The set has no chair that the network does not know; render one with "
                "\"data render --styles transfer\", after \"data import --pix3d\".");
        FitEval eval;
        const TimedProgress progress(m_job);
        for (std::size_t i = 0; i < m_unseen.size(); ++i) {
            progress.report(double(i) / double(m_unseen.size()), m_unseen[i].id);
            VITRINE_TRY(FitEvalChair chair, score(m_unseen[i], i));
            if (m_job.stop.stop_requested()) return Error{ErrorCode::Busy, "The evaluation was cancelled."};
            eval.chairs.push_back(std::move(chair));
        }
        progress.report(1, "done");
        return eval;
    }

private:
    /// Networks may have been trained on the other scans; those that were not can choose on them.
    static bool isForTesting(const std::string& id) {
        if (!isScanId(id)) return true;
        std::uint64_t number = 0;
        const char* const first = id.data() + kScanPrefix.size();
        std::from_chars(first, id.data() + id.size(), number);
        return isReservedScan(number);
    }

    Image premultiplied(std::size_t view) const { return renderOf(m_data, view, m_data.size()); }
    Image onWhite(std::size_t view) const { return composeOver(premultiplied(view), {}); }
    const ChairView& viewOf(std::size_t view) const { return m_data.views()[view].view; }

    bool looksTheSameFromElsewhere(const SetChair& chair, std::size_t given) const {
        const Image look = onWhite(given);
        const double ink = squaredError(look, Image(look.width, look.height, 3, 255));
        return std::ranges::any_of(chair.views, [&](std::size_t view) {
            return viewOf(view).elevationDeg == viewOf(given).elevationDeg &&
                   turnBetween(viewOf(view).azimuthDeg, viewOf(given).azimuthDeg) > kElsewhereDeg &&
                   squaredError(onWhite(view), look) < kSameLook * ink;
        });
    }

    /// Of a known chair at the same view, if the set has it.
    static std::optional<std::size_t> atView(const PackedChairs& data,
                                             const SetChair& chair,
                                             const ChairView& view) {
        const auto found =
            std::ranges::find_if(chair.views, [&](std::size_t i) { return data.views()[i].view == view; });
        return found == chair.views.end() ? std::nullopt : std::optional(*found);
    }

    const SetChair* nearestKnown(std::size_t given) const {
        const Image look = onWhite(given);
        const SetChair* nearest = nullptr;
        double least = std::numeric_limits<double>::infinity();
        for (const SetChair& chair : m_known) {
            const auto view = atView(m_data, chair, viewOf(given));
            if (!view) continue;
            if (const double error = squaredError(onWhite(*view), look); error < least)
                least = error, nearest = &chair;
        }
        return nearest;
    }

    Result<double> psnrOfMix(const StyleMix& mix, const std::vector<std::size_t>& views) {
        std::vector<ChairRequest> requests;
        for (const std::size_t view : views) requests.push_back({mix, viewOf(view), {}});
        VITRINE_TRY(const auto pictures, m_session.generate(requests));
        double sum = 0;
        for (std::size_t i = 0; i < views.size(); ++i)
            sum += psnr(composeOver(pictures[i].premultiplied, {}), onWhite(views[i]));
        return sum / double(views.size());
    }

    double psnrOfChair(const SetChair* chair, const std::vector<std::size_t>& views) const {
        double sum = 0;
        for (const std::size_t view : views) {
            const auto same = chair ? atView(m_data, *chair, viewOf(view)) : std::nullopt;
            sum += same ? psnr(onWhite(*same), onWhite(view)) : std::numeric_limits<double>::quiet_NaN();
        }
        return sum / double(views.size());
    }

    StyleMix meanStyle() const {
        std::vector<int> all;
        for (int i = 0; i < m_session.info().numStyles; ++i) all.push_back(i);
        return average(all);
    }

    Result<FitEvalChair> score(const SetChair& chair, std::size_t number) {
        const std::size_t count = chair.views.size();
        if (count <= kNumOtherViews)
            return invalidArgument(fmt::format("{} has {} views only; 9 are needed.", chair.id, count));
        const std::size_t place = std::size_t((number * 7 + 3 + m_options.seed) % count);
        const std::size_t given = chair.views[place];
        std::vector<std::size_t> others;
        for (std::size_t k = 1; k <= kNumOtherViews; ++k)
            others.push_back(chair.views[(place + k * count / (kNumOtherViews + 1)) % count]);

        VITRINE_TRY(const ChairCutout cutout,
                    cutOutChair(unpremultiply(premultiplied(given)), {}, m_fitter.info().size));
        ChairFitContext context;
        context.job.stop = m_job.stop;
        VITRINE_TRY(const ChairFit fit, m_fitter.fit(cutout.premultiplied, m_options.seed, context));

        FitEvalChair result;
        result.id = chair.id, result.given = viewOf(given), result.fitted = fit.request.view;
        result.seconds = fit.seconds, result.converged = fit.converged;
        result.givenViewPsnr = psnr(composeOver(fit.picture, {}), composeOver(cutout.premultiplied, {}));
        VITRINE_TRY(result.otherViewsPsnr, psnrOfMix(fit.request.styleWeights, others));
        VITRINE_TRY(result.meanChairPsnr, psnrOfMix(meanStyle(), others));
        const SetChair* const nearest = nearestKnown(given);
        if (nearest) result.nearestId = nearest->id;
        result.nearestChairPsnr = psnrOfChair(nearest, others);
        result.azimuthErrorDeg = looksTheSameFromElsewhere(chair, given)
                                     ? std::numeric_limits<double>::quiet_NaN()
                                     : turnBetween(result.given.azimuthDeg, result.fitted.azimuthDeg);
        return result;
    }

    ChairFitSession& m_fitter;
    ChairSession& m_session;
    const PackedChairs& m_data;
    const FitEvalOptions& m_options;
    const JobContext& m_job;
    std::vector<SetChair> m_known, m_unseen;
};

}  // namespace

Result<FitEval> evaluateFit(ChairFitSession& fitter,
                            ChairSession& session,
                            const PackedChairs& data,
                            const FitEvalOptions& options,
                            const JobContext& job) {
    if (data.size() != session.info().size)
        return invalidArgument(
            fmt::format("The data set holds pictures of {} pixels, but the model makes {}; "
                        "evaluate it on a set of that size.",
                        data.size(),
                        session.info().size));
    return FitEvaluation(fitter, session, data, options, job).run();
}

}  // namespace vitrine
