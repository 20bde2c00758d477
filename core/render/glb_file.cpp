// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/glb_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "core/render/mesh.h"

namespace vitrine {
namespace {

using GltfJson = nlohmann::json;
using GltfBytes = std::span<const std::byte>;

constexpr std::size_t kMaxElements = 20'000'000;  // of one accessor
constexpr std::size_t kMaxNodes = 1'000'000;
constexpr std::size_t kMaxAddedBytes = std::size_t(1) << 29;
constexpr int kMaxNodeDepth = 256, kMaxJsonDepth = 64;
constexpr std::uint64_t kNoSize = ~std::uint64_t(0) >> 8;  // too large for any range
constexpr std::uint64_t kMaxStride = 252;
constexpr std::size_t kHeaderBytes = 12, kChunkHeaderBytes = 8;

enum GlComponent : int {
    kGlByte = 5120,
    kGlUnsignedByte,
    kGlShort,
    kGlUnsignedShort,
    kGlUnsignedInt = 5125,
    kGlFloat
};

std::uint32_t wordAt(GltfBytes content, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, content.data() + at, 4);
    return value;
}

std::uint64_t bytesOfComponent(int component) {
    if (component == kGlByte || component == kGlUnsignedByte) return 1;
    if (component == kGlShort || component == kGlUnsignedShort) return 2;
    return component == kGlUnsignedInt || component == kGlFloat ? 4 : 0;
}

std::uint64_t numComponents(const std::string& type) {
    static const std::map<std::string, std::uint64_t> kTypes{
        {"SCALAR", 1}, {"VEC2", 2}, {"VEC3", 3}, {"VEC4", 4}, {"MAT2", 4}, {"MAT3", 9}, {"MAT4", 16}};
    const auto found = kTypes.find(type);
    return found == kTypes.end() ? 0 : found->second;
}

const GltfJson& memberOf(const GltfJson& object, const char* key) {
    static const GltfJson kNone;
    if (!object.is_object()) return kNone;
    const auto found = object.find(key);
    return found == object.end() ? kNone : *found;
}

const GltfJson& listOf(const GltfJson& object, const char* key) {
    static const GltfJson kEmpty = GltfJson::array();
    const GltfJson& list = memberOf(object, key);
    return list.is_array() ? list : kEmpty;
}

/// A count, index or offset of the file; what is no such number becomes too large for any range.
std::uint64_t sizeOf(const GltfJson& value) {
    const bool isGood = value.is_number_unsigned() && value < (std::uint64_t(1) << 40);
    return isGood ? value.get<std::uint64_t>() : kNoSize;
}

std::uint64_t sizeOf(const GltfJson& object, const char* key, std::uint64_t otherwise = 0) {
    if (!object.is_object()) return kNoSize;
    const auto found = object.find(key);
    return found == object.end() ? otherwise : sizeOf(*found);
}

/// Readers descend into lists by recursion.
bool isNestedTooDeep(std::string_view json) {
    int depth = 0;
    bool isInText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (isInText && json[i] == '\\')
            ++i;
        else if (json[i] == '"')
            isInText = !isInText;
        else if (!isInText && (json[i] == '[' || json[i] == '{'))
            ++depth;
        else if (!isInText && (json[i] == ']' || json[i] == '}'))
            --depth;
        if (depth > kMaxJsonDepth) return true;
    }
    return false;
}

/// Header, JSON chunk, binary chunk.
struct GlbParts {
    GltfJson json;
    GltfBytes binary;
};

Error damagedGlb(const std::string& name, const std::string& why) {
    return {ErrorCode::BadFormat, "The mesh " + name + " is damaged: " + why + "."};
}

