// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/chair_fit.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/base/random.h"
#include "core/jobs/timed_progress.h"
#include "core/metrics/chair_metrics.h"
#include "core/nets/picture_output.h"
#include "core/sessions/chair_descent.h"
#include "core/sessions/chair_network.h"

namespace vitrine {
namespace {

constexpr std::uint64_t kFitStream =
    0x666974;  ///< keeps these numbers apart from those of other uses of a seed

// ---- starts

constexpr int kNumAzimuths = 16, kNumStartStyles = 6;
constexpr double kStartElevationDeg = 22;
constexpr double kTowardsMean = 0.7;  ///< a style of the network is a start when drawn this close to the mean
constexpr double kAspectWeight = 0.05;  ///< of the logarithm of the ratio of the boxes' proportions
constexpr std::int64_t kThumbnail = 32;

// ---- stages

struct FitStage {
    std::size_t numKept;
    int numSteps;
    double rate;
    bool cools;
};
constexpr FitStage kStages[] = {{kNumAzimuths, 8, 0.3, false}, {5, 12, 0.2, false}, {2, 50, 0.2, true}};
constexpr int kGradientCost = 2;  ///< of a picture with its gradient, over that of a picture

int wholeCost() {
    int cost = kNumAzimuths * (kNumStartStyles + 1);
    for (const FitStage& stage : kStages) cost += kGradientCost * int(stage.numKept) * stage.numSteps;
    return cost;
}

/// The box around a mask, in pixels; right and bottom are outside.
struct MaskBox {
    std::int64_t left, top, right, bottom;

    /// Shapes: [S, S]. Of an empty mask: all of it.
    explicit MaskBox(const torch::Tensor& mask) {
        const auto inside = mask > 0.5;
        const auto extent = [&](std::int64_t over) {
            const auto found = inside.any(over).nonzero();
            using Ends = std::pair<std::int64_t, std::int64_t>;
            if (found.size(0) == 0) return Ends(0, mask.size(0));
            return Ends(found[0][0].item<std::int64_t>(), found[-1][0].item<std::int64_t>() + 1);
        };
        std::tie(left, right) = extent(0);
        std::tie(top, bottom) = extent(1);
    }
    double width() const { return double(right - left); }
    double height() const { return double(bottom - top); }
    double centreX() const { return double(left + right) / 2; }
    double centreY() const { return double(top + bottom) / 2; }

    /// What it holds, at one size for all boxes. Shapes: [4, S, S] -> [1, 4, 32, 32] on white.
    torch::Tensor thumbnail(const torch::Tensor& picture) const {
        const auto part = picture.slice(1, top, bottom).slice(2, left, right).unsqueeze(0);
        const auto enlarged = torch::upsample_bilinear2d(part, {2 * kThumbnail, 2 * kThumbnail}, false);
        return overWhite(torch::adaptive_avg_pool2d(enlarged, {kThumbnail, kThumbnail}));
    }
};

/// The value of FitCandidates::pose for one of theta.
float poseOf(double theta, std::size_t which) {
    return float(std::atanh(std::clamp(theta / thetaRanges()[which].trained, -0.9, 0.9)));
}

/// How unlike two chairs are, whatever their sizes and places in the picture.
double unlikeness(const torch::Tensor& a, const MaskBox& boxA, const torch::Tensor& b, const MaskBox& boxB) {
    const double aspect = std::log(boxA.width() / boxA.height() * boxB.height() / boxB.width());
    return robustError(boxA.thumbnail(a), boxB.thumbnail(b)).item<double>() +
           kAspectWeight * std::abs(aspect);
}

}  // namespace

struct ChairFitSession::Network {
    ChairModelInfo info;
    ChairGenerator generator{nullptr};
    StyleBasis basis;
};

namespace {

/// One run of a fit.
class ChairFitting {
public:
    ChairFitting(const ChairGenerator& generator,
                 const StyleBasis& basis,
                 const torch::Tensor& target,
                 const ChairFitContext& context)
        : m_basis(basis), m_target(target), m_descent(generator, basis, target), m_context(context) {}

    Result<ChairFit> run(std::uint64_t seed) {
        FitCandidates candidates = starts(seed);
        std::vector<double> losses(std::size_t(candidates.size()), 0);
        for (const FitStage& stage : kStages) {
            if (isStopped()) break;
            candidates = best(candidates, losses, stage.numKept);
            losses = m_descent.descend(
                candidates, stage.numSteps, stage.rate, stage.cools, [this](const auto&... passed) {
                    return watch(passed...);
                });
        }
        if (m_best.picture.empty())
            return isStopped() ? Error{ErrorCode::Busy, "The fit was cancelled before its first picture."}
                               : Error{ErrorCode::NonFinite,
                                       "The network gives no finite picture of a chair; "
                                       "choose another network."};
        m_best.seconds = elapsedSeconds();
        m_best.converged = !isStopped() && m_best.maskIou >= ChairFit::kAgreeingIou;
        return std::move(m_best);
    }

private:
    bool isStopped() const { return m_context.job.stop.stop_requested(); }
    double elapsedSeconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

    void report(std::int64_t cost, const char* what) {
        m_cost += cost;
        m_progress.report(std::min(1.0, double(m_cost) / wholeCost()), what);
    }

