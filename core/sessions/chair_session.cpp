// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/chair_session.h"

#include <torch/torch.h>

#include <cstring>
#include <optional>

#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/data/chair_catalogue.h"
#include "core/nets/compute.h"
#include "core/nets/precision_probe.h"
#include "core/recipe/style_codes.h"
#include "core/sessions/chair_network.h"
#include "core/sessions/cpu_fallback.h"

namespace vitrine {
namespace {

constexpr auto kPicturesPerPass = std::size_t(FastChairGenerator::kPicturesPerPass);

}  // namespace

struct ChairSession::Network {
    ChairGeneratorOptions options;
    ChairModelInfo info;
    StyleCodes styleCodes;
    std::optional<CpuFallback> backend;

    /// Keeps `info` true. A notice is logged when it is new.
    void noteDevice();
};

void ChairSession::Network::noteDevice() {
    info.device = backend->device();
    if (const auto& fault = backend->deviceFault(); fault && info.notice.empty()) {
        info.notice = fault->message;
        logWarning(info.notice + " (" + fault->detail + ")");
    }
}

ChairSession::ChairSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
ChairSession::ChairSession() = default;
ChairSession::ChairSession(ChairSession&&) noexcept = default;
ChairSession& ChairSession::operator=(ChairSession&&) noexcept = default;
ChairSession::~ChairSession() = default;

std::filesystem::path ChairSession::defaultModel() {
    return modelFolder() / "chairs-128.safetensors";
}

const ChairModelInfo& ChairSession::info() const {
    return m_network->info;
}

const StyleCodes& ChairSession::styleCodes() const {
    return m_network->styleCodes;
}

Result<ChairModelInfo> ChairSession::inspect(const std::filesystem::path& weights) {
    return inspectChairNetwork(weights);
}

Result<ChairSession> ChairSession::open(const std::filesystem::path& weights,
                                        Device device,
                                        const std::string& precision) {
    if (device == Device::Cuda && !cudaIsAvailable()) {
        return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    }
    const bool onCuda = device != Device::Cpu && cudaIsAvailable();
    if (!onCuda) VITRINE_CHECK(checkCpuPrecision(precision));
    const DeviceBackend onDevice = [type = devicePrecision(precision)](ChairGeneratorImpl& network) {
        return cudaBackend(network, type);
    };
    return open(weights, onCuda ? onDevice : DeviceBackend(), device != Device::Cuda, precision);
}

Result<ChairSession> ChairSession::openOn(const std::filesystem::path& weights,
                                          const DeviceBackend& deviceBackend) {
    return open(weights, deviceBackend, /*cpuWillDo=*/true, "auto");
}

Result<ChairSession> ChairSession::open(const std::filesystem::path& weights,
                                        const DeviceBackend& deviceBackend,
                                        bool cpuWillDo,
                                        const std::string& precision) {
    VITRINE_TRY(ChairNetwork chairs, openChairNetwork(weights));
    auto opened = std::make_unique<Network>();
    opened->options = chairs.network->options;
    opened->info = std::move(chairs.info);
    opened->styleCodes = styleCodesOf(*chairs.network);
    try {
        const c10::InferenceMode inference;
        opened->backend.emplace(std::move(chairs.network), deviceBackend, precision);
    } catch (const std::exception& error) {
        return cannotSetUp(weights, error);
    }
    if (const auto& fault = opened->backend->deviceFault(); fault && !cpuWillDo) {
        return Error{
            fault->code,
            weights.filename().string() + " cannot be used on the GPU; choose the device cpu or auto.",
            fault->detail};
    }
    opened->noteDevice();
    return ChairSession(std::move(opened));
}

Result<std::vector<ChairPicture>> ChairSession::generate(std::span<const ChairRequest> requests) {
    const int size = m_network->info.size;
    for (const ChairRequest& request : requests)
        VITRINE_CHECK(checkChairRequest(request, m_network->options));
    std::vector<ChairPicture> pictures;
    pictures.reserve(requests.size());
    const c10::InferenceMode inference;
    std::vector<std::uint8_t> bytes;
    for (std::size_t begin = 0; begin < requests.size(); begin += kPicturesPerPass) {
        const auto part = requests.subspan(begin, std::min(kPicturesPerPass, requests.size() - begin));
        bytes.resize(part.size() * std::size_t(size) * std::size_t(size) * 4);
        const bool finite =
            m_network->backend->paint(encodeChairs(part, m_network->options, m_network->styleCodes), bytes);
        m_network->noteDevice();
        if (!finite) {
            return Error{ErrorCode::NonFinite,
                         "The network's answer is not a finite picture; use smaller style weights or "
                         "transformations."};
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            pictures.push_back({Image(size, size, 4)});
            std::memcpy(pictures.back().premultiplied.pixels.data(),
                        bytes.data() + i * bytes.size() / part.size(),
                        bytes.size() / part.size());
        }
    }
    return pictures;
}

Result<ChairPicture> ChairSession::generate(const ChairRequest& request) {
    VITRINE_TRY(auto pictures, generate(std::span(&request, 1)));
    return std::move(pictures.front());
}

}  // namespace vitrine