Result<GlbParts> partsOf(GltfBytes content, const std::string& name) {
    if (content.size() < 20 || std::memcmp(content.data(), "glTF", 4) != 0)
        return damagedGlb(name, "it is not a glTF file");
    if (wordAt(content, 4) != 2)
        return Error{ErrorCode::Unsupported, "The mesh " + name + " is not glTF 2.0; export it again."};
    const std::size_t jsonSize = wordAt(content, 12), jsonAt = kHeaderBytes + kChunkHeaderBytes;
    if (wordAt(content, 8) != content.size() || wordAt(content, 16) != 0x4e4f534a ||
        jsonSize > content.size() - jsonAt)
        return damagedGlb(name, "its sizes do not add up");
    GlbParts parts;
    const GltfBytes rest = content.subspan(jsonAt + jsonSize);
    if (rest.size() >= kChunkHeaderBytes) {
        const std::size_t binarySize = wordAt(rest, 0);
        if (binarySize > rest.size() - kChunkHeaderBytes) return damagedGlb(name, "its sizes do not add up");
        parts.binary = rest.subspan(kChunkHeaderBytes, binarySize);
    }
    const std::string_view text(reinterpret_cast<const char*>(content.data()) + jsonAt, jsonSize);
    if (isNestedTooDeep(text)) return damagedGlb(name, "its header holds too many lists inside one another");
    parts.json = GltfJson::parse(text, nullptr, false);
    if (!parts.json.is_object()) return damagedGlb(name, "its header cannot be read");
    return parts;
}

// ---- extensions

/// What may be required because it is read, or changes only how a surface shines.
bool isReadExtension(const std::string& extension) {
    static const char* const kRead[] = {
        "KHR_mesh_quantization", "KHR_texture_transform", "KHR_lights_punctual", "EXT_texture_webp"};
    return extension.starts_with("KHR_materials_") || std::ranges::find(kRead, extension) != std::end(kRead);
}

std::string titleOf(const std::string& extension) {
    if (extension == "KHR_draco_mesh_compression") return "Draco compression (" + extension + ")";
    if (extension.ends_with("_meshopt_compression")) return "meshopt compression (" + extension + ")";
    if (extension == "KHR_texture_basisu") return "textures of Basis Universal (" + extension + ")";
    return extension;
}

// ---- elements of accessors, whose ranges are known to be good

struct Elements {
    const std::byte* first = nullptr;  ///< null: all zero
    std::size_t count = 0, stride = 0, numComponents = 0;
    int component = kGlFloat;
    bool isNormalised = false;

    double at(std::size_t i, std::size_t c) const {
        if (first == nullptr) return 0;
        const std::byte* place = first + i * stride + c * bytesOfComponent(component);
        switch (component) {
            case kGlByte:
                return scaled(valueAt<std::int8_t>(place), 127);
            case kGlUnsignedByte:
                return scaled(valueAt<std::uint8_t>(place), 255);
            case kGlShort:
                return scaled(valueAt<std::int16_t>(place), 32767);
            case kGlUnsignedShort:
                return scaled(valueAt<std::uint16_t>(place), 65535);
            case kGlUnsignedInt:
                return valueAt<std::uint32_t>(place);
            default:
                return valueAt<float>(place);
        }
    }

private:
    template <class T>
    static double valueAt(const std::byte* place) {
        T value;
        std::memcpy(&value, place, sizeof value);
        return double(value);
    }
    double scaled(double value, double largest) const {
        return isNormalised ? std::max(value / largest, -1.0) : value;
    }
};

Elements elementsAt(const GlbParts& parts,
                    std::uint64_t viewIndex,
                    std::uint64_t offset,
                    int component,
                    std::uint64_t components) {
    const GltfJson& view = listOf(parts.json, "bufferViews").at(viewIndex);
    Elements elements;
    elements.first = parts.binary.data() + sizeOf(view, "byteOffset") + offset;
    elements.component = component;
    elements.numComponents = components;
    const std::uint64_t stride = sizeOf(view, "byteStride");
    elements.stride = stride != 0 ? stride : bytesOfComponent(component) * components;
    return elements;
}

Elements elementsOf(const GlbParts& parts, const GltfJson& accessor) {
    const int component = accessor.at("componentType").get<int>();
    const std::uint64_t components = numComponents(accessor.at("type").get<std::string>());
    Elements elements;
    if (accessor.contains("bufferView"))
        elements = elementsAt(
            parts, sizeOf(accessor, "bufferView"), sizeOf(accessor, "byteOffset"), component, components);
    elements.component = component;
    elements.numComponents = components;
    elements.count = sizeOf(accessor, "count");
    elements.isNormalised = memberOf(accessor, "normalized") == GltfJson(true);
    return elements;
}

