// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/precision_probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "core/base/folders.h"
#include "core/base/log.h"
#include "core/io/atomic_file.h"
#include "core/nets/compute.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

using nlohmann::json;

constexpr double kWorthwhile = 0.95;  // bf16 costs accuracy, so it must save a twentieth
constexpr double kEnoughMs = 150;     // of timing
constexpr int kMinRounds = 2, kMaxRounds = 20;
constexpr std::size_t kLargestFile = std::size_t(1) << 20;

/// The processor's model and those of its features that matter. Empty where the system does not tell.
std::string processorName() {
    std::string line, model, flags;
    for (std::ifstream file("/proc/cpuinfo"); std::getline(file, line) && (model.empty() || flags.empty());) {
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) continue;
        if (line.starts_with("model name")) model = line.substr(colon + 2);
        if (line.starts_with("flags")) flags = line.substr(colon + 1) + " ";
    }
    for (const char* flag : {" avx512_bf16 ", " amx_bf16 ", " avx512_fp16 "})
        if (flags.find(flag) != std::string::npos) model.append(",").append(flag, std::strlen(flag) - 1);
    return model;
}

/// Empty where there is no file that holds an object.
json readObject(const std::filesystem::path& file) {
    const auto text = readTextFile(file, kLargestFile);
    json object = text ? json::parse(*text, nullptr, /*allow_exceptions=*/false) : json();
    return object.is_object() ? object : json::object();
}

std::optional<PrecisionTimes> timesIn(const json& object,
                                      const std::string& machine,
                                      const std::string& work) {
    const auto inside = [](const json& outer, const std::string& key) {
        return outer.is_object() && outer.contains(key) ? outer.at(key) : json();
    };
    const json entry = inside(inside(object, machine), work);
    const json fp32 = inside(entry, "fp32Ms"), bf16 = inside(entry, "bf16Ms");
    if (!fp32.is_number() || !bf16.is_number() || fp32 <= 0 || bf16 <= 0) return {};
    return PrecisionTimes{fp32.get<double>(), bf16.get<double>()};
}

void addTimes(json& object,
              const std::string& machine,
              const std::string& work,
              const PrecisionTimes& times) {
    json& entries = object[machine];
    if (!entries.is_object()) entries = json::object();
    entries[work] = {{"fp32Ms", times.fp32Ms}, {"bf16Ms", times.bf16Ms}};
}

Status writeObject(const std::filesystem::path& file, const json& object) {
    std::error_code fault;
    std::filesystem::create_directories(file.parent_path(), fault);
    return writeFileAtomically(file, std::string_view(object.dump(1) + "\n"));
}

ChairInputs grey(const ChairGeneratorOptions& options, std::int64_t batch) {
    const auto filled = [batch](std::int64_t width) { return torch::full({batch, width}, 0.5f); };
    return {filled(options.numStyles), filled(4), filled(options.thetaSize)};
}

/// Times a generator in both precisions, which are set up when they are needed.
class ChairTiming {
public:
    explicit ChairTiming(ChairGeneratorImpl& network) : m_network(network) {}

    PrecisionTimes operator()(std::int64_t batch) {
        if (m_both.empty())
            for (const auto type : {torch::kFloat32, torch::kBFloat16}) m_both.emplace_back(m_network, type);
        const ChairInputs inputs = grey(m_network.options, batch);
        const auto run = [&](const FastChairGenerator& fast) {
            fast.forward(inputs.style, inputs.view, inputs.theta);
        };
        return timeByTurns([&] { run(m_both[0]); }, [&] { run(m_both[1]); });
    }

private:
    ChairGeneratorImpl& m_network;
    std::vector<FastChairGenerator> m_both;
};

}  // namespace

torch::Dtype fasterPrecision(const PrecisionTimes& times) {
    return times.bf16Ms < kWorthwhile * times.fp32Ms ? torch::kBFloat16 : torch::kFloat32;
}

PrecisionTimes timeByTurns(const std::function<void()>& fp32, const std::function<void()>& bf16) {
    fp32();
    bf16();
    const Stopwatch watch;
    PrecisionTimes least{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    for (int round = 0; round < kMaxRounds && (round < kMinRounds || watch.milliseconds() < kEnoughMs);
         ++round) {
        least.fp32Ms = std::min(least.fp32Ms, millisecondsOf(fp32));
        least.bf16Ms = std::min(least.bf16Ms, millisecondsOf(bf16));
    }
    return least;
}

PrecisionProbe PrecisionProbe::ofThisMachine() {
    return {cacheFolder() / "precision.json",
            processorName() + ", Vitrine " VITRINE_VERSION ", LibTorch " + torchVersion(),
            FastChairGenerator::cpuHasBFloat16()};
}

PrecisionProbe::PrecisionProbe(std::filesystem::path file, std::string machine, bool hasBFloat16)
    : m_file(std::move(file)), m_machine(std::move(machine)), m_hasBFloat16(hasBFloat16) {}

torch::Dtype PrecisionProbe::choose(const std::string& work,
                                    const std::function<PrecisionTimes()>& time) const {
    if (!m_hasBFloat16) return torch::kFloat32;
    const std::string key = fmt::format("{}, {} threads", work, computeThreads());
    json object = readObject(m_file);
    if (const auto known = timesIn(object, m_machine, key)) return fasterPrecision(*known);
    const PrecisionTimes times = time();
    addTimes(object, m_machine, key, times);
    if (const Status written = writeObject(m_file, object); !written)
        log(LogLevel::Debug, written.error().message);
    return fasterPrecision(times);
}

std::string shapesOf(const std::map<std::string, std::string>& metadata) {
    std::string text;
    for (const auto& [key, value] : metadata)
        if (key != "classes") text += (text.empty() ? "" : " ") + key + "=" + value;
    return text;
}

ChairPrecisions chairPrecisions(ChairGeneratorImpl& network,
                                const std::string& wanted,
                                const PrecisionProbe& probe) {
    if (wanted == "fp32" || !probe.hasBFloat16()) return {};
    if (wanted == "bf16") return {torch::kBFloat16, torch::kBFloat16};
    ChairTiming timing(network);
    const std::string shapes = shapesOf(network.options.toMetadata());
    const auto chosen = [&](std::int64_t batch) {
        return probe.choose(fmt::format("{}, batch {}", shapes, batch), [&] { return timing(batch); });
    };
    return {chosen(1), chosen(FastChairGenerator::kPicturesPerPass)};
}

Status checkCpuPrecision(const std::string& wanted) {
    if (wanted != "bf16" || FastChairGenerator::cpuHasBFloat16()) return {};
    return Error{ErrorCode::Unsupported,
                 "This CPU does not compute in bf16; choose the precision auto or fp32."};
}

}  // namespace vitrine
