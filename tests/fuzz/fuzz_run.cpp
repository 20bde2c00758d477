// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/metrics_file.h"
#include "core/runs/run_list.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

/// The same input as each file of a run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    static const auto histograms = fuzz::folder() / "histograms";
    std::filesystem::create_directories(histograms);
    for (const char* name : {"config.json", "status.json", "control.json", "metrics.csv", "notes.txt"})
        fuzz::fileOf(name, input);
    fuzz::fileOf("histograms/step-0000008.json", input);
    const RunSummary run = summariseRun(fuzz::folder());
    fuzz::require(!nameOf(run.status.state).empty());
    (void)readControl(fuzz::folder());
    (void)readHistograms(fuzz::folder(), 8);
    MetricsTail tail(fuzz::folder());
    if (const auto news = tail.readNew()) fuzz::require(tail.readNew()->points.empty());
    const std::string half(input.substr(0, size / 2));
    fuzz::require(diffConfigs(half, half).empty());
    (void)diffConfigs(half, std::string(input));
    return 0;
}
