// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mesh_check.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/data/mesh.h"

namespace vitrine {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxCorners = 4096;  // of one face
constexpr std::size_t kMaxVertices = 20'000'000;
constexpr double kLargest = 1e12;  // coordinate

std::string_view asText(std::span<const std::byte> content) {
    return {reinterpret_cast<const char*>(content.data()), content.size()};
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    return text;
}

/// Takes the next word off the front of `line`; empty at its end.
std::string_view nextWord(std::string_view& line) {
    while (!line.empty() && isBlank(line.front())) line.remove_prefix(1);
    const std::size_t size = std::size_t(std::find_if(line.begin(), line.end(), isBlank) - line.begin());
    const std::string_view word = line.substr(0, size);
    line.remove_prefix(size);
    return word;
}

/// Calls `visit` with each line, as long as it returns true. A back slash at the end joins the next line.
template <class Visit>
void forEachLine(std::string_view text, Visit visit) {
    std::string joined;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool goesOn = !line.empty() && line.back() == '\\';
        if (goesOn) line.remove_suffix(1);
        if (goesOn || !joined.empty()) joined.append(line).push_back(' ');
        if (goesOn) continue;
        if (!visit(joined.empty() ? line : std::string_view(joined))) return;
        joined.clear();
    }
}

/// The counts and the first fault of an .obj.
class ObjChecker {
public:
    explicit ObjChecker(const std::string& name) : m_name(name) {}

    Status check(std::string_view text) {
        forEachLine(text, [this](std::string_view line) {
            ++m_line;
            m_status = checkLine(line);
            return m_status.ok();
        });
        if (!m_status) return m_status;
        // Faces may speak of corners that come after them, so this is known at the end only.
        for (int part = 0; part < 3; ++part)
            if (m_highest[part] > count(part))
                return Error{ErrorCode::BadFormat,
                             "The mesh " + m_name + " has a face with a corner that does not exist; export it again."};
        if (m_numTriangles == 0)
            return Error{ErrorCode::BadFormat,
                         "The mesh " + m_name + " has no faces, so there is nothing to show."};
        return {};
    }

private:
    std::size_t count(int part) const { return m_counts[std::size_t(part)]; }

    Error fault(ErrorCode code, const std::string& what) const {
        return {code, "The mesh " + m_name + " " + what + " (line " + std::to_string(m_line) + ")."};
    }

    Status checkLine(std::string_view line) {
        const std::string_view word = nextWord(line);
        if (word == "v") return checkNumbers(line, 0, 3);
        if (word == "vt") return checkNumbers(line, 1, 1);
        if (word == "vn") return checkNumbers(line, 2, 3);
        if (word == "f") return checkFace(line);
        return {};
    }

