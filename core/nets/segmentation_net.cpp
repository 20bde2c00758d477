// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/segmentation_net.h"

#include "core/base/image.h"
#include "core/nets/compute.h"
#include "core/nets/random_tensors.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

using torch::Tensor;

torch::nn::Conv2d sameConv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2));
}

/// What oneDNN is fast with; the layers after keep it.
Tensor channelsLast(const Tensor& maps) {
    return maps.contiguous(at::MemoryFormat::ChannelsLast);
}

Tensor activated(BatchNormsImpl& norms, const char* layer, const Tensor& maps) {
    return torch::relu(norms.after(layer, maps));
}
Tensor pooled(BatchNormsImpl& norms, const char* layer, const Tensor& maps) {
    return at::max_pool2d(activated(norms, layer, maps), 2);
}

using UpLayer = Tensor (*)(UpConvolutionImpl& layer, const Tensor& maps);

Tensor transposedUp(UpConvolutionImpl& layer, const Tensor& maps) {
    return layer.forward(maps);
}
Tensor literalUp(UpConvolutionImpl& layer, const Tensor& maps) {
    return literalUpConvolution(maps, flipKernel(layer.weight), layer.bias);
}

Tensor generate(GenerationNetImpl& net, const Tensor& z, UpLayer up) {
    auto& norms = *net.norms;
    auto maps = activated(norms, "conv_1", net.conv_1->forward(z));  // [N, 96, H/16, W/16]
    maps = activated(norms, "up_2", up(*net.up_2, maps));            // [N, 64, H/8, W/8]
    maps = activated(norms, "up_3", up(*net.up_3, maps));            // [N, 48, H/4, W/4]
    maps = activated(norms, "up_4", up(*net.up_4, maps));            // [N, 48, H/2, W/2]
    return up(*net.output, maps);                                    // [N, K, H, W]
}

ScaledLogits guessWith(BaselineCnnImpl& net, const Tensor& image, UpLayer up) {
    ScaledLogits out;
    auto& norms = *net.norms;
    auto maps = pooled(norms, "conv_1", net.conv_1->forward(image));  // [N, 64, H/4, W/4]
    maps = pooled(norms, "conv_2", net.conv_2->forward(maps));        // [N, 96, H/8, W/8]
    maps = activated(norms, "conv_3", net.conv_3->forward(maps));     // [N, 128, H/8, W/8]
    maps = activated(norms, "conv_4", net.conv_4->forward(maps));
    maps = activated(norms, "conv_5", net.conv_5->forward(maps));  // [N, 96, H/8, W/8]
    if (net.quarter) out.quarter = up(*net.quarter, maps);
    maps = activated(norms, "up_6", up(*net.up_6, maps));  // [N, 64, H/4, W/4]
    if (net.half) out.half = up(*net.half, maps);
    maps = activated(norms, "up_7", up(*net.up_7, maps));  // [N, 48, H/2, W/2]
    out.logits = up(*net.output, maps);                    // [N, K, H, W]
    return out;
}

/// Layers without a ReLU: their maps are logits or the latent.
bool isLinear(const std::string& layer) {
    for (const char* linear : {"output", "half", "quarter", "mean", "log_variance"})
        if (layer.ends_with(linear)) return true;
    return false;
}

Tensor priorInput(const SegmentationNetOptions& options,
                  const Tensor& image,
                  const Tensor& guessLogits,
                  const Tensor& known = {}) {
    if (!options.recurrent) return image;
    auto answer = torch::softmax(options.guessFactor() * guessLogits, 1);
    if (known.defined()) answer = torch::where(known.sum(1, /*keepdim=*/true) > 0, known, answer);
    return options.priorSeesImage ? torch::cat({image, answer}, 1) : answer;
}

/// Variance of a layer's weights, times its fan-in.
double gainOf(const std::string& layer, bool isUp, Initialisation kind) {
    if (kind == Initialisation::Paper || isLinear(layer)) return 1;
    return isUp ? 8 : 2;  // 2 for the ReLU, 4 for the zeros of the unpooling
}

/// A first layer's maps start around zero for pictures, whose numbers lie around 1/2, not 0.
void centreOnGrey(const Tensor& weight, Tensor bias) {
    torch::NoGradGuard noGrad;
    bias.sub_(0.5 * weight.sum({1, 2, 3}));
}

std::int64_t numMapsOf(const torch::nn::Module& layer) {
    if (auto* conv = layer.as<torch::nn::Conv2d>()) return conv->weight.size(0);
    return layer.as<UpConvolution>()->weight.size(1);
}

/// Of all layers of a network that a ReLU follows.
BatchNorms normsOf(torch::nn::Module& network, const SegmentationNetOptions& options) {
    BatchNorms norms;
    if (!options.batchNorm) return norms;
    for (const auto& layer : network.named_children())
        if (!isLinear(layer.key())) norms->add(layer.key(), numMapsOf(*layer.value()));
    return norms;
}

}  // namespace