    /// The mean style and some of the network's, from all sides: the style that suits best for each side,
    /// shifted and zoomed onto the target.
    FitCandidates starts(std::uint64_t seed) {
        const torch::NoGradGuard noGrad;
        const std::vector<torch::Tensor> styles = startStyles(seed);
        std::vector<std::int64_t> chosen;
        std::vector<torch::Tensor> style, view, pose;
        for (int side = 0; side < kNumAzimuths && !isStopped(); ++side) {
            const double azimuthDeg = 360.0 * side / kNumAzimuths;
            const auto from = torch::tensor({azimuthDeg, kStartElevationDeg}, torch::kFloat32) /
                              ChairDescent::kDegreesPerUnit;
            const auto count = std::int64_t(styles.size());
            const FitCandidates all{torch::stack(styles), from.repeat({count, 1}), torch::zeros({count, 5})};
            const auto drawn = m_descent.draw(all);
            const std::int64_t suiting = mostAlike(drawn);
            style.push_back(styles[std::size_t(suiting)]);
            view.push_back(from);
            pose.push_back(alignedPose(MaskBox(drawn[suiting][3])));
            report(count, "comparing views");
        }
        if (style.empty()) return {torch::zeros({0, m_basis.numCoordinates()}), {}, {}};
        return {torch::stack(style), torch::stack(view), torch::stack(pose)};
    }

    std::vector<torch::Tensor> startStyles(std::uint64_t seed) const {
        Rng rng({kFitStream, seed});
        std::vector<torch::Tensor> styles{torch::zeros({m_basis.numCoordinates()})};
        for (int i = 0; i < kNumStartStyles; ++i)
            styles.push_back(m_basis.ofStyle(std::int64_t(rng.below(std::uint64_t(m_basis.numStyles())))) *
                             kTowardsMean);
        return styles;
    }

    std::int64_t mostAlike(const torch::Tensor& drawn) const {
        std::vector<double> unlike;
        for (std::int64_t i = 0; i < drawn.size(0); ++i)
            unlike.push_back(unlikeness(drawn[i], MaskBox(drawn[i][3]), m_target, m_box));
        return std::ranges::min_element(unlike) - unlike.begin();
    }

    torch::Tensor alignedPose(const MaskBox& box) const {
        const double side = double(m_target.size(1));
        const double zoom = std::log(m_box.width() / box.width() * m_box.height() / box.height()) / 2;
        return torch::tensor({poseOf((m_box.centreX() - box.centreX()) / side, 0),
                              poseOf((m_box.centreY() - box.centreY()) / side, 1),
                              0.0f,
                              poseOf(zoom, 3),
                              0.0f});
    }

    static FitCandidates best(const FitCandidates& candidates,
                              const std::vector<double>& losses,
                              std::size_t numKept) {
        std::vector<std::int64_t> order(losses.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {}, [&](std::int64_t i) { return losses[std::size_t(i)]; });
        order.resize(std::min(numKept, order.size()));
        return candidates.at(order);
    }

    bool watch(const FitCandidates& candidates,
               std::int64_t first,
               const torch::Tensor& drawn,
               const torch::Tensor& losses) {
        const auto finite = torch::nan_to_num(losses, INFINITY);
        const auto index = finite.argmin().item<std::int64_t>();
        if (const double loss = finite[index].item<double>(); loss < m_best.loss) {
            m_best.loss = loss;
            note(candidates, first + index, drawn[index]);
            m_context.better(m_best);
        }
        report(kGradientCost * losses.size(0), "fitting");
        return !isStopped();
    }

    void note(const FitCandidates& candidates, std::int64_t index, const torch::Tensor& drawn) {
        m_best.request = m_descent.requestOf(candidates, index);
        const auto a = drawn[3] > 0.5, b = m_target[3] > 0.5;
        m_best.maskIou = (a & b).sum().item<double>() / std::max<double>(1, (a | b).sum().item<double>());
        const auto pixels = drawn.permute({1, 2, 0}).contiguous().unsqueeze(0);  // [1, S, S, 4]
        const auto size = int(drawn.size(1));
        m_best.picture = Image(size, size, 4);
        writePremultiplied({pixels, false, 0, 3}, {pixels, false, 3, 1}, m_best.picture.pixels);
        m_best.seconds = elapsedSeconds();
    }

    const StyleBasis& m_basis;
    torch::Tensor m_target;  ///< [4, S, S]
    MaskBox m_box{m_target[3]};
    ChairDescent m_descent;
    const ChairFitContext& m_context;
    TimedProgress m_progress{m_context.job};
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::int64_t m_cost = 0;
    ChairFit m_best{.loss = std::numeric_limits<double>::infinity()};
};

}  // namespace

ChairFitSession::ChairFitSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
ChairFitSession::ChairFitSession(ChairFitSession&&) noexcept = default;
ChairFitSession& ChairFitSession::operator=(ChairFitSession&&) noexcept = default;
ChairFitSession::~ChairFitSession() = default;

const ChairModelInfo& ChairFitSession::info() const {
    return m_network->info;
}

Result<ChairFitSession> ChairFitSession::open(const std::filesystem::path& weights) {
    VITRINE_TRY(ChairNetwork chairs, openChairNetwork(weights, NetworkUse::InputGradients));
    chairs.info.device = "CPU, fp32";
    const StyleBasis basis(*chairs.network);
    return ChairFitSession(
        std::make_unique<Network>(Network{std::move(chairs.info), std::move(chairs.network), basis}));
}

Result<ChairFit> ChairFitSession::fit(const Image& target,
                                      std::uint64_t seed,
                                      const ChairFitContext& context) {
    const int size = m_network->info.size;
    if (target.width != size || target.height != size || target.channels != 4)
        return invalidArgument(
            fmt::format("The picture to fit must be {} x {} pixels with a mask; cut the "
                        "chair out at the network's size.",
                        size,
                        size));
    const auto pixels = viewTensor(target.pixels.data(), size);
    return ChairFitting(m_network->generator, m_network->basis, pixels, context).run(seed);
}

}  // namespace vitrine
