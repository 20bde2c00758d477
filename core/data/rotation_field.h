// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/base/fields.h"

namespace vitrine {

/// A row-major 3 x 3 rotation as nine numbers, a field like any other; an empty one is not written.
struct RotationField {
    FieldCheck read(const nlohmann::json& json, std::vector<float>& rotation) const {
        const bool isGood =
            !readFields(json, rotation, FieldList{FieldRange{-1.001, 1.001}}) && rotation.size() == 9;
        return isGood ? FieldCheck() : FieldFault{{}, "must hold nine numbers from -1 to 1"};
    }
    nlohmann::json write(const std::vector<float>& rotation) const {
        return rotation.empty() ? nlohmann::json() : nlohmann::json(rotation);
    }
};

}  // namespace vitrine