/// All values, those of a sparse accessor put in their places. Shapes: [count, components].
template <class T>
std::vector<T> valuesOf(const GlbParts& parts, const GltfJson& accessor) {
    const Elements elements = elementsOf(parts, accessor);
    std::vector<T> values(elements.count * elements.numComponents);
    const auto fill = [&](std::size_t to, const Elements& from, std::size_t i) {
        for (std::size_t c = 0; c < elements.numComponents; ++c)
            values[to * elements.numComponents + c] = T(from.at(i, c));
    };
    for (std::size_t i = 0; i < elements.count; ++i) fill(i, elements, i);
    const GltfJson& sparse = memberOf(accessor, "sparse");
    if (!sparse.is_object()) return values;
    const GltfJson &places = sparse.at("indices"), &changes = sparse.at("values");
    const Elements indices = elementsAt(parts,
                                        sizeOf(places, "bufferView"),
                                        sizeOf(places, "byteOffset"),
                                        places.at("componentType").get<int>(),
                                        1);
    Elements changed = elementsAt(parts,
                                  sizeOf(changes, "bufferView"),
                                  sizeOf(changes, "byteOffset"),
                                  elements.component,
                                  elements.numComponents);
    changed.isNormalised = elements.isNormalised;
    for (std::size_t i = 0; i < sizeOf(sparse, "count"); ++i) fill(std::size_t(indices.at(i, 0)), changed, i);
    return values;
}

// ---- checks

class GlbChecker {
public:
    GlbChecker(const GlbParts& parts, const std::string& name)
        : m_parts(parts), m_json(parts.json), m_name(name) {}

    Status check() const {
        VITRINE_CHECK(checkExtensions());
        VITRINE_CHECK(checkBuffers());
        for (const GltfJson& view : listOf(m_json, "bufferViews")) VITRINE_CHECK(checkView(view));
        for (const GltfJson& accessor : listOf(m_json, "accessors")) {
            VITRINE_CHECK(checkAccessor(accessor));
            if (accessor.contains("sparse")) VITRINE_CHECK(checkSparse(accessor));
        }
        VITRINE_CHECK(checkNodes());
        for (const GltfJson& mesh : listOf(m_json, "meshes"))
            for (const GltfJson& primitive : listOf(mesh, "primitives"))
                VITRINE_CHECK(checkPrimitive(primitive));
        return checkCounts();
    }

private:
    Error damaged(const std::string& why) const { return damagedGlb(m_name, why); }

    Status checkExtensions() const {
        for (const GltfJson& extension : listOf(m_json, "extensionsRequired")) {
            if (!extension.is_string()) return damaged("its list of extensions cannot be read");
            if (!isReadExtension(extension.get<std::string>()))
                return Error{ErrorCode::Unsupported,
                             "The mesh " + m_name + " needs " + titleOf(extension.get<std::string>()) +
                                 ", which is not read; export it without."};
        }
        return {};
    }

    Status checkBuffers() const {
        const GltfJson& buffers = listOf(m_json, "buffers");
        if (buffers.size() > 1 || (buffers.size() == 1 && buffers[0].contains("uri")))
            return Error{ErrorCode::Unsupported,
                         "The mesh " + m_name + " keeps its data in other files; export it as one .glb."};
        if (buffers.size() == 1 && sizeOf(buffers[0], "byteLength") > m_parts.binary.size())
            return damaged("its data is shorter than declared");
        for (const GltfJson& image : listOf(m_json, "images"))
            if (image.is_object() && image.contains("uri"))
                return Error{
                    ErrorCode::Unsupported,
                    "The mesh " + m_name + " keeps its textures in other files; export it as one .glb."};
        return {};
    }

