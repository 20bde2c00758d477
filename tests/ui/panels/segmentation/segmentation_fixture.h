// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/io/png.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/segmentation/segmentation_stage.h"
#include "ui/views/mask_canvas.h"
#include "ui/views/sample_grid.h"

namespace vitrine {

inline constexpr int kToySize = kPictureSize;

/// Counts what the toy networks were asked; shared by all of a test.
struct ToyLog {
    std::mutex mutex;
    std::vector<SegmentationRequest> asked;
    std::atomic<int> delayMs = 0;               ///< before each sample, and each sweep
    std::atomic<int> finished = 0;              ///< answers with many samples that were drawn to the end
    std::atomic<int> activities = 0;            ///< questions about the latent's channels
    std::atomic<int> likelihoods = 0;           ///< questions about the truth's log-likelihood
    std::atomic<bool> holdsLikelihood = false;  ///< it lasts until it is not wanted any more, or let go
    std::atomic<bool> holdsActivity = false;    ///< the next one lasts until it is not wanted any more
};

/// A network of three classes that needs no weights: where the omission is, sample i says class 1 + i mod 2,
/// and the truth's place elsewhere is class 0. It follows what is observed.
class ToySegmentation : public SegmentationSession {
public:
    ToySegmentation(const std::string& variant, ToyLog& log) : m_log(log) {
        m_info.variant = variant;
        m_info.size = kToySize;
        m_info.numClasses = 3;
        m_info.numChannels = 4;
        m_info.hasNoise = m_info.takesObserved = m_info.isAutoregressive = variant != "gdnn";
        m_info.classNames = {"background", "seat", "legs"};
        if (variant != "tokens") return;
        m_info.drawsTokens = true, m_info.isAutoregressive = false, m_info.numChannels = 0;
    }
    const SegmentationModelInfo& info() const override { return m_info; }
    Result<SegmentationResult> segment(const SegmentationRequest& request,
                                       const SegmentationSession::SampleCallback& onSample,
                                       const SegmentationSession::SweepCallback& onSweep) override {
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.asked.push_back(request);
        }
        if (request.seed == 666) return Error{ErrorCode::NonFinite, "The toy has no answer to this."};
        SegmentationResult result;
        result.input = request.image;
        result.probability = Raster<float>(kToySize, kToySize, 3, 0);
        for (int sweep = 0; !request.observed.empty() && sweep < request.numSweeps && result.isComplete;
             ++sweep) {
            std::this_thread::sleep_for(std::chrono::milliseconds(m_log.delayMs));
            result.changedShares.push_back(0.5 / (sweep + 1));
            result.isComplete =
                onSweep({0, sweep, result.changedShares.back()}) || sweep + 1 == request.numSweeps;
        }
        for (int i = 0; i < request.numSamples; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(m_log.delayMs));
            result.samples.push_back(sample(request, i));
            if (onSample && !onSample(i, result.samples.back())) return result;
        }
        if (request.numSamples > 1) ++m_log.finished;
        result.mean = result.argmax = result.samples.front();
        if (!request.truth.empty() && !request.omission.empty()) result.nearestKnown = request.truth;
        result.guess = LabelMap(kToySize, kToySize);
        result.entropy = result.mutualInformation = ScalarMap(kToySize, kToySize, 1, 0.5F);
        result.diversity = request.numSamples > 1 ? 0.25 : 0;
        if (!request.truth.empty()) {
            SegmentationScores scores;
            scores.meanIou = 0.5;
            for (int i = 0; i < request.numSamples; ++i) scores.sampleIous.push_back(i / 100.0);
            scores.bestIou = scores.sampleIous.back();
            scores.nearestKnownIou = 0.75;
            scores.calibration.ece = 0.125;
            scores.calibration.bins.resize(10);
            scores.calibration.bins[4] = {0.45, 0.4, 12};
            scores.calibration.bins[9] = {0.97, 0.8, 16372};
            result.scores = scores;
        }
        return result;
    }
    Result<std::vector<LabelMap>> interpolate(
        const SegmentationRequest&, int, int, int count, const SegmentationSession::KeepGoing&) override {
        return std::vector<LabelMap>(std::size_t(count), LabelMap(kToySize, kToySize, 2));
    }
    Result<std::optional<std::vector<double>>> channelActivity(
        const SegmentationRequest&, const SegmentationSession::KeepGoing& keepGoing) override {
        using Activity = std::optional<std::vector<double>>;
        ++m_log.activities;
        if (!m_info.takesObserved) return Error{ErrorCode::InvalidArgument, "The toy has no channels."};
        if (m_log.holdsActivity.exchange(false)) {
            while (keepGoing()) std::this_thread::yield();
            return Activity();
        }
        return Activity({0.01, 3, 0.5, 7});
    }
    Result<std::optional<double>> logLikelihood(const SegmentationRequest&,
                                                const SegmentationSession::KeepGoing& keepGoing) override {
        ++m_log.likelihoods;
        while (m_log.holdsLikelihood && keepGoing()) std::this_thread::yield();
        return keepGoing() ? std::optional(-1234.5) : std::nullopt;
    }

