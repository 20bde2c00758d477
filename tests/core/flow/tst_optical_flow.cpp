// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/flow/flow_maths.h"
#include "core/flow/flow_sequence.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kSize = 64;

/// Smooth blobs, the same ones wherever they are moved to.
Image blobs(float dx, float dy) {
    Image image(kSize, kSize, 3);
    Rng rng{7};
    std::vector<float> sum(kSize * kSize);
    for (int blob = 0; blob < 60; ++blob) {
        const double x0 = rng.uniform(0, kSize) + dx, y0 = rng.uniform(0, kSize) + dy,
                     height = rng.uniform(-90, 90);
        for (int y = 0; y < kSize; ++y)
            for (int x = 0; x < kSize; ++x)
                sum[std::size_t(y * kSize + x)] +=
                    float(height * std::exp(-(std::pow(x - x0, 2) + std::pow(y - y0, 2)) / 18));
    }
    for (std::size_t i = 0; i < sum.size(); ++i)
        for (std::size_t c = 0; c < 3; ++c)
            image.pixels[3 * i + c] = std::uint8_t(std::clamp(sum[i] + 128, 0.f, 255.f));
    return image;
}

bool isInside(float x, float y, float margin) {
    return std::min({x, y, kSize - 1 - x, kSize - 1 - y}) >= margin;
}

/// Of the middle, where nothing comes in from outside.
double errorInTheMiddle(const FlowField& flow, float dx, float dy) {
    FlowField truth(kSize, kSize);
    LabelMap middle(kSize, kSize);
    for (int y = 0; y < kSize; ++y)
        for (int x = 0; x < kSize; ++x) {
            truth.at(y, x, 0) = dx, truth.at(y, x, 1) = dy;
            middle.at(y, x) = isInside(float(x), float(y), 12) && isInside(float(x) + dx, float(y) + dy, 8);
        }
    return endPointError(flow, truth, middle);
}

}  // namespace

class TestOpticalFlow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aShiftIsFound_data() {
        QTest::addColumn<FlowMethod>("method");
        QTest::addColumn<float>("dx");
        QTest::addColumn<float>("dy");
        QTest::addColumn<double>("mostPx");
        for (const FlowMethod method : flowMethods()) {
            // Those that search among whole pixels do not find halves.
            const bool isWhole = method == FlowMethod::SiftFlow || method == FlowMethod::SpatialPyramid;
            QTest::newRow(keyOf(method).data()) << method << (isWhole ? 3.f : 2.5f) << -1.f << 0.2;
            QTest::addRow("%s, none", keyOf(method).data()) << method << 0.f << 0.f << 0.02;
        }
        QTest::newRow("sift-flow, far") << FlowMethod::SiftFlow << 9.f << -7.f << 0.2;
        QTest::newRow("dsp, far") << FlowMethod::SpatialPyramid << 9.f << -6.f << 0.2;
    }
    void aShiftIsFound() {
        QFETCH(FlowMethod, method);
        QFETCH(float, dx);
        QFETCH(float, dy);
        QFETCH(double, mostPx);
        const double error = errorInTheMiddle(opticalFlow(blobs(0, 0), blobs(dx, dy), method), dx, dy);
        QVERIFY2(error < mostPx, qPrintable(QString::number(error)));
    }

    /// A pattern moved by half its period is as well found to the left as to the right.
    void aGuideChooses_data() {
        QTest::addColumn<FlowMethod>("method");
        QTest::addColumn<int>("right");
        QTest::newRow("DIS, left") << FlowMethod::Dis << -8;
        QTest::newRow("DIS, right") << FlowMethod::Dis << 8;
        QTest::newRow("SIFT flow, left") << FlowMethod::SiftFlow << -8;
        QTest::newRow("SIFT flow, right") << FlowMethod::SiftFlow << 8;
    }
    void aGuideChooses() {
        QFETCH(FlowMethod, method);
        QFETCH(int, right);
        QVERIFY(canBeGuided(method));
        constexpr int kPeriod = 16;
        const Image tile = blobs(0, 0);
        Image from(kSize, kSize, 3), to(kSize, kSize, 3);
        for (int y = 0; y < kSize; ++y)
            for (int x = 0; x < kSize; ++x)
                for (int c = 0; c < 3; ++c) {
                    from.at(y, x, c) = tile.at(y % kPeriod, x % kPeriod, c);
                    to.at(y, x, c) = tile.at(y % kPeriod, (x + kPeriod / 2) % kPeriod, c);
                }
        FlowField initialFlow(kSize, kSize);
        for (std::size_t i = 0; i < initialFlow.pixels.size(); i += 2)
            initialFlow.pixels[i] = float(right) + 1, initialFlow.pixels[i + 1] = 1;
        const double error = errorInTheMiddle(opticalFlow(from, to, method, initialFlow), float(right), 0);
        QVERIFY2(error < 0.3, qPrintable(QString::number(error)));
    }

    void keysAreUniqueAndComeBack() {
        for (const FlowMethod method : flowMethods()) QCOMPARE(flowMethodOf(keyOf(method)), method);
        QVERIFY(!flowMethodOf("magic"));
    }

    void unlikePicturesAreRefused() {
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                                 opticalFlow(Image(64, 64, 3), Image(64, 32, 3), FlowMethod::Dis));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument,
                                 opticalFlow(Image(8, 8, 3), Image(8, 8, 3), FlowMethod::Dis));
    }

    void aSequenceGoesBothWays() {
        std::vector<Image> frames;
        for (int t = 0; t < 5; ++t) frames.push_back(blobs(1.5f * float(t), float(-t)));
        double lastFraction = 0;
        const JobContext job{[&](const Progress& progress) { lastFraction = progress.fraction; }, {}};
        const auto flows = flowsAlong(frames, FlowMethod::Dis, job, 2);
        QVERIFY(flows.ok());
        QCOMPARE(lastFraction, 1.);
        QCOMPARE(flows->forward.size(), std::size_t(4));
        QVERIFY(errorInTheMiddle(concatenated(flows->forward), 6, -4) < 0.3);
        QVERIFY(errorInTheMiddle(concatenated(flows->backward), -6, 4) < 0.3);
    }

    void theNumberOfThreadsChangesNothing() {
        const std::vector frames{blobs(0, 0), blobs(1, 1), blobs(2, 1)};
        const auto one = flowsAlong(frames, FlowMethod::Dis, {}, 1),
                   three = flowsAlong(frames, FlowMethod::Dis, {}, 3);
        QVERIFY(one->forward == three->forward);
        QVERIFY(one->backward == three->backward);
    }

    void oneFrameHasNoFlow() {
        const std::vector frames{blobs(0, 0)};
        QVERIFY(flowsAlong(frames, FlowMethod::Dis)->forward.empty());
    }

    void itStopsBetweenFlows() {
        const std::vector<Image> frames(20, blobs(0, 0));
        std::stop_source stop;
        int numReports = 0;
        const JobContext job{[&](const Progress&) {
                                 if (++numReports == 3) stop.request_stop();
                             },
                             stop.get_token()};
        const auto flows = flowsAlong(frames, FlowMethod::Dis, job, 1);
        QVERIFY(!flows.ok());
        QCOMPARE(flows.error().code, ErrorCode::Busy);
        QCOMPARE(numReports, 3);
    }
};

VITRINE_TEST(TestOpticalFlow)
#include "tst_optical_flow.moc"
