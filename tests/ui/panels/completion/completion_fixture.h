// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "core/io/png.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/completion/completion_panel.h"
#include "ui/views/sample_grid.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

inline constexpr int kGarmentSide = 28;

/// Counts what the toy networks were asked; shared by all of a test.
struct CompletionLog {
    CompletionRequest last() {
        const std::lock_guard lock(mutex);
        return asked.back();
    }
    int numAsked() {
        const std::lock_guard lock(mutex);
        return int(asked.size());
    }

    std::mutex mutex;
    std::vector<CompletionRequest> asked;
    std::atomic<int> delayMs = 0;      ///< before each answer, and each file
    std::atomic<bool> isHeld = false;  ///< no answer comes while this is set
};

/// A quadrant network that needs no weights, named by its file: sample i is i everywhere, place i of a way
/// 10 i. It sees the lower left quarter, or nothing.
class ToyCompletion : public CompletionSession {
public:
    ToyCompletion(const std::filesystem::path& file, CompletionLog& log) : m_log(log) {
        const std::string stem = file.stem().string();  // quadrants-1-cvae
        m_info.variant = stem.substr(stem.rfind('-') + 1);
        m_info.file = file;
        m_info.numQuadrants = stem.at(stem.find('-') + 1) - '0';
        m_info.numChannels = 4;
        m_info.hasRecognition = m_info.variant == "cvae";
    }
    const CompletionModelInfo& info() const override { return m_info; }
    Result<CompletionResult> complete(const CompletionRequest& request) override {
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.asked.push_back(request);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(m_log.delayMs));
        while (m_log.isHeld) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (request.seed == 666) return Error{ErrorCode::NonFinite, "The toy has no answer to this."};
        if (request.seed == 667) throw std::runtime_error("the toy broke");
        const bool hasPicture = !request.image.empty();
        CompletionResult result;
        result.picture = hasPicture ? request.image : grey(0);
        result.hidden = hidden();
        if (m_info.numQuadrants > 0) result.guess = grey(100);
        result.priorMean = grey(110);
        for (int i = 0; i < request.numSamples; ++i) result.samples.push_back(grey(i));
        result.mean = grey(50);
        result.deviation = ScalarMap(kGarmentSide, kGarmentSide, 1, 0.25F);
        result.meanDeviation = 0.25;
        if (hasPicture) result.scores = CompletionScores{30, 20, m_info.hasRecognition ? 10.0 : std::nan("")};
        if (hasPicture && m_info.hasRecognition) {
            result.reconstruction = grey(120);
            result.channelNats = {0.01, 3, 0.5, 7};
        }
        return result;
    }
    Result<std::vector<Image>> interpolate(const CompletionRequest&, int, int, int count) override {
        std::vector<Image> way;
        for (int i = 0; i < count; ++i) way.push_back(grey(10 * i));
        return way;
    }

private:
    static Image grey(int value) { return Image(kGarmentSide, kGarmentSide, 1, std::uint8_t(value)); }
    LabelMap hidden() const {
        LabelMap map(kGarmentSide, kGarmentSide, 1);
        for (int y = kGarmentSide / 2; y < kGarmentSide && m_info.numQuadrants > 0; ++y)
            std::fill_n(map.row(y), kGarmentSide / 2, std::uint8_t(0));
        return map;
    }

    CompletionModelInfo m_info;
    CompletionLog& m_log;
};

/// A completion panel on a folder of its own with toy networks that see 0, 1 and 2 quadrants, and four
/// garments of each class.
class CompletionFixture : public PanelFixture<CompletionPanel> {
public:
    explicit CompletionFixture(bool withGarments = true) : PanelFixture(QStringLiteral("completion")) {
        for (const char* name : {"0-cvae", "1-cvae", "1-gsnn", "2-cvae", "2-gsnn"})
            std::ofstream(at("quadrants-" + std::string(name) + ".safetensors")) << "toy";
        if (withGarments) writeGarments();
    }
    ~CompletionFixture() { panel.reset(); }

    /// On the toy networks.
    void open() {
        CompletionPanelParts parts;
        parts.models = at("");
        parts.openModel =
            [this](const std::filesystem::path& file) -> Result<std::unique_ptr<CompletionSession>> {
            std::this_thread::sleep_for(std::chrono::milliseconds(log.delayMs));
            if (!std::filesystem::exists(file))
                return Error{ErrorCode::NotFound, file.string() + " is not there."};
            return std::unique_ptr<CompletionSession>(std::make_unique<ToyCompletion>(file, log));
        };
        open(parts);
    }
    /// On the bundled ones.
    void openReal() { open(CompletionPanelParts()); }

    SampleGrid* grid() { return find<SampleGrid>("samples"); }

    CompletionLog log;

private:
    void open(CompletionPanelParts parts) {
        parts.garments = at("garments");
        show(parts);
    }
    /// Forty pictures of Fashion-MNIST's size, number i of class i mod 10 and filled with i.
    void writeGarments() {
        std::filesystem::create_directories(at("garments"));
        std::ofstream images(at("garments/t10k-images-idx3-ubyte"), std::ios::binary);
        std::ofstream labels(at("garments/t10k-labels-idx1-ubyte"), std::ios::binary);
        images << std::string("\0\0\x08\x03\0\0\0\x28\0\0\0\x1c\0\0\0\x1c", 16);
        labels << std::string("\0\0\x08\x01\0\0\0\x28", 8);
        for (int i = 0; i < 40; ++i) {
            images << std::string(std::size_t(kGarmentSide) * kGarmentSide, char(i));
            labels << char(i % 10);
        }
    }
};

}  // namespace vitrine
