// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/packed_chairs.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// The first `count` pairs of evaluateMorphs() with this seed, a row each, on white: render of A; pictures at
/// -0.3, 0, 0.25, 0.5, 0.75, 1 and 1.3; render of B. Shapes: [H, W, 3]. Errors: those of evaluateMorphs().
Result<Image> morphStrips(ChairSession& session, const PackedChairs& data, int count, std::uint64_t seed);

}  // namespace vitrine
