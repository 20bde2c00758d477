// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/chair_bench.h"

#include <algorithm>
#include <vector>

#include "core/io/safetensors.h"
#include "core/nets/chair_painter.h"
#include "core/nets/chair_weights.h"
#include "core/nets/compute.h"
#include "core/nets/device_chair_generator.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

using torch::Tensor;

ChairInputs randomInputs(const ChairGeneratorOptions& options, std::int64_t batch) {
    ChairInputs inputs{torch::zeros({batch, options.numStyles}), encodeViews(torch::rand({batch}) * 360, torch::rand({batch}) * 10 + 20),
                  torch::zeros({batch, options.thetaSize})};
    for (std::int64_t n = 0; n < batch; ++n) inputs.style[n][n % options.numStyles] = 1;
    return inputs;
}

double streamFlops(std::int64_t jointWidth, std::vector<std::int64_t> maps, std::int64_t outChannels) {
    constexpr double kFlopsPerTap = 2 * 25;
    double pixels = 64, flops = 2 * double(jointWidth) * double(maps.front()) * pixels;
    maps.push_back(outChannels);
    for (std::size_t i = 0; i + 1 < maps.size(); ++i, pixels *= 4) flops += kFlopsPerTap * double(maps[i]) * double(maps[i + 1]) * pixels;
    return flops;
}

