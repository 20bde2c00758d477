// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/check_chairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "core/data/training_views.h"
#include "core/io/image_file.h"
#include "core/jobs/timed_progress.h"

namespace vitrine {
namespace {

using ViewKey = std::pair<int, int>;  // elevation, azimuth: whole degrees

ViewKey keyOf(const ChairView& view) {
    return {int(view.elevationDeg), int(view.azimuthDeg)};
}

/// The views that each model of a grid should have, by the index that their names should carry.
std::vector<ViewName> expectedGrid(const RenderedChairs& chairs) {
    std::set<ViewKey> found, grid;
    for (const RenderedModel& model : chairs.models)
        for (const RenderedView& view : model.views) found.insert(keyOf(view.name.view));
    for (const ViewName& name : trainedViewNames()) grid.insert(keyOf(name.view));
    if (std::includes(grid.begin(), grid.end(), found.begin(), found.end())) return trainedViewNames();
    std::vector<ViewName> names;
    for (const auto& [elevation, azimuth] : found)
        names.push_back({int(names.size()), {float(azimuth), float(elevation)}});
    return names;
}

struct Picture {
    int width = 0, height = 0;
    bool hasAlpha = false;
    bool operator==(const Picture&) const = default;
};

class Checker {
public:
    Checker(const RenderedChairs& chairs, const JobContext& context)
        : m_chairs(chairs),
          m_context(context),
          m_grid(expectedGrid(chairs)),
          m_faults(chairs.models.size()) {}
    ChairsCheck run(std::size_t numThreads);

private:
    void work();
    void checkModel(std::size_t at);
    void checkPresence(const RenderedModel& model, ModelFaults& faults) const;
    Picture checkPictures(const RenderedModel& model, ModelFaults& faults) const;
    void report();

    const RenderedChairs& m_chairs;
    const JobContext& m_context;
    std::vector<ViewName> expectedViews(const RenderedModel& model) const {
        return m_chairs.hasRandomViews ? trainingViewNames(model.id, model.styleIndex) : m_grid;
    }
    const std::vector<ViewName> m_grid;
    std::vector<ModelFaults> m_faults;  // one a model; each is written by one thread
    std::atomic<std::size_t> m_next = 0;
    const TimedProgress m_progress{m_context};
    std::mutex m_mutex;  // guards what follows, and the caller's report function
    std::size_t m_done = 0;
    Picture m_first;
};

void Checker::checkPresence(const RenderedModel& model, ModelFaults& faults) const {
    std::error_code error;
    for (const ViewName& expected : expectedViews(model)) {
        const auto at = std::find_if(model.views.begin(), model.views.end(), [&](const auto& view) {
            return keyOf(view.name.view) == keyOf(expected.view);
        });
        if (at == model.views.end())
            faults.missingViews.push_back(viewFileName(expected));
        else if (m_chairs.isOurs &&
                 !std::filesystem::exists(model.folder / "parts" / at->file.filename(), error))
            faults.missingParts.push_back(at->file.filename().string());
    }
}

Picture Checker::checkPictures(const RenderedModel& model, ModelFaults& faults) const {
    Picture first;
    for (const RenderedView& view : model.views) {
        const auto image = readImage(view.file);
        if (!image) {
            faults.unreadable.push_back({view.file.filename().string(), image.error().message});
            continue;
        }
        const Picture picture{image->width, image->height, image->channels == 4};
        if (first.width == 0) first = picture;
        if (!(picture == first))
            faults.unreadable.push_back(
                {view.file.filename().string(), "It has another size or kind than the first view."});
    }
    return first;
}

void Checker::checkModel(std::size_t at) {
    const RenderedModel& model = m_chairs.models[at];
    ModelFaults& faults = m_faults[at];
    faults.id = model.id;
    faults.unexpectedFiles = model.unexpectedFiles;
    checkPresence(model, faults);
    const Picture picture = checkPictures(model, faults);
    const std::scoped_lock lock(m_mutex);
    if (at == 0) m_first = picture;
    ++m_done;
    report();
}

void Checker::report() {
    m_progress.report(double(m_done) / double(m_chairs.models.size()),
                      fmt::format("checking chair {} of {}", m_done, m_chairs.models.size()));
}

void Checker::work() {
    for (;;) {
        const std::size_t at = m_next++;
        if (at >= m_chairs.models.size() || m_context.stop.stop_requested()) return;
        checkModel(at);
    }
}

ChairsCheck Checker::run(std::size_t numThreads) {
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < numThreads; ++i) threads.emplace_back([this] { work(); });
    }
    ChairsCheck check;
    if (m_done < m_chairs.models.size()) check.outcome = JobOutcome::Cancelled;
    check.numModels = m_chairs.models.size();
    for (const RenderedModel& model : m_chairs.models)
        check.numViewsExpected = std::max(check.numViewsExpected, expectedViews(model).size());
    check.width = m_first.width;
    check.height = m_first.height;
    check.hasAlpha = m_first.hasAlpha;
    for (const RenderedModel& model : m_chairs.models) check.numViews += model.views.size();
    for (ModelFaults& faults : m_faults)
        if (faults.any()) check.faults.push_back(std::move(faults));
    check.numComplete = m_done - check.faults.size();
    std::vector<bool> rendered(m_chairs.styleIds.size());
    for (const RenderedModel& model : m_chairs.models) rendered[std::size_t(model.styleIndex)] = true;
    for (std::size_t i = 0; i < rendered.size(); ++i)
        if (!rendered[i]) check.modelsWithoutRenders.push_back(m_chairs.styleIds[i]);
    return check;
}

}  // namespace

bool ModelFaults::any() const {
    return !missingViews.empty() || !missingParts.empty() || !unreadable.empty() || !unexpectedFiles.empty();
}

ChairsCheck checkRenderedChairs(const RenderedChairs& chairs, const JobContext& context, int numThreads) {
    const std::size_t wanted =
        numThreads > 0 ? std::size_t(numThreads) : std::max(1u, std::thread::hardware_concurrency());
    return Checker(chairs, context).run(std::min(wanted, chairs.models.size()));
}

}  // namespace vitrine