GaussianEncoderImpl::GaussianEncoderImpl(std::int64_t inChannels, const SegmentationNetOptions& o)
    : conv_1(register_module("conv_1", sameConv(inChannels, o.maps(64), 9, 2))),
      conv_2(register_module("conv_2", sameConv(o.maps(64), o.maps(96), 5))),
      conv_3(register_module("conv_3", sameConv(o.maps(96), o.maps(128), 3))),
      mean(register_module("mean", sameConv(o.maps(128), o.latentMaps(), 3))) {
    if (o.hasNoise())
        log_variance = register_module("log_variance", sameConv(o.maps(128), o.latentMaps(), 3));
    norms = register_module("norms", normsOf(*this, o));
}

LatentGaussian GaussianEncoderImpl::forward(const Tensor& input) {
    auto maps = pooled(*norms, "conv_1", conv_1->forward(input));  // [N, 64, H/4, W/4]
    maps = pooled(*norms, "conv_2", conv_2->forward(maps));        // [N, 96, H/8, W/8]
    maps = pooled(*norms, "conv_3", conv_3->forward(maps));        // [N, 128, H/16, W/16]
    LatentGaussian latent{mean->forward(maps).to(torch::kFloat32), {}};
    if (log_variance)
        latent.logVariance =
            log_variance->forward(maps).to(torch::kFloat32).clamp(-kMaxLogVariance, kMaxLogVariance);
    return latent;
}

GenerationNetImpl::GenerationNetImpl(const SegmentationNetOptions& o)
    : conv_1(register_module("conv_1", sameConv(o.latentMaps(), o.maps(96), 3))),
      up_2(register_module("up_2", UpConvolution(o.maps(96), o.maps(64), 5))),
      up_3(register_module("up_3", UpConvolution(o.maps(64), o.maps(48), 5))),
      up_4(register_module("up_4", UpConvolution(o.maps(48), o.maps(48), 5))),
      output(register_module("output", UpConvolution(o.maps(48), o.numClasses, o.headKernel))) {
    norms = register_module("norms", normsOf(*this, o));
}

Tensor GenerationNetImpl::forward(const Tensor& z) {
    return generate(*this, channelsLast(z), transposedUp);
}

BaselineCnnImpl::BaselineCnnImpl(const SegmentationNetOptions& o)
    : conv_1(register_module("conv_1", sameConv(3, o.maps(64), 9, 2))),
      conv_2(register_module("conv_2", sameConv(o.maps(64), o.maps(96), 5))),
      conv_3(register_module("conv_3", sameConv(o.maps(96), o.maps(128), 3))),
      conv_4(register_module("conv_4", sameConv(o.maps(128), o.maps(128), 3))),
      conv_5(register_module("conv_5", sameConv(o.maps(128), o.maps(96), 3))),
      up_6(register_module("up_6", UpConvolution(o.maps(96), o.maps(64), 5))),
      up_7(register_module("up_7", UpConvolution(o.maps(64), o.maps(48), 5))),
      output(register_module("output", UpConvolution(o.maps(48), o.numClasses, o.headKernel))) {
    norms = register_module("norms", normsOf(*this, o));
    if (!o.multiScale) return;
    quarter = register_module("quarter", UpConvolution(o.maps(96), o.numClasses, 3));
    half = register_module("half", UpConvolution(o.maps(64), o.numClasses, 5));
}

ScaledLogits BaselineCnnImpl::forward(const Tensor& image) {
    return guessWith(*this, channelsLast(image), transposedUp);
}

SegmentationNetImpl::SegmentationNetImpl(SegmentationNetOptions given) : options(std::move(given)) {
    settleThreadTeam();
    const auto& o = options;
    if (o.hasCnn()) cnn = register_module("cnn", BaselineCnn(o));
    if (!o.hasLatent()) return;
    const std::int64_t priorChannels = (o.priorSeesImage ? 3 : 0) + (o.recurrent ? o.numClasses : 0);
    prior = register_module("prior", GaussianEncoder(priorChannels, o));
    generation = register_module("generation", GenerationNet(o));
    if (!o.hasRecognition()) return;
    recognition =
        register_module("recognition", GaussianEncoder((o.recognitionSeesImage ? 3 : 0) + o.numClasses, o));
}

void SegmentationNetImpl::checkImage(const Tensor& image) const {
    TORCH_CHECK(image.dim() == 4 && image.size(1) == 3 && image.size(2) % kLatentStride == 0 &&
                    image.size(3) % kLatentStride == 0 && image.numel() > 0,
                "SegmentationNet: image is ",
                image.sizes(),
                ", expected [N, 3, H, W] with H and W multiples of ",
                kLatentStride);
}

