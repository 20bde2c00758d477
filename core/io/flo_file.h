// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/image.h"
#include "core/base/result.h"

namespace vitrine {

/// Middlebury's format for flow: "PIEH", width and height as int32, then pairs of float32, all little endian.
/// Shapes: flow [H, W, 2]. Atomic. Errors: InvalidArgument (another shape), Io, NoSpace.
Status writeFlo(const std::filesystem::path& file, const FlowField& flow);
/// Unknown vectors (longer than 1e9) come as NaN. Errors: NotFound, Io; BadFormat (no flow, truncated, longer
/// than it says).
Result<FlowField> readFlo(const std::filesystem::path& file);

}  // namespace vitrine