    Status checkView(const GltfJson& view) const {
        if (sizeOf(view, "byteOffset") + sizeOf(view, "byteLength", kNoSize) > m_parts.binary.size() ||
            sizeOf(view, "buffer") != 0 || sizeOf(view, "byteStride") > kMaxStride)
            return damaged("a part of it lies outside of its data");
        return {};
    }

    /// `count` elements from `offset` on in the view that `object` names.
    Status checkRange(const GltfJson& object, std::uint64_t count, std::uint64_t element) const {
        const GltfJson& views = listOf(m_json, "bufferViews");
        const std::uint64_t viewIndex = sizeOf(object, "bufferView", kNoSize);
        if (viewIndex >= views.size()) return damaged("a list in it points nowhere");
        if (count == 0) return {};
        const std::uint64_t stride = sizeOf(views[viewIndex], "byteStride");
        const std::uint64_t numBytes = (count - 1) * (stride != 0 ? stride : element) + element;
        if (sizeOf(object, "byteOffset") + numBytes > sizeOf(views[viewIndex], "byteLength"))
            return damaged("a list in it is longer than its data");
        return {};
    }

    Status checkAccessor(const GltfJson& accessor) const {
        if (!memberOf(accessor, "componentType").is_number_integer() ||
            !memberOf(accessor, "type").is_string())
            return damaged("a list in it cannot be read");
        const std::uint64_t element = bytesOfComponent(accessor["componentType"].get<int>()) *
                                      numComponents(accessor["type"].get<std::string>());
        const std::uint64_t count = sizeOf(accessor, "count");
        if (element == 0 || count > kMaxElements) return damaged("a list in it cannot be read");
        return accessor.contains("bufferView") ? checkRange(accessor, count, element) : Status();
    }

    Status checkSparse(const GltfJson& accessor) const {
        const GltfJson& sparse = accessor.at("sparse");
        const GltfJson &indices = memberOf(sparse, "indices"), &values = memberOf(sparse, "values");
        const std::uint64_t count = sizeOf(sparse, "count", kNoSize), numAll = sizeOf(accessor, "count");
        if (count > numAll || !isIndexType(indices)) return damaged("a sparse list in it cannot be read");
        const int component = indices.at("componentType").get<int>();
        VITRINE_CHECK(checkRange(indices, count, bytesOfComponent(component)));
        VITRINE_CHECK(checkRange(values,
                                 count,
                                 bytesOfComponent(accessor.at("componentType").get<int>()) *
                                     numComponents(accessor.at("type").get<std::string>())));
        const Elements places =
            elementsAt(m_parts, sizeOf(indices, "bufferView"), sizeOf(indices, "byteOffset"), component, 1);
        for (std::size_t i = 0; i < count; ++i)
            if (places.at(i, 0) >= double(numAll))
                return damaged("a sparse list in it has an index out of range");
        return {};
    }

    static bool isIndexType(const GltfJson& accessor) {
        const GltfJson& type = memberOf(accessor, "componentType");
        return type.is_number_integer() &&
               (type == int(kGlUnsignedByte) || type == int(kGlUnsignedShort) || type == int(kGlUnsignedInt));
    }

    Status checkNodes() const {
        const GltfJson& nodes = listOf(m_json, "nodes");
        if (nodes.size() > kMaxNodes)
            return Error{ErrorCode::Unsupported,
                         "The mesh " + m_name + " has too many nodes; simplify it first."};
        std::vector<bool> hasParent(nodes.size(), false);
        for (const GltfJson& node : nodes) {
            if (!node.is_object() ||
                (node.contains("mesh") && sizeOf(node, "mesh") >= listOf(m_json, "meshes").size()))
                return damaged("a node in it cannot be read");
            for (const GltfJson& child : listOf(node, "children")) {
                if (sizeOf(child) >= nodes.size())
                    return damaged("a node in it has a child that does not exist");
                if (hasParent[sizeOf(child)]) return damaged("a node in it is a child of two others");
                hasParent[sizeOf(child)] = true;
            }
        }
        for (const GltfJson& scene : listOf(m_json, "scenes"))
            for (const GltfJson& root : listOf(scene, "nodes"))
                if (sizeOf(root) >= nodes.size()) return damaged("its scene has a node that does not exist");
        return checkTree(nodes, hasParent);
    }

