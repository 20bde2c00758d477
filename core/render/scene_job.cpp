// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/scene_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <optional>

#include "core/base/folders.h"
#include "core/data/packed_scenes.h"
#include "core/data/style_ids.h"
#include "core/io/folder_lock.h"
#include "core/jobs/threads.h"
#include "core/jobs/timed_progress.h"
#include "core/render/chair_family.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceScenes = 200;
constexpr std::size_t kFamilyScenes = 10;  // of one chair of the family
constexpr int kRecipeVersion = 1;  ///< of what a seed means: pieces of another version are rendered anew

/// One scene to be rendered.
struct ScenePlan {
    std::size_t chairIndex = 0;
    std::uint64_t sceneIndex = 0;  ///< of its chair
    Split split = Split::Train;
};

Result<std::vector<ScenePlan>> planScenes(const SceneJobOptions& options) {
    std::vector<ScenePlan> plan;
    const std::pair<Split, int> wanted[] = {{Split::Train, options.numTrain},
                                            {Split::Validation, options.numValidation},
                                            {Split::Test, options.numTest}};
    for (const auto& [split, count] : wanted) {
        std::vector<std::size_t> chairs;
        for (std::size_t i = 0; i < options.chairs.size(); ++i)
            if (options.chairs[i].split == split && !familyNumber(options.chairs[i])) chairs.push_back(i);
        if (count > 0 && chairs.empty())
            return Error{ErrorCode::InvalidArgument,
                         "A split of the set has no chairs; request no scenes of it or add chairs."};
        for (std::size_t i = 0; i < std::size_t(std::max(count, 0)); ++i)
            plan.push_back({chairs[i % chairs.size()], i / chairs.size(), split});
    }
    const auto isFamily = [](const ChairEntry& chair) { return familyNumber(chair).has_value(); };
    const auto first = std::size_t(std::ranges::find_if(options.chairs, isFamily) - options.chairs.begin());
    for (std::size_t i = 0; i < std::size_t(options.numFamily); ++i)  // last: the others stay the same
        plan.push_back({first + i / kFamilyScenes, i % kFamilyScenes, Split::Train});
    return plan;
}

ScenesHeader headerOf(const SceneJobOptions& options) {
    ScenesHeader header;
    header.size = options.render.size;
    header.classNames = options.numClasses == 2 ? chairClassNames() : chairPartClassNames();
    for (const ChairEntry& chair : options.chairs) header.groups.push_back(chair.id);
    header.source = fmt::format(
        "{}, rendered by Vitrine (recipe {}, seed {}, {} samples a pixel's side, {} + {} + {} scenes) from "
        "openly licensed models, CC0 and CC-BY; creators in chairs.json and scene_props.json, of scans Pix3D",
        options.render.isCentred ? "Real chairs, centred before plain and photographed grounds"
                                 : "Real chairs in rooms",
        kRecipeVersion,
        options.seed,
        options.render.samplesPerSide,
        options.numTrain,
        options.numValidation,
        options.numTest);
    if (options.numFamily > 0)
        header.source += fmt::format("; and {} scenes of a parametric family of chairs", options.numFamily);
    return header;
}

class SceneJob {
public:
    SceneJob(const SceneJobOptions& options,
             const SceneRenderer& renderer,
             std::vector<ScenePlan> plan,
             const JobContext& context)
        : m_options(options),
          m_renderer(renderer),
          m_context(context),
          m_plan(std::move(plan)),
          m_header(headerOf(options)) {}

    Result<SceneJobReport> run(const fs::path& folder);

private:
    std::size_t numPieces() const { return (m_plan.size() + kPieceScenes - 1) / kPieceScenes; }
    fs::path pieceFile(std::size_t piece) const { return m_folder / fmt::format("piece-{}.vscenes", piece); }
    std::size_t endOf(std::size_t piece) const { return std::min(m_plan.size(), (piece + 1) * kPieceScenes); }
    bool isComplete(std::size_t piece) const;
    void selectWork();
    void work();
    Status renderPiece(std::size_t piece);
    Status renderScene(const ScenePlan& plan, SceneWriter& writer);
    void countScene();
    Status joinPieces() const;
    bool shouldStop() const { return m_failed || m_context.stop.stop_requested(); }

    const SceneJobOptions& m_options;
    const SceneRenderer& m_renderer;
    const JobContext& m_context;
    const std::vector<ScenePlan> m_plan;
    const ScenesHeader m_header;
    fs::path m_folder;
    std::vector<std::size_t> m_work;  // pieces
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_failed = false;
    TimedProgress m_progress{m_context};

    std::mutex m_mutex;  // guards what follows, and the caller's report function
    SceneJobReport m_report;
    std::optional<Error> m_error;
};

bool SceneJob::isComplete(std::size_t piece) const {
    const auto scenes = PackedScenes::open(pieceFile(piece));
    if (!scenes || scenes->count() != endOf(piece) - piece * kPieceScenes || scenes->size() != m_header.size)
        return false;
    return scenes->source() == m_header.source &&
           std::ranges::equal(scenes->classNames(), m_header.classNames) &&
           std::ranges::equal(scenes->groups(), m_header.groups);
}

