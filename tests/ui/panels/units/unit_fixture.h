// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/io/png.h"
#include "core/recipe/unit_pictures.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/units/unit_panel.h"
#include "ui/views/tile_view.h"

namespace vitrine {

/// What the toy network was asked; shared by all of a test.
struct UnitLog {
    std::mutex mutex;
    std::vector<UnitRequest> asked;  ///< for the stage
    std::vector<int> sampled;        ///< units of sweeps
    std::atomic<int> delayMs = 0;    ///< before each pass of a sweep
};

/// A network without weights. Unit i at value v draws a square of side 8 + i at brightness v / 40; on a chair
/// it grows the chair's square of side 16.
class ToyUnits : public UnitSession {
public:
    static constexpr int kSize = 64, kNumUnits = 24;

    explicit ToyUnits(UnitLog& log) : m_log(log) {
        m_info.name = "toy";
        m_info.size = kSize;
        m_info.numStyles = 2;
        m_info.styleIds = {"oak-chair", "bar-stool"};
        m_info.device = "toy";
        m_layers = {{"FC-1 style", ChairSubnet::Style, 1, kNumUnits},
                    {"FC-4", ChairSubnet::Joint, 4, kNumUnits},
                    {"FC-5", ChairSubnet::Rgb, 5, 6, 8},
                    {"uconv-1", ChairSubnet::Rgb, 6, 4, 16},
                    {"output", ChairSubnet::Rgb, 7, 4, kSize}};
    }
    const ChairModelInfo& info() const override { return m_info; }
    const std::vector<ChairLayer>& layers() const override { return m_layers; }
    Result<UnitResult> run(const UnitRequest& request) override {
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.asked.push_back(request);
        }
        if (request.value == 13) return Error{ErrorCode::NonFinite, "The toy cannot paint thirteen."};
        UnitResult result{
            base(request), drawn(request, request.unit, request.value), {}, {0, 0, kSize, kSize}};
        result.effect = measureEffect(result.base, result.changed);
        return result;
    }
    Result<std::vector<ChairOutput>> runValues(const UnitRequest& request,
                                               std::span<const double> values) override {
        std::vector<ChairOutput> outputs;
        for (const double value : values) outputs.push_back(drawn(request, request.unit, value));
        return outputs;
    }
    Result<JobOutcome> sweep(const UnitRequest& request,
                             const Report& report,
                             const std::stop_token&,
                             std::span<const int> units) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(m_log.delayMs));
        std::vector<UnitSample> samples;
        for (const int unit : units) {
            const ChairOutput output = drawn(request, unit, request.value);
            samples.push_back({unit, output, measureEffect(base(request), output)});
            const std::lock_guard lock(m_log.mutex);
            m_log.sampled.push_back(unit);
        }
        report(std::move(samples));
        return JobOutcome::Done;
    }
    Result<LayerActivations> activations(const ChairRequest&, const std::string& name) override {
        VITRINE_TRY(const ChairLayer layer, findLayer(m_layers, name, m_info.name));
        LayerActivations activations{layer, {}};
        for (int unit = 0; unit < layer.numUnits; ++unit)
            for (int y = 0; y < layer.side; ++y)
                for (int x = 0; x < layer.side; ++x)
                    // Map 3 is striped, the others are even.
                    activations.values.push_back(
                        unit == 3 && layer.isMap() ? float(x % 2) : float(unit == 7 ? 9 : unit % 5));
        return activations;
    }
    FilterBank filters(bool mask) const override {
        FilterBank bank;
        for (int map = 0; map < 4; ++map) bank.filters.emplace_back(5, 5, mask ? 1 : 3, 0.1F * float(map));
        bank.range = 0.3;
        bank.order = {3, 2, 1, 0};
        return bank;
    }

