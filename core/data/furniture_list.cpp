// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/furniture_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>

#include "core/base/utf8.h"

namespace vitrine {
namespace {

using Properties = std::map<std::string, std::string>;

void appendUtf8(std::string& text, unsigned code) {
    if (code < 0x80) {
        text += char(code);
    } else if (code < 0x800) {
        text += char(0xc0 | code >> 6);
        text += char(0x80 | (code & 0x3f));
    } else {
        text += char(0xe0 | code >> 12);
        text += char(0x80 | (code >> 6 & 0x3f));
        text += char(0x80 | (code & 0x3f));
    }
}

/// Without the escapes of property files. Surrogates, which no name needs, become '?'.
std::string unescaped(std::string_view raw) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 == raw.size()) {
            text += raw[i];
            continue;
        }
        const char kind = raw[++i];
        unsigned code = 0;
        if (kind == 'u' && i + 4 < raw.size() &&
            std::from_chars(raw.data() + i + 1, raw.data() + i + 5, code, 16).ptr == raw.data() + i + 5) {
            appendUtf8(text, code >= 0xd800 && code < 0xe000 ? '?' : code);
            i += 4;
        } else {
            text += kind == 't' || kind == 'n' || kind == 'r' || kind == 'f' ? ' ' : kind;
        }
    }
    return text;
}

bool isSpace(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

std::string_view trimmedFront(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    return text;
}

void addProperty(std::string_view line, Properties& properties) {
    line = trimmedFront(line);
    if (line.empty() || line.front() == '#' || line.front() == '!') return;
    const std::size_t end = std::min(line.find_first_of("=:"), line.size());
    std::string_view key = line.substr(0, end);
    while (!key.empty() && isSpace(key.back())) key.remove_suffix(1);
    std::string_view value = end < line.size() ? trimmedFront(line.substr(end + 1)) : std::string_view();
    while (!value.empty() && isSpace(value.back())) value.remove_suffix(1);
    properties.insert_or_assign(std::string(key), unescaped(value));
}

/// ISO-8859-1 is how Java writes them up to 8, UTF-8 from 9 on.
Properties parseProperties(std::string_view bytes) {
    const std::string utf8 = fileTextAsUtf8(bytes);
    std::string_view text = utf8;
    Properties properties;
    std::string joined;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t numSlashes = line.size() - (line.find_last_not_of('\\') + 1);
        joined += numSlashes % 2 ? line.substr(0, line.size() - 1) : line;
        if (numSlashes % 2) continue;
        addProperty(joined, properties);
        joined.clear();
    }
    return properties;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = char(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

bool holdsAny(const std::string& text, std::initializer_list<const char*> words) {
    return std::any_of(
        words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

std::vector<float> parseNumbers(const std::string& text) {
    std::vector<float> numbers;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        while (at < end && isSpace(*at)) ++at;
        float number = 0;
        const auto [stop, failure] = std::from_chars(at, end, number);
        if (failure != std::errc() || !std::isfinite(number)) break;
        numbers.push_back(number);
        at = stop;
    }
    return numbers;
}

/// The pieces are numbered, mostly from 1 on and mostly without holes.
class PieceReader {
public:
    PieceReader(const Properties& properties, std::string number)
        : m_properties(properties), m_number(std::move(number)) {}

    FurniturePiece read() const {
        FurniturePiece piece;
        ChairEntry& entry = piece.entry;
        entry.name = value("name");
        entry.creator = value("creator");
        entry.licence = value("license");
        if (entry.licence.empty()) entry.licence = common("license");
        entry.model = value("model");
        while (entry.model.starts_with('/')) entry.model.erase(0, 1);
        entry.type = chairTypeOf(entry.name);
        entry.rotation = rotation();
        const auto height = parseNumbers(value("height")), top = parseNumbers(value("dropOnTopElevation"));
        if (height.size() == 1 && top.size() == 1 && top[0] > 0 && top[0] <= height[0])
            entry.seatHeight = top[0] / height[0];
        piece.isSeat =
            holdsAny(lowered(entry.name + " " + value("tags") + " " + value("category")),
                     {"chair", "seat", "stool", "bench", "sofa", "couch", "lounger", "settee", "pouf"});
        return piece;
    }

private:
    std::string common(const std::string& key) const {
        const auto found = m_properties.find(key);
        return found == m_properties.end() ? std::string() : found->second;
    }
    std::string value(const std::string& key) const { return common(key + "#" + m_number); }
    std::vector<float> rotation() const {
        std::vector<float> numbers = parseNumbers(value("modelRotation"));
        const bool isRotation =
            numbers.size() == 9 && std::all_of(numbers.begin(), numbers.end(), [](float number) {
                return std::abs(number) <= 1.001f;
            });
        return isRotation ? numbers : std::vector<float>();
    }

    const Properties& m_properties;
    const std::string m_number;
};

}  // namespace

std::string chairTypeOf(std::string_view name) {
    const std::string text = lowered(name);
    if (holdsAny(text, {"stool", "pouf"})) return "stool";
    if (holdsAny(text, {"bench"})) return "bench";
    if (holdsAny(text, {"sofa", "couch", "settee"})) return "sofa";
    if (holdsAny(text, {"lounge", "deck"})) return "lounger";
    return holdsAny(text, {"armchair"}) ? "armchair" : "chair";
}

Result<std::vector<FurniturePiece>> parseFurnitureList(std::string_view text,
                                                       const std::string& nameForMessages) {
    const Properties properties = parseProperties(text);
    std::map<long, FurniturePiece> pieces;
    for (const auto& [key, model] : properties) {
        constexpr std::string_view kPrefix = "model#";
        if (!key.starts_with(kPrefix) || model.empty()) continue;
        const std::string number = key.substr(kPrefix.size());
        long order = 0;
        const auto [stop, failure] = std::from_chars(number.data(), number.data() + number.size(), order);
        if (failure == std::errc() && stop == number.data() + number.size())
            pieces.emplace(order, PieceReader(properties, number).read());
    }
    if (pieces.empty())
        return Error{ErrorCode::BadFormat, "The archive " + nameForMessages + " lists no furniture."};
    std::vector<FurniturePiece> result;
    for (auto& [order, piece] : pieces) result.push_back(std::move(piece));
    return result;
}

}  // namespace vitrine