void SceneJob::selectWork() {
    for (std::size_t piece = 0; piece < numPieces(); ++piece) {
        if (isComplete(piece))
            m_report.numKept += endOf(piece) - piece * kPieceScenes;
        else
            m_work.push_back(piece);
    }
}

void SceneJob::work() {
    for (;;) {
        const std::size_t at = m_next++;
        if (at >= m_work.size() || shouldStop()) return;
        Status status;
        try {
            status = renderPiece(m_work[at]);
        } catch (const std::bad_alloc&) {
            status = Error{
                ErrorCode::OutOfMemory,
                "There is not enough memory to render scenes; close other programs or use fewer threads."};
        } catch (const std::exception& exception) {
            status = Error{ErrorCode::Internal, "Rendering scenes failed.", exception.what()};
        }
        if (status || m_context.stop.stop_requested()) continue;
        const std::scoped_lock lock(m_mutex);
        if (!m_error) m_error = status.error();
        m_failed = true;
    }
}

Status SceneJob::renderPiece(std::size_t piece) {
    return PackedScenes::write(pieceFile(piece), m_header, [&](SceneWriter& writer) -> Status {
        for (std::size_t i = piece * kPieceScenes; i < endOf(piece); ++i) {
            if (shouldStop()) return Error{ErrorCode::Internal, "cancelled"};
            VITRINE_CHECK(renderScene(m_plan[i], writer));
            countScene();
        }
        return {};
    });
}

Status SceneJob::renderScene(const ScenePlan& plan, SceneWriter& writer) {
    VITRINE_TRY(ChairScene scene, m_renderer.render(plan.chairIndex, m_options.seed, plan.sceneIndex));
    if (m_options.numClasses == 2) mergeToChair(scene.labels.pixels);
    return writer.append(scene.image, scene.labels, {int(plan.chairIndex), plan.split});
}

void SceneJob::countScene() {
    const std::scoped_lock lock(m_mutex);
    ++m_report.numRendered;
    const std::size_t done = m_report.numKept + m_report.numRendered;
    m_progress.report(double(done) / double(m_plan.size()),
                      fmt::format("rendering scene {} of {}", done, m_plan.size()));
}

Status SceneJob::joinPieces() const {
    return PackedScenes::write(m_options.file, m_header, [&](SceneWriter& writer) -> Status {
        for (std::size_t piece = 0; piece < numPieces(); ++piece) {
            VITRINE_TRY(const PackedScenes scenes, PackedScenes::open(pieceFile(piece)));
            VITRINE_CHECK(scenes.verify());
            for (std::size_t i = 0; i < scenes.count(); ++i)
                VITRINE_CHECK(writer.append(scenes.imageCopy(i), scenes.labelsCopy(i), scenes.info(i)));
        }
        return {};
    });
}

Result<SceneJobReport> SceneJob::run(const fs::path& folder) {
    m_folder = folder;
    selectWork();
    m_progress = TimedProgress(m_context, double(m_report.numKept) / double(m_plan.size()));
    runOnThreads(m_options.numThreads, m_work.size(), [this] { work(); });
    m_report.seconds = m_progress.seconds();
    if (m_error) return *m_error;
    if (m_report.numKept + m_report.numRendered < m_plan.size())
        m_report.outcome = JobOutcome::Cancelled;
    else
        VITRINE_CHECK(joinPieces());
    return m_report;
}

}  // namespace

Result<SceneJobReport> renderScenes(const SceneJobOptions& asked, const JobContext& context) {
    SceneJobOptions options = asked;
    std::ranges::move(familyChairs(int((std::size_t(options.numFamily) + kFamilyScenes - 1) / kFamilyScenes)),
                      std::back_inserter(options.chairs));
    if (options.numClasses != 2 && options.numClasses != 5)
        return Error{ErrorCode::InvalidArgument, "Scenes of chairs have 2 or 5 classes."};
    VITRINE_TRY(std::vector<ScenePlan> plan, planScenes(options));
    VITRINE_TRY(const SceneRenderer renderer,
                SceneRenderer::create(options.chairs, options.props, options.render));
    const fs::path folder = options.file.string() + ".parts";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return Error{
            ErrorCode::Io,
            "Cannot create " + folder.string() + ": " + error.message() + "; choose another folder."};
    VITRINE_TRY(
        const FolderLock lock,
        FolderLock::take(folder, options.file.string() + " is being made already; wait until that is done."));
    VITRINE_TRY(const SceneJobReport report,
                SceneJob(options, renderer, std::move(plan), context).run(folder));
    if (report.outcome == JobOutcome::Done) fs::remove_all(folder, error);
    return report;
}

std::filesystem::path defaultScenesFile(int size, int numClasses, bool isCentred) {
    const std::string classes = numClasses == 5 ? "" : fmt::format("-{}-classes", numClasses);
    return cacheFolder() /
           fmt::format("{}{}{}.vscenes", isCentred ? "scenes-centred-" : "scenes-", size, classes);
}

}  // namespace vitrine