    Status checkNumbers(std::string_view line, int part, std::size_t least) {
        std::size_t numNumbers = 0;
        for (std::string_view word = nextWord(line); !word.empty(); word = nextWord(line), ++numNumbers) {
            if (word.front() == '+') word.remove_prefix(1);
            double number = 0;
            const auto [stop, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
            if (failure == std::errc::invalid_argument || stop != word.data() + word.size())
                return fault(ErrorCode::BadFormat, "has a line that should hold numbers and does not");
            const bool isTiny = failure == std::errc::result_out_of_range && std::abs(number) < 1;
            if (part == 0 && !isTiny && !(std::abs(number) <= kLargest))
                return fault(ErrorCode::NonFinite, "has a corner that is not a number; export it again");
        }
        if (numNumbers < least) return fault(ErrorCode::BadFormat, "has a line with too few numbers");
        if (++m_counts[part] > kMaxVertices)
            return fault(ErrorCode::Unsupported, "has too many corners; simplify it first");
        return {};
    }

    Status checkFace(std::string_view line) {
        std::size_t numCorners = 0;
        for (std::string_view word = nextWord(line); !word.empty(); word = nextWord(line)) {
            VITRINE_CHECK(checkCorner(word));
            if (++numCorners > kMaxCorners)
                return fault(ErrorCode::Unsupported, "has a face with too many corners");
        }
        if (numCorners >= 3) m_numTriangles += numCorners - 2;
        if (m_numTriangles > kMaxMeshTriangles)
            return fault(ErrorCode::Unsupported, "has more than 5 million triangles; simplify it first");
        return {};
    }

    /// position, position/uv, position//normal or position/uv/normal.
    Status checkCorner(std::string_view word) {
        for (int part = 0; part < 3; ++part) {
            const std::size_t size = std::min(word.find('/'), word.size());
            if (size > 0 || part == 0) VITRINE_CHECK(checkIndex(word.substr(0, size), part));
            if (size == word.size()) return {};
            word.remove_prefix(size + 1);
        }
        return fault(ErrorCode::BadFormat, "has a face that cannot be read");
    }

    Status checkIndex(std::string_view digits, int part) {
        long long index = 0;
        const auto [stop, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        const bool isNumber = failure == std::errc() && stop == digits.data() + digits.size();
        if (!isNumber && failure != std::errc::result_out_of_range)
            return fault(ErrorCode::BadFormat, "has a face that cannot be read");
        if (!isNumber || index == 0 || index < -static_cast<long long>(count(part)))
            return fault(ErrorCode::BadFormat, "has a face with a corner that does not exist; export it again");
        m_highest[part] = std::max(m_highest[part], std::size_t(std::max(index, 0ll)));
        return {};
    }

    const std::string& m_name;
    Status m_status;
    std::size_t m_line = 0, m_numTriangles = 0;
    std::array<std::size_t, 3> m_counts{}, m_highest{};  // positions, texture coordinates, normals
};

/// A glTF binary: header, JSON chunk, binary chunk; every range inside the one it is part of.
class GlbChecker {
public:
    explicit GlbChecker(const std::string& name) : m_name(name) {}

    Status check(std::span<const std::byte> content) {
        if (content.size() < 20 || std::memcmp(content.data(), "glTF", 4) != 0)
            return damaged("it is not a glTF file");
        if (word(content, 4) != 2)
            return Error{ErrorCode::Unsupported, "The mesh " + m_name + " is not glTF 2.0; export it again."};
        const std::size_t jsonSize = word(content, 12);
        if (word(content, 8) != content.size() || word(content, 16) != 0x4e4f534a ||
            jsonSize > content.size() - 20)
            return damaged("its sizes do not add up");
        if (content.size() - 20 - jsonSize >= 8) {
            m_binarySize = word(content, 20 + jsonSize);
            if (m_binarySize > content.size() - 28 - jsonSize) return damaged("its sizes do not add up");
        }
        m_json = Json::parse(asText(content.subspan(20, jsonSize)), nullptr, false);
        if (!m_json.is_object()) return damaged("its header cannot be read");
        VITRINE_CHECK(checkBuffers());
        VITRINE_CHECK(checkViews());
        VITRINE_CHECK(checkAccessors());
        return {};
    }

private:
    Error damaged(const std::string& why) const {
        return {ErrorCode::BadFormat, "The mesh " + m_name + " is damaged: " + why + "."};
    }
    static std::uint32_t word(std::span<const std::byte> content, std::size_t at) {
        std::uint32_t value = 0;
        std::memcpy(&value, content.data() + at, 4);
        return value;
    }
    const Json& list(const char* key) const {
        static const Json none = Json::array();
        const auto found = m_json.find(key);
        return found != m_json.end() && found->is_array() ? *found : none;
    }
    /// A count or offset of the file; what is no such number becomes too large for any range.
    static std::uint64_t size(const Json& object, const char* key, std::uint64_t otherwise = 0) {
        if (!object.is_object()) return ~std::uint64_t(0) >> 8;
        const auto found = object.find(key);
        if (found == object.end()) return otherwise;
        const bool isGood = found->is_number_unsigned() && *found < (std::uint64_t(1) << 40);
        return isGood ? found->get<std::uint64_t>() : ~std::uint64_t(0) >> 8;
    }

    Status checkBuffers() {
        const Json& buffers = list("buffers");
        if (buffers.size() > 1 || (buffers.size() == 1 && buffers[0].contains("uri")))
            return Error{ErrorCode::Unsupported,
                         "The mesh " + m_name + " keeps its data in other files; export it as one .glb."};
        if (buffers.size() == 1 && size(buffers[0], "byteLength") > m_binarySize)
            return damaged("its data is shorter than it says");
        for (const Json& image : list("images"))
            if (image.is_object() && image.contains("uri"))
                return Error{
                    ErrorCode::Unsupported,
                    "The mesh " + m_name + " keeps its textures in other files; export it as one .glb."};
        return {};
    }
    Status checkViews() const {
        for (const Json& view : list("bufferViews"))
            if (size(view, "byteOffset") + size(view, "byteLength", ~std::uint64_t(0) >> 8) > m_binarySize ||
                size(view, "buffer") != 0)
                return damaged("a part of it lies outside of its data");
        return {};
    }
    Status checkAccessors() const {
        static const std::map<int, std::uint64_t> componentBytes{
            {5120, 1}, {5121, 1}, {5122, 2}, {5123, 2}, {5125, 4}, {5126, 4}};
        static const std::map<std::string, std::uint64_t> numComponents{
            {"SCALAR", 1}, {"VEC2", 2}, {"VEC3", 3}, {"VEC4", 4}, {"MAT2", 4}, {"MAT3", 9}, {"MAT4", 16}};
        const Json& views = list("bufferViews");
        for (const Json& accessor : list("accessors")) {
            if (!accessor.is_object() || !accessor.value("componentType", Json()).is_number_integer() ||
                !accessor.value("type", Json()).is_string())
                return damaged("a list in it cannot be read");
            const auto bytes = componentBytes.find(accessor["componentType"].get<int>());
            const auto components = numComponents.find(accessor["type"].get<std::string>());
            const std::uint64_t count = size(accessor, "count");
            if (bytes == componentBytes.end() || components == numComponents.end() || count > kMaxVertices)
                return damaged("a list in it cannot be read");
            if (!accessor.contains("bufferView") || count == 0) continue;
            const std::uint64_t viewIndex = size(accessor, "bufferView");
            if (viewIndex >= views.size()) return damaged("a list in it points nowhere");
            const std::uint64_t element = bytes->second * components->second;
            const std::uint64_t stride = size(views[viewIndex], "byteStride", element);
            if (size(accessor, "byteOffset") + (count - 1) * stride + element >
                size(views[viewIndex], "byteLength"))
                return damaged("a list in it is longer than its data");
        }
        return {};
    }

    const std::string& m_name;
    Json m_json;
    std::uint64_t m_binarySize = 0;
};

bool endsWithoutCase(std::string_view name, std::string_view ending) {
    return name.size() >= ending.size() &&
           std::equal(
               ending.begin(), ending.end(), name.end() - std::ptrdiff_t(ending.size()), [](char a, char b) {
                   return a == std::tolower(static_cast<unsigned char>(b));
               });
}

}  // namespace

Status checkMeshFile(std::span<const std::byte> content, const std::string& name) {
    if (endsWithoutCase(name, ".obj")) return ObjChecker(name).check(asText(content));
    if (endsWithoutCase(name, ".glb")) return GlbChecker(name).check(content);
    return Error{ErrorCode::Unsupported,
                 "The mesh " + name + " is of a kind that is not read; save it as .obj or .glb."};
}

std::vector<std::string> materialFilesOfObj(std::span<const std::byte> content) {
    std::vector<std::string> files;
    forEachLine(asText(content), [&](std::string_view line) {
        if (nextWord(line) == "mtllib" && !trimmed(line).empty()) files.emplace_back(trimmed(line));
        return true;
    });
    return files;
}

std::vector<std::string> texturesOfMtl(std::span<const std::byte> content) {
    std::vector<std::string> files;
    forEachLine(asText(content), [&](std::string_view line) {
        const std::string_view word = nextWord(line);
        if (word != "map_Kd" && word != "map_d") return true;
        line = trimmed(line);
        // Options such as "-s 1 1 1" stand before the name.
        if (!line.empty() && line.front() == '-') line = line.substr(line.find_last_of(" \t") + 1);
        if (!line.empty()) files.emplace_back(line);
        return true;
    });
    return files;
}

}  // namespace vitrine
