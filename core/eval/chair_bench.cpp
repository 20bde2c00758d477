// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/chair_bench.h"

#include <algorithm>
#include <vector>

#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
#include "core/nets/compute.h"
#include "core/nets/device_chair_generator.h"
#include "core/nets/inference_backend.h"
#include "core/nets/precision_probe.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

using torch::Tensor;

ChairInputs randomInputs(const ChairGeneratorOptions& options, std::int64_t batch) {
    ChairInputs inputs{torch::zeros({batch, options.numStyles}),
                       encodeViews(torch::rand({batch}) * 360, torch::rand({batch}) * 10 + 20),
                       torch::zeros({batch, options.thetaSize})};
    for (std::int64_t n = 0; n < batch; ++n) inputs.style[n][n % options.numStyles] = 1;
    return inputs;
}

double streamFlops(std::int64_t jointWidth, std::vector<std::int64_t> maps, std::int64_t outChannels) {
    constexpr double kFlopsPerTap = 2 * 25;
    double pixels = 64, flops = 2 * double(jointWidth) * double(maps.front()) * pixels;
    maps.push_back(outChannels);
    for (std::size_t i = 0; i + 1 < maps.size(); ++i, pixels *= 4)
        flops += kFlopsPerTap * double(maps[i]) * double(maps[i + 1]) * pixels;
    return flops;
}

double flopsPerImage(const ChairGeneratorOptions& o) {
    const double branches =
        2 * double(o.branchWidth) * double(o.numStyles + 4 + o.thetaSize + 3 * o.branchWidth);
    const double joint = 2 * double(o.jointWidth) * double(3 * o.branchWidth + o.jointWidth);
    const bool oneStream = o.maskMaps.empty();
    return branches + joint + streamFlops(o.jointWidth, o.rgbMaps, oneStream ? 3 + o.maskChannels : 3) +
           (oneStream ? 0 : streamFlops(o.jointWidth, o.maskMaps, o.maskChannels));
}

Result<ChairGenerator> networkOf(const ChairBenchOptions& options) {
    if (!options.model.empty()) {
        VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(options.model));
        return makeChairGenerator(file);
    }
    VITRINE_TRY(const auto sizes, ChairGeneratorOptions::fromPreset(options.preset, options.numStyles));
    ChairGenerator network(sizes);
    network->initialise(at::detail::createCPUGenerator(options.seed));
    return network;
}

/// Ours in one precision, set up on the device.
struct Ours {
    torch::Dtype type;
    InferenceBackend backend;
};

std::vector<Ours> oursOn(torch::Device device, ChairGenerator& network) {
    if (device.is_cuda()) {
        std::vector<Ours> ours;
        for (const auto type : {torch::kFloat32, torch::kBFloat16, torch::kHalf})
            ours.push_back({type, cudaBackend(*network, type)});
        return ours;
    }
    std::vector<Ours> ours = {{torch::kFloat32, cpuBackend(*network, {})}};
    if (FastChairGenerator::cpuHasBFloat16())
        ours.push_back({torch::kBFloat16, cpuBackend(*network, {torch::kBFloat16, torch::kBFloat16})});
    return ours;
}

Result<ChairPrecisions> precisionsOn(torch::Device device,
                                     ChairGenerator& network,
                                     const std::string& wanted) {
    if (!device.is_cuda()) {
        VITRINE_CHECK(checkCpuPrecision(wanted));
        return chairPrecisions(*network, wanted);
    }
    const torch::Dtype type = devicePrecision(wanted);
    return ChairPrecisions{type, type};
}

/// E.g. "CUDA graph, fp16". Only on the CPU the precision depends on the batch.
std::string deviceName(const std::vector<Ours>& all, ChairPrecisions precisions) {
    if (precisions.single != precisions.batch) return "CPU, " + precisions.name();
    return std::ranges::find(all, precisions.single, &Ours::type)->backend.device;
}

/// The numbers of our path before they become a picture. Shapes: as the network's, on the CPU.
ChairImages oursBeforePainting(torch::Device device,
                               ChairGenerator& network,
                               torch::Dtype type,
                               const ChairInputs& inputs) {
    if (!device.is_cuda())
        return FastChairGenerator(*network, type).forward(inputs.style, inputs.view, inputs.theta);
    const ChairCells cells = DeviceChairGenerator(*network, device, type)
                                 .forward(at::cat({inputs.style, inputs.view, inputs.theta}, 1).to(device));
    const auto here = [](const Tensor& channels) {
        return pictureOfCells(channels).to(torch::kCPU, torch::kFloat32);
    };
    return {here(cells.rgb), here(cells.mask)};
}

/// Both ways on the same inputs.
class Contest {
public:
    /// `network`: the literal one, where it is to run.
    Contest(ChairGenerator& network, torch::Device device, const std::vector<Ours>& ours)
        : m_network(network), m_device(device), m_ours(ours) {}