    /// What cannot be reached from a node without parent lies on a circle, as nobody has two parents.
    Status checkTree(const GltfJson& nodes, const std::vector<bool>& hasParent) const {
        struct Visit {
            std::size_t node;
            int depth;
        };
        std::vector<Visit> open;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (!hasParent[i]) open.push_back({i, 1});
        std::size_t numSeen = 0;
        for (; !open.empty(); ++numSeen) {
            const Visit visit = open.back();
            open.pop_back();
            if (visit.depth > kMaxNodeDepth)
                return Error{ErrorCode::Unsupported,
                             fmt::format("The mesh {} has more than {} nodes inside one another; join them "
                                         "before you export it.",
                                         m_name,
                                         kMaxNodeDepth)};
            for (const GltfJson& child : listOf(nodes[visit.node], "children"))
                open.push_back({std::size_t(sizeOf(child)), visit.depth + 1});
        }
        if (numSeen < nodes.size()) return damaged("its nodes are children of each other");
        return {};
    }

    Status checkPrimitive(const GltfJson& primitive) const {
        const GltfJson& accessors = listOf(m_json, "accessors");
        const GltfJson& attributes = memberOf(primitive, "attributes");
        if (!attributes.is_object()) return damaged("a part of it has no corners");
        std::optional<std::uint64_t> numCorners;
        for (const auto& [key, index] : attributes.items()) {
            if (sizeOf(index) >= accessors.size()) return damaged("a list in it points nowhere");
            VITRINE_CHECK(checkHasData(accessors[sizeOf(index)]));
            const std::uint64_t count = sizeOf(accessors[sizeOf(index)], "count");
            if (numCorners.value_or(count) != count)
                return damaged("the lists of its corners differ in length");
            numCorners = count;
        }
        if (!primitive.contains("indices")) return {};
        const std::uint64_t indices = sizeOf(primitive, "indices");
        if (indices >= accessors.size() || !isIndexType(accessors[indices]) ||
            accessors[indices]["type"] != "SCALAR")
            return damaged("the faces of a part cannot be read");
        VITRINE_CHECK(checkHasData(accessors[indices]));
        if (sizeOf(accessors[indices], "count") > 0 && largestIndex(indices) >= numCorners.value_or(0))
            return damaged("it has a face with a corner that does not exist");
        return {};
    }

    Status checkHasData(const GltfJson& accessor) const {
        if (accessor.contains("bufferView") || accessor.contains("sparse") || sizeOf(accessor, "count") == 0)
            return {};
        return damaged("a list in it has no data");
    }

    std::uint32_t largestIndex(std::uint64_t accessor) const {
        const auto [largest, isNew] = m_largestIndices.emplace(accessor, 0);
        if (isNew)
            largest->second =
                std::ranges::max(valuesOf<std::uint32_t>(m_parts, listOf(m_json, "accessors")[accessor]));
        return largest->second;
    }

    /// A mesh can be shown by many nodes, a list be used by many meshes.
    Status checkCounts() const {
        const GltfJson &meshes = listOf(m_json, "meshes"), &accessors = listOf(m_json, "accessors");
        std::vector<std::uint64_t> numCorners;
        for (const GltfJson& mesh : meshes) {
            numCorners.push_back(0);
            for (const GltfJson& primitive : listOf(mesh, "primitives")) {
                const GltfJson& corners =
                    memberOf(primitive, primitive.contains("indices") ? "indices" : "attributes");
                if (corners.is_object() && corners.empty()) continue;
                numCorners.back() +=
                    sizeOf(accessors[sizeOf(corners.is_object() ? *corners.begin() : corners)], "count");
            }
        }
        std::uint64_t numAll = 0;
        for (const std::uint64_t number : numCorners) numAll += number;
        for (const GltfJson& node : listOf(m_json, "nodes"))
            if (node.contains("mesh")) numAll += numCorners[sizeOf(node, "mesh")];
        if (numAll <= 2 * 3 * kMaxMeshTriangles) return {};
        return Error{ErrorCode::Unsupported,
                     "The mesh " + m_name + " has more than 5 million triangles; simplify it first."};
    }

