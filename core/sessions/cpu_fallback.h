// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/nets/inference_backend.h"

namespace vitrine {

/// Paints on a device for as long as it works, then on the CPU for good. Thread: one at a time.
class CpuFallback {
public:
    /// Sets a network up on a device. Errors: throws what LibTorch throws.
    using DeviceBackend = std::function<InferenceBackend(ChairGeneratorImpl&)>;

    /// Owns: the network's weights on the CPU, while the device works. Without a device backend: the CPU from
    /// the start. `cpuPrecision`: auto | fp32 | bf16.
    CpuFallback(ChairGenerator network, const DeviceBackend& deviceBackend, std::string cpuPrecision);

    /// As InferenceBackend::paint; boosted pictures come from the CPU in any case. Errors: throws what the
    /// CPU's path throws; of the device's errors the picture never hears.
    bool paint(const ChairInputs& inputs, std::span<std::uint8_t> out);
    /// Where the next picture comes from, e.g. "CPU, bf16".
    const std::string& device() const { return m_backend.device; }
    /// Why it no longer comes from the device. The codes are OutOfMemory and Device.
    const std::optional<Error>& deviceFault() const { return m_fault; }

private:
    InferenceBackend onCpu();
    void fallBack();

    ChairGenerator m_network;
    std::string m_cpuPrecision;
    InferenceBackend m_backend;
    InferenceBackend m_boostingBackend;  ///< on the CPU, beside a device; set up when it is needed
    std::optional<Error> m_fault;
};

}  // namespace vitrine
