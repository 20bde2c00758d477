// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <initializer_list>

#include "core/base/image.h"

namespace vitrine::test {

/// A map of one row.
inline LabelMap rowOf(std::initializer_list<int> labels) {
    LabelMap map(int(labels.size()), 1);
    std::copy(labels.begin(), labels.end(), map.pixels.begin());
    return map;
}

}  // namespace vitrine::test
