// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/catalogue_json.h"

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
    const std::string number = "number " + std::to_string(position);
    ChairEntry entry;
    if (const auto fault = readFields(json, entry, bindEntry))
        return bad(entry.id.empty() ? number : "\"" + entry.id + "\"",
                   fault->name.empty() ? "id" : fault->name);
    return entry;
}

}  // namespace

Result<std::vector<ChairEntry>> readChairList(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxCatalogueBytes));
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("chairs") || !json["chairs"].is_array())
        return Error{ErrorCode::BadFormat,
                     "The catalogue " + file.string() + " is damaged: it holds no list of chairs."};
    std::vector<ChairEntry> entries;
    std::set<std::string> ids;
    for (const Json& item : json["chairs"]) {
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

Status writeChairList(const std::filesystem::path& file, std::span<const ChairEntry> entries) {
    Json list = Json::array();
    for (const ChairEntry& entry : entries) {
        Json item = writeFields(entry, bindEntry);
        item["index"] = list.size();
        list.push_back(std::move(item));
    }
    const Json json{{"format", "vitrine-chairs 1"}, {"chairs", list}};
    return writeFileAtomically(file, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace vitrine
