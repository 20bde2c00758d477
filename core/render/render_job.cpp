// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/render_job.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/fields.h"
#include "core/data/rendered_chairs.h"
#include "core/data/training_views.h"
#include "core/io/atomic_file.h"
#include "core/io/folder_lock.h"
#include "core/io/png.h"
#include "core/jobs/threads.h"
#include "core/jobs/timed_progress.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr char kHiddenPrefix[] = ".partial-";

/// A folder that vanishes with everything in it unless it was moved into place.
class HiddenFolder {
public:
    explicit HiddenFolder(fs::path path) : m_path(std::move(path)) {}
    HiddenFolder(const HiddenFolder&) = delete;
    HiddenFolder& operator=(const HiddenFolder&) = delete;
    ~HiddenFolder() {
        std::error_code error;
        fs::remove_all(m_path, error);
    }
    const fs::path& path() const { return m_path; }
    Status create(const char* name) const {
        std::error_code error;
        fs::create_directories(m_path / name, error);
        if (!error) return {};
        return Error{ErrorCode::Io,
                     "Cannot create a folder in " + m_path.parent_path().string() + ": " + error.message() +
                         "; free some space or choose another folder."};
    }

private:
    fs::path m_path;
};

void removeLeftovers(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> leftovers;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().filename().string().starts_with(kHiddenPrefix)) leftovers.push_back(it->path());
    for (const fs::path& leftover : leftovers) fs::remove_all(leftover, error);
}

/// What the renders of a model depend on: when this changes they are made anew.
Json sourceOf(const ChairEntry& entry) {
    return {{"archive", textJson(entry.archive)},
            {"model", textJson(entry.model)},
            {"rotation", entry.rotation},
            {"turnDeg", entry.turnDeg},
            {"seatHeight", entry.seatHeight ? Json(*entry.seatHeight) : Json()}};
}

