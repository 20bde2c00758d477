// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/chair_catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numeric>
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
        const bool isGood = found != m_json.end() && found->is_number_integer() && *found >= 0 && *found < 100'000;
        return isGood ? found->get<int>() : failed<int>(key);
    }
    float degrees(const char* key) {
        const auto found = m_json.find(key);
        if (found == m_json.end()) return 0;
        return found->is_number() && std::isfinite(found->get<double>()) ? found->get<float>() : failed<float>(key);
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
        const std::string name = text(key);
        if (name == "train") return Split::Train;
        if (name == "validation") return Split::Validation;
        return name == "test" ? Split::Test : failed<Split>(key);
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
                     "The catalogue " + file.string() + " has an entry " + id + " with a missing or wrong field \"" + field + "\"."};
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
    if (!reader.badField().empty()) return bad(entry.id.empty() ? number : "\"" + entry.id + "\"", reader.badField());
    return entry;
}

std::filesystem::path homeFolder() {
    const char* home = std::getenv("HOME");
    return home && *home ? std::filesystem::path(home) : std::filesystem::temp_directory_path();
}

std::filesystem::path userFolder(const char* own, const char* xdg, const char* fallback) {
    if (const char* folder = std::getenv(own); folder && *folder) return folder;
    if (const char* folder = std::getenv(xdg); folder && *folder) return std::filesystem::path(folder) / "vitrine";
    return homeFolder() / fallback / "vitrine";
}

/// Beside the installed program, else in the source tree.
std::filesystem::path sharedFolder(const char* name) {
    if (const char* folder = std::getenv("VITRINE_RESOURCES"); folder && *folder)
        return std::filesystem::path(folder).parent_path() / name;
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (!failure) {
        const auto installed = program.parent_path().parent_path() / "share" / "vitrine" / name;
        if (std::filesystem::is_directory(installed, failure)) return installed;
    }
    return std::filesystem::path(VITRINE_SOURCE_DIR) / name;
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::string nearestIds(const std::vector<ChairEntry>& entries, std::string_view wanted) {
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const ChairEntry& entry : entries) {
        const bool contains = entry.id.find(wanted) != std::string::npos;
        ranked.emplace_back(contains ? 0 : editDistance(wanted, entry.id), entry.id);
    }
    std::sort(ranked.begin(), ranked.end());
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, ranked.size()); ++i)
        text += (i ? ", " : "") + ranked[i].second;
    return text;
}

}  // namespace

Result<ChairCatalogue> ChairCatalogue::load(const std::filesystem::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file, kMaxCatalogueBytes));
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("chairs") || !json["chairs"].is_array() || json["chairs"].empty())
        return Error{ErrorCode::BadFormat, "The catalogue " + file.string() + " is damaged: it holds no list of chairs."};
    ChairCatalogue catalogue;
    std::set<std::string> ids;
    for (const Json& item : json["chairs"]) {
        VITRINE_TRY(ChairEntry entry, readEntry(item, catalogue.m_entries.size(), file));
        if (!ids.insert(entry.id).second || entry.index != int(catalogue.m_entries.size()))
            return Error{ErrorCode::BadFormat,
                         "The catalogue " + file.string() + " has an entry \"" + entry.id + "\" whose field \"" +
                             (entry.index != int(catalogue.m_entries.size()) ? "index" : "id") + "\" repeats or skips."};
        catalogue.m_entries.push_back(std::move(entry));
    }
    catalogue.m_numInBox = int(catalogue.m_entries.size());
    return catalogue;
}

Result<ChairCatalogue> ChairCatalogue::loadDefault() { return load(resourceFolder() / "chairs.json"); }

Result<const ChairEntry*> ChairCatalogue::find(std::string_view idOrIndex) const {
    for (const ChairEntry& entry : m_entries)
        if (entry.id == idOrIndex) return &entry;
    int index = 0;
    const char* end = idOrIndex.data() + idOrIndex.size();
    const auto [stop, fault] = std::from_chars(idOrIndex.data(), end, index);
    if (fault == std::errc() && stop == end && index >= 0 && index < int(m_entries.size())) return &m_entries[index];
    return Error{ErrorCode::NotFound,
                 "There is no chair \"" + std::string(idOrIndex) + "\"; the nearest names are " +
                     nearestIds(m_entries, idOrIndex) + "."};
}

std::filesystem::path resourceFolder() { return sharedFolder("resources"); }
std::filesystem::path modelFolder() { return sharedFolder("models"); }
std::filesystem::path cacheFolder() { return userFolder("VITRINE_CACHE", "XDG_CACHE_HOME", ".cache"); }
std::filesystem::path dataFolder() { return userFolder("VITRINE_DATA", "XDG_DATA_HOME", ".local/share"); }

}  // namespace vitrine
