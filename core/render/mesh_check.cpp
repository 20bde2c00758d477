// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/mesh_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>

#include "core/render/glb_file.h"
#include "core/render/mesh.h"
#include "core/render/obj_lines.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxCorners = 4096;  // of one face
constexpr std::size_t kMaxVertices = 20'000'000;
constexpr double kLargest = 1e12;  // coordinate

std::string_view asText(std::span<const std::byte> content) {
    return {reinterpret_cast<const char*>(content.data()), content.size()};
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
                return Error{
                    ErrorCode::BadFormat,
                    "The mesh " + m_name + " has a face with a corner that does not exist; export it again."};
        if (m_numTriangles == 0)
            return Error{ErrorCode::BadFormat,
                         "The mesh " + m_name + " has no faces, so there is nothing to show."};
        return {};
    }

private:
    std::size_t count(int part) const { return m_counts[std::size_t(part)]; }

    Error fault(ErrorCode code, const std::string& what) const {
        return {code, fmt::format("The mesh {} {} (line {}).", m_name, what, m_line)};
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
                return fault(ErrorCode::BadFormat,
                             word.find(',') == word.npos
                                 ? "has a line that should hold numbers and does not"
                                 : "has decimal commas; export it with decimal points");
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
            return fault(ErrorCode::BadFormat,
                         "has a face with a corner that does not exist; export it again");
        m_highest[part] = std::max(m_highest[part], std::size_t(std::max(index, 0ll)));
        return {};
    }

    const std::string& m_name;
    Status m_status;
    std::size_t m_line = 0, m_numTriangles = 0;
    std::array<std::size_t, 3> m_counts{}, m_highest{};  // positions, texture coordinates, normals
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
    if (endsWithoutCase(name, ".obj")) {
        const std::string_view text = asText(content);
        if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
            return Error{ErrorCode::Unsupported,
                         "The mesh " + name + " is text in UTF-16; save it as UTF-8."};
        return ObjChecker(name).check(withoutByteOrderMark(text));
    }
    if (endsWithoutCase(name, ".glb")) return checkGlb(content, name);
    return Error{ErrorCode::Unsupported,
                 "The mesh " + name + " is of a kind that is not read; save it as .obj or .glb."};
}

}  // namespace vitrine