ScaledLogits SegmentationNetImpl::guess(const Tensor& image) {
    checkImage(image);
    return cnn ? cnn->forward(image) : ScaledLogits{};
}

LatentGaussian SegmentationNetImpl::priorOf(const Tensor& image,
                                            const Tensor& guessLogits,
                                            const Tensor& known) {
    TORCH_CHECK(prior, "SegmentationNet: the variant cnn has no latent");
    return prior->forward(channelsLast(priorInput(options, image, guessLogits, known)));
}

LatentGaussian SegmentationNetImpl::recognitionOf(const Tensor& image, const Tensor& labels) {
    TORCH_CHECK(
        recognition, "SegmentationNet: the variant ", nameOf(options.variant), " has no recognition network");
    TORCH_CHECK(labels.dim() == 4 && labels.size(1) == options.numClasses &&
                    labels.size(2) == image.size(2) && labels.size(3) == image.size(3),
                "SegmentationNet: labels are ",
                labels.sizes(),
                ", expected [N, ",
                options.numClasses,
                ", ",
                image.size(2),
                ", ",
                image.size(3),
                "]");
    return recognition->forward(
        channelsLast(options.recognitionSeesImage ? torch::cat({image, labels}, 1) : labels));
}

Tensor SegmentationNetImpl::logitsOf(const Tensor& guessLogits, const Tensor& z) {
    const auto logits = generation->forward(z);
    return options.predictionSeesImage ? guessLogits + logits : logits;
}

Tensor SegmentationNetImpl::forward(const Tensor& image) {
    const auto initial = guess(image).logits;
    return prior ? logitsOf(initial, priorOf(image, initial).mean) : initial;
}

void SegmentationNetImpl::initialise(torch::Generator generator, Initialisation kind) {
    constexpr double kBiasDeviation = 0.01;
    for (auto& [name, module] : named_modules("", /*include_self=*/false).pairs()) {
        auto* conv = module->as<torch::nn::Conv2d>();
        auto* up = module->as<UpConvolution>();
        if (!conv && !up) continue;
        Tensor weight = conv ? conv->weight : up->weight, bias = conv ? conv->bias : up->bias;
        const double fanIn = double(weight.size(conv ? 1 : 0) * weight.size(2) * weight.size(3));
        const double zero = name.ends_with("log_variance") ? 0 : 1;
        fillNormal(weight, zero * std::sqrt(gainOf(name, up != nullptr, kind) / fanIn), generator);
        fillNormal(bias, zero * kBiasDeviation, generator);
        if (kind == Initialisation::He && name.ends_with("conv_1") && conv) centreOnGrey(weight, bias);
    }
}

std::vector<std::int64_t> SegmentationNetImpl::latentShape(const Tensor& image) const {
    return {
        image.size(0), options.latentMaps(), image.size(2) / kLatentStride, image.size(3) / kLatentStride};
}

SegmentationNet withoutBatchNorm(const SegmentationNet& network) {
    auto options = network->options;
    options.batchNorm = false;
    SegmentationNet plain(options);
    TensorSet layers;
    layers.addParameters(*network, torch::kFloat32);
    loadMatchingParameters(*plain, layers.views());
    if (network->cnn) network->cnn->norms->foldInto(*plain->cnn);
    if (network->prior) network->prior->norms->foldInto(*plain->prior);
    if (network->recognition) network->recognition->norms->foldInto(*plain->recognition);
    if (network->generation) network->generation->norms->foldInto(*plain->generation);
    plain->train(network->is_training());
    return plain;
}

Tensor oneHotLabels(const Tensor& labels, std::int64_t numClasses) {
    // The unknown go to a channel of their own, which is cut off.
    const auto index = labels.masked_fill(labels == std::int64_t(kUnknownLabel), numClasses).unsqueeze(1);
    auto full = torch::zeros({labels.size(0), numClasses + 1, labels.size(1), labels.size(2)},
                             torch::TensorOptions(labels.device()).dtype(torch::kFloat32));
    return full.scatter_(1, index, 1.0).slice(1, 0, numClasses);
}

Tensor literalForward(SegmentationNetImpl& network, const Tensor& given, const Tensor& noise) {
    const auto image = given.contiguous();
    const auto initial = network.cnn ? guessWith(*network.cnn, image, literalUp).logits : Tensor();
    if (!network.prior) return initial;
    const auto latent = network.prior->forward(priorInput(network.options, image, initial));
    const auto z = noise.defined() && network.options.hasNoise() ? latent.sample(noise) : latent.mean;
    const auto logits = generate(*network.generation, z, literalUp);
    return network.options.predictionSeesImage ? initial + logits : logits;
}

}  // namespace vitrine