/// The text of chair.json: the source, and who is to be named for the pictures.
std::string descriptionOf(const ChairEntry& entry) {
    const Json json = {{"name", entry.name},
                       {"creator", entry.creator},
                       {"licence", entry.licence},
                       {"source", sourceOf(entry)}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

bool isComplete(const fs::path& model, const ChairEntry& entry) {
    const auto text = readTextFile(model / "chair.json");
    if (!text) return false;
    const Json old = Json::parse(*text, nullptr, false);
    // Through text on both sides, so that numbers compare as they are written.
    return old.is_object() &&
           old.value("source", Json()).dump() == Json::parse(sourceOf(entry).dump()).dump();
}

Json treeHeader(const RenderJobOptions& options) {
    return {{"size", options.render.size},
            {"samplesPerSide", options.render.samplesPerSide},
            {"randomViews", options.withRandomViews},
            {"styles", options.styleIds}};
}

/// Writes catalogue.json, or compares it: one tree holds renders of one size.
Status prepareTree(const RenderJobOptions& options) {
    const fs::path file = options.folder / "catalogue.json";
    const Json header = treeHeader(options);
    std::error_code error;
    if (fs::exists(file, error)) {
        VITRINE_TRY(const std::string text, readTextFile(file));
        const Json old = Json::parse(text, nullptr, false);
        const bool sameKind = old.is_object() && old.value("size", Json()) == header["size"] &&
                              old.value("samplesPerSide", Json()) == header["samplesPerSide"] &&
                              old.value("randomViews", Json(false)) == header["randomViews"];
        if (!sameKind)
            return Error{ErrorCode::InvalidArgument,
                         options.folder.string() +
                             " holds chairs rendered in another size, with other samples or from "
                             "other views; choose another folder or delete that one."};
        if (old == header) return {};
    }
    return writeFileAtomically(file, header.dump(1));
}

class RenderJob {
public:
    RenderJob(const RenderJobOptions& options, const JobContext& context)
        : m_options(options), m_context(context) {}

    Result<RenderJobReport> run();

private:
    void selectWork();
    void work();
    Status renderModel(const ChairEntry& entry);
    Status renderViews(const ChairModel& model, const ChairEntry& entry, const HiddenFolder& hidden);
    bool shouldStop() const { return m_failed || m_context.stop.stop_requested(); }
    void countView(const ChairEntry& entry);
    void countFailure(const ChairEntry& entry, const Error& error);

    const RenderJobOptions& m_options;
    const JobContext& m_context;
    std::vector<ViewName> viewsOf(const ChairEntry& entry) const {
        return m_options.withRandomViews ? trainingViewNames(entry.id, entry.index) : trainedViewNames();
    }
    std::vector<const ChairEntry*> m_work;
    std::size_t m_viewsToRender = 0;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_failed = false;
    TimedProgress m_progress{m_context};

    std::mutex m_mutex;  // guards what follows, and the caller's report function
    RenderJobReport m_report;
    std::optional<Error> m_error;
    std::size_t m_viewsDone = 0;
};

void RenderJob::selectWork() {
    for (const ChairEntry& entry : m_options.models) {
        if (!m_options.renderAgain && isComplete(m_options.folder / entry.id, entry))
            ++m_report.numSkipped;
        else
            m_work.push_back(&entry), m_viewsToRender += viewsOf(entry).size();
    }
}

void RenderJob::work() {
    for (;;) {
        const std::size_t at = m_next++;
        if (at >= m_work.size() || shouldStop()) return;
        Status status;
        try {
            status = renderModel(*m_work[at]);
        } catch (const std::bad_alloc&) {
            status =
                Error{ErrorCode::OutOfMemory,
                      "There is not enough memory to render; close other programs or use fewer threads."};
        } catch (const std::exception& exception) {
            status = Error{ErrorCode::Internal, "Rendering " + m_work[at]->id + " failed.", exception.what()};
        }
        if (status) continue;
        const std::scoped_lock lock(m_mutex);
        if (!m_error) m_error = status.error();
        m_failed = true;
    }
}

Status RenderJob::renderModel(const ChairEntry& entry) {
    const auto model = ChairModel::load(entry);
    if (!model) {
        countFailure(entry, model.error());
        return {};
    }
    const HiddenFolder hidden(m_options.folder / (kHiddenPrefix + entry.id));
    VITRINE_CHECK(hidden.create("renders"));
    VITRINE_CHECK(hidden.create("parts"));
    VITRINE_CHECK(renderViews(*model, entry, hidden));
    if (shouldStop()) return {};
    const std::string description = descriptionOf(entry);
    VITRINE_CHECK(writeFileUnsynced(hidden.path() / "chair.json", std::as_bytes(std::span(description))));
    VITRINE_CHECK(moveFolderIntoPlace(hidden.path(), m_options.folder / entry.id));
    const std::scoped_lock lock(m_mutex);
    ++m_report.numRendered;
    return {};
}

Status RenderJob::renderViews(const ChairModel& model, const ChairEntry& entry, const HiddenFolder& hidden) {
    for (const ViewName& name : viewsOf(entry)) {
        if (shouldStop()) return {};
        const ChairRender render = model.render(name.view, m_options.render);
        const std::string fileName = viewFileName(name);
        VITRINE_TRY(const auto picture, encodePng(unpremultiply(render.premultiplied)));
        VITRINE_TRY(const auto parts, encodePng(greyLevels(render.parts)));
        VITRINE_CHECK(writeFileUnsynced(hidden.path() / "renders" / fileName, picture));
        VITRINE_CHECK(writeFileUnsynced(hidden.path() / "parts" / fileName, parts));
        countView(entry);
    }
    return {};
}

void RenderJob::countView(const ChairEntry& entry) {
    const std::scoped_lock lock(m_mutex);
    ++m_report.numImages;
    ++m_viewsDone;
    m_progress.report(double(m_viewsDone) / double(m_viewsToRender), "rendering " + entry.id);
}

void RenderJob::countFailure(const ChairEntry& entry, const Error& error) {
    const std::scoped_lock lock(m_mutex);
    m_viewsDone += viewsOf(entry).size();
    m_report.failures.push_back({entry.id, error.message});
}

Result<RenderJobReport> RenderJob::run() {
    selectWork();
    m_progress = TimedProgress(m_context);
    runOnThreads(m_options.numThreads, m_work.size(), [this] { work(); });
    m_report.seconds = m_progress.seconds();
    if (m_error) return *m_error;
    const std::size_t finished = std::size_t(m_report.numRendered) + m_report.failures.size();
    if (finished < m_work.size()) m_report.outcome = JobOutcome::Cancelled;
    return m_report;
}

}  // namespace

Result<RenderJobReport> renderCatalogue(const RenderJobOptions& options, const JobContext& context) {
    std::error_code error;
    fs::create_directories(options.folder, error);
    if (error)
        return Error{
            ErrorCode::Io,
            "Cannot create " + options.folder.string() + ": " + error.message() + "; choose another folder."};
    VITRINE_TRY(const FolderLock lock,
                FolderLock::take(options.folder,
                                 "Chairs are being rendered into " + options.folder.string() +
                                     " already; wait until that is done."));
    removeLeftovers(options.folder);
    VITRINE_CHECK(prepareTree(options));
    return RenderJob(options, context).run();
}

}  // namespace vitrine
