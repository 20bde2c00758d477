// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explore/chair_session.h"

#include <torch/torch.h>

#include <cctype>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/base/log.h"
#include "core/data/chair_catalogue.h"
#include "core/explore/fallback_painter.h"
#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/compute.h"

namespace vitrine {
namespace {

constexpr auto kPicturesPerPass = std::size_t(FastChairGenerator::kPicturesPerPass);

bool isFinite(const ChairRequest& request) {
    bool finite = std::isfinite(request.view.azimuthDeg) && std::isfinite(request.view.elevationDeg);
    for (float value : request.theta.values()) finite = finite && std::isfinite(value);
    for (const StyleWeight& style : request.styleWeights) finite = finite && std::isfinite(style.weight);
    return finite;
}

Status checkRequest(const ChairRequest& request, int numStyles) {
    for (const StyleWeight& style : request.styleWeights) {
        if (style.styleIndex >= 0 && style.styleIndex < numStyles) continue;
        return Error{ErrorCode::InvalidArgument, "The model has no style " + std::to_string(style.styleIndex) + "; it knows 0 to " +
                                                     std::to_string(numStyles - 1) + "."};
    }
    if (!isFinite(request)) return Error{ErrorCode::InvalidArgument, "Style weights, view and transformation must be finite numbers."};
    return {};
}

ChairInputs encode(std::span<const ChairRequest> requests, const ChairGeneratorOptions& options) {
    const auto numRequests = std::int64_t(requests.size());
    ChairInputs inputs{torch::zeros({numRequests, options.numStyles}), {}, torch::empty({numRequests, options.thetaSize})};
    auto azimuth = torch::empty({numRequests}, torch::kFloat64), elevation = torch::empty({numRequests}, torch::kFloat64);
    auto style = inputs.style.accessor<float, 2>();
    for (std::int64_t n = 0; n < numRequests; ++n) {
        const ChairRequest& request = requests[std::size_t(n)];
        for (const StyleWeight& weight : request.styleWeights) style[n][weight.styleIndex] += weight.weight;
        azimuth.data_ptr<double>()[n] = request.view.azimuthDeg;
        elevation.data_ptr<double>()[n] = request.view.elevationDeg;
        const auto values = request.theta.values();
        std::memcpy(inputs.theta.data_ptr<float>() + n * options.thetaSize, values.data(), sizeof values);
    }
    inputs.view = encodeViews(azimuth, elevation).to(torch::kFloat32);
    return inputs;
}

ChairModelInfo describe(const ChairWeightsInfo& weights, const std::filesystem::path& path) {
    ChairModelInfo info;
    info.name = weights.options.preset;
    info.file = path;
    info.size = int(weights.options.imageSize());
    info.numStyles = int(weights.options.numStyles);
    info.numParameters = numParameters(weights.options);
    info.step = weights.step;
    info.styleIds = weights.styleIds;
    for (int i = int(info.styleIds.size()); i < info.numStyles; ++i) info.styleIds.push_back("style-" + std::to_string(i));
    return info;
}

/// The networks' messages do not know which file they speak of.
Error namingFile(const std::filesystem::path& weights, Error error) {
    if (!error.message.empty()) error.message[0] = char(std::tolower(static_cast<unsigned char>(error.message[0])));
    error.message = weights.filename().string() + " cannot be used: " + error.message;
    return error;
}

Error thrown(const std::filesystem::path& weights, const std::exception& error) {
    return {ErrorCode::Internal, "The network of " + weights.filename().string() + " could not be set up on this machine.", error.what()};
}

}  // namespace

struct ChairSession::Network {
    ChairGeneratorOptions options;
    ChairModelInfo info;
    std::optional<FallbackPainter> painter;

