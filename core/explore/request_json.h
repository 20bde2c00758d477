// SPDX-License-Identifier: GPL-3.0-or-later
// What the recipes of questions about a picture have in common. A bad field ends the reading, as in
// json_fields.h.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/image.h"
#include "core/explore/json_fields.h"
#include "core/explore/segmentation_session.h"

namespace vitrine::json_fields {

/// A PNG in base 64.
Json pngOf(const Image& image);
/// Such a picture, at most 1024 pixels a side. Shapes: [H, W, 3 or 4]; empty where there is none.
Image imageOr(const Json& object, const char* name);

/// One object a channel.
Json jsonOf(const std::vector<ForcedChannel>& forced);
/// The field "forced"; none where it is missing.
std::vector<ForcedChannel> forcedOr(const Json& object);

/// The field "seed".
std::uint64_t seedOr(const Json& object, std::uint64_t fallback);

}  // namespace vitrine::json_fields
