// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/catalogue_json.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "core/base/fields.h"
#include "core/data/rotation_field.h"
#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxCatalogueBytes = std::size_t(16) << 20;
constexpr std::array kTypes{"chair", "armchair", "stool", "bench", "sofa", "lounger"};

void bindEntry(FieldSet& fields, ChairEntry& entry) {
    fields.text("id", entry.id).required().filled();
    fields.integer("index", entry.index, {0, 99'999}).required();
    fields.text("name", entry.name).required().filled();
    fields.choice("type", entry.type, kTypes).required();
    fields.text("creator", entry.creator).required().filled();
    fields.text("licence", entry.licence).required().filled();
    fields.text("archive", entry.archive).required();
    fields.text("model", entry.model).required().filled();
    fields.value("rotation", entry.rotation, RotationField());
    fields.number("turnDeg", entry.turnDeg);
    fields.choice("split", entry.split, kSplitNames).required();
    fields.optional("seatHeight", entry.seatHeight, FieldRange{0, 1});
}

Result<ChairEntry> readEntry(const Json& json, std::size_t position, const std::filesystem::path& file) {
    const auto bad = [&](const std::string& id, const std::string& field) {
        return Error{ErrorCode::BadFormat,
                     "The catalogue " + file.string() + " has an entry " + id +
                         " with a missing or wrong field \"" + field + "\"."};
    };
    const std::string number = fmt::format("number {}", position);
    ChairEntry entry;
    if (const auto fault = readFields(json, entry, bindEntry))
        return bad(entry.id.empty() ? number : "\"" + entry.id + "\"",
                   fault->name.empty() ? "id" : fault->name);
    return entry;
}

Result<Json> readList(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxCatalogueBytes));
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("chairs") || !json["chairs"].is_array())
        return Error{ErrorCode::BadFormat,
                     "The catalogue " + file.string() + " is damaged: it holds no list of chairs."};
    return Json(json["chairs"]);
}

/// By its own id, or by its place.
std::string idOfDamaged(const Json& item, std::size_t position) {
    const bool hasId = item.is_object() && item.contains("id") && item["id"].is_string() && item["id"] != "";
    return hasId ? item["id"].get<std::string>() : fmt::format("damaged-{}", position);
}

}  // namespace

Result<std::vector<ChairEntry>> readChairList(const std::filesystem::path& file) {
    VITRINE_TRY(const Json list, readList(file));
    std::vector<ChairEntry> entries;
    std::set<std::string> ids;
    for (const Json& item : list) {
        VITRINE_TRY(ChairEntry entry, readEntry(item, entries.size(), file));
        const bool isNew = ids.insert(entry.id).second;
        if (!isNew || entry.index != int(entries.size()))
            return Error{ErrorCode::BadFormat,
                         "The catalogue " + file.string() + " has an entry \"" + entry.id +
                             "\" whose field \"" + (isNew ? "index" : "id") + "\" repeats or skips."};
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<SalvagedChairs> salvageChairList(const std::filesystem::path& file) {
    VITRINE_TRY(const Json list, readList(file));
    SalvagedChairs salvaged;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto entry = readEntry(list[i], i, file);
        std::string problem = entry ? std::string() : entry.error().message;
        if (entry && !ids.insert(entry->id).second)
            problem = "The catalogue " + file.string() + " has two entries \"" + entry->id + "\".";
        if (problem.empty()) {
            entry->index = int(salvaged.chairs.size());
            salvaged.chairs.push_back(std::move(entry).value());
            continue;
        }
        const std::string id = idOfDamaged(list[i], i);
        problem += " Mend it there, or take it off with: vitrine-cli data remove " + id;
        salvaged.damaged.push_back({id, std::move(problem), list[i].dump()});
    }
    return salvaged;
}

Status writeChairList(const std::filesystem::path& file,
                      std::span<const ChairEntry> entries,
                      std::span<const DamagedChair> damaged) {
    Json list = Json::array();
    for (const ChairEntry& entry : entries) {
        Json item = writeFields(entry, bindEntry);
        item["index"] = list.size();
        list.push_back(std::move(item));
    }
    for (const DamagedChair& chair : damaged) list.push_back(Json::parse(chair.json, nullptr, false));
    const Json json{{"format", "vitrine-chairs 1"}, {"chairs", list}};
    return writeFileAtomically(file, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace vitrine