    /// Keeps `info` true. A notice is logged when it is new.
    void noteDevice();
};

void ChairSession::Network::noteDevice() {
    info.device = painter->device();
    if (const auto& fault = painter->deviceFault(); fault && info.notice.empty()) {
        info.notice = fault->message;
        logWarning(info.notice + " (" + fault->detail + ")");
    }
}

ChairSession::ChairSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
ChairSession::ChairSession(ChairSession&&) noexcept = default;
ChairSession& ChairSession::operator=(ChairSession&&) noexcept = default;
ChairSession::~ChairSession() = default;

std::filesystem::path ChairSession::defaultModel() { return modelFolder() / "chairs-128.safetensors"; }

const ChairModelInfo& ChairSession::info() const { return m_network->info; }

Result<ChairModelInfo> ChairSession::inspect(const std::filesystem::path& weights) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    const auto info = chairWeightsInfo(file.metadata());
    if (!info) return namingFile(weights, info.error());
    return describe(*info, weights);
}

Result<ChairSession> ChairSession::open(const std::filesystem::path& weights, Device device) {
    if (device == Device::Cuda && !cudaIsAvailable()) {
        return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    }
    const bool onCuda = device != Device::Cpu && cudaIsAvailable();
    return open(weights, onCuda ? [](ChairGeneratorImpl& network) { return paintOnCuda(network); } : DevicePainter(), device != Device::Cuda);
}

Result<ChairSession> ChairSession::openOn(const std::filesystem::path& weights, const DevicePainter& devicePainter) {
    return open(weights, devicePainter, /*cpuWillDo=*/true);
}

Result<ChairSession> ChairSession::open(const std::filesystem::path& weights, const DevicePainter& devicePainter, bool cpuWillDo) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    const auto weightsInfo = chairWeightsInfo(file.metadata());
    if (!weightsInfo) return namingFile(weights, weightsInfo.error());
    if (weightsInfo->options.thetaSize != kThetaSize) {
        return namingFile(weights, {ErrorCode::Unsupported, "It takes " + std::to_string(weightsInfo->options.thetaSize) +
                                                                " values of transformation; only models with 8 can be steered here."});
    }
    auto opened = std::make_unique<Network>();
    opened->options = weightsInfo->options;
    opened->info = describe(*weightsInfo, weights);
    try {
        const c10::InferenceMode inference;
        auto made = makeChairGenerator(file);
        if (!made) return namingFile(weights, made.error());
        opened->painter.emplace(std::move(made).value(), devicePainter);
    } catch (const std::exception& error) {
        return thrown(weights, error);
    }
    if (const auto& fault = opened->painter->deviceFault(); fault && !cpuWillDo) {
        return Error{fault->code, weights.filename().string() + " cannot be used on the GPU; choose the device cpu or auto.", fault->detail};
    }
    opened->noteDevice();
    return ChairSession(std::move(opened));
}

Result<std::vector<ChairPicture>> ChairSession::generate(std::span<const ChairRequest> requests) {
    const int size = m_network->info.size;
    for (const ChairRequest& request : requests) VITRINE_CHECK(checkRequest(request, m_network->info.numStyles));
    std::vector<ChairPicture> pictures;
    pictures.reserve(requests.size());
    const c10::InferenceMode inference;
    std::vector<std::uint8_t> bytes;
    for (std::size_t begin = 0; begin < requests.size(); begin += kPicturesPerPass) {
        const auto part = requests.subspan(begin, std::min(kPicturesPerPass, requests.size() - begin));
        bytes.resize(part.size() * std::size_t(size) * std::size_t(size) * 4);
        const bool finite = m_network->painter->paint(encode(part, m_network->options), bytes);
        m_network->noteDevice();
        if (!finite) {
            return Error{ErrorCode::NonFinite, "The network's answer is not a finite picture; use smaller style weights or transformations."};
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            pictures.push_back({Image(size, size, 4)});
            std::memcpy(pictures.back().premultiplied.pixels.data(), bytes.data() + i * bytes.size() / part.size(), bytes.size() / part.size());
        }
    }
    return pictures;
}

Result<ChairPicture> ChairSession::generate(const ChairRequest& request) {
    VITRINE_TRY(auto pictures, generate(std::span(&request, 1)));
    return std::move(pictures.front());
}

}  // namespace vitrine
