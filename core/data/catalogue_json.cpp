// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/catalogue_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxCatalogueBytes = std::size_t(16) << 20;
const std::set<std::string> kTypes{"chair", "armchair", "stool", "bench", "sofa", "lounger"};

/// Reads one entry and remembers the first field that is wrong.
class EntryReader {
public:
    explicit EntryReader(const Json& json) : m_json(json) {}

    std::string text(const char* key, bool mayBeEmpty = false) {
        const auto found = m_json.find(key);
        const bool isGood = found != m_json.end() && found->is_string() &&
                            (mayBeEmpty || !found->get_ref<const std::string&>().empty());
        return isGood ? found->get<std::string>() : failed<std::string>(key);
    }
    int index(const char* key) {
        const auto found = m_json.find(key);
        const bool isGood =
            found != m_json.end() && found->is_number_integer() && *found >= 0 && *found < 100'000;
        return isGood ? found->get<int>() : failed<int>(key);
    }
    float degrees(const char* key) {
        const auto found = m_json.find(key);
        if (found == m_json.end()) return 0;
        return found->is_number() && std::isfinite(found->get<double>()) ? found->get<float>()
                                                                         : failed<float>(key);
    }
    std::optional<float> optionalFraction(const char* key) {
        const auto found = m_json.find(key);
        if (found == m_json.end()) return {};
        const bool isGood = found->is_number() && *found >= 0 && *found <= 1;
        return isGood ? found->get<float>() : failed<float>(key);
    }
    std::vector<float> rotation(const char* key) {
        const auto found = m_json.find(key);
        if (found == m_json.end()) return {};
        if (!found->is_array() || found->size() != 9) return failed<std::vector<float>>(key);
        std::vector<float> numbers;
        for (const Json& number : *found) {
            if (!number.is_number() || !(std::abs(number.get<double>()) <= 1.001))
                return failed<std::vector<float>>(key);
            numbers.push_back(number.get<float>());
        }
        return numbers;
    }
    Split split(const char* key) {
        const auto split = splitFromName(text(key));
        return split ? *split : failed<Split>(key);
    }
    template <class T>
    T failed(const char* key) {
        if (m_badField.empty()) m_badField = key;
        return {};
    }
    const std::string& badField() const { return m_badField; }

private:
    const Json& m_json;
    std::string m_badField;
};

Result<ChairEntry> readEntry(const Json& json, std::size_t position, const std::filesystem::path& file) {
    const auto bad = [&](const std::string& id, const std::string& field) {
        return Error{ErrorCode::BadFormat,
                     "The catalogue " + file.string() + " has an entry " + id +
                         " with a missing or wrong field \"" + field + "\"."};
    };
    const std::string number = "number " + std::to_string(position);
    if (!json.is_object()) return bad(number, "id");
    EntryReader reader(json);
    ChairEntry entry;
    entry.id = reader.text("id");
    entry.index = reader.index("index");
    entry.name = reader.text("name");
    entry.type = reader.text("type");
    if (!kTypes.contains(entry.type)) reader.failed<int>("type");
    entry.creator = reader.text("creator");
    entry.licence = reader.text("licence");
    entry.archive = reader.text("archive", true);
    entry.model = reader.text("model");
    entry.rotation = reader.rotation("rotation");
    entry.turnDeg = reader.degrees("turnDeg");
    entry.split = reader.split("split");
    entry.seatHeight = reader.optionalFraction("seatHeight");
    if (!reader.badField().empty())
        return bad(entry.id.empty() ? number : "\"" + entry.id + "\"", reader.badField());
    return entry;
}

Json toJson(const ChairEntry& entry, std::size_t index) {
    Json json{{"id", entry.id},
              {"index", index},
              {"name", entry.name},
              {"type", entry.type},
              {"creator", entry.creator},
              {"licence", entry.licence},
              {"archive", entry.archive},
              {"model", entry.model},
              {"turnDeg", entry.turnDeg},
              {"split", nameOf(entry.split)}};
    if (!entry.rotation.empty()) json["rotation"] = entry.rotation;
    if (entry.seatHeight) json["seatHeight"] = *entry.seatHeight;
    return json;
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
    for (const ChairEntry& entry : entries) list.push_back(toJson(entry, list.size()));
    const Json json{{"format", "vitrine-chairs 1"}, {"chairs", list}};
    return writeFileAtomically(file, json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace vitrine