private:
    static LabelMap sample(const SegmentationRequest& request, int index) {
        LabelMap labels(kToySize, kToySize);
        for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
            if (!request.omission.empty() && request.omission.pixels[i] != 0)
                labels.pixels[i] = std::uint8_t(1 + index % 2);
            if (!request.observed.empty() && request.observed.pixels[i] != kUnknownLabel)
                labels.pixels[i] = request.observed.pixels[i];
        }
        return labels;
    }
    SegmentationModelInfo m_info;
    ToyLog& m_log;
};

/// A segmentation panel on a folder of its own with toy networks "cvae" and "gdnn" and two pictures, the
/// first with its truth.
class SegmentationFixture : public PanelFixture<SegmentationPanel> {
public:
    explicit SegmentationFixture(bool withPictures = true) : PanelFixture(QStringLiteral("segmentation")) {
        std::filesystem::create_directories(at("pictures"));
        if (withPictures) {
            (void)writePng(at("pictures/a-chair.png"), Image(kToySize, kToySize, 3, 200));
            (void)writePng(at("pictures/a-chair-labels.png"), Image(kToySize, kToySize, 1, 1));
            (void)writePng(at("pictures/b-chair.png"), Image(kToySize, kToySize, 3, 90));
        }
        for (const char* variant : {"cvae", "gdnn"})
            std::ofstream(at("segmentation-" + std::string(variant) + ".safetensors")) << "toy";
    }
    ~SegmentationFixture() { panel.reset(); }

    /// Ten pictures of Fashion-MNIST's size, number i of class i and filled with i.
    void writeGarments() {
        std::filesystem::create_directories(at("garments"));
        std::ofstream images(at("garments/t10k-images-idx3-ubyte"), std::ios::binary);
        std::ofstream labels(at("garments/t10k-labels-idx1-ubyte"), std::ios::binary);
        images << std::string("\0\0\x08\x03\0\0\0\x0a\0\0\0\x1c\0\0\0\x1c", 16);
        labels << std::string("\0\0\x08\x01\0\0\0\x0a", 8);
        for (char garment = 0; garment < 10; ++garment) {
            images << std::string(28 * 28, garment);
            labels << garment;
        }
    }
    SegmentationPanel& open() {
        SegmentationPanelParts parts;
        parts.models = at("");
        parts.pictures = at("pictures");
        parts.garments = at("garments");
        parts.openModel =
            [this](const std::filesystem::path& file) -> Result<std::unique_ptr<SegmentationSession>> {
            if (!std::filesystem::exists(file))
                return Error{ErrorCode::NotFound, file.string() + " is not there."};
            const std::string stem = file.stem().string();
            return std::unique_ptr<SegmentationSession>(
                std::make_unique<ToySegmentation>(stem.substr(stem.find('-') + 1), log));
        };
        return show(parts);
    }
    /// Labels are painted, and the answer follows them.
    void openWithKnownLabels() {
        open();
        QVERIFY(settle());
        find<QComboBox>("target")->setCurrentIndex(3);
        paint();
        QVERIFY(settle());
    }
    MaskCanvas* canvas() { return find<MaskCanvas>("canvas"); }
    SampleGrid* grid() { return find<SampleGrid>("samples"); }
    /// Paints a line over the canvas's middle.
    void paint(Qt::MouseButton button = Qt::LeftButton) {
        const QRectF area = canvas()->pictureRect();
        const QPoint from = (area.topLeft() + QPointF(area.width() * 0.3, area.height() * 0.5)).toPoint();
        const QPoint to = (area.topLeft() + QPointF(area.width() * 0.7, area.height() * 0.5)).toPoint();
        QTest::mousePress(canvas(), button, {}, from);
        QTest::mouseMove(canvas(), (from + to) / 2);
        QTest::mouseMove(canvas(), to);
        QTest::mouseRelease(canvas(), button, {}, to);
    }

    ToyLog log;
};

}  // namespace vitrine
