// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Looks through a glTF binary before a general reader sees it: every range inside the one it is part of,
/// every index in range, nodes a tree of bounded depth. Errors: BadFormat; Unsupported (version, data in
/// other files, an extension that it needs and that is not read, which is named).
Status checkGlb(std::span<const std::byte> content, const std::string& name);

/// The same mesh with attributes that every reader knows: quantised and sparse ones as float32, no skins,
/// animations or morph targets; nodes that are far from the origin are moved there. `content`: as accepted by
/// checkGlb(). Errors: those of checkGlb().
Result<std::vector<std::byte>> plainGlb(std::vector<std::byte> content, const std::string& name);

}  // namespace vitrine
