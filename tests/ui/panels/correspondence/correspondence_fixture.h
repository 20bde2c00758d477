// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <latch>
#include <mutex>

#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/correspondence/correspondence_panel.h"
#include "ui/views/morph_strip.h"
#include "ui/views/point_canvas.h"

namespace vitrine {

inline constexpr int kToySize = 64;

/// What the toy was asked; shared by all of a test.
struct ToyLog {
    std::mutex mutex;
    std::vector<CorrespondenceRequest> asked;
    std::atomic<bool> isHeld = false;  ///< answers wait until it is false, or they are stopped
    std::atomic<int> numStopped = 0;
};

/// Chairs that are squares: style i is at (8 + 4 i, 20), so a morph shifts it by four pixels a style; the
/// flow is exact. New chairs are at the places of the four styles.
class ToyMatcher : public CorrespondenceSession {
public:
    explicit ToyMatcher(ToyLog& log) : m_log(log) {
        m_info.name = "toy";
        m_info.size = kToySize;
        m_info.numStyles = kNumStyles;
        m_info.styleIds = {"style-0", "style-1", "style-2", "style-3"};
        m_info.device = "toy";
    }
    const ChairModelInfo& info() const override { return m_info; }
    Result<CorrespondenceResult> match(const CorrespondenceRequest& request,
                                       const JobContext& job,
                                       int) override {
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.asked.push_back(request);
        }
        job.report({0.5, -1, "half"});
        while (m_log.isHeld && !job.stop.stop_requested()) std::this_thread::yield();
        if (job.stop.stop_requested()) {
            ++m_log.numStopped;
            return Error{ErrorCode::Busy, "The matching was cancelled."};
        }
        if (request.numFrames == 13) return Error{ErrorCode::NonFinite, "The toy has no answer to this."};
        return answer(request);
    }

private:
    static CorrespondenceResult answer(const CorrespondenceRequest& request) {
        const int count = request.route == CorrespondenceRoute::Direct ? 2 : request.numFrames;
        const int from = leftOf(request.from), to = leftOf(request.to);
        const float shift = float(to - from) / float(count - 1);
        CorrespondenceResult result;
        for (int t = 0; t < count; ++t)
            result.frames.push_back(squareAt(from + int(std::lround(float(t) * shift))));
        FlowField there(kToySize, kToySize), back(kToySize, kToySize);
        for (std::size_t i = 0; i < there.pixels.size(); i += 2)
            there.pixels[i] = shift, back.pixels[i] = -shift;
        Matching& matching = result.matching;
        matching.steps = {std::vector<FlowField>(std::size_t(count - 1), there),
                          std::vector<FlowField>(std::size_t(count - 1), back)};
        for (int t = 0; t < count; ++t) matching.keys.push_back(std::size_t(t));
        matching.forward = concatenated(matching.steps.forward);
        matching.backward = concatenated(matching.steps.backward);
        matching.forwardError = roundTripError(matching.forward, matching.backward);
        matching.backwardError = roundTripError(matching.backward, matching.forward);
        return result;
    }
    static int leftOf(const StyleMix& style) { return 8 + 4 * (style[0].styleIndex % kNumStyles); }
    static Image squareAt(int left) {
        Image image(kToySize, kToySize, 4);
        for (int y = 20; y < 44; ++y)
            for (int x = left; x < left + 24; ++x)
                for (int c = 0; c < 4; ++c) image.at(y, x, c) = c == 3 ? 255 : 120;
        return image;
    }

    static constexpr int kNumStyles = 4;

    ChairModelInfo m_info;
    ToyLog& m_log;
};

/// A correspondence panel over the toy.
class CorrespondenceFixture : public PanelFixture<CorrespondencePanel> {
public:
    CorrespondenceFixture() : PanelFixture(QStringLiteral("correspondence")) {}
    ~CorrespondenceFixture() {
        log.isHeld = false;
        panel.reset();
    }

    CorrespondencePanel& open(bool hasModel = true) {
        CorrespondencePanelParts parts;
        parts.model = "toy.safetensors";
        parts.thumbnails = folder.path().toStdString();
        parts.paintRealChair = [](const RealChairRequest& request) -> Result<Image> {
            return Image(request.size, request.size, 4);
        };
        parts.openModel =
            [this,
             hasModel](const std::filesystem::path& file) -> Result<std::unique_ptr<CorrespondenceSession>> {
            if (!hasModel) return Error{ErrorCode::NotFound, file.string() + " is not there."};
            return std::unique_ptr<CorrespondenceSession>(std::make_unique<ToyMatcher>(log));
        };
        return show(parts);
    }
    PointCanvas* a() { return find<PointCanvas>("a"); }
    PointCanvas* b() { return find<PointCanvas>("b"); }
    void click(PointCanvas* canvas, double x, double y) {
        QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->toWidget({x, y}).toPoint());
    }

    ToyLog log;
};

}  // namespace vitrine
