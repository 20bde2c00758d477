// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/glb_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/render/mesh.h"

namespace vitrine::gltf {
namespace {

constexpr std::size_t kMaxElements = 20'000'000;  // of one accessor
constexpr std::size_t kMaxNodes = 1'000'000;
constexpr int kMaxNodeDepth = 256;
constexpr std::uint64_t kMaxStride = 252;

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
        const std::uint64_t stride = sizeOf(views[viewIndex], "byteStride");
        const std::uint64_t numBytes =
            count == 0 ? 0 : (count - 1) * (stride != 0 ? stride : element) + element;
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

}  // namespace

Status checkParts(const GlbParts& parts, const std::string& name) {
    return GlbChecker(parts, name).check();
}

}  // namespace vitrine::gltf
