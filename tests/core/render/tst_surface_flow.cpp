// SPDX-License-Identifier: GPL-3.0-or-later
// Renders of one real chair from neighbouring views have exact flow: each pixel's point of the surface is
// known.
#include <QtTest>
#include <cmath>

#include "core/base/folders.h"
#include "core/flow/flow_maths.h"
#include "core/flow/flow_sequence.h"
#include "core/render/chair_camera.h"
#include "core/render/surface_flow.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr ChairRenderOptions kOptions{128, 2};

Image overWhite(const Image& premultiplied) {
    Image image(premultiplied.width, premultiplied.height, 3);
    for (std::size_t i = 0; i < image.pixels.size() / 3; ++i)
        for (std::size_t c = 0; c < 3; ++c)
            image.pixels[3 * i + c] =
                std::uint8_t(premultiplied.pixels[4 * i + c] + 255 - premultiplied.pixels[4 * i + 3]);
    return image;
}

}  // namespace

class TestSurfaceFlow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto catalogue = ChairCatalogue::load(resourceFolder() / "chairs.json");
        QVERIFY(catalogue.ok());
        auto model = ChairModel::load(**catalogue->find("kitchen-chair"));
        QVERIFY(model.ok());
        m_model.emplace(std::move(model).value());
        for (int t = 0; t <= kSteps; ++t) m_views.push_back({30 + 4.f * float(t), 20});
        for (const ChairView& view : m_views) {
            m_renders.push_back(m_model->render(view, kOptions));
            m_frames.push_back(overWhite(m_renders.back().premultiplied));
        }
    }

    void aPointIsSeenWhereItsRayGoes() {
        const ChairCamera camera({37, 25});
        for (const float x : {-0.7f, 0.f, 0.4f})
            for (const float y : {-0.3f, 0.9f}) {
                const auto [seenX, seenY] = camera.seenAt(camera.eye + camera.direction(x, y) * 2.3f);
                QVERIFY(std::abs(seenX - x) < 1e-4f && std::abs(seenY - y) < 1e-4f);
            }
        const auto middle = camera.pixelOf({0, 0, 0}, 128);
        QVERIFY(std::abs(middle[0] - 63.5f) < 1e-4f && std::abs(middle[1] - 63.5f) < 1e-4f);
    }

    void theSameViewDoesNotMove() {
        const SurfaceFlow flow = surfaceFlow(m_renders[0], m_renders[0], m_views[0]);
        std::size_t numSeen = 0;
        for (const std::uint8_t seen : flow.visible.pixels) numSeen += seen;
        QVERIFY(numSeen > 1000);
        QVERIFY(largestFlow(flow.flow, flow.visible) < 1e-3f);
    }

    /// The truth carries one view's picture to where the other's is, but for what light does.
    void theTruthWarpsOneViewOntoTheOther() {
        const SurfaceFlow truth = surfaceFlow(m_renders.front(), m_renders.back(), m_views.back());
        const Image warped = warpBackward(m_frames.back(), truth.flow);
        const auto meanDifference = [&](const Image& other) {
            double sum = 0, count = 0;
            for (std::size_t i = 0; i < truth.visible.pixels.size(); ++i) {
                if (!truth.visible.pixels[i]) continue;
                sum += std::abs(int(m_frames.front().pixels[3 * i]) - int(other.pixels[3 * i]));
                ++count;
            }
            return sum / count;
        };
        QVERIFY2(meanDifference(warped) < 0.5 * meanDifference(m_frames.back()),
                 qPrintable(QString::number(meanDifference(warped)) + u' ' +
                            QString::number(meanDifference(m_frames.back()))));
    }

    /// Eight degrees. Those that match whole pixels or descriptors of many pixels see flat areas less
    /// sharply.
    void theFlowBetweenViewsIsFound_data() {
        QTest::addColumn<FlowMethod>("method");
        QTest::addColumn<double>("mostShareOfMotion");
        QTest::newRow("DIS") << FlowMethod::Dis << 0.45;
        QTest::newRow("DeepFlow") << FlowMethod::DeepFlow << 0.4;
        QTest::newRow("Farneback") << FlowMethod::Farneback << 0.95;
        QTest::newRow("Lucas-Kanade") << FlowMethod::LucasKanade << 0.85;
        QTest::newRow("SIFT flow") << FlowMethod::SiftFlow << 0.5;
        QTest::newRow("DSP") << FlowMethod::SpatialPyramid << 0.9;
    }
    void theFlowBetweenViewsIsFound() {
        QFETCH(FlowMethod, method);
        QFETCH(double, mostShareOfMotion);
        const SurfaceFlow truth = surfaceFlow(m_renders[0], m_renders[2], m_views[2]);
        const double error =
            endPointError(opticalFlow(m_frames[0], m_frames[2], method), truth.flow, truth.visible);
        const double motion = endPointError(FlowField(128, 128), truth.flow, truth.visible);
        qInfo("end-point error %.3f px of a motion of %.3f px", error, motion);
        QVERIFY(error < mostShareOfMotion * motion);
    }

    /// 32 degrees in steps of 4: the concatenation follows what one long jump gets wrong.
    void aConcatenationFollowsALongTurn() {
        const SurfaceFlow truth = surfaceFlow(m_renders.front(), m_renders.back(), m_views.back());
        const auto flows = flowsAlong(m_frames, FlowMethod::Dis);
        QVERIFY(flows.ok());
        const double along = endPointError(concatenated(flows->forward), truth.flow, truth.visible);
        const double direct = endPointError(
            opticalFlow(m_frames.front(), m_frames.back(), FlowMethod::Dis), truth.flow, truth.visible);
        const double motion = endPointError(FlowField(128, 128), truth.flow, truth.visible);
        qInfo("concatenated %.3f px, direct %.3f px of a motion of %.3f px", along, direct, motion);
        QVERIFY(along < 0.8 * direct);
        QVERIFY(along < 0.5 * motion);
    }

    /// Where the way back leads home the way there is more often right.
    void theRoundTripErrorTellsGoodFromBad() {
        const SurfaceFlow truth = surfaceFlow(m_renders.front(), m_renders.back(), m_views.back());
        const auto flows = flowsAlong(m_frames, FlowMethod::Dis);
        const FlowField there = concatenated(flows->forward);
        const ScalarMap roundTrip = roundTripError(there, concatenated(flows->backward));
        LabelMap sure = truth.visible, unsure = truth.visible;
        for (std::size_t i = 0; i < sure.pixels.size(); ++i)
            (roundTrip.pixels[i] < 1 ? unsure : sure).pixels[i] = 0;
        const double sureError = endPointError(there, truth.flow, sure),
                     unsureError = endPointError(there, truth.flow, unsure);
        qInfo("error %.3f px where sure, %.3f px where not", sureError, unsureError);
        QVERIFY(sureError < 0.9 * unsureError);
    }

private:
    static constexpr int kSteps = 8;
    std::optional<ChairModel> m_model;
    std::vector<ChairView> m_views;
    std::vector<ChairRender> m_renders;
    std::vector<Image> m_frames;
};

VITRINE_TEST(TestSurfaceFlow)
#include "tst_surface_flow.moc"
