// SPDX-License-Identifier: GPL-3.0-or-later
// A glTF binary (.glb) taken apart: its JSON, and the elements of its accessors.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine::gltf {

using GltfJson = nlohmann::json;
using GltfBytes = std::span<const std::byte>;

inline constexpr std::uint64_t kNoSize = ~std::uint64_t(0) >> 8;  // too large for any range
inline constexpr std::size_t kHeaderBytes = 12, kChunkHeaderBytes = 8;

enum GlComponent : int {
    kGlByte = 5120,
    kGlUnsignedByte,
    kGlShort,
    kGlUnsignedShort,
    kGlUnsignedInt = 5125,
    kGlFloat
};

/// Bytes of a component, and components of a type ("VEC3"); 0: the format has no such kind.
std::uint64_t bytesOfComponent(int component);
std::uint64_t numComponents(const std::string& type);

/// A member of an object; null where there is none.
const GltfJson& memberOf(const GltfJson& object, const char* key);
/// The same for a list; empty where there is none.
const GltfJson& listOf(const GltfJson& object, const char* key);
/// A count, index or offset of the file; what is no such number becomes too large for any range (kNoSize).
std::uint64_t sizeOf(const GltfJson& value);
std::uint64_t sizeOf(const GltfJson& object, const char* key, std::uint64_t otherwise = 0);

/// Header, JSON chunk, binary chunk.
struct GlbParts {
    GltfJson json;
    GltfBytes binary;
};

Error damagedGlb(const std::string& name, const std::string& why);
/// Errors: BadFormat; Unsupported (a version other than 2).
Result<GlbParts> partsOf(GltfBytes content, const std::string& name);

/// Elements of an accessor whose ranges are known to be good.
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

/// `count` stays 0: who asks knows it.
Elements elementsAt(const GlbParts& parts,
                    std::uint64_t viewIndex,
                    std::uint64_t offset,
                    int component,
                    std::uint64_t components);
Elements elementsOf(const GlbParts& parts, const GltfJson& accessor);

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

}  // namespace vitrine::gltf
