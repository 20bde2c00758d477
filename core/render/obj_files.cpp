// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/obj_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "core/render/mesh.h"
#include "core/render/obj_lines.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxObjWarnings = 20;

using ObjPoint = std::array<double, 3>;

std::string_view objText(std::span<const std::byte> content) {
    return withoutByteOrderMark({reinterpret_cast<const char*>(content.data()), content.size()});
}

std::string lowerOf(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = char(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

std::optional<double> decimalOf(std::string_view word) {
    if (word.starts_with('+')) word.remove_prefix(1);
    double number = 0;
    const auto [stop, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool isNumber =
        failure == std::errc() && stop == word.data() + word.size() && std::isfinite(number);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// With a decimal point in every locale.
std::string digitsOf(double number) {
    char digits[40];
    return {std::begin(digits), std::to_chars(std::begin(digits), std::end(digits), number).ptr};
}

/// Takes the point off the front of what follows "v".
std::optional<ObjPoint> nextPoint(std::string_view& line) {
    ObjPoint point;
    for (double& value : point) {
        const std::string_view word = nextWord(line);
        // What is too small for a double is none, too large was refused before.
        value = decimalOf(word).value_or(0);
        if (word.empty()) return std::nullopt;
    }
    return point;
}

std::string_view withoutQuotes(std::string_view name) {
    const bool isQuoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
    return isQuoted ? name.substr(1, name.size() - 2) : name;
}

/// The name behind the options of a map, e.g. "-s 1 1 1 my wood.png". A last word is never an option's.
std::string_view withoutOptions(std::string_view arguments) {
    static const std::map<std::string, int> kMaxValues{{"-blendu", 1},
                                                       {"-blendv", 1},
                                                       {"-cc", 1},
                                                       {"-clamp", 1},
                                                       {"-imfchan", 1},
                                                       {"-type", 1},
                                                       {"-boost", 1},
                                                       {"-bm", 1},
                                                       {"-mm", 2},
                                                       {"-o", 3},
                                                       {"-s", 3},
                                                       {"-t", 3},
                                                       {"-texres", 1}};
    static const std::set<std::string> kOfWords{"-blendu", "-blendv", "-cc", "-clamp", "-imfchan", "-type"};
    std::string_view name = trimmed(arguments);
    while (name.starts_with('-')) {
        std::string_view rest = name;
        const std::string option = lowerOf(nextWord(rest));
        const auto known = kMaxValues.find(option);
        if (known == kMaxValues.end()) break;
        for (int i = 0; i < known->second; ++i) {
            std::string_view after = rest;
            const std::string_view value = nextWord(after);
            if (trimmed(after).empty() || (!kOfWords.contains(option) && !decimalOf(value))) break;
            rest = after;
        }
        name = trimmed(rest);
    }
    return withoutQuotes(name);
}

std::string folderPartOf(const std::string& name) {
    return name.substr(0, name.rfind('/') + 1);
}

class ObjReader {
public:
    ObjReader(AssetSource& source, const std::string& name)
        : m_source(source), m_name(name), m_folder(folderPartOf(name)) {}

    Result<ObjFiles> read() {
        VITRINE_TRY(const std::vector<std::byte> content, m_source.read(m_name));
        for (const std::string& file : materialFilesOfObj(content)) VITRINE_CHECK(readMaterialFiles(file));
        measure(objText(content));
        rewrite(objText(content));
        return std::move(m_files);
    }

private:
    void warn(const std::string& sentence) {
        if (m_files.warnings.size() < kMaxObjWarnings && m_warned.insert(sentence).second)
            m_files.warnings.push_back(sentence);
    }

    /// The name of a file in the source, forgiving folders of another machine; empty: there is none.
    std::string find(std::string_view written, const std::string& folder) const {
        std::string name(withoutQuotes(trimmed(written)));
        std::ranges::replace(name, '\\', '/');
        const std::string last = name.substr(name.rfind('/') + 1);
        for (const std::string& place : {folder, m_folder})
            for (const std::string& candidate : {name, last})
                if (std::string real = m_source.resolve(place + candidate);
                    !candidate.empty() && !real.empty())
                    return real;
        return {};
    }

    std::string placesText(const std::string& folder) const {
        const std::string mesh = m_source.placeOf(m_folder);
        return folder == m_folder ? mesh : m_source.placeOf(folder) + " and " + mesh;
    }

    // ---- materials

    /// One file with blanks in its name, or several files.
    Status readMaterialFiles(const std::string& written) {
        const std::string real = find(written, m_folder);
        if (!real.empty()) return readMaterials(real);
        std::vector<std::string> several;
        std::string_view rest = written;
        for (std::string_view word = nextWord(rest); !word.empty(); word = nextWord(rest))
            several.push_back(find(word, m_folder));
        if (several.size() > 1 && std::ranges::count(several, std::string()) == 0) {
            for (const std::string& file : several) VITRINE_CHECK(readMaterials(file));
            return {};
        }
        const std::string base = m_name.substr(m_folder.size());
        const std::string likeMesh = find(base.substr(0, base.rfind('.')) + ".mtl", m_folder);
        warn("The material file " + written + " of " + base + " is not there (looked for in " +
             placesText(m_folder) + "); " +
             (likeMesh.empty() ? "its materials are shown in grey." : likeMesh + " is used instead."));
        return likeMesh.empty() ? Status() : readMaterials(likeMesh);
    }

    Status readMaterials(const std::string& file) {
        if (std::ranges::find(m_files.used, file) != m_files.used.end()) return {};
        VITRINE_TRY(const std::vector<std::byte> content, m_source.read(file));
        m_files.used.push_back(file);
        m_materialFile = file;
        forEachLine(objText(content), [this](std::string_view line) {
            addMaterialLine(line);
            return true;
        });
        endMaterial();
        return {};
    }

    void addMaterialLine(std::string_view line) {
        std::string_view rest = line;
        const std::string word = lowerOf(nextWord(rest));
        rest = trimmed(rest);
        if (word == "newmtl") {
            endMaterial();
            m_materials.emplace(rest);
            m_materialsByLower.emplace(lowerOf(rest), rest);
        }
        if (word == "d" || word == "tr") {
            if (lowerOf(rest).starts_with("-halo")) nextWord(rest);
            const std::optional<double> number = decimalOf(trimmed(rest));
            if (number) (word == "d" ? m_dissolve : m_transparency) = *number;
            return;
        }
        if (word == "map_kd") return addTexture(withoutOptions(rest));
        if (word == "map_d") keepFile(find(withoutOptions(rest), folderPartOf(m_materialFile)));
        m_files.materials.append(line).push_back('\n');
    }

    /// `d 1` and `Tr 0` are opaque; where a file has both, `d` is meant: some programs write `Tr` the wrong
    /// way round.
    void endMaterial() {
        if (m_dissolve || m_transparency)
            m_files.materials += "d " + digitsOf(m_dissolve ? *m_dissolve : 1 - *m_transparency) + "\n";
        m_dissolve = m_transparency = std::nullopt;
    }

    void keepFile(const std::string& real) {
        if (!real.empty() && std::ranges::find(m_files.used, real) == m_files.used.end())
            m_files.used.push_back(real);
    }

    void addTexture(std::string_view written) {
        if (written.empty()) return;
        const std::string folder = folderPartOf(m_materialFile), real = find(written, folder);
        keepFile(real);
        if (!real.empty())
            m_files.materials += "map_Kd ./" + real + "\n";
        else
            warn("The texture " + std::string(written) + " of " + m_materialFile +
                 " is not there (looked for in " + placesText(folder) +
                 "); the colour of the material is shown instead.");
    }

    // ---- the mesh

    void measure(std::string_view text) {
        constexpr double kNone = std::numeric_limits<double>::max();
        ObjPoint low{kNone, kNone, kNone}, high{-kNone, -kNone, -kNone};
        forEachLine(text, [&](std::string_view line) {
            const std::optional<ObjPoint> point = nextWord(line) == "v" ? nextPoint(line) : std::nullopt;
            for (std::size_t i = 0; point && i < 3; ++i) {
                low[i] = std::min(low[i], (*point)[i]);
                high[i] = std::max(high[i], (*point)[i]);
            }
            return true;
        });
        if (low[0] > high[0]) return;
        const auto size = [&](std::size_t i) { return high[i] - low[i]; };
        const double diagonal = std::hypot(size(0), size(1), size(2));
        double distance = 0;
        for (std::size_t i = 0; i < 3; ++i) distance = std::max(distance, std::abs(low[i] + high[i]) / 2);
        if (distance > kFarDiagonals * diagonal)
            m_origin = ObjPoint{(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
        const auto isCentred = [&](std::size_t i) { return std::abs(low[i] + high[i]) <= 0.1 * size(i); };
        m_files.looksZUp = diagonal > 0 && std::abs(low[2]) <= 0.01 * diagonal && size(2) > 0.2 * diagonal &&
                           size(1) > 0.2 * diagonal && isCentred(0) && isCentred(1);
    }

    void rewrite(std::string_view text) {
        m_files.mesh.reserve(text.size() + 64);
        if (!m_files.materials.empty())
            m_files.mesh.append("mtllib ").append(kObjMaterialFile).push_back('\n');
        forEachLine(text, [this](std::string_view line) {
            addLine(line);
            return true;
        });
    }

    void addLine(std::string_view line) {
        std::string_view rest = line;
        const std::string_view word = nextWord(rest);
        if (word == "mtllib") return;
        const bool isMoved = m_origin && word == "v";
        if (word == "usemtl" && !m_materials.empty())
            m_files.mesh.append("usemtl ").append(knownMaterial(trimmed(rest)));
        else if (const auto point = isMoved ? nextPoint(rest) : std::nullopt)
            addPoint(*point, rest);
        else
            m_files.mesh.append(line);
        m_files.mesh.push_back('\n');
    }

    void addPoint(const ObjPoint& point, std::string_view rest) {
        m_files.mesh += 'v';
        for (std::size_t i = 0; i < 3; ++i) m_files.mesh += " " + digitsOf(point[i] - (*m_origin)[i]);
        m_files.mesh.append(rest);
    }

    std::string knownMaterial(std::string_view name) {
        if (m_materials.contains(std::string(name))) return std::string(name);
        const auto found = m_materialsByLower.find(lowerOf(name));
        if (found != m_materialsByLower.end()) return found->second;
        warn("The material " + std::string(name) + " of " + m_name +
             " is in none of its material files; it is shown in grey.");
        return std::string(name);
    }

    AssetSource& m_source;
    const std::string m_name, m_folder;
    std::string m_materialFile;
    std::set<std::string> m_materials, m_warned;
    std::map<std::string, std::string> m_materialsByLower;
    std::optional<double> m_dissolve, m_transparency;
    std::optional<ObjPoint> m_origin;
    ObjFiles m_files;
};

}  // namespace

Result<ObjFiles> readObjFiles(AssetSource& source, const std::string& name) {
    return ObjReader(source, name).read();
}

std::vector<std::string> materialFilesOfObj(std::span<const std::byte> content) {
    std::vector<std::string> files;
    forEachLine(objText(content), [&](std::string_view line) {
        if (nextWord(line) == "mtllib" && !trimmed(line).empty()) files.emplace_back(trimmed(line));
        return true;
    });
    return files;
}

std::vector<std::string> texturesOfMtl(std::span<const std::byte> content) {
    std::vector<std::string> files;
    forEachLine(objText(content), [&](std::string_view line) {
        const std::string word = lowerOf(nextWord(line));
        if (word != "map_kd" && word != "map_d") return true;
        if (const std::string_view name = withoutOptions(line); !name.empty()) files.emplace_back(name);
        return true;
    });
    return files;
}

}  // namespace vitrine
