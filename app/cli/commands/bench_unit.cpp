// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/unit_arguments.h"

namespace vitrine {
namespace {

constexpr int kWarmUps = 3, kRepeats = 41;

/// The median of repeated calls. Units: milliseconds.
template <class Work>
Result<double> medianMs(const Work& work) {
    std::vector<double> times;
    for (int i = 0; i < kWarmUps + kRepeats; ++i) {
        const auto start = std::chrono::steady_clock::now();
        VITRINE_CHECK(work(i));
        const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
        if (i >= kWarmUps) times.push_back(spent.count());
    }
    std::ranges::nth_element(times, times.begin() + kRepeats / 2);
    return times[kRepeats / 2];
}

struct UnitBenchRow {
    std::string layer;
    double oursMs = 0;   ///< a value is dragged: what is upstream is kept
    double wholeMs = 0;  ///< the chair changes with it, so that everything is computed
};

Result<UnitBenchRow> benchLayer(UnitSession& session, const ChairLayer& layer) {
    UnitRequest request;
    request.layer = layer.name;
    request.mode = UnitMode::Add;
    UnitBenchRow row{layer.name};
    const auto ask = [&](const UnitRequest& asked) -> Status {
        const auto result = session.run(asked);
        return result ? Status() : Status(result.error());
    };
    VITRINE_TRY(row.oursMs, medianMs([&](int i) {
                    request.value = 0.1 * i;
                    return ask(request);
                }));
    VITRINE_TRY(row.wholeMs, medianMs([&](int i) {
                    request.chair.view.azimuthDeg = float(i);
                    return ask(request);
                }));
    return row;
}

Status benchUnits(const std::string& model, const CliContext& context) {
    VITRINE_TRY(UnitSession session, openUnitSession(model, context));
    nlohmann::json rows = nlohmann::json::array();
    std::string text = "| layer | ours ms | pictures/s | everything ms | ratio |\n|---|---|---|---|---|\n";
    for (const ChairLayer& layer : session.layers()) {
        VITRINE_TRY(const UnitBenchRow row, benchLayer(session, layer));
        const double ratio = row.wholeMs / row.oursMs, perSecond = 1000 / row.oursMs;
        rows.push_back({{"layer", row.layer},
                        {"oursMs", row.oursMs},
                        {"picturesPerSecond", perSecond},
                        {"wholeMs", row.wholeMs},
                        {"ratio", ratio}});
        text += fmt::format("| {:<12} | {:7.2f} | {:6.1f} | {:7.2f} | {:5.2f}x |\n",
                            row.layer,
                            row.oursMs,
                            perSecond,
                            row.wholeMs,
                            ratio);
    }
    nlohmann::json answer = describeModel(session.info());
    answer["rows"] = std::move(rows);
    context.answer(answer, text);
    return {};
}

void addBenchUnit(CLI::App& bench, CliContext& context) {
    const auto model = std::make_shared<std::string>();
    CLI::App& command = *bench.add_subcommand(
        "unit", "Time a picture while the value of a unit is dragged, against a full forward pass");
    addModelOption(command, *model);
    setAction(command, [model, &context] { return benchUnits(*model, context); });
}

const RegisteredCommand kBenchUnitCommand{CommandGroup::OfBench, "unit", addBenchUnit};

}  // namespace

}  // namespace vitrine