    /// `chosen`: one of the precisions of ours.
    Result<ChairBenchBatch> run(int batch, torch::Dtype chosen, int numRounds, const JobContext& job) {
        const ChairInputs inputs = randomInputs(m_network->options, batch), there = onDevice(inputs);
        std::vector<std::uint8_t> picture;
        std::map<torch::Dtype, std::vector<double>> oursMs;
        std::vector<double> literalMs;
        for (int round = -1; round < numRounds; ++round) {  // the first one does not count
            if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The measurement was cancelled."};
            for (const Ours& ours : m_ours) {
                // The first of each finds the caches full of other weights; only the later ones count.
                paint(ours, inputs, picture);
                for (int i = 0; i < kOursPerRound && round >= 0; ++i)
                    oursMs[ours.type].push_back(millisecondsOf([&] { paint(ours, inputs, picture); }));
            }
            const double ms = millisecondsOf([&] { runLiteral(there); });
            if (round >= 0) literalMs.push_back(ms);
        }
        ChairBenchBatch result{
            batch, precisionName(chosen), median(oursMs.at(chosen)), median(std::move(literalMs))};
        for (const auto& [type, values] : oursMs) result.precisionMs[precisionName(type)] = median(values);
        return result;
    }

    ChairImages runLiteral(const ChairInputs& inputs) {
        ChairImages images = literalForward(*m_network, inputs.style, inputs.view, inputs.theta);
        if (m_device.is_cuda()) torch::cuda::synchronize();
        return images;
    }

    ChairInputs onDevice(const ChairInputs& inputs) const {
        return {inputs.style.to(m_device), inputs.view.to(m_device), inputs.theta.to(m_device)};
    }

private:
    static constexpr int kOursPerRound = 3;

    void paint(const Ours& ours, const ChairInputs& inputs, std::vector<std::uint8_t>& picture) const {
        const std::int64_t batch = inputs.style.size(0), side = m_network->options.imageSize();
        picture.resize(std::size_t(batch * side * side * 4));
        for (std::int64_t begin = 0; begin < batch; begin += FastChairGenerator::kPicturesPerPass) {
            const std::int64_t end = std::min(batch, begin + FastChairGenerator::kPicturesPerPass);
            const auto part = [&](const Tensor& input) { return input.slice(0, begin, end); };
            ours.backend.paint({part(inputs.style), part(inputs.view), part(inputs.theta)},
                               std::span(picture).subspan(std::size_t(begin * side * side * 4),
                                                          std::size_t((end - begin) * side * side * 4)));
        }
    }

    ChairGenerator& m_network;
    torch::Device m_device;
    const std::vector<Ours>& m_ours;
};

double largestDifference(const ChairImages& ours, const ChairImages& literal) {
    const auto error = [](const Tensor& a, const Tensor& b) {
        return ((a - b.cpu()).abs().max() / b.abs().max().cpu()).item<double>();
    };
    return std::max(error(ours.rgb, literal.rgb), error(ours.mask, literal.mask));
}

void addBound(ChairBenchBatch& batch, const ChairBench& bench) {
    const bool isBrief = batch.precision != "fp32";
    const double bytes = double(bench.numParameters) * (isBrief ? 2 : 4);
    const double flopsPerSecond =
        isBrief ? bench.machine.bf16FlopsPerSecond : bench.machine.fp32FlopsPerSecond;
    batch.boundMs =
        1000 * (bytes / bench.machine.bytesPerSecond + batch.batch * bench.flopsPerImage / flopsPerSecond);
}

Result<ChairBench> benchOn(torch::Device device, const ChairBenchOptions& options, const JobContext& job) {
    const c10::InferenceMode inference;
    torch::manual_seed(options.seed);
    if (device.is_cuda())
        at::globalContext().setAllowTF32CuDNN(false);  // fp32 as the name says, for the yardstick
    job.report({0, -1, "setting up"});
    VITRINE_TRY(ChairGenerator network, networkOf(options));
    VITRINE_TRY(const ChairPrecisions precisions, precisionsOn(device, network, options.precision));
    const std::vector<Ours> ours = oursOn(device, network);
    const ChairInputs inputs = randomInputs(network->options, 4);
    const ChairImages painted = oursBeforePainting(device, network, precisions.batch, inputs);
    network->to(device);
    ChairBench bench;
    bench.name = network->options.preset;
    bench.numParameters = numParameters(network->options);
    bench.flopsPerImage = flopsPerImage(network->options);
    bench.device = deviceName(ours, precisions);
    bench.threads = computeThreads();

    Contest contest(network, device, ours);
    bench.largestDifference = largestDifference(painted, contest.runLiteral(contest.onDevice(inputs)));
    job.report({0.1, -1, "the machine"});
    bench.machine = device.is_cuda() ? measureCudaBound() : measureMachineBound();
    job.report({0.2, -1, "one picture at a time"});
    VITRINE_TRY(bench.batch1, contest.run(1, precisions.single, 40, job));
    job.report({0.4, -1, "64 pictures at a time"});
    VITRINE_TRY(bench.batch64, contest.run(64, precisions.batch, 4, job));
    addBound(bench.batch1, bench);
    addBound(bench.batch64, bench);
    job.report({1, 0, "done"});
    return bench;
}

}  // namespace

Result<ChairBench> benchChairs(const ChairBenchOptions& options, const JobContext& job) {
    if (options.device == "cuda" && !cudaIsAvailable()) {
        return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    }
    const bool onCuda = options.device != "cpu" && cudaIsAvailable();
    try {
        return benchOn(onCuda ? torch::kCUDA : torch::kCPU, options, job);
    } catch (const c10::OutOfMemoryError& error) {
        return Error{ErrorCode::OutOfMemory,
                     "The GPU has not enough memory for this network; close other programs that use it.",
                     error.what()};
    }
}

}  // namespace vitrine
