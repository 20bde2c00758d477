// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/chair_generator.h"

#include <fmt/format.h>

#include <numbers>

#include "core/nets/compute.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/random_tensors.h"

namespace vitrine {
namespace {

constexpr const char* kChairArchitecture = "chair-generator";

torch::Tensor activate(const torch::Tensor& input, double leakySlope) {
    return leakySlope == 0 ? torch::relu(input) : at::leaky_relu(input, leakySlope);
}

std::int64_t scaled(std::int64_t count, double width) {
    return std::max<std::int64_t>(1, std::llround(double(count) * width));
}

void bindChairOptions(FieldSet& fields, ChairGeneratorOptions& options) {
    fields.text("preset", options.preset).required();
    fields.value("num_styles", options.numStyles, AsText()).required();
    fields.value("theta_size", options.thetaSize, AsText()).required();
    fields.value("branch_width", options.branchWidth, AsText()).required();
    fields.value("joint_width", options.jointWidth, AsText()).required();
    fields.value("rgb_maps", options.rgbMaps, AsText()).required();
    fields.value("mask_maps", options.maskMaps, AsText()).required();
    fields.value("mask_channels", options.maskChannels, AsText()).required();
    fields.value("leaky_slope", options.leakySlope, AsText()).required();
    fields.value("style_dimensions", options.styleDimensions, AsText());
}

}  // namespace

Result<ChairGeneratorOptions> ChairGeneratorOptions::fromPreset(const std::string& preset,
                                                                std::int64_t numStyles,
                                                                double width) {
    ChairGeneratorOptions options;
    options.preset = preset;
    options.numStyles = numStyles;
    const bool compact = preset == "compact-128" || preset == "compact-64";
    if (compact) {
        options.rgbMaps = {256, 128, 92, 48};
        options.maskMaps = {};
        options.leakySlope = 0.2;
    } else if (preset != "paper-128" && preset != "paper-64") {
        return Error{
            ErrorCode::InvalidArgument,
            "There is no preset \"" + preset + "\"; choose paper-128, paper-64, compact-128 or compact-64."};
    }
    if (preset == "paper-64" || preset == "compact-64") options = options.halfSize(), options.preset = preset;
    for (auto* maps : {&options.rgbMaps, &options.maskMaps})
        for (auto& count : *maps) count = scaled(count, width);
    options.branchWidth = scaled(options.branchWidth, width);
    options.jointWidth = scaled(options.jointWidth, width);
    VITRINE_CHECK(options.validate());
    return options;
}

ChairGeneratorOptions ChairGeneratorOptions::halfSize() const {
    ChairGeneratorOptions half = *this;
    if (half.rgbMaps.size() > 1) half.rgbMaps.pop_back();
    if (half.maskMaps.size() > 1) half.maskMaps.pop_back();
    const auto suffix = half.preset.rfind("-128");
    half.preset = suffix == std::string::npos ? "custom" : half.preset.substr(0, suffix) + "-64";
    return half;
}

std::map<std::string, std::string> ChairGeneratorOptions::toMetadata() const {
    return writeMetadata(*this, kChairArchitecture, bindChairOptions);
}

Result<ChairGeneratorOptions> ChairGeneratorOptions::fromMetadata(
    const std::map<std::string, std::string>& metadata) {
    VITRINE_CHECK(checkArchitecture(metadata, kChairArchitecture, "a chair generator"));
    ChairGeneratorOptions options;
    VITRINE_CHECK(readMetadata(metadata, options, bindChairOptions));
    if (!options.validate())
        return Error{
            ErrorCode::BadFormat,
            "The weight file's sizes are out of range; it was not written by Vitrine or is damaged."};
    return options;
}

Status ChairGeneratorOptions::validate() const {
    const auto within = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    bool fine = within(numStyles, 100'000) && within(thetaSize, 64) && within(branchWidth, 1 << 14) &&
                within(jointWidth, 1 << 14) && (maskChannels == 1 || maskChannels == 3) && leakySlope >= 0 &&
                leakySlope < 1 && styleDimensions >= 0 && styleDimensions <= 4096;
    fine = fine && !rgbMaps.empty() && rgbMaps.size() <= 6 &&
           (maskMaps.empty() || maskMaps.size() == rgbMaps.size());
    for (const auto* maps : {&rgbMaps, &maskMaps})
        for (auto count : *maps) fine = fine && within(count, 4096);
    if (fine) return {};
    return Error{ErrorCode::InvalidArgument, "The sizes of the chair generator are out of range."};
}

InputBranchImpl::InputBranchImpl(std::int64_t inSize, std::int64_t width, double slope)
    : fc_1(register_module("fc_1", torch::nn::Linear(inSize, width))),
      fc_2(register_module("fc_2", torch::nn::Linear(width, width))),
      leakySlope(slope) {}

torch::Tensor InputBranchImpl::forward(const torch::Tensor& input) {
    return activate(fc_2->forward(activate(fc_1->forward(input), leakySlope)), leakySlope);
}

PaintStreamImpl::PaintStreamImpl(std::int64_t inSize,
                                 const std::vector<std::int64_t>& maps,
                                 std::int64_t outChannels,
                                 double slope)
    : fc_5(register_module("fc_5", torch::nn::Linear(inSize, maps.at(0) * 8 * 8))),
      fc5Maps(maps.at(0)),
      leakySlope(slope) {
    for (std::size_t i = 0; i + 1 < maps.size(); ++i)
        uconv.push_back(register_module(fmt::format("uconv_{}", i + 1), UpConvolution(maps[i], maps[i + 1])));
    output = register_module("output", UpConvolution(maps.back(), outChannels));
}

torch::Tensor PaintStreamImpl::forward(const torch::Tensor& joint) {
    auto maps = activate(fc_5->forward(joint), leakySlope).view({joint.size(0), fc5Maps, 8, 8});
    maps = maps.contiguous(at::MemoryFormat::ChannelsLast);
    for (auto& layer : uconv) maps = activate(layer->forward(maps), leakySlope);
    return output->forward(maps);
}

ChairGeneratorImpl::ChairGeneratorImpl(ChairGeneratorOptions given) : options(std::move(given)) {
    settleThreadTeam();
    const auto& o = options;
    if (o.styleDimensions > 0) {
        style_mean = register_parameter("style_mean", torch::zeros({o.numStyles, o.styleDimensions}));
        style_log_variance =
            register_parameter("style_log_variance", torch::zeros({o.numStyles, o.styleDimensions}));
    }
    style = register_module(
        "style",
        InputBranch(o.styleDimensions > 0 ? o.styleDimensions : o.numStyles, o.branchWidth, o.leakySlope));
    view = register_module("view", InputBranch(4, o.branchWidth, o.leakySlope));
    theta = register_module("theta", InputBranch(o.thetaSize, o.branchWidth, o.leakySlope));
    fc_3 = register_module("fc_3", torch::nn::Linear(3 * o.branchWidth, o.jointWidth));
    fc_4 = register_module("fc_4", torch::nn::Linear(o.jointWidth, o.jointWidth));
    const bool oneStream = o.maskMaps.empty();
    rgb_stream = register_module(
        "rgb_stream", PaintStream(o.jointWidth, o.rgbMaps, oneStream ? 3 + o.maskChannels : 3, o.leakySlope));
    if (!oneStream)
        mask_stream = register_module("mask_stream",
                                      PaintStream(o.jointWidth, o.maskMaps, o.maskChannels, o.leakySlope));
}

LatentGaussian ChairGeneratorImpl::styleGaussian(const torch::Tensor& c) const {
    TORCH_CHECK(options.styleDimensions > 0, "ChairGenerator: its styles are one-hot");
    return {c.matmul(style_mean), c.matmul(style_log_variance).clamp(-kMaxLogVariance, kMaxLogVariance)};
}

InputBranch ChairGeneratorImpl::styleBranch() const {
    if (options.styleDimensions == 0) return style;
    torch::NoGradGuard noGrad;
    InputBranch branch(options.numStyles, options.branchWidth, options.leakySlope);
    branch->fc_1->weight = style->fc_1->weight.matmul(style_mean.t());
    branch->fc_1->bias = style->fc_1->bias;
    branch->fc_2 = style->fc_2;
    return branch;
}

ChairImages ChairGeneratorImpl::forward(const torch::Tensor& c,
                                        const torch::Tensor& v,
                                        const torch::Tensor& t,
                                        const torch::Tensor& styleNoise) {
    TORCH_CHECK(c.dim() == 2 && c.size(1) == options.numStyles,
                "ChairGenerator: style is ",
                c.sizes(),
                ", expected [N, ",
                options.numStyles,
                "]");
    TORCH_CHECK(v.dim() == 2 && v.size(1) == 4, "ChairGenerator: view is ", v.sizes(), ", expected [N, 4]");
    TORCH_CHECK(t.dim() == 2 && t.size(1) == options.thetaSize,
                "ChairGenerator: theta is ",
                t.sizes(),
                ", expected [N, ",
                options.thetaSize,
                "]");
    auto s = options.styleDimensions == 0 ? c : c.matmul(style_mean);
    if (styleNoise.defined()) s = styleGaussian(c).sample(styleNoise);
    auto joint =
        torch::cat({style->forward(s), view->forward(v), theta->forward(t)}, 1);  // [N, 3 * branchWidth]
    joint = activate(fc_3->forward(joint), options.leakySlope);
    joint = activate(fc_4->forward(joint), options.leakySlope);  // [N, jointWidth]
    const auto rgb = rgb_stream->forward(joint);
    if (mask_stream) return {rgb, mask_stream->forward(joint)};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

void ChairGeneratorImpl::initialise(torch::Generator generator) {
    const double gain = 2 / (1 + options.leakySlope * options.leakySlope);
    if (options.styleDimensions > 0) {
        constexpr double kFirstDeviation = 0.2;
        fillNormal(style_mean, 1, generator);
        torch::NoGradGuard noGrad;
        style_log_variance.fill_(2 * std::log(kFirstDeviation));
    }
    for (auto& [name, module] : named_modules("", /*include_self=*/false).pairs()) {
        if (auto* linear = module->as<torch::nn::Linear>()) {
            // A one-hot input has a single active entry, so its layer's fan-in counts as one.
            const bool isOneHot = name == "style.fc_1" && options.styleDimensions == 0;
            const double fanIn = isOneHot ? 2 : double(linear->weight.size(1));
            fillNormal(linear->weight, std::sqrt(gain / fanIn), generator);
            torch::NoGradGuard noGrad;
            linear->bias.zero_();
        } else if (auto* layer = module->as<UpConvolution>()) {
            const double fanIn =
                double(layer->weight.size(0) * layer->weight.size(2) * layer->weight.size(3));
            const bool last = name.ends_with("output");
            fillNormal(layer->weight, std::sqrt((last ? 0.1 : 4 * gain) / fanIn), generator);
            torch::NoGradGuard noGrad;
            layer->bias.zero_();
        }
    }
}

namespace {

torch::Tensor literalStream(PaintStreamImpl& stream, const torch::Tensor& joint) {
    auto maps =
        activate(stream.fc_5->forward(joint), stream.leakySlope).view({joint.size(0), stream.fc5Maps, 8, 8});
    for (auto& layer : stream.uconv)
        maps =
            activate(literalUpConvolution(maps, flipKernel(layer->weight), layer->bias), stream.leakySlope);
    return literalUpConvolution(maps, flipKernel(stream.output->weight), stream.output->bias);
}

}  // namespace

ChairImages literalForward(ChairGeneratorImpl& network,
                           const torch::Tensor& c,
                           const torch::Tensor& v,
                           const torch::Tensor& t) {
    const double slope = network.options.leakySlope;
    auto joint = torch::cat(
        {network.styleBranch()->forward(c), network.view->forward(v), network.theta->forward(t)}, 1);
    joint = activate(network.fc_4->forward(activate(network.fc_3->forward(joint), slope)), slope);
    const auto rgb = literalStream(*network.rgb_stream, joint);
    if (network.mask_stream) return {rgb, literalStream(*network.mask_stream, joint)};
    return {rgb.slice(1, 0, 3), rgb.slice(1, 3)};
}

torch::Tensor encodeViews(const torch::Tensor& azimuthDeg, const torch::Tensor& elevationDeg) {
    constexpr double kRadPerDeg = std::numbers::pi / 180;
    const auto azimuth = azimuthDeg * kRadPerDeg;
    const auto elevation = elevationDeg * kRadPerDeg;
    return torch::stack({elevation.sin(), elevation.cos(), azimuth.sin(), azimuth.cos()}, 1);
}

}  // namespace vitrine
