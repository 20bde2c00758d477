// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rendered_chairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/folders.h"
#include "core/io/atomic_file.h"
#include "core/io/image_file.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

/// Takes `prefix` and the whole number after it off the front of `text`.
std::optional<int> takeNumber(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() || text.front() == '-' || value > 9999)
        return std::nullopt;
    text.remove_prefix(std::size_t(end - text.data()));
    return value;
}

std::vector<fs::path> sortedEntries(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (!it->path().filename().string().starts_with('.')) entries.push_back(it->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

RenderedModel listModel(const fs::path& folder) {
    RenderedModel model;
    model.id = folder.filename().string();
    model.folder = folder;
    for (const fs::path& file : sortedEntries(folder / "renders")) {
        const std::string name = file.filename().string();
        if (const auto parsed = parseViewName(name))
            model.views.push_back({*parsed, file});
        else
            model.unexpectedFiles.push_back(name);
    }
    std::stable_sort(model.views.begin(), model.views.end(), [](const auto& a, const auto& b) {
        return a.name.index < b.name.index;
    });
    return model;
}

std::vector<RenderedModel> listModels(const fs::path& root) {
    std::vector<RenderedModel> models;
    std::error_code error;
    for (const fs::path& folder : sortedEntries(root))
        if (fs::is_directory(folder / "renders", error)) models.push_back(listModel(folder));
    return models;
}

/// The archive unpacks into a folder of its own; people give either.
fs::path findRoot(const fs::path& folder) {
    std::error_code error;
    const fs::path inner = folder / "rendered_chairs";
    return fs::is_directory(inner, error) && listModels(folder).empty() ? inner : folder;
}

Status readCatalogue(const fs::path& file, RenderedChairs& chairs) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const Error damaged{ErrorCode::BadFormat, file.string() + " is damaged; render the chairs again."};
    if (!json.is_object() || !json.contains("styles") || !json["styles"].is_array()) return damaged;
    for (const auto& id : json["styles"]) {
        if (!id.is_string()) return damaged;
        chairs.styleIds.push_back(id.get<std::string>());
    }
    chairs.hasRandomViews = json.value("randomViews", nlohmann::json()) == true;
    return {};
}

/// Class indices are those of the catalogue that was rendered; folders that it does not name are left out.
void orderByCatalogue(RenderedChairs& chairs) {
    std::vector<RenderedModel> known;
    for (RenderedModel& model : chairs.models) {
        const auto at = std::find(chairs.styleIds.begin(), chairs.styleIds.end(), model.id);
        if (at == chairs.styleIds.end()) continue;
        model.styleIndex = int(at - chairs.styleIds.begin());
        known.push_back(std::move(model));
    }
    std::sort(
        known.begin(), known.end(), [](const auto& a, const auto& b) { return a.styleIndex < b.styleIndex; });
    chairs.models = std::move(known);
}

Status select809(std::vector<RenderedModel>& models) {
    VITRINE_TRY(const auto kept, reducedSelection());
    if (models.size() != 1393)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("The selection of 809 chairs fits the original archive of 1393 models only; "
                                 "this folder holds {}.",
                                 models.size())};
    std::vector<RenderedModel> selected;
    for (const int position : kept) selected.push_back(std::move(models[std::size_t(position)]));
    models = std::move(selected);
    return {};
}

}  // namespace

std::optional<ViewName> parseViewName(std::string_view fileName) {
    const auto index = takeNumber(fileName, "image_");
    if (!index) return std::nullopt;
    const auto elevation = takeNumber(fileName, "_p");
    if (!elevation) return std::nullopt;
    const auto azimuth = takeNumber(fileName, "_t");
    if (!azimuth || *azimuth >= 360 || *elevation > 90) return std::nullopt;
    const auto distance = takeNumber(fileName, "_r");
    if (!distance || fileName != ".png") return std::nullopt;
    return ViewName{*index, {float(*azimuth), float(*elevation)}};
}

std::string viewFileName(const ViewName& name) {
    return fmt::format("image_{:03}_p{:03}_t{:03}_r096.png",
                       name.index,
                       std::lround(name.view.elevationDeg),
                       std::lround(name.view.azimuthDeg));
}

std::vector<ViewName> trainedViewNames() {
    std::vector<ViewName> names;
    for (const float elevation : trainedElevationsDeg())
        for (const float azimuth : trainedAzimuthsDeg())
            names.push_back({int(names.size()), {azimuth, elevation}});
    return names;
}

Result<RenderedChairs> RenderedChairs::open(const fs::path& folder, ModelSelection selection) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return Error{
            ErrorCode::NotFound,
            "There is no folder " + folder.string() + "; render the chairs first or check the name."};
    RenderedChairs chairs;
    chairs.root = findRoot(folder);
    chairs.models = listModels(chairs.root);
    if (chairs.models.empty())
        return Error{ErrorCode::BadFormat,
                     folder.string() +
                         " holds no rendered chairs (<model>/renders/image_*.png); "
                         "render the chairs first or choose another folder."};
    if (selection == ModelSelection::Reduced809) VITRINE_CHECK(select809(chairs.models));
    const fs::path catalogue = chairs.root / "catalogue.json";
    chairs.isOurs = fs::exists(catalogue, error);
    if (chairs.isOurs) {
        VITRINE_CHECK(readCatalogue(catalogue, chairs));
        orderByCatalogue(chairs);
        return chairs;
    }
    for (RenderedModel& model : chairs.models) {
        model.styleIndex = int(chairs.styleIds.size());
        chairs.styleIds.push_back(model.id);
    }
    return chairs;
}

Result<std::vector<int>> reducedSelection() {
    const fs::path file = resourceFolder() / "rendered_chairs_809.txt";
    VITRINE_TRY(const std::string text, readTextFile(file));
    std::vector<int> positions;
    std::string_view rest = text;
    while (!rest.empty()) {
        if (rest.front() == ',' || rest.front() == '\n') {
            rest.remove_prefix(1);
            continue;
        }
        const auto first = takeNumber(rest, "");
        const auto last = rest.starts_with('-') ? takeNumber(rest, "-") : first;
        if (!first || !last || *last < *first)
            return Error{ErrorCode::BadFormat, file.string() + " is damaged; install the program again."};
        for (int number = *first; number <= *last; ++number) positions.push_back(number - 1);
    }
    return positions;
}

}  // namespace vitrine
