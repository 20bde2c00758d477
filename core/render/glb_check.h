// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/render/glb_parts.h"

namespace vitrine::gltf {

/// Every range inside the one it is part of, every index in range, nodes a tree of bounded depth, no
/// extension that is not read. Errors: BadFormat, Unsupported.
Status checkParts(const GlbParts& parts, const std::string& name);

}  // namespace vitrine::gltf
