// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/io/safetensors.h"

namespace vitrine {

/// The header's JSON as it stands: complete and of the right kinds, but not yet compared with the data.
struct SafetensorsHeader {
    struct Tensor {
        TensorType type = TensorType::Float32;
        std::vector<std::uint64_t> shape;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
    };
    std::map<std::string, Tensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Reads the JSON event by event, so that nothing is built of what is refused. Errors: BadFormat,
/// Unsupported; the message is the bare fault ("tensor 'x' has no shape"), to be put behind the file's name.
Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json);

}  // namespace vitrine
