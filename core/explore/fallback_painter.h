// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/nets/chair_painter.h"

namespace vitrine {

/// Paints on a device for as long as it works, then on the CPU for good. Thread: one at a time.
class FallbackPainter {
public:
    /// Sets a network up on a device. Errors: throws what LibTorch throws.
    using DevicePainter = std::function<ChairPainter(ChairGeneratorImpl&)>;

    /// Owns: the network's weights on the CPU, while the device works. Without a device painter: the CPU from
    /// the start. `cpuPrecision`: auto | fp32 | bf16.
    FallbackPainter(ChairGenerator network, const DevicePainter& devicePainter, std::string cpuPrecision);

    /// As ChairPainter's; boosted pictures come from the CPU in any case. Errors: throws what the CPU's path throws; of the device's errors the picture never
    /// hears.
    bool paint(const ChairInputs& inputs, std::span<std::uint8_t> out);
    /// Where the next picture comes from, e.g. "CPU, bf16".
    const std::string& device() const { return m_painter.device; }
    /// Why it no longer comes from the device. The codes are OutOfMemory and Device.
    const std::optional<Error>& deviceFault() const { return m_fault; }

private:
    ChairPainter onCpu();
    void fallBack();

    ChairGenerator m_network;
    std::string m_cpuPrecision;
    ChairPainter m_painter;
    ChairPainter m_boosting;  ///< on the CPU, beside a device; set up when it is needed
    std::optional<Error> m_fault;
};

}  // namespace vitrine
