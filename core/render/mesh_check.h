// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/base/result.h"

namespace vitrine {

/// Looks through a mesh file before a general reader sees it, in one pass with bounded memory. Kinds: .obj,
/// .glb by name. Errors: BadFormat (no faces, corners that do not exist, broken structure), NonFinite,
/// Unsupported (kind or size).
Status checkMeshFile(std::span<const std::byte> content, const std::string& name);

}  // namespace vitrine
