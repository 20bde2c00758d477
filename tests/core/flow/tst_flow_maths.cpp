// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <cmath>

#include "core/flow/flow_colours.h"
#include "core/flow/flow_maths.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

FlowField uniform(int width, int height, float x, float y) {
    FlowField flow(width, height);
    for (std::size_t i = 0; i < flow.pixels.size(); i += 2) flow.pixels[i] = x, flow.pixels[i + 1] = y;
    return flow;
}

/// Everything turns about the middle by a small angle.
FlowField rotation(int size, float angle) {
    FlowField flow(size, size);
    const float middle = float(size - 1) / 2;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const float dx = float(x) - middle, dy = float(y) - middle;
            flow.at(y, x, 0) = dx * std::cos(angle) - dy * std::sin(angle) - dx;
            flow.at(y, x, 1) = dx * std::sin(angle) + dy * std::cos(angle) - dy;
        }
    return flow;
}

std::array<int, 3> pixel(const Image& image, int y, int x) {
    return {image.at(y, x, 0), image.at(y, x, 1), image.at(y, x, 2)};
}

}  // namespace

class TestFlowMaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void flowIsSampledBetweenPixels() {
        FlowField flow(2, 2);
        flow.at(0, 1, 0) = 4;
        flow.at(1, 0, 1) = 8;
        QCOMPARE(flowAt(flow, {0.5f, 0}), (PixelPoint{2, 0}));
        QCOMPARE(flowAt(flow, {0.25f, 0.5f}), (PixelPoint{0.5f, 3}));
        QCOMPARE(flowAt(flow, {7, -3}), (PixelPoint{4, 0}));  // the nearest border
    }

    void concatenationAddsUpAlongTheWay() {
        // Two turns by a tenth are one by a fifth: what is added is the flow where the point has come to, not
        // where it began.
        const std::vector flows(2, rotation(41, 0.1f));
        const FlowField once = rotation(41, 0.2f), twice = concatenated(flows);
        for (int y = 10; y <= 30; ++y)
            for (int x = 10; x <= 30; ++x) {
                QVERIFY(std::abs(twice.at(y, x, 0) - once.at(y, x, 0)) < 1e-3f);
                QVERIFY(std::abs(twice.at(y, x, 1) - once.at(y, x, 1)) < 1e-3f);
            }
        QVERIFY(concatenated({}).empty());
    }

    void aTrailEndsWhereTheConcatenationDoes() {
        const std::vector flows{uniform(20, 20, 1.5f, 0), rotation(20, 0.2f), uniform(20, 20, 0, -2)};
        const auto trail = trailOf(flows, {7, 9});
        QCOMPARE(trail.size(), std::size_t(4));
        QCOMPARE(trail.front(), (PixelPoint{7, 9}));
        QCOMPARE(trail[1], (PixelPoint{8.5f, 9}));
        QVERIFY(distance(trail.back(), advect(concatenated(flows), {7, 9})) < 1e-5f);
    }

    void thereAndBackIsNoErrorAndAnythingElseIsOne() {
        const ScalarMap none = roundTripError(uniform(9, 9, 2, 1), uniform(9, 9, -2, -1));
        for (const float error : none.pixels) QCOMPARE(error, 0.f);
        const ScalarMap some = roundTripError(uniform(9, 9, 2, 1), uniform(9, 9, 1, 3));
        for (const float error : some.pixels) QCOMPARE(error, 5.f);
    }

    void picturesArePulledFromWhereTheFlowPoints() {
        Image image(4, 1, 3);
        for (int x = 0; x < 4; ++x) image.at(0, x, 0) = std::uint8_t(10 * x);
        const Image moved = warpBackward(image, uniform(4, 1, 1.5f, 0), 77);
        QCOMPARE(moved.at(0, 0, 0), std::uint8_t(15));
        QCOMPARE(moved.at(0, 1, 0), std::uint8_t(25));
        QCOMPARE(moved.at(0, 3, 0), std::uint8_t(77));  // beyond the picture
        LabelMap labels(4, 1);
        labels.at(0, 2) = 3;
        const LabelMap warpedLabels = warpLabelsBackward(labels, uniform(4, 1, 0.8f, 0));
        QCOMPARE(warpedLabels.pixels, (std::vector<std::uint8_t>{0, 3, 0, 0}));
    }

    void endPointErrorIsAMeanOverTheMask() {
        FlowField flow = uniform(2, 1, 3, 4);
        flow.at(0, 1, 0) = 0;
        const FlowField truth(2, 1);
        QCOMPARE(endPointError(flow, truth), 4.5);
        LabelMap first(2, 1);
        QVERIFY(std::isnan(endPointError(flow, truth, first)));
        first.at(0, 0) = 1;
        QCOMPARE(endPointError(flow, truth, first), 5.);
        QCOMPARE(largestFlow(flow, first), 5.f);
    }

    void theWheelSaysWhereTo() {
        FlowField flow(3, 1);
        flow.at(0, 0, 0) = 10;   // to the right: red
        flow.at(0, 1, 0) = -10;  // to the left: the other side of the wheel
        const Image colours = flowColours(flow, 10);
        QCOMPARE(pixel(colours, 0, 2), (std::array<int, 3>{255, 255, 255}));  // no motion
        QCOMPARE(pixel(colours, 0, 0)[0], 255);
        QVERIFY(pixel(colours, 0, 0)[1] < 60 && pixel(colours, 0, 0)[2] < 60);
        QVERIFY(pixel(colours, 0, 1)[0] < 60 && pixel(colours, 0, 1)[2] > 200);
        QVERIFY(pixel(flowColours(flow, 20), 0, 0)[1] > 100);  // half the scale: paler
        LabelMap mask(3, 1);
        QCOMPARE(pixel(flowColours(flow, 10, mask), 0, 0), (std::array<int, 3>{255, 255, 255}));
        const Image wheel = flowWheel(21);
        QCOMPARE(pixel(wheel, 0, 0), (std::array<int, 3>{255, 255, 255}));
        QVERIFY(pixel(wheel, 10, 20)[0] > 240 && pixel(wheel, 10, 20)[1] < 60);
    }
};

VITRINE_TEST(TestFlowMaths)
#include "tst_flow_maths.moc"