private:
    static ChairOutput square(double side, double brightness) {
        ChairOutput output(kSize, kSize, 4);
        const int first = int(kSize / 2 - side / 2), last = int(kSize / 2 + side / 2);
        for (int y = first; y < last; ++y)
            for (int x = first; x < last; ++x) {
                for (int c = 0; c < 3; ++c) output.at(y, x, c) = float(brightness);
                output.at(y, x, 3) = 1;
            }
        return output;
    }
    static ChairOutput base(const UnitRequest& request) {
        return request.mode == UnitMode::Replace ? ChairOutput(kSize, kSize, 4) : square(16, 0.5);
    }
    static ChairOutput drawn(const UnitRequest& request, int unit, double value) {
        if (request.mode == UnitMode::Replace) return square(8 + unit, value / 40);
        if (request.mode == UnitMode::Add) return square(16 + unit * value / 20, 0.5);
        if (request.mode == UnitMode::Window) return square(2 * request.window.width, 0.5);
        return square(16, 0.5 - 0.05 * double(request.maps.size()));
    }

    UnitLog& m_log;
    ChairModelInfo m_info;
    std::vector<ChairLayer> m_layers;
};

/// A structured predictor without weights: channel 1 says most, and what is held shows as the class.
class ToyLatent : public SegmentationSession {
public:
    ToyLatent() {
        m_info.variant = "cvae";
        m_info.numClasses = 3;
        m_info.numChannels = 3;
        m_info.size = 32;
    }
    const SegmentationModelInfo& info() const override { return m_info; }
    Result<SegmentationResult> segment(const SegmentationRequest& request,
                                       const SegmentationSession::SampleCallback&,
                                       const SegmentationSession::SweepCallback&) override {
        SegmentationResult result;
        const double held = request.forced.empty() ? 0 : request.forced.front().deviations;
        result.mean = LabelMap(32, 32, held < 0 ? 1 : held > 0 ? 2 : 0);
        result.samples = {result.mean};
        return result;
    }
    Result<std::vector<LabelMap>> interpolate(
        const SegmentationRequest&, int, int, int, const SegmentationSession::KeepGoing&) override {
        return std::vector<LabelMap>();
    }
    Result<std::optional<std::vector<double>>> channelActivity(
        const SegmentationRequest&, const SegmentationSession::KeepGoing&) override {
        return std::optional(std::vector<double>{0.1, 4, 0.2});
    }

private:
    SegmentationModelInfo m_info;
};

/// A panel on the toy network.
class UnitFixture : public PanelFixture<UnitPanel> {
public:
    UnitFixture() : PanelFixture(QStringLiteral("units")) { std::ofstream(at("toy.safetensors")) << "toy"; }
    ~UnitFixture() { panel.reset(); }

    UnitPanel& open(const char* model = "toy.safetensors") {
        UnitPanelParts parts;
        parts.model = at(model);
        parts.segmentationModels = at("segmentation");
        parts.scenes = at("scenes");
        parts.first = first;
        parts.loadNames = [] {
            return QHash<QString, QString>{{QStringLiteral("bar-stool"), QStringLiteral("Bar stool")}};
        };
        parts.openModel = [this](const std::filesystem::path& file) -> Result<std::unique_ptr<UnitSession>> {
            if (!std::filesystem::exists(file))
                return Error{ErrorCode::NotFound, "There is no model " + file.filename().string() + "."};
            return std::unique_ptr<UnitSession>(std::make_unique<ToyUnits>(log));
        };
        parts.openSegmentation =
            [](const std::filesystem::path&) -> Result<std::unique_ptr<SegmentationSession>> {
            return std::unique_ptr<SegmentationSession>(std::make_unique<ToyLatent>());
        };
        return show(parts);
    }
    /// A structured predictor and a picture for it.
    void addSegmentation() {
        std::filesystem::create_directories(at("segmentation"));
        std::filesystem::create_directories(at("scenes"));
        std::ofstream(at("segmentation/segmentation-cvae.safetensors")) << "toy";
        (void)writePng(at("scenes/room.png"), Image(40, 40, 3, 120));
        (void)writePng(at("scenes/room-labels.png"), Image(40, 40, 1, 1));
    }
    const UnitRequest& request() const { return panel->state().recipe.request; }

    UnitLog log;
    UnitState first;  ///< the paper's: one unit alone
};

}  // namespace vitrine
