// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/explore/completion_session.h"

namespace vitrine {

/// What completes pictures: the network, or in tests something slower or quicker. Thread: the worker's only.
class CompletionSource {
public:
    virtual ~CompletionSource() = default;
    virtual const CompletionModelInfo& info() const = 0;
    virtual Result<CompletionResult> complete(const CompletionRequest& request) = 0;
    virtual Result<std::vector<Image>> interpolate(const CompletionRequest& request,
                                                   int from,
                                                   int to,
                                                   int count) = 0;
};

using CompletionSourceOpener =
    std::function<Result<std::unique_ptr<CompletionSource>>(const std::filesystem::path& file)>;

/// A CompletionSession. Errors: those of CompletionSession::open.
Result<std::unique_ptr<CompletionSource>> openCompletionSession(const std::filesystem::path& file);

}  // namespace vitrine
