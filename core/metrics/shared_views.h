// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/packed_chairs.h"

namespace vitrine {

/// The views of a data set as a model sees them: matched by the styles' ids, with the model's class indices.
/// Views of chairs that the model does not know, or of training-only styles, have the class index -1. One for
/// each view of the data. `modelIds`: by the model's class index; empty for a model that does not name its
/// styles, which fits a set of the same number only. Errors: InvalidArgument (no chair in common).
Result<std::vector<PackedView>> sharedViews(const PackedChairs& data,
                                            std::span<const std::string> modelIds,
                                            std::int64_t numModelStyles);

/// Which held-out views of a chair serve for what: choices are made on validation, results reported on test.
enum class HeldOutSplit { Validation, Test };
/// Chairs of class index 3 modulo 4 are validation, those of 1 modulo 4 are test; others have no held-out
/// views.
HeldOutSplit heldOutSplit(const PackedView& view);

}  // namespace vitrine
