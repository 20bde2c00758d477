// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/recipe/completion_request.h"

namespace vitrine {

struct CompletionModelInfo {
    std::string variant;  ///< "cvae", "gsnn" or "nn"
    std::filesystem::path file;
    int numQuadrants = 0;  ///< that it sees: 0 to 3
    int numChannels = 0;   ///< of the latent; 0 without one
    bool hasRecognition = false;
    std::int64_t numParameters = 0, step = 0;
    std::string weightsHash;  ///< SHA-256 of the weight file
};

/// The quadrant networks as a use case: a picture's seen quadrants in, completions out. The same request
/// gives the same answer. Thread: one at a time.
class CompletionSession {
public:
    /// Errors: NotFound, BadFormat (naming the key), Unsupported; each names the file.
    static Result<CompletionSession> open(const std::filesystem::path& weights);
    /// models/quadrants-SEEN-VARIANT.safetensors
    static std::filesystem::path defaultModel(int numQuadrants, const std::string& variant = "cvae");
    CompletionSession(CompletionSession&&) noexcept;
    CompletionSession& operator=(CompletionSession&&) noexcept;
    virtual ~CompletionSession();

    virtual const CompletionModelInfo& info() const;

    /// Errors: InvalidArgument (no picture for a network that sees some of it, samples not in 1..10,000,
    /// temperature not in 0..3, a forced channel that is none or is held beyond 100 deviations), NonFinite.
    virtual Result<CompletionResult> complete(const CompletionRequest& request);
    /// The latent path from one of the request's samples to another, ends included. Shapes: [28, 28,
    /// 1] each. Errors: as above; InvalidArgument (no latent, no such samples, fewer than two pictures).
    virtual Result<std::vector<Image>> interpolate(const CompletionRequest& request,
                                                   int from,
                                                   int to,
                                                   int count);

protected:
    CompletionSession();  ///< for one that answers by other means

private:
    struct Network;
    explicit CompletionSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
