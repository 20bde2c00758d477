// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/cpu_fallback.h"

#include "core/nets/precision_probe.h"

namespace vitrine {
namespace {

Error outOfMemory(const std::string& detail) {
    return {ErrorCode::OutOfMemory,
            "The GPU is out of memory, so pictures come from the CPU; close other programs that use the GPU "
            "and open the model again.",
            detail};
}

Error lost(const std::string& detail) {
    return {ErrorCode::Device,
            "The GPU has failed, so pictures come from the CPU; start Vitrine again to use the GPU.",
            detail};
}

/// What the device throws, as an Error. The exception ends here: while it is held, so is the device's memory.
template <class Work>
std::optional<Error> faultOf(const Work& work) {
    try {
        work();
        return {};
    } catch (const c10::OutOfMemoryError& error) {
        return outOfMemory(error.what_without_backtrace());
    } catch (const c10::Error& error) {
        return lost(error.what_without_backtrace());
    } catch (const std::exception& error) {
        return lost(error.what());
    }
}

}  // namespace

CpuFallback::CpuFallback(ChairGenerator network, const DeviceBackend& deviceBackend, std::string cpuPrecision)
    : m_network(std::move(network)), m_cpuPrecision(std::move(cpuPrecision)) {
    if (deviceBackend) m_fault = faultOf([&] { m_backend = deviceBackend(*m_network); });
    if (!m_backend.paint) fallBack();
}

bool CpuFallback::paint(const ChairInputs& inputs, std::span<std::uint8_t> out) {
    if (!m_network) return m_backend.paint(inputs, out);
    if (!inputs.boosts.empty()) {
        if (!m_boostingBackend.paint) m_boostingBackend = onCpu();
        return m_boostingBackend.paint(inputs, out);
    }
    bool finite = false;
    m_fault = faultOf([&] { finite = m_backend.paint(inputs, out); });
    if (!m_fault) return finite;
    fallBack();
    return m_backend.paint(inputs, out);
}

InferenceBackend CpuFallback::onCpu() {
    return cpuBackend(*m_network, chairPrecisions(*m_network, m_cpuPrecision));
}

void CpuFallback::fallBack() {
    m_backend = {};  // gives the device's memory back first
    m_backend = onCpu();
    m_boostingBackend = {};
    m_network = nullptr;
}

}  // namespace vitrine
