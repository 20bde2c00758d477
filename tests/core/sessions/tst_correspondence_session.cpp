// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <optional>

#include "core/sessions/correspondence_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

CorrespondenceRequest matchRequest(int from, int to, int numFrames) {
    CorrespondenceRequest request;
    request.from = pureStyle(from), request.to = pureStyle(to);
    request.numFrames = numFrames;
    request.stride = 1;
    request.isGuided = false;
    return request;
}

}  // namespace

class TestCorrespondenceSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        const std::filesystem::path file =
            std::filesystem::path(m_folder.path().toStdString()) / "tiny.safetensors";
        test::writeRandomChairModel(file);
        m_session.emplace(CorrespondenceSession::open(file).value());
    }

    void aMorphIsMatchedBothWays() {
        const auto result = m_session->match(matchRequest(0, 1, 20));
        QVERIFY(result.ok());
        QCOMPARE(result->frames.size(), std::size_t(20));
        QCOMPARE(result->matching.steps.forward.size(), std::size_t(19));
        QCOMPARE(result->matching.steps.backward.size(), std::size_t(19));
        QVERIFY(result->matching.forward == concatenated(result->matching.steps.forward));
        QVERIFY(result->matching.forwardError ==
                roundTripError(result->matching.forward, result->matching.backward));
        QCOMPARE(result->matching.forward.width, 32);
    }

    void theEndsAreThePureChairs() {
        auto chairs = ChairSession::open(m_session->info().file).value();
        const auto result = m_session->match(matchRequest(2, 3, 5));
        const CorrespondenceRequest request = matchRequest(2, 3, 5);
        const auto pictures = chairs.generate(framesOf(request));
        QVERIFY(result->from() == pictures->front().premultiplied);
        QVERIFY(result->to() == pictures->back().premultiplied);
    }

    void theWayBackIsTheOtherChairsWay() {
        const auto there = m_session->match(matchRequest(0, 1, 6)),
                   back = m_session->match(matchRequest(1, 0, 6));
        QVERIFY(there->from() == back->to());
        QVERIFY(there->matching.steps.forward.size() == back->matching.steps.backward.size());
    }

    void aDirectMatchHasNothingBetween() {
        CorrespondenceRequest request = matchRequest(0, 1, 64);
        request.route = CorrespondenceRoute::Direct;
        const auto result = m_session->match(request);
        QCOMPARE(result->frames.size(), std::size_t(2));
        QVERIFY(result->matching.forward == result->matching.steps.forward.front());
    }

    void longStepsEndInTheSameFrame() {
        CorrespondenceRequest request = matchRequest(0, 1, 20);
        request.stride = 6;
        const auto result = m_session->match(request);
        QVERIFY(result.ok());
        QCOMPARE(result->matching.keys, (std::vector<std::size_t>{0, 6, 12, 18, 19}));
        QCOMPARE(result->matching.steps.forward.size(), std::size_t(4));
        const std::vector<PixelPoint> trail = trailOverFrames(result->matching, {16, 16});
        QCOMPARE(trail.size(), std::size_t(20));
        QVERIFY(distance(trail.back(), advect(result->matching.forward, {16, 16})) < 1e-4f);
        QVERIFY(distance(trail[6], advect(result->matching.steps.forward[0], {16, 16})) < 1e-4f);
        QVERIFY(std::abs(trail[3].x - (trail[0].x + trail[6].x) / 2) < 1e-4f);
        request.stride = 0;
        QCOMPARE(m_session->match(request).error().code, ErrorCode::InvalidArgument);
    }

    void aGuideLeavesThePicturesAsTheyAre() {
        CorrespondenceRequest request = matchRequest(0, 1, 20);
        request.stride = 6;
        const auto plain = m_session->match(request);
        request.isGuided = true;
        const auto guided = m_session->match(request);
        QVERIFY(guided.ok());
        QVERIFY(guided->frames == plain->frames);
        QCOMPARE(guided->matching.keys, plain->matching.keys);
        QVERIFY(guided->matching.forward != plain->matching.forward);
        QVERIFY(guided->matching.forward == m_session->match(request, {}, 1)->matching.forward);
    }

    void whatTakesNoGuideDoesWithout_data() {
        QTest::addColumn<CorrespondenceRoute>("route");
        QTest::addColumn<FlowMethod>("method");
        QTest::newRow("a method that has no use for it")
            << CorrespondenceRoute::Morph << FlowMethod::Farneback;
        QTest::newRow("a direct match") << CorrespondenceRoute::Direct << FlowMethod::Dis;
    }
    void whatTakesNoGuideDoesWithout() {
        QFETCH(CorrespondenceRoute, route);
        QFETCH(FlowMethod, method);
        QVERIFY(!takesGuide(route, method));
        CorrespondenceRequest request = matchRequest(0, 1, 6);
        request.route = route, request.method = method;
        const auto plain = m_session->match(request);
        request.isGuided = true;
        QVERIFY(m_session->match(request)->matching.forward == plain->matching.forward);
    }

    void progressGrowsToOne() {
        std::vector<double> fractions;
        QVERIFY(m_session->match(
            matchRequest(0, 1, 24),
            {[&](const Progress& progress) { fractions.push_back(progress.fraction); }, {}}));
        QVERIFY(fractions.size() > 10);
        QVERIFY(std::ranges::is_sorted(fractions));
        QCOMPARE(fractions.back(), 1.);
    }

    void itStopsWhenTold_data() {
        QTest::addColumn<int>("afterReports");
        QTest::newRow("before it starts") << 0;
        QTest::newRow("while painting") << 1;
        QTest::newRow("while matching") << 6;
    }
    void itStopsWhenTold() {
        QFETCH(int, afterReports);
        std::stop_source stop;
        if (afterReports == 0) stop.request_stop();
        int numReports = 0;
        const JobContext job{[&](const Progress&) {
                                 if (++numReports == afterReports) stop.request_stop();
                             },
                             stop.get_token()};
        const auto result = m_session->match(matchRequest(0, 1, 40), job, 1);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Busy);
        QCOMPARE(numReports, afterReports);
    }

    void badRequestsLeaveTheSessionAsItWas() {
        QCOMPARE(m_session->match(matchRequest(1, 1, 8)).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(m_session->match(matchRequest(0, 99, 8)).error().code, ErrorCode::InvalidArgument);
        QVERIFY(m_session->match(matchRequest(0, 1, 8)));
    }

private:
    QTemporaryDir m_folder;
    std::optional<CorrespondenceSession> m_session;
};

VITRINE_TEST(TestCorrespondenceSession)
#include "tst_correspondence_session.moc"
