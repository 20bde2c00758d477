// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/unit_session.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <optional>

#include "core/nets/fast_chair_generator.h"
#include "core/sessions/chair_network.h"

namespace vitrine {
namespace {

using torch::Tensor;
using torch::indexing::Slice;

constexpr auto kUnitPicturesPerPass = std::size_t(FastChairGenerator::kPicturesPerPass);

/// A unit and what it is given.
struct Force {
    int unit = 0;
    double value = 0;
};

/// The part of a layer's activations that a force acts on. Shapes: activations [N, units, ...].
Tensor target(const Tensor& activations, std::int64_t n, int unit, const std::optional<MapCell>& cell) {
    const Tensor map = activations[n][unit];
    return cell ? map[cell->row][cell->column] : map;
}

Tensor insideWindow(const Tensor& maps, const MapWindow& window, bool outside) {
    Tensor keep = outside ? torch::ones_like(maps) : torch::zeros_like(maps);
    keep.index_put_({Slice(),
                     Slice(),
                     Slice(window.top, window.top + window.height),
                     Slice(window.left, window.left + window.width)},
                    outside ? 0.0f : 1.0f);
    return maps * keep;
}

Tensor withMaps(const Tensor& activations, const std::vector<int>& maps, bool keep) {
    Tensor factors =
        keep ? torch::zeros({activations.size(1), 1, 1}) : torch::ones({activations.size(1), 1, 1});
    for (const int map : maps) factors[map].fill_(keep ? 1 : 0);
    return activations * factors;
}

/// Shapes: activations [1, ...] of the chair -> [forces, ...], or [1, ...] where a request has no forces.
Tensor changedActivations(const UnitRequest& request,
                          const Tensor& activations,
                          std::span<const Force> forces) {
    if (request.mode == UnitMode::Window) return insideWindow(activations, request.window, request.outside);
    if (request.mode == UnitMode::Maps) return withMaps(activations, request.maps, request.keepMaps);
    auto repeats = std::vector<std::int64_t>(std::size_t(activations.dim()), 1);
    repeats[0] = std::int64_t(forces.size());
    const bool replace = request.mode == UnitMode::Replace;
    const Tensor changed = (replace ? torch::zeros_like(activations) : activations).repeat(repeats);
    for (std::size_t n = 0; n < forces.size(); ++n)
        target(changed, std::int64_t(n), forces[n].unit, request.cell) += forces[n].value;
    return changed;
}

/// Shapes: [N, 3, S, S] and [N, maskChannels, S, S] -> N rasters. Errors: NonFinite.
Result<std::vector<ChairOutput>> outputsOf(const ChairImages& images) {
    const Tensor pixels =
        torch::cat({images.rgb, images.mask.mean(1, /*keepdim=*/true)}, 1).permute({0, 2, 3, 1}).contiguous();
    if (!torch::isfinite(pixels).all().item<bool>())
        return Error{ErrorCode::NonFinite,
                     "The network's answer is not a finite picture; use a smaller value."};
    const int size = int(pixels.size(1));
    std::vector<ChairOutput> outputs(std::size_t(pixels.size(0)), ChairOutput(size, size, 4));
    for (std::size_t n = 0; n < outputs.size(); ++n)
        std::memcpy(outputs[n].pixels.data(),
                    pixels[std::int64_t(n)].const_data_ptr<float>(),
                    outputs[n].pixels.size() * sizeof(float));
    return outputs;
}

/// Shapes: an up-convolution's weight [maps, out, k, k] -> rasters [k, k, count] of the outputs from `first`
/// on.
std::vector<Raster<float>> filtersOf(const Tensor& weight, std::int64_t first, std::int64_t count) {
    const Tensor taps = weight.slice(1, first, first + count).permute({0, 2, 3, 1}).contiguous();
    std::vector<Raster<float>> filters(std::size_t(taps.size(0)),
                                       Raster<float>(int(taps.size(2)), int(taps.size(1)), int(count)));
    for (std::size_t i = 0; i < filters.size(); ++i)
        std::memcpy(filters[i].pixels.data(),
                    taps[std::int64_t(i)].const_data_ptr<float>(),
                    filters[i].pixels.size() * sizeof(float));
    return filters;
}

FilterBank bankOf(std::vector<Raster<float>> filters) {
    FilterBank bank;
    std::vector<double> energy;
    for (const Raster<float>& filter : filters) {
        double sum = 0;
        for (const float weight : filter.pixels) {
            sum += double(weight) * double(weight);
            bank.range = std::max(bank.range, std::abs(double(weight)));
        }
        energy.push_back(sum);
    }
    bank.order.resize(filters.size());
    std::iota(bank.order.begin(), bank.order.end(), 0);
    std::ranges::stable_sort(
        bank.order, std::ranges::greater(), [&](int map) { return energy[std::size_t(map)]; });
    bank.filters = std::move(filters);
    return bank;
}

}  // namespace

struct UnitSession::Network {
    Network(ChairNetwork chairs)
        : info(std::move(chairs.info)),
          options(chairs.network->options),
          layers(chairLayers(options)),
          styleCodes(styleCodesOf(*chairs.network)),
          fast(*chairs.network, torch::kFloat32) {
        const Tensor rgb = chairs.network->rgb_stream->output->weight;
        rgbFilters = bankOf(filtersOf(rgb, 0, 3));
        const bool oneStream = chairs.network->mask_stream.is_empty();
        const Tensor mask = oneStream ? rgb.slice(1, 3) : chairs.network->mask_stream->output->weight;
        maskFilters = bankOf(filtersOf(mask.mean(1, /*keepdim=*/true), 0, 1));
        info.device = "CPU, fp32";
    }