    const GlbParts& m_parts;
    const GltfJson& m_json;
    const std::string& m_name;
    mutable std::map<std::uint64_t, std::uint32_t> m_largestIndices;
};

// ---- where it lies

/// Column-major, as in the file.
using GltfMatrix = std::array<double, 16>;

/// `count` numbers, or nothing where there are none.
std::optional<std::vector<double>> numbersAt(const GltfJson& object, const char* key, std::size_t count) {
    std::vector<double> numbers;
    for (const GltfJson& number : listOf(object, key))
        if (number.is_number()) numbers.push_back(number.get<double>());
    return numbers.size() == count ? std::optional(std::move(numbers)) : std::nullopt;
}

GltfMatrix matrixOf(const GltfJson& node) {
    GltfMatrix matrix{};
    if (const auto given = numbersAt(node, "matrix", 16)) {
        std::ranges::copy(*given, matrix.begin());
        return matrix;
    }
    const auto move = numbersAt(node, "translation", 3).value_or(std::vector<double>{0, 0, 0});
    const auto turn = numbersAt(node, "rotation", 4).value_or(std::vector<double>{0, 0, 0, 1});
    const auto scale = numbersAt(node, "scale", 3).value_or(std::vector<double>{1, 1, 1});
    const double x = turn[0], y = turn[1], z = turn[2], w = turn[3];
    const double rows[3][3] = {{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
                               {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
                               {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column)
            matrix[4 * column + row] = rows[row][column] * scale[column];
        matrix[12 + row] = move[row];
    }
    matrix[15] = 1;
    return matrix;
}

GltfMatrix product(const GltfMatrix& a, const GltfMatrix& b) {
    GltfMatrix result{};
    for (std::size_t column = 0; column < 4; ++column)
        for (std::size_t row = 0; row < 4; ++row)
            for (std::size_t k = 0; k < 4; ++k)
                result[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    return result;
}

struct GltfBox {
    std::array<double, 3> low{1e300, 1e300, 1e300}, high{-1e300, -1e300, -1e300};

    /// The corners of the box from `min` to `max`.
    void add(const GltfMatrix& matrix, const std::vector<double>& min, const std::vector<double>& max) {
        for (int corner = 0; corner < 8; ++corner)
            for (std::size_t row = 0; row < 3; ++row) {
                double value = matrix[12 + row];
                for (std::size_t k = 0; k < 3; ++k)
                    value += matrix[4 * k + row] * (corner >> k & 1 ? max[k] : min[k]);
                low[row] = std::min(low[row], value);
                high[row] = std::max(high[row], value);
            }
    }
    double centre(std::size_t i) const { return (low[i] + high[i]) / 2; }
    bool isFar() const {
        const double diagonal = std::hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
        return low[0] <= high[0] &&
               std::max({std::abs(centre(0)), std::abs(centre(1)), std::abs(centre(2))}) >
                   kFarDiagonals * diagonal;
    }
};

std::vector<std::size_t> rootsOf(const GltfJson& nodes) {
    std::vector<bool> hasParent(nodes.size(), false);
    for (const GltfJson& node : nodes)
        for (const GltfJson& child : listOf(node, "children")) hasParent[sizeOf(child)] = true;
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (!hasParent[i]) roots.push_back(i);
    return roots;
}

/// Of all meshes at their nodes, by what the file says of its accessors.
GltfBox boxOf(const GltfJson& json) {
    const GltfJson &nodes = listOf(json, "nodes"), &meshes = listOf(json, "meshes"),
                   &accessors = listOf(json, "accessors");
    GltfBox box;
    std::vector<std::pair<std::size_t, GltfMatrix>> open;
    for (const std::size_t root : rootsOf(nodes)) open.emplace_back(root, matrixOf(nodes[root]));
    while (!open.empty()) {
        const auto [index, matrix] = open.back();
        open.pop_back();
        const GltfJson& node = nodes[index];
        for (const GltfJson& child : listOf(node, "children"))
            open.emplace_back(sizeOf(child), product(matrix, matrixOf(nodes[sizeOf(child)])));
        if (!node.contains("mesh")) continue;
        for (const GltfJson& primitive : listOf(meshes[sizeOf(node, "mesh")], "primitives")) {
            const GltfJson& position = memberOf(primitive.at("attributes"), "POSITION");
            if (position.is_null()) continue;
            const GltfJson& accessor = accessors[sizeOf(position)];
            const auto min = numbersAt(accessor, "min", 3), max = numbersAt(accessor, "max", 3);
            if (min && max && accessor["componentType"] == int(kGlFloat)) box.add(matrix, *min, *max);
        }
    }
    return box;
}

// ---- plain attributes

class GlbRewriter {
public:
    explicit GlbRewriter(GlbParts parts) : m_parts(std::move(parts)), m_json(m_parts.json) {}

    /// Empty where nothing needs to change; nothing where it would become too large.
    std::optional<std::vector<std::byte>> rewrite() {
        moveToOrigin();
        dropMovement();
        useWebPTextures();
        for (const bool isIndex : {false, true})
            for (const std::size_t accessor : usedAccessors(isIndex)) {
                flatten(accessor, isIndex);
                if (m_added.size() > kMaxAddedBytes) return std::nullopt;
            }
        return m_isChanged ? assembled() : std::vector<std::byte>();
    }

private:
    void moveToOrigin() {
        const GltfBox box = boxOf(m_json);
        if (!box.isFar()) return;
        for (const std::size_t root : rootsOf(listOf(m_json, "nodes"))) {
            GltfJson& node = m_json["nodes"][root];
            const bool hasMatrix = numbersAt(node, "matrix", 16).has_value();
            const char* const key = hasMatrix ? "matrix" : "translation";
            auto numbers = numbersAt(node, key, hasMatrix ? 16 : 3).value_or(std::vector<double>{0, 0, 0});
            for (std::size_t i = 0; i < 3; ++i) numbers[(hasMatrix ? 12 : 0) + i] -= box.centre(i);
            node[key] = numbers;
        }
        m_isChanged = true;
    }

    void erase(GltfJson& object, const char* key) {
        if (object.is_object() && object.erase(key) > 0) m_isChanged = true;
    }

    void dropMovement() {
        erase(m_json, "animations");
        erase(m_json, "skins");
        forEach(m_json, "nodes", [this](GltfJson& node) {
            for (const char* key : {"skin", "weights"}) erase(node, key);
        });
        forEachPrimitive([this](GltfJson& primitive) {
            erase(primitive, "targets");
            std::vector<std::string> unread;
            for (const auto& [key, index] : primitive.at("attributes").items())
                if (!isRead(key)) unread.push_back(key);
            for (const std::string& key : unread) erase(primitive["attributes"], key.c_str());
        });
    }

    static bool isRead(const std::string& attribute) {
        return attribute == "POSITION" || attribute == "NORMAL" || attribute == "TANGENT" ||
               attribute.starts_with("TEXCOORD_");
    }

    void useWebPTextures() {
        forEach(m_json, "textures", [this](GltfJson& texture) {
            const GltfJson source =
                memberOf(memberOf(memberOf(texture, "extensions"), "EXT_texture_webp"), "source");
            if (source.is_null()) return;
            texture["source"] = source;
            m_isChanged = true;
        });
    }

    template <class Visit>
    static void forEach(GltfJson& object, const char* key, Visit visit) {
        if (!memberOf(object, key).is_array()) return;
        for (GltfJson& item : object[key]) visit(item);
    }
    template <class Visit>
    void forEachPrimitive(Visit visit) {
        forEach(m_json, "meshes", [&](GltfJson& mesh) { forEach(mesh, "primitives", visit); });
    }

    std::vector<std::size_t> usedAccessors(bool isIndex) {
        std::vector<std::size_t> used;
        forEachPrimitive([&](const GltfJson& primitive) {
            if (isIndex && primitive.contains("indices")) used.push_back(sizeOf(primitive, "indices"));
            if (!isIndex)
                for (const auto& [key, index] : primitive.at("attributes").items())
                    used.push_back(sizeOf(index));
        });
        std::ranges::sort(used);
        used.erase(std::unique(used.begin(), used.end()), used.end());
        return used;
    }

    void flatten(std::size_t index, bool isIndex) {
        const GltfJson& accessor = m_json["accessors"][index];
        const bool isPlain = accessor.contains("bufferView") && !accessor.contains("sparse");
        if (isPlain && (isIndex || accessor["componentType"] == int(kGlFloat))) return;
        if (isIndex)
            replace(index, valuesOf<std::uint32_t>(m_parts, accessor), int(kGlUnsignedInt));
        else
            replace(index, valuesOf<float>(m_parts, accessor), int(kGlFloat));
    }

    template <class T>
    void replace(std::size_t index, const std::vector<T>& values, int component) {
        const std::size_t numBytes = values.size() * sizeof(T);
        const std::size_t at = m_parts.binary.size() + padding(m_parts.binary.size()) + m_added.size();
        const auto* bytes = reinterpret_cast<const std::byte*>(values.data());
        m_added.insert(m_added.end(), bytes, bytes + numBytes);
        GltfJson& views = m_json["bufferViews"];
        const std::size_t viewIndex = views.size();
        views.push_back({{"buffer", 0}, {"byteOffset", at}, {"byteLength", numBytes}});
        const GltfJson accessor = m_json["accessors"][index];
        m_json["accessors"][index] = {{"bufferView", viewIndex},
                                      {"componentType", component},
                                      {"count", accessor.at("count")},
                                      {"type", accessor.at("type")}};
        m_isChanged = true;
    }

    static std::size_t padding(std::size_t size) { return (4 - size % 4) % 4; }

    std::vector<std::byte> assembled() {
        std::vector<std::byte> binary(m_parts.binary.begin(), m_parts.binary.end());
        binary.resize(binary.size() + padding(binary.size()));
        binary.insert(binary.end(), m_added.begin(), m_added.end());
        if (!binary.empty()) m_json["buffers"] = GltfJson::array({{{"byteLength", binary.size()}}});
        std::string text = m_json.dump(-1, ' ', false, GltfJson::error_handler_t::replace);
        text.append(padding(text.size()), ' ');
        std::vector<std::byte> file;
        const auto addWord = [&](std::uint64_t value) {
            for (int shift = 0; shift < 32; shift += 8) file.push_back(std::byte(value >> shift & 0xff));
        };
        constexpr std::uint32_t kMagic = 0x46546c67, kJson = 0x4e4f534a, kBinary = 0x004e4942;
        addWord(kMagic);
        addWord(2);
        addWord(kHeaderBytes + 2 * kChunkHeaderBytes + text.size() + binary.size());
        addWord(text.size());
        addWord(kJson);
        const auto* letters = reinterpret_cast<const std::byte*>(text.data());
        file.insert(file.end(), letters, letters + text.size());
        addWord(binary.size());
        addWord(kBinary);
        file.insert(file.end(), binary.begin(), binary.end());
        return file;
    }

    GlbParts m_parts;
    GltfJson& m_json;
    std::vector<std::byte> m_added;
    bool m_isChanged = false;
};

}  // namespace

Status checkGlb(std::span<const std::byte> content, const std::string& name) {
    VITRINE_TRY(const GlbParts parts, partsOf(content, name));
    return GlbChecker(parts, name).check();
}

Result<std::vector<std::byte>> plainGlb(std::vector<std::byte> content, const std::string& name) {
    VITRINE_TRY(GlbParts parts, partsOf(content, name));
    VITRINE_CHECK(GlbChecker(parts, name).check());
    std::optional<std::vector<std::byte>> plain = GlbRewriter(std::move(parts)).rewrite();
    if (!plain)
        return Error{ErrorCode::Unsupported, "The mesh " + name + " is too large; simplify it first."};
    return plain->empty() ? std::move(content) : std::move(*plain);
}

}  // namespace vitrine
