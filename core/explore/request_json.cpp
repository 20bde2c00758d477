// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/request_json.h"

#include <algorithm>

#include "core/base/base64.h"
#include "core/io/image_file.h"
#include "core/io/png.h"

namespace vitrine::json_fields {
namespace {

constexpr int kLargestSide = 1024;
constexpr std::size_t kMostForced = 4096;

}  // namespace

Json pngOf(const Image& image) {
    const auto bytes = encodePng(image);
    return bytes ? Json(toBase64(*bytes)) : Json();
}

Image imageOr(const Json& object, const char* name) {
    const std::string text = textOr(object, name);
    if (text.empty()) return {};
    const auto bytes = fromBase64(text);
    if (!bytes) throw BadField{name};
    const auto image = decodeImage(*bytes, name);
    if (!image || std::max(image->width, image->height) > kLargestSide) throw BadField{name};
    return *image;
}

Json jsonOf(const std::vector<ForcedChannel>& forced) {
    Json items = Json::array();
    for (const ForcedChannel& each : forced)
        items.push_back({{"channel", each.channel}, {"deviations", each.deviations}});
    return items;
}

std::vector<ForcedChannel> forcedOr(const Json& object) {
    std::vector<ForcedChannel> forced;
    if (!object.contains("forced")) return forced;
    const Json& items = object["forced"];
    if (!items.is_array() || items.size() > kMostForced) throw BadField{"forced"};
    for (const Json& item : items) {
        if (!item.is_object()) throw BadField{"forced"};
        forced.push_back(
            {int(numberOr(item, "channel", 0, 0, 4095)), numberOr(item, "deviations", 0, -100, 100)});
    }
    return forced;
}

std::uint64_t seedOr(const Json& object, std::uint64_t fallback) {
    if (!object.contains("seed")) return fallback;
    if (!object["seed"].is_number_unsigned()) throw BadField{"seed"};
    return object["seed"].get<std::uint64_t>();
}

}  // namespace vitrine::json_fields
