// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/glb_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/render/glb_check.h"
#include "core/render/glb_nodes.h"

namespace vitrine {
namespace gltf {
namespace {

constexpr std::size_t kMaxAddedBytes = std::size_t(1) << 29;

/// Writes the attributes plainly.
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
                if (isPlain(accessor, isIndex)) continue;
                if (m_added.size() + plainBytes(accessor) > kMaxAddedBytes) return std::nullopt;
                flatten(accessor, isIndex);
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

    bool isPlain(std::size_t index, bool isIndex) const {
        const GltfJson& accessor = m_json["accessors"][index];
        return accessor.contains("bufferView") && !accessor.contains("sparse") &&
               (isIndex || accessor["componentType"] == int(kGlFloat));
    }

    /// A few bytes of a file can announce gigabytes.
    std::uint64_t plainBytes(std::size_t index) const {
        const GltfJson& accessor = m_json["accessors"][index];
        return sizeOf(accessor, "count") * numComponents(accessor["type"].get<std::string>()) * sizeof(float);
    }

    void flatten(std::size_t index, bool isIndex) {
        const GltfJson& accessor = m_json["accessors"][index];
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
        binary.insert(binary.end(), padding(binary.size()), std::byte());
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
}  // namespace gltf

Status checkGlb(std::span<const std::byte> content, const std::string& name) {
    VITRINE_TRY(const gltf::GlbParts parts, gltf::partsOf(content, name));
    return gltf::checkParts(parts, name);
}

Result<std::vector<std::byte>> plainGlb(std::vector<std::byte> content, const std::string& name) {
    VITRINE_TRY(gltf::GlbParts parts, gltf::partsOf(content, name));
    VITRINE_CHECK(gltf::checkParts(parts, name));
    std::optional<std::vector<std::byte>> plain = gltf::GlbRewriter(std::move(parts)).rewrite();
    if (!plain)
        return Error{ErrorCode::Unsupported, "The mesh " + name + " is too large; simplify it first."};
    return plain->empty() ? std::move(content) : std::move(*plain);
}

}  // namespace vitrine