double flopsPerImage(const ChairGeneratorOptions& o) {
    const double branches = 2 * double(o.branchWidth) * double(o.numStyles + 4 + o.thetaSize + 3 * o.branchWidth);
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

Result<FastChairGenerator> packed(ChairGenerator& network, const std::string& precision) {
    if (precision == "fp32") return FastChairGenerator(*network, torch::kFloat32);
    if (precision != "bf16") return FastChairGenerator::fastest(*network);
    if (FastChairGenerator::cpuHasBFloat16()) return FastChairGenerator(*network, torch::kBFloat16);
    return Error{ErrorCode::Unsupported, "This CPU does not compute in bf16; choose the precision auto or fp32."};
}

/// Ours, set up on one device.
struct Ours {
    ChairPainter painter;
    std::function<ChairImages(const ChairInputs&)> forward;  ///< its numbers before they become a picture
    std::string precision;
};

Result<Ours> oursOnCpu(ChairGenerator& network, const std::string& precision) {
    VITRINE_TRY(const FastChairGenerator fast, packed(network, precision));
    return Ours{paintOnCpu(fast), [fast](const ChairInputs& inputs) { return fast.forward(inputs.style, inputs.view, inputs.theta); },
                fast.typeName()};
}

Ours oursOnCuda(ChairGenerator& network, const std::string& precision) {
    const torch::Dtype type = precision == "fp32" ? torch::kFloat32 : precision == "bf16" ? torch::kBFloat16 : torch::kHalf;
    const auto generator = std::make_shared<DeviceChairGenerator>(*network, torch::kCUDA, type);
    const auto forward = [generator](const ChairInputs& inputs) {
        const ChairCells cells = generator->forward(at::cat({inputs.style, inputs.view, inputs.theta}, 1).to(torch::kCUDA));
        const auto here = [](const Tensor& channels) { return pictureOfCells(channels).to(torch::kCPU, torch::kFloat32); };
        return ChairImages{here(cells.rgb), here(cells.mask)};
    };
    return {paintOnCuda(*network, type), forward, precision == "auto" ? "fp16" : precision};
}

/// Both ways on the same inputs.
class Contest {
public:
    /// `network`: the literal one, where it is to run.
    Contest(ChairGenerator& network, torch::Device device, const Ours& ours) : m_network(network), m_device(device), m_ours(ours) {}

    Result<ChairBenchBatch> run(int batch, int numRounds, const JobContext& job) {
        const ChairInputs inputs = randomInputs(m_network->options, batch), there = onDevice(inputs);
        std::vector<std::uint8_t> picture;
        const auto ours = [&] { paint(inputs, picture); };
        const auto literal = [&] { runLiteral(there); };
        ours();
        literal();
        std::vector<double> oursMs, literalMs;
        for (int round = 0; round < numRounds; ++round) {
            if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The measurement was cancelled."};
            // The first of the two finds the caches full of the other's weights; only the later ones count.
            ours();
            for (int i = 0; i < kOursPerRound; ++i) oursMs.push_back(millisecondsOf(ours));
            literalMs.push_back(millisecondsOf(literal));
        }
        return ChairBenchBatch{batch, median(std::move(oursMs)), median(std::move(literalMs)), 0};
    }

    double largestDifference() {
        const ChairInputs inputs = randomInputs(m_network->options, 4);
        const ChairImages literal = runLiteral(onDevice(inputs)), ours = m_ours.forward(inputs);
        const auto error = [](const Tensor& a, const Tensor& b) { return ((a - b.cpu()).abs().max() / b.abs().max().cpu()).item<double>(); };
        return std::max(error(ours.rgb, literal.rgb), error(ours.mask, literal.mask));
    }

private:
    static constexpr int kOursPerRound = 3;

    ChairInputs onDevice(const ChairInputs& inputs) const {
        return {inputs.style.to(m_device), inputs.view.to(m_device), inputs.theta.to(m_device)};
    }

    ChairImages runLiteral(const ChairInputs& inputs) {
        ChairImages images = literalForward(*m_network, inputs.style, inputs.view, inputs.theta);
        if (m_device.is_cuda()) torch::cuda::synchronize();
        return images;
    }

    void paint(const ChairInputs& inputs, std::vector<std::uint8_t>& picture) const {
        const std::int64_t batch = inputs.style.size(0), side = m_network->options.imageSize();
        picture.resize(std::size_t(batch * side * side * 4));
        for (std::int64_t begin = 0; begin < batch; begin += FastChairGenerator::kPicturesPerPass) {
            const std::int64_t end = std::min(batch, begin + FastChairGenerator::kPicturesPerPass);
            const auto part = [&](const Tensor& input) { return input.slice(0, begin, end); };
            m_ours.painter.paint({part(inputs.style), part(inputs.view), part(inputs.theta)},
                                 std::span(picture).subspan(std::size_t(begin * side * side * 4), std::size_t((end - begin) * side * side * 4)));
        }
    }

    ChairGenerator& m_network;
    torch::Device m_device;
    const Ours& m_ours;
};

void addBound(ChairBenchBatch& batch, const ChairBench& bench) {
    const bool isBrief = bench.precision != "fp32";
    const double bytes = double(bench.numParameters) * (isBrief ? 2 : 4);
    const double flopsPerSecond = isBrief ? bench.machine.bf16FlopsPerSecond : bench.machine.fp32FlopsPerSecond;
    batch.boundMs = 1000 * (bytes / bench.machine.bytesPerSecond + batch.batch * bench.flopsPerImage / flopsPerSecond);
}

Result<ChairBench> benchOn(torch::Device device, const ChairBenchOptions& options, const JobContext& job) {
    const c10::InferenceMode inference;
    torch::manual_seed(options.seed);
    if (device.is_cuda()) at::globalContext().setAllowTF32CuDNN(false);  // fp32 as the name says, for the yardstick
    job.report({0, -1, "setting up"});
    VITRINE_TRY(ChairGenerator network, networkOf(options));
    VITRINE_TRY(const Ours ours, device.is_cuda() ? oursOnCuda(network, options.precision) : oursOnCpu(network, options.precision));
    network->to(device);
    ChairBench bench;
    bench.name = network->options.preset;
    bench.numParameters = numParameters(network->options);
    bench.flopsPerImage = flopsPerImage(network->options);
    bench.device = ours.painter.device;
    bench.precision = ours.precision;
    bench.threads = computeThreads();

    Contest contest(network, device, ours);
    bench.largestDifference = contest.largestDifference();
    job.report({0.1, -1, "the machine"});
    bench.machine = device.is_cuda() ? measureCudaBound() : measureMachineBound();
    job.report({0.2, -1, "one picture at a time"});
    VITRINE_TRY(bench.batch1, contest.run(1, 40, job));
    job.report({0.4, -1, "64 pictures at a time"});
    VITRINE_TRY(bench.batch64, contest.run(64, 4, job));
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
        return Error{ErrorCode::OutOfMemory, "The GPU has not enough memory for this network; close other programs that use it.", error.what()};
    }
}

}  // namespace vitrine
