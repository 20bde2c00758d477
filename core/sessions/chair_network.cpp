// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/chair_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/unit_request.h"

namespace vitrine {
namespace {

bool isFinite(const ChairRequest& request) {
    bool finite = std::isfinite(request.view.azimuthDeg) && std::isfinite(request.view.elevationDeg);
    for (float value : request.theta.values()) finite = finite && std::isfinite(value);
    for (const StyleWeight& style : request.styleWeights) finite = finite && std::isfinite(style.weight);
    for (const UnitBoost& boost : request.boosts) finite = finite && std::isfinite(boost.value);
    return finite;
}

/// Of all requests, a layer at a time.
std::vector<LayerBoost> encodeBoosts(std::span<const ChairRequest> requests,
                                     const ChairGeneratorOptions& options) {
    std::vector<LayerBoost> boosts;
    for (std::size_t n = 0; n < requests.size(); ++n)
        for (const UnitBoost& boost : requests[n].boosts) {
            const ChairLayer layer = findLayer(chairLayers(options), boost.layer, options.preset).value();
            auto found = std::ranges::find(boosts, layer, &LayerBoost::layer);
            if (found == boosts.end())
                found = boosts.insert(boosts.end(),
                                      {layer, torch::zeros({std::int64_t(requests.size()), layer.numUnits})});
            found->added[std::int64_t(n)][boost.unit] += boost.value;
        }
    return boosts;
}

ChairModelInfo describe(const ChairWeightsInfo& weights,
                        const SafetensorsFile& file,
                        const std::filesystem::path& path) {
    ChairModelInfo info;
    info.name = weights.options.preset;
    info.file = path;
    info.size = int(weights.options.imageSize());
    info.numStyles = int(weights.options.numStyles);
    info.styleDimensions = int(weights.options.styleDimensions);
    info.numParameters = numParameters(weights.options);
    info.step = weights.step;
    info.weightsHash = file.hash();
    info.styleIds = weights.styleIds;
    for (int i = int(info.styleIds.size()); i < info.numStyles; ++i)
        info.styleIds.push_back(fmt::format("style-{}", i));
    return info;
}

}  // namespace

Status checkChairRequest(const ChairRequest& request, const ChairGeneratorOptions& options) {
    const auto numStyles = int(options.numStyles);
    for (const StyleWeight& style : request.styleWeights) {
        if (isDrawnStyle(style.styleIndex) || (style.styleIndex >= 0 && style.styleIndex < numStyles))
            continue;
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format("The model has no style {}; it has 0 to {}.", style.styleIndex, numStyles - 1)};
    }
    for (const UnitBoost& boost : request.boosts) {
        VITRINE_TRY(const ChairLayer layer, findLayer(chairLayers(options), boost.layer, options.preset));
        if (boost.unit < 0 || boost.unit >= layer.numUnits)
            return Error{
                ErrorCode::InvalidArgument,
                fmt::format(
                    "{} has no unit {}; it has 0 to {}.", layer.name, boost.unit, layer.numUnits - 1)};
    }
    if (!isFinite(request))
        return Error{ErrorCode::InvalidArgument,
                     "Style weights, view, transformation and units must be finite numbers."};
    return {};
}

ChairInputs encodeChairs(std::span<const ChairRequest> requests,
                         const ChairGeneratorOptions& options,
                         const StyleCodes& codes) {
    const auto numRequests = std::int64_t(requests.size());
    ChairInputs inputs{
        torch::zeros({numRequests, options.numStyles}), {}, torch::empty({numRequests, options.thetaSize})};
    auto azimuth = torch::empty({numRequests}, torch::kFloat64),
         elevation = torch::empty({numRequests}, torch::kFloat64);
    auto style = inputs.style.accessor<float, 2>();
    for (std::int64_t n = 0; n < numRequests; ++n) {
        const ChairRequest& request = requests[std::size_t(n)];
        for (const StyleWeight& part : expandDrawnStyles(request.styleWeights, codes))
            style[n][part.styleIndex] = part.weight;
        azimuth.data_ptr<double>()[n] = request.view.azimuthDeg;
        elevation.data_ptr<double>()[n] = request.view.elevationDeg;
        const auto values = request.theta.values();
        std::memcpy(inputs.theta.data_ptr<float>() + n * options.thetaSize, values.data(), sizeof values);
    }
    inputs.view = encodeViews(azimuth, elevation).to(torch::kFloat32);
    inputs.boosts = encodeBoosts(requests, options);
    return inputs;
}

StyleCodes styleCodesOf(const ChairGeneratorImpl& network) {
    const torch::NoGradGuard noGrad;
    const bool isGaussian = network.options.styleDimensions > 0;
    const auto codes = (isGaussian ? network.style_mean : network.style->fc_1->weight.t())
                           .to(torch::kCPU, torch::kFloat32)
                           .contiguous();  // [numStyles, dimensions]
    const float* values = codes.data_ptr<float>();
    return {int(codes.size(1)), {values, values + codes.numel()}};
}

Error cannotSetUp(const std::filesystem::path& weights, const std::exception& error) {
    return {ErrorCode::Internal,
            "The network of " + weights.filename().string() + " could not be set up on this machine.",
            error.what()};
}

Result<ChairModelInfo> inspectChairNetwork(const std::filesystem::path& weights) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    const auto info = chairWeightsInfo(file.metadata());
    if (!info) return cannotUse(weights, info.error());
    return describe(*info, file, weights);
}

Result<ChairNetwork> openChairNetwork(const std::filesystem::path& weights, NetworkUse use) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    const auto weightsInfo = chairWeightsInfo(file.metadata());
    if (!weightsInfo) return cannotUse(weights, weightsInfo.error());
    if (weightsInfo->options.thetaSize != kThetaSize) {
        return cannotUse(
            weights,
            {ErrorCode::Unsupported,
             fmt::format("It takes {} values of transformation; only models with 8 can be steered here.",
                         weightsInfo->options.thetaSize)});
    }
    try {
        const c10::InferenceMode inference(use == NetworkUse::Inference);
        auto made = makeChairGenerator(file);
        if (!made) return cannotUse(weights, made.error());
        if (use == NetworkUse::InputGradients)
            for (torch::Tensor& weight : (*made)->parameters()) weight.set_requires_grad(false);
        return ChairNetwork{describe(*weightsInfo, file, weights), std::move(made).value()};
    } catch (const std::exception& error) {
        return cannotSetUp(weights, error);
    }
}

}  // namespace vitrine
