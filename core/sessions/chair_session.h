// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/recipe/chair_request.h"
#include "core/sessions/device.h"

namespace vitrine {

struct ChairGeneratorImpl;
struct InferenceBackend;
struct StyleCodes;

/// The chair generator as a use case: requests in, pictures out. Owns its network. When a GPU runs out of
/// memory or is lost, the picture comes from the CPU, and so do all that follow: `info()` says so. Thread:
/// one at a time.
class ChairSession {
public:
    /// Sets a network up on a device. Errors: throws what LibTorch throws.
    using DeviceBackend = std::function<InferenceBackend(ChairGeneratorImpl&)>;

    /// `precision`: auto | fp32 | bf16. On the CPU auto is timed at the first opening on a processor with
    /// bf16, which takes a fraction of a second; on a GPU it is fp16. Errors: NotFound, BadFormat (naming the
    /// key), Unsupported (also bf16 on a CPU without); with Device::Cuda also Device, OutOfMemory.
    static Result<ChairSession> open(const std::filesystem::path& weights,
                                     Device device = Device::Auto,
                                     const std::string& precision = "auto");
    /// The same with a device of the caller's own, as by Device::Auto. For tests: one that fails.
    static Result<ChairSession> openOn(const std::filesystem::path& weights,
                                       const DeviceBackend& deviceBackend);
    /// models/chairs-128.safetensors
    static std::filesystem::path defaultModel();
    /// What a weight file holds, without setting the network up (`device` stays empty). Errors: as open().
    static Result<ChairModelInfo> inspect(const std::filesystem::path& weights);
    ChairSession(ChairSession&&) noexcept;
    ChairSession& operator=(ChairSession&&) noexcept;
    virtual ~ChairSession();

    virtual const ChairModelInfo& info() const;
    /// What stands for each style in the network, for a map of styles.
    virtual const StyleCodes& styleCodes() const;
    /// One forward pass for all requests; those with boosts are painted on the CPU. Errors: InvalidArgument
    /// (class index or unit out of range), NotFound (the layer of a boost), NonFinite.
    virtual Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest> requests);
    Result<ChairPicture> generate(const ChairRequest& request);

protected:
    ChairSession();  ///< for one that answers by other means

private:
    struct Network;
    static Result<ChairSession> open(const std::filesystem::path& weights,
                                     const DeviceBackend& deviceBackend,
                                     bool cpuWillDo,
                                     const std::string& precision);
    explicit ChairSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
