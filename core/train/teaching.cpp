// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/teaching.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/data/theta.h"
#include "core/metrics/chair_metrics.h"
#include "core/nets/chair_styles.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"
#include "core/render/render_job.h"
#include "core/runs/chair_config.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_list.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr int kComparedEvery = 8;  // of the azimuths: from four sides, none of them held out
constexpr std::size_t kNumNearest = 3;

/// A network that is taught, and the place that the chair has in it.
struct Student {
    SafetensorsFile file;
    ChairWeightsInfo info;
    std::vector<std::string> styleIds;  ///< with the chair's
    ChairEntry chair;                   ///< numbered by its class index

    bool knowsChair() const { return styleIds.size() == info.styleIds.size(); }
};

Result<Student> openStudent(const ChairEntry& chair, const fs::path& weights) {
    VITRINE_TRY(SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(ChairWeightsInfo info, chairWeightsInfo(file.metadata()));
    if (info.styleIds.empty() || info.options.thetaSize != kThetaSize)
        return Error{ErrorCode::Unsupported,
                     weights.filename().string() +
                         " does not name its styles or transforms in another way, so that no chair can be "
                         "added; choose another model."};
    Student student{std::move(file), info, info.styleIds, chair};
    const auto found = std::ranges::find(student.styleIds, chair.id);
    student.chair.index = int(found - student.styleIds.begin());
    if (found == student.styleIds.end()) student.styleIds.push_back(chair.id);
    return student;
}

/// The objective is that of the bundled network's last stage.
ChairTrainConfig configOf(const Student& student, const TeachOptions& options, const fs::path& run) {
    ChairTrainConfig config;
    config.settings.data = run / "chair.vpack";
    config.settings.startFrom = run / "start.safetensors";
    config.settings.batch = 16;
    config.settings.averageDecay = 0.98;
    config.settings.checkpointMinutes = 2;
    config.settings.previewEvery = 250;
    config.compositeWeight = 5, config.edgeWeight = 6;
    config.styleDimensions = student.info.options.styleDimensions;
    config.styleKlWeight = 0;  // the other styles stay where they are
    config.distillation = {.share = 0.5, .styleRate = 20, .convolutionRate = 0.3};
    ChairStage stage;
    stage.schedule.steps = options.steps;
    stage.schedule.learningRate = 5e-4;
    stage.schedule.warmupSteps = std::min<std::int64_t>(50, options.steps / 10);
    stage.identityShare = 0.6;
    stage.curriculumScaleStart = 1;
    config.stages = {stage};
    return config;
}

/// Renders the chair and packs it as the only one of the network's styles with views.
Result<JobOutcome> packChair(const Student& student,
                             const TeachOptions& options,
                             const fs::path& run,
                             const JobContext& context) {
    RenderJobOptions job;
    job.folder = run / "renders";
    job.render.size = int(student.info.options.imageSize());
    job.models = {student.chair};
    job.styleIds = student.styleIds;
    job.numThreads = options.numThreads;
    VITRINE_TRY(const RenderJobReport report, renderCatalogue(job, context));
    if (report.outcome == JobOutcome::Cancelled) return JobOutcome::Cancelled;
    if (!report.failures.empty()) return Error{ErrorCode::BadFormat, report.failures.front().message};
    VITRINE_TRY(const RenderedChairs chairs, RenderedChairs::open(job.folder));
    VITRINE_TRY(
        const JobOutcome outcome,
        PackedChairs::pack(chairs, run / "chair.vpack", job.render.size, context, options.numThreads));
    std::error_code ignored;
    fs::remove_all(job.folder, ignored);
    return outcome;
}

/// Finds the mix of known styles that looks most like a chair.
class NearestMix {
public:
    NearestMix(ChairGenerator network, const PackedChairs& data) : m_network(std::move(network)) {
        std::vector<torch::Tensor> truth;
        std::vector<float> azimuthDeg, elevationDeg;
        for (std::size_t i = 0; i < data.views().size(); ++i) {
            const PackedView& view = data.views()[i];
            if (view.azimuthIndex % kComparedEvery != 0 || view.elevationIndex != 0) continue;
            truth.push_back(viewTensor(data.premultiplied(i), data.size()));
            azimuthDeg.push_back(view.view.azimuthDeg), elevationDeg.push_back(view.view.elevationDeg);
        }
        m_truth = torch::stack(truth);
        m_views = encodeViews(torch::tensor(azimuthDeg), torch::tensor(elevationDeg));
    }

    /// Shapes: [styles]. The best style alone, or it and the next ones, nearer ones more.
    torch::Tensor find(const JobContext& context) {
        const std::int64_t numStyles = m_network->options.numStyles;
        std::vector<double> distances;
        for (std::int64_t i = 0; i < numStyles && !context.stop.stop_requested(); ++i) {
            context.report({double(i) / double(numStyles), -1, "comparing styles"});
            distances.push_back(distance(oneHot(i)));
        }
        if (std::int64_t(distances.size()) < numStyles) return torch::zeros(numStyles);
        std::vector<std::size_t> order(distances.size());
        std::iota(order.begin(), order.end(), 0);
        const std::size_t count = std::min(kNumNearest, order.size());
        std::ranges::partial_sort(
            order, order.begin() + std::ptrdiff_t(count), {}, [&](std::size_t i) { return distances[i]; });
        auto mix = torch::zeros(numStyles);
        for (std::size_t i = 0; i < count; ++i)
            mix += oneHot(std::int64_t(order[i])) / (distances[order[i]] + 1e-6);
        mix /= mix.sum();
        return distance(mix) < distances[order[0]] ? mix : oneHot(std::int64_t(order[0]));
    }

private:
    torch::Tensor oneHot(std::int64_t style) const {
        auto weights = torch::zeros(m_network->options.numStyles);
        weights[style] = 1;
        return weights;
    }
    double distance(const torch::Tensor& mix) {
        torch::NoGradGuard noGrad;
        const std::int64_t count = m_views.size(0);
        const ChairImages images = m_network->forward(mix.unsqueeze(0).expand({count, -1}),
                                                      m_views,
                                                      torch::zeros({count, m_network->options.thetaSize}));
        const auto pictures = torch::cat({images.rgb, images.mask.mean(1, /*keepdim=*/true)}, 1);
        return (pictures.clamp(0, 1) - m_truth).square().sum().item<double>();
    }

    ChairGenerator m_network;
    torch::Tensor m_truth;  ///< [V, 4, S, S]
    torch::Tensor m_views;  ///< [V, 4]
};

/// The network with the chair's style.
Result<JobOutcome> writeStart(const Student& student,
                              const TeachOptions& options,
                              const fs::path& run,
                              const JobContext& context) {
    auto mix = torch::zeros(student.info.options.numStyles);
    if (!student.knowsChair()) {
        VITRINE_TRY(const ChairGenerator network, makeChairGenerator(student.file));
        VITRINE_TRY(const PackedChairs data, PackedChairs::open(run / "chair.vpack"));
        mix = NearestMix(network, data).find(context);
    }
    if (context.stop.stop_requested()) return JobOutcome::Cancelled;
    VITRINE_CHECK(writeWithAddedStyle(options.model,
                                      student.chair.id,
                                      {mix.data_ptr<float>(), std::size_t(mix.numel())},
                                      run / "start.safetensors"));
    return JobOutcome::Done;
}

Result<JobOutcome> makeRun(const Student& student,
                           const TeachOptions& options,
                           const fs::path& folder,
                           const JobContext& context) {
    VITRINE_TRY(const RunFolder run, RunFolder::create(folder, configOf(student, options, folder).toJson()));
    VITRINE_TRY(const JobOutcome packed, packChair(student, options, folder, context));
    if (packed == JobOutcome::Cancelled) return packed;
    return writeStart(student, options, folder, context);
}

/// Errors: InvalidArgument (the folder is there), Busy (another process makes it).
Status checkFree(const fs::path& folder, const fs::path& hidden) {
    std::error_code ignored;
    if (fs::exists(folder, ignored))
        return Error{ErrorCode::InvalidArgument,
                     "The run folder " + folder.string() + " already exists; choose another name."};
    if (RunFolder::isHeld(hidden))
        return Error{ErrorCode::Busy,
                     "Another process prepares " + folder.string() + "; wait until that is done."};
    return {};
}

}  // namespace

Result<JobOutcome> prepareTeaching(const ChairEntry& chair,
                                   const TeachOptions& options,
                                   const JobContext& context) {
    VITRINE_TRY(const Student student, openStudent(chair, options.model));
    fs::path folder = fs::absolute(options.run).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    const std::string name = folder.filename().string();
    const fs::path hidden = folder.parent_path() / ("." + name);  // no run yet for those who list runs
    VITRINE_CHECK(checkFree(folder, hidden));
    std::error_code ignored;
    fs::remove_all(hidden, ignored);  // of a process that was killed
    const auto outcome = makeRun(student, options, hidden, context);
    if (!outcome || *outcome == JobOutcome::Cancelled) {
        fs::remove_all(hidden, ignored);
        return outcome;
    }
    VITRINE_TRY([[maybe_unused]] const fs::path run, renameRun(hidden, name));
    return JobOutcome::Done;
}

}  // namespace vitrine
