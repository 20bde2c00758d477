// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/glb_parts.h"

#include <map>
#include <string_view>

#include "core/base/fields.h"

namespace vitrine::gltf {
namespace {

std::uint32_t wordAt(GltfBytes content, std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, content.data() + at, 4);
    return value;
}

}  // namespace

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

std::uint64_t sizeOf(const GltfJson& value) {
    const bool isGood = value.is_number_unsigned() && value < (std::uint64_t(1) << 40);
    return isGood ? value.get<std::uint64_t>() : kNoSize;
}

std::uint64_t sizeOf(const GltfJson& object, const char* key, std::uint64_t otherwise) {
    if (!object.is_object()) return kNoSize;
    const auto found = object.find(key);
    return found == object.end() ? otherwise : sizeOf(*found);
}

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
    parts.json = jsonOfText(text);
    if (!parts.json.is_object()) return damagedGlb(name, "its header cannot be read");
    return parts;
}

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

}  // namespace vitrine::gltf
