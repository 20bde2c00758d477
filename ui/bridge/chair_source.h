// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/explore/chair_session.h"
#include "core/explore/style_map.h"

namespace vitrine {

/// What paints chairs: the network, or in tests something slower or quicker. Thread: the worker's only.
class ChairSource {
public:
    virtual ~ChairSource() = default;
    virtual const ChairModelInfo& info() const = 0;
    /// For a map of its styles; empty: there is none.
    virtual StyleCodes styleCodes() const { return {}; }
    virtual Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest> requests) = 0;
};

using ChairSourceOpener =
    std::function<Result<std::unique_ptr<ChairSource>>(const std::filesystem::path& file, Device device)>;

/// A ChairSession. Errors: those of ChairSession::open.
Result<std::unique_ptr<ChairSource>> openChairSession(const std::filesystem::path& file, Device device);

}  // namespace vitrine