    /// The chair's activations at a layer; kept for as long as neither changes.
    const PartialForward& partialForwardOf(const ChairLayer& layer, const ChairRequest& chair);
    /// The other stream's output beside a changed one: it follows what the request does to the whole layer.
    /// Kept likewise. In a branch, and in a network of one stream, what forwardUpTo() gives.
    const std::vector<Tensor>& besideOf(const UnitRequest& request, const ChairLayer& layer);
    Result<std::vector<ChairOutput>> paint(const UnitRequest& request,
                                           const ChairLayer& layer,
                                           std::span<const Force> forces);
    /// What a request's pictures are compared with; kept likewise.
    Result<ChairOutput> baseOf(const UnitRequest& request, const ChairLayer& layer);
    Result<ChairLayer> checkedLayer(const UnitRequest& request) const;

    ChairModelInfo info;
    ChairGeneratorOptions options;
    std::vector<ChairLayer> layers;
    StyleCodes styleCodes;
    FastChairGenerator fast;
    FilterBank rgbFilters, maskFilters;

private:
    struct Kept {
        ChairLayer layer;
        ChairRequest chair;
        PartialForward partial;
    };
    struct KeptBase {
        ChairLayer layer;
        ChairRequest chair;
        bool zero = false;
        ChairOutput output;
    };
    struct KeptBeside {
        UnitRequest request;
        std::vector<Tensor> tensors;
    };
    std::optional<Kept> m_partial;
    std::optional<KeptBeside> m_beside;
    std::optional<KeptBase> m_base;
};

const PartialForward& UnitSession::Network::partialForwardOf(const ChairLayer& layer,
                                                             const ChairRequest& chair) {
    if (m_partial && m_partial->layer == layer && m_partial->chair == chair) return m_partial->partial;
    const ChairInputs inputs = encodeChairs(std::span(&chair, 1), options, styleCodes);
    m_partial = Kept{layer, chair, fast.forwardUpTo(layer, inputs.style, inputs.view, inputs.theta)};
    return m_partial->partial;
}

const std::vector<Tensor>& UnitSession::Network::besideOf(const UnitRequest& request,
                                                          const ChairLayer& layer) {
    const bool hasOther = layer.subnet >= ChairSubnet::Rgb && !options.maskMaps.empty();
    const bool wholeLayer = request.mode == UnitMode::Replace || request.mode == UnitMode::Window;
    if (!hasOther || !wholeLayer) return partialForwardOf(layer, request.chair).beside;
    UnitRequest key = request;
    key.unit = 0, key.value = 0, key.cell = {}, key.maps = {};
    if (m_beside && m_beside->request == key) return m_beside->tensors;
    const bool isRgb = layer.subnet == ChairSubnet::Rgb;
    const ChairLayer other = *std::ranges::find_if(layers, [&](const ChairLayer& each) {
        return each.subnet == (isRgb ? ChairSubnet::Mask : ChairSubnet::Rgb) && each.depth == layer.depth;
    });
    const ChairInputs inputs = encodeChairs(std::span(&request.chair, 1), options, styleCodes);
    PartialForward partial = fast.forwardUpTo(other, inputs.style, inputs.view, inputs.theta);
    partial.activations = request.mode == UnitMode::Replace
                              ? torch::zeros_like(partial.activations)
                              : insideWindow(partial.activations, request.window, request.outside);
    const ChairImages images = fast.forwardFrom(other, partial);
    m_beside = KeptBeside{key, {isRgb ? images.mask : images.rgb}};
    return m_beside->tensors;
}

Result<std::vector<ChairOutput>> UnitSession::Network::paint(const UnitRequest& request,
                                                             const ChairLayer& layer,
                                                             std::span<const Force> forces) {
    const c10::InferenceMode inference;
    const Tensor activations =
        changedActivations(request, partialForwardOf(layer, request.chair).activations, forces);
    return outputsOf(fast.forwardFrom(layer, {activations, besideOf(request, layer)}));
}

Result<ChairOutput> UnitSession::Network::baseOf(const UnitRequest& request, const ChairLayer& layer) {
    const bool zero = request.mode == UnitMode::Replace;
    if (m_base && m_base->layer == layer && m_base->chair == request.chair && m_base->zero == zero)
        return m_base->output;
    UnitRequest unchanged = request;
    unchanged.mode = zero ? UnitMode::Replace : UnitMode::Add;
    const Force none{};
    VITRINE_TRY(auto outputs, paint(unchanged, layer, std::span(&none, 1)));
    m_base = KeptBase{layer, request.chair, zero, std::move(outputs.front())};
    return m_base->output;
}

Result<ChairLayer> UnitSession::Network::checkedLayer(const UnitRequest& request) const {
    VITRINE_TRY(const ChairLayer layer, findLayer(layers, request.layer, info.name));
    VITRINE_CHECK(checkUnitRequest(request, layer));
    VITRINE_CHECK(checkChairRequest(request.chair, options));
    return layer;
}

UnitSession::UnitSession(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
UnitSession::UnitSession() = default;
UnitSession::UnitSession(UnitSession&&) noexcept = default;
UnitSession& UnitSession::operator=(UnitSession&&) noexcept = default;
UnitSession::~UnitSession() = default;

Result<UnitSession> UnitSession::open(const std::filesystem::path& weights, Device device) {
    if (device == Device::Cuda)
        return Error{ErrorCode::Unsupported,
                     "Units are looked at on the CPU; choose the device cpu or auto."};
    VITRINE_TRY(ChairNetwork chairs, openChairNetwork(weights));
    try {
        const c10::InferenceMode inference;
        return UnitSession(std::make_unique<Network>(std::move(chairs)));
    } catch (const std::exception& error) {
        return cannotSetUp(weights, error);
    }
}

const ChairModelInfo& UnitSession::info() const {
    return m_network->info;
}

const std::vector<ChairLayer>& UnitSession::layers() const {
    return m_network->layers;
}

Result<ChairLayer> UnitSession::layer(const std::string& name) const {
    return findLayer(layers(), name, info().name);
}

Result<UnitResult> UnitSession::run(const UnitRequest& request) {
    VITRINE_TRY(const ChairLayer layer, m_network->checkedLayer(request));
    VITRINE_TRY(ChairOutput base, m_network->baseOf(request, layer));
    const Force force{request.unit, request.value};
    VITRINE_TRY(auto outputs, m_network->paint(request, layer, std::span(&force, 1)));
    UnitResult result{std::move(base), std::move(outputs.front()), {}, {}};
    result.effect = measureEffect(result.base, result.changed);
    const bool oneCell = request.cell && request.mode != UnitMode::Window && request.mode != UnitMode::Maps;
    const MapWindow whole{0, 0, layer.side, layer.side};
    const MapWindow changed = oneCell ? MapWindow{request.cell->row, request.cell->column, 1, 1} : whole;
    result.footprint = footprintOf(layer, changed, m_network->info.size);
    return result;
}

Result<std::vector<ChairOutput>> UnitSession::runValues(const UnitRequest& request,
                                                        std::span<const double> values) {
    UnitRequest each = request;
    std::vector<Force> forces;
    for (const double value : values) {
        each.value = value;
        VITRINE_CHECK(m_network->checkedLayer(each));
        forces.push_back({request.unit, value});
    }
    VITRINE_TRY(const ChairLayer layer, m_network->checkedLayer(request));
    return m_network->paint(request, layer, forces);
}

Result<JobOutcome> UnitSession::sweep(const UnitRequest& request,
                                      const Report& report,
                                      const std::stop_token& stop,
                                      std::span<const int> units) {
    VITRINE_TRY(const ChairLayer layer, m_network->checkedLayer(request));
    std::vector<int> all(std::size_t(layer.numUnits), 0);
    std::iota(all.begin(), all.end(), 0);
    if (units.empty()) units = all;
    VITRINE_TRY(const ChairOutput base, m_network->baseOf(request, layer));
    for (std::size_t begin = 0; begin < units.size(); begin += kUnitPicturesPerPass) {
        if (stop.stop_requested()) return JobOutcome::Cancelled;
        const auto pass = units.subspan(begin, std::min(kUnitPicturesPerPass, units.size() - begin));
        std::vector<Force> forces;
        UnitRequest each = request;
        for (const int unit : pass) {
            each.unit = unit;
            VITRINE_CHECK(checkUnitRequest(each, layer));
            forces.push_back({unit, request.value});
        }
        VITRINE_TRY(auto outputs, m_network->paint(request, layer, forces));
        std::vector<UnitSample> samples;
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            const UnitEffect effect = measureEffect(base, outputs[i]);
            samples.push_back({pass[i], std::move(outputs[i]), effect});
        }
        report(std::move(samples));
    }
    return JobOutcome::Done;
}

Result<LayerActivations> UnitSession::activations(const ChairRequest& chair, const std::string& layerName) {
    UnitRequest request;
    request.chair = chair;
    request.layer = layerName;
    VITRINE_TRY(const ChairLayer layer, m_network->checkedLayer(request));
    const c10::InferenceMode inference;
    const Tensor values = m_network->partialForwardOf(layer, chair).activations.contiguous();
    const float* const begin = values.const_data_ptr<float>();
    return LayerActivations{layer, std::vector<float>(begin, begin + values.numel())};
}

FilterBank UnitSession::filters(bool mask) const {
    return mask ? m_network->maskFilters : m_network->rgbFilters;
}

}  // namespace vitrine
