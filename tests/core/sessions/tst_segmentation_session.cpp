// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/io/png.h"
#include "core/nets/segmentation_net_options.h"
#include "core/recipe/sample_votes.h"
#include "core/recipe/segmentation_files.h"
#include "core/recipe/segmentation_input.h"
#include "core/sessions/segmentation_answer.h"
#include "core/sessions/segmentation_session.h"
#include "tests/support/random_segmentation_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

Image gradientImage(int width, int height) {
    Image image(width, height, 3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            image.at(y, x, 0) = std::uint8_t(255 * x / width);
            image.at(y, x, 1) = std::uint8_t(255 * y / height);
            image.at(y, x, 2) = 90;
        }
    return image;
}

SegmentationRequest requestOf(int numSamples = 7) {
    SegmentationRequest request;
    request.image = gradientImage(48, 40);
    request.numSamples = numSamples;
    return request;
}

LabelMap filled(std::uint8_t label) {
    return LabelMap(48, 40, label);
}

}  // namespace

class TestSegmentationSession : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file(const char* variant) const {
        return std::filesystem::path(m_folder.path().toStdString()) / variant;
    }
    SegmentationSession open(const char* variant = "hybrid") const {
        test::writeRandomSegmentationModel(file(variant), {variant});
        return SegmentationSession::open(file(variant)).value();
    }
    static std::string refusal(SegmentationSession& session, const SegmentationRequest& request) {
        const auto result = session.segment(request);
        return result ? std::string() : result.error().message;
    }

private Q_SLOTS:
    void tellsAboutTheModel() {
        const auto session = open();
        QCOMPARE(session.info().variant, std::string("hybrid"));
        QCOMPARE(session.info().size, 32);
        QCOMPARE(session.info().classNames.at(2), std::string("legs"));
        QCOMPARE(session.info().step, std::int64_t(77));
        QVERIFY(session.info().takesObserved);
    }

    void answersInTheNetworksSize_data() {
        QTest::addColumn<QByteArray>("variant");
        for (const char* name : {"hybrid", "cvae", "gsnn", "gdnn", "cnn"})
            QTest::newRow(name) << QByteArray(name);
    }
    void answersInTheNetworksSize() {
        QFETCH(QByteArray, variant);
        auto session = open(variant.constData());
        const auto result = session.segment(requestOf());
        QVERIFY(result.ok());
        QCOMPARE(result->samples.size(), std::size_t(7));
        QCOMPARE(result->mean.width, 32);
        QCOMPARE(result->probability.channels, 3);
        const auto [least, most] =
            std::minmax_element(result->entropy.pixels.begin(), result->entropy.pixels.end());
        QVERIFY(*least >= 0 && *most <= 1);
        for (std::size_t i = 0; i < result->entropy.pixels.size(); ++i)
            QVERIFY(result->mutualInformation.pixels[i] <= result->entropy.pixels[i] + 1e-5f);
        const bool draws = variant != "gdnn" && variant != "cnn";
        QCOMPARE(result->diversity > 0, draws);
    }

    void theSameRequestHasTheSameAnswerAndAnotherSeedAnother() {
        auto session = open();
        auto request = requestOf();
        const auto one = session.segment(request), again = session.segment(request);
        QVERIFY(one->samples == again->samples && one->probability == again->probability);
        request.seed = 2;
        const auto other = session.segment(request);
        QVERIFY(other->samples != one->samples);
        QCOMPARE(other->mean, one->mean);  // the deterministic answer has no seed
    }

    void withoutSpreadAllSamplesAreTheAnswerAtTheMean() {
        auto session = open();
        auto request = requestOf();
        const auto whole = session.segment(request);
        request.temperature = 0.3;
        const auto narrow = session.segment(request);
        QVERIFY(narrow->diversity > 0 && narrow->diversity < whole->diversity);
        request.temperature = 0;
        const auto none = session.segment(request);
        for (const LabelMap& sample : none->samples) QCOMPARE(sample, whole->mean);
        const auto path = session.interpolate(request, 0, 1, 3);
        QCOMPARE(path->at(1), whole->mean);
        for (const double bad : {-0.1, 3.5, std::nan("")}) {
            request.temperature = bad;
            QVERIFY(session.segment(request).error().message.find("temperature") != std::string::npos);
        }
    }

    void samplesAreDrawnInPartsAndTheFirstAtOnceToo() {
        auto session = open();
        QVERIFY(session.info().isAutoregressive);
        auto request = requestOf(6);
        const auto atOnce = session.segment(request);
        request.numSamplingSteps = 3;
        std::vector<std::pair<int, LabelMap>> seen;
        std::vector<int> sweeps;
        const auto autoregressive = session.segment(
            request,
            [&](int index, const LabelMap& labels) {
                seen.emplace_back(index, labels);
                return true;
            },
            [&](const SegmentationSweep& sweep) {
                sweeps.push_back(sweep.number);
                return true;
            });
        QVERIFY(autoregressive->isComplete);
        QCOMPARE(seen.size(), std::size_t(7));
        QVERIFY(seen[0].first == 0 && seen[0].second == atOnce->samples[0]);
        QVERIFY(seen[1].first == 0 && seen[1].second == autoregressive->samples[0]);
        QCOMPARE(sweeps, (std::vector{0, 1, 0, 1}));
        QVERIFY(autoregressive->samples != atOnce->samples);
        QCOMPARE(autoregressive->mean, atOnce->mean);
        QCOMPARE(session.segment(request)->samples, autoregressive->samples);
        const auto path = session.interpolate(request, 0, 1, 2);
        QCOMPARE(path->front(), autoregressive->samples[0]);
        QCOMPARE(path->back(), autoregressive->samples[1]);
        QVERIFY(session.interpolate(request, 0, 1, 25, [] { return false; })->empty());
        request.numSamplingSteps = 0;
        QVERIFY(session.segment(request).error().message.find("sampling steps") != std::string::npos);
    }

    void stoppingBetweenPartsLeavesWhatThereIs() {
        auto session = open();
        auto request = requestOf(20);
        request.numSamplingSteps = 50;
        const auto stopped =
            session.segment(request, {}, [](const SegmentationSweep& sweep) { return sweep.number < 1; });
        QVERIFY(!stopped->isComplete);
        QVERIFY(!stopped->samples.empty() && stopped->samples.size() < 20);
    }

    void aNetworkThatWasToldNothingDrawsAtOnce() {
        auto session = open("gdnn");
        auto request = requestOf(3);
        const auto atOnce = session.segment(request);
        request.numSamplingSteps = 4;
        QVERIFY(!session.info().isAutoregressive);
        QCOMPARE(session.segment(request)->samples, atOnce->samples);
    }

    void aRequestIsCutToWhatAModelCanAnswer() {
        SegmentationModelInfo info;
        info.numClasses = 2;
        info.numChannels = 4;
        info.takesObserved = info.hasNoise = true;
        auto request = requestOf();
        request.truth = filled(2);
        request.observed = filled(1);
        request.forced = {{3, 1.0}, {4, 1.0}};
        const auto cut = answerable(request, info);
        QVERIFY(cut.truth.empty());
        QCOMPARE(cut.observed, request.observed);
        QVERIFY((cut.forced == std::vector<ForcedChannel>{{3, 1.0}}));
        info.takesObserved = false;
        QVERIFY(answerable(request, info).observed.empty());
        info.numClasses = 3;
        QCOMPARE(answerable(request, info).truth, request.truth);
        QCOMPARE(answerable(request, info).numSamples, request.numSamples);
        info.hasNoise = false;
        QCOMPARE(answerable(request, info).numSamples, 1);
    }

    void moreSamplesBeginAsFewer() {
        auto session = open();
        const auto few = session.segment(requestOf(3)), many = session.segment(requestOf(16));
        QVERIFY(std::equal(few->samples.begin(), few->samples.end(), many->samples.begin()));
    }

    void samplesComeOneByOneAndStopWhenTold() {
        auto session = open();
        std::vector<int> seen;
        const auto result = session.segment(requestOf(40), [&](int index, const LabelMap& labels) {
            seen.push_back(index);
            return labels.width == 32 && index < 5;
        });
        QVERIFY(result.ok());
        QVERIFY(result->samples.size() < 40 && result->samples.size() >= 6);
        for (std::size_t i = 0; i < seen.size(); ++i) QCOMPARE(seen[i], int(i));
        QVERIFY(!result->argmax.empty());
    }

    void theFirstSampleWaitsForNoOther() {
        auto session = open();
        const auto result = session.segment(requestOf(40), [](int, const LabelMap&) { return false; });
        QCOMPARE(result->samples.size(), std::size_t(1));
        QVERIFY(!result->isComplete);
    }

    void theOmissionIsBlackToTheNetwork() {
        auto session = open();
        auto request = requestOf(1);
        request.omission = filled(0);
        for (int y = 10; y < 30; ++y)
            for (int x = 12; x < 36; ++x) request.omission.at(y, x) = 1;
        const auto result = session.segment(request);
        QCOMPARE(int(result->input.at(16, 16, 2)), 0);
        QVERIFY(result->input.at(16, 4, 2) > 0);
        request.omission = {};
        QVERIFY(session.segment(request)->input != result->input);
    }

    void sweepsAreToldAndStoppedAndStepsGoTheSameWay() {
        auto session = open();
        auto request = requestOf(20);
        request.numSweeps = 4;
        request.observed = filled(kUnknownLabel);
        for (int y = 0; y < 40; ++y) std::fill_n(request.observed.row(y), 24, std::uint8_t(1));
        std::vector<int> firsts;
        const auto whole = session.segment(request, {}, [&](const SegmentationSweep& sweep) {
            if (sweep.number == 0) firsts.push_back(sweep.firstSample);
            return sweep.changedShare >= 0 && sweep.changedShare <= 1;
        });
        QVERIFY(whole->isComplete);
        QCOMPARE(firsts, (std::vector<int>{-1, 0, 4, 14}));
        QCOMPARE(whole->changedShares.size(), std::size_t(4));
        const auto stopped = session.segment(request, {}, [](const SegmentationSweep& sweep) {
            return sweep.firstSample < 0 || sweep.number < 1;
        });
        QVERIFY(!stopped->isComplete);
        QCOMPARE(stopped->changedShares.size(), std::size_t(2));
        QCOMPARE(stopped->samples.size(), std::size_t(4));
        request.numSweeps = 2;
        const auto step = session.segment(request);
        QVERIFY(std::equal(stopped->samples.begin(), stopped->samples.end(), step->samples.begin()));
        QVERIFY(
            std::equal(step->changedShares.begin(), step->changedShares.end(), whole->changedShares.begin()));
    }

    void calibrationCountsTheKnownPixels() {
        auto session = open();
        auto request = requestOf(5);
        request.truth = filled(1);
        const auto result = session.segment(request);
        const Calibration& calibration = result->scores->calibration;
        QCOMPARE(calibration.bins.size(), std::size_t(10));
        std::size_t count = 0;
        double right = 0, error = 0;
        for (const ReliabilityBin& bin : calibration.bins) {
            count += bin.count;
            right += bin.accuracy * double(bin.count);
            error += std::abs(bin.accuracy - bin.confidence) * double(bin.count);
        }
        std::size_t known = 0, agreeing = 0;
        const LabelMap truth = squareMap(request.truth, 32, kUnknownLabel);
        for (std::size_t i = 0; i < truth.pixels.size(); ++i) {
            known += truth.pixels[i] != kUnknownLabel;
            agreeing += truth.pixels[i] == result->argmax.pixels[i];
        }
        QCOMPARE(count, known);
        QCOMPARE(std::size_t(std::lround(right)), agreeing);
        QVERIFY(std::abs(error / double(count) - calibration.ece) < 1e-9);
        request.observed = filled(1);
        for (int y = 0; y < 40; ++y) std::fill_n(request.observed.row(y), 24, kUnknownLabel);
        request.numSweeps = 1;
        std::size_t open = 0;
        const auto again = session.segment(request);
        for (const ReliabilityBin& bin : again->scores->calibration.bins) open += bin.count;
        QCOMPARE(open, known / 2);  // what was given isn't counted
    }

    void observedLabelsStandAndSteerTheRest() {
        auto session = open();
        auto request = requestOf(3);
        request.numSweeps = 3;
        request.observed = filled(kUnknownLabel);
        const auto observe = [&](std::uint8_t label) {
            for (int y = 0; y < 40; ++y) std::fill_n(request.observed.row(y), 24, label);
            return session.segment(request);
        };
        const auto seats = observe(1), legs = observe(2);
        QVERIFY(seats.ok());
        QCOMPARE(seats->changedShares.size(), std::size_t(3));
        for (const LabelMap& sample : seats->samples) QCOMPARE(int(sample.at(16, 4)), 1);
        QCOMPARE(int(seats->mean.at(16, 4)), 1);
        QVERIFY(seats->entropy.at(16, 4) < 1e-3f);
        const auto rightHalf = [](const LabelMap& map) {
            std::vector<std::uint8_t> labels;
            for (int y = 0; y < map.height; ++y)
                labels.insert(labels.end(), map.row(y) + 17, map.row(y) + 32);
            return labels;
        };
        QVERIFY(rightHalf(seats->samples[0]) != rightHalf(legs->samples[0]));
    }

    void scoresAreGivenWithATruth() {
        auto session = open();
        auto request = requestOf();
        QVERIFY(!session.segment(request)->scores);
        request.truth = filled(1);
        const auto scores = session.segment(request)->scores;
        QVERIFY(scores.has_value());
        QCOMPARE(scores->sampleIous.size(), std::size_t(7));
        QCOMPARE(scores->bestIou, *std::max_element(scores->sampleIous.begin(), scores->sampleIous.end()));
    }

    void theTruthBringsWhatToCompareWith() {
        for (const char* variant : {"hybrid", "gsnn", "gdnn", "tokens"}) {
            auto session = open(variant);
            auto request = requestOf(2);
            request.truth = filled(1);
            for (int y = 20; y < 40; ++y) std::fill_n(request.truth.row(y), 48, std::uint8_t(2));
            const auto nothingHidden = session.segment(request).value();
            QVERIFY(nothingHidden.nearestKnown.empty());
            QVERIFY(std::isnan(nothingHidden.scores->nearestKnownIou));
            request.omission = filled(0);
            for (int y = 24; y < 32; ++y) std::fill_n(request.omission.row(y), 48, std::uint8_t(1));
            const auto result = session.segment(request).value();
            QCOMPARE(result.scores->nearestKnownIou, 1.0);
            QCOMPARE(result.reconstruction.empty(), !session.info().takesObserved);
            QCOMPARE(std::isnan(result.scores->reconstructionIou), result.reconstruction.empty());
            const double likelihood = session.logLikelihood(request).value().value();
            QVERIFY2(likelihood < 0 && std::isfinite(likelihood), variant);
            QCOMPARE(session.logLikelihood(request, [] { return true; }).value().value(), likelihood);
        }
    }

    void whatIsGivenIsNotToBeFound() {
        auto session = open();
        auto request = requestOf(1);
        request.truth = filled(1);
        request.observed = filled(kUnknownLabel);
        std::fill_n(request.observed.row(0), 48 * 20, std::uint8_t(2));
        request.numSweeps = 1;
        const auto result = session.segment(request).value();
        QCOMPARE(result.nearestKnown,
                 squareMap(filled(2), session.info().size, 2));  // the painted labels, not the truth
        QVERIFY(std::isnan(session.logLikelihood(request).value().value()));  // none given labels
    }

    void theLikelihoodNeedsATruthAndIsLeftWhenTold() {
        auto session = open();
        auto request = requestOf(1);
        QCOMPARE(session.logLikelihood(request).error().code, ErrorCode::InvalidArgument);
        request.truth = filled(1);
        for (const int mostAsked : {0, 1, 2}) {
            int numAsked = 0;
            const auto left = session.logLikelihood(request, [&] { return numAsked++ < mostAsked; });
            QVERIFY(left.ok() && !left->has_value());
            QVERIFY(numAsked <= mostAsked + 3);
        }
    }

    void aForcedChannelChangesTheAnswer() {
        auto session = open();
        auto request = requestOf(1);
        const auto free = session.segment(request);
        request.forced = {{0, 8.0}};
        QVERIFY(session.segment(request)->probability != free->probability);
    }

    void theWayBetweenSamplesEndsAtBoth() {
        auto session = open();
        const auto request = requestOf(3);
        const auto samples = session.segment(request)->samples;
        const auto path = session.interpolate(request, 0, 2, 5);
        QVERIFY(path.ok());
        QCOMPARE(path->size(), std::size_t(5));
        QCOMPARE(path->front(), samples[0]);
        QCOMPARE(path->back(), samples[2]);
    }

    void channelsTellHowMuchTheySay() {
        auto session = open();
        const auto activity = session.channelActivity(requestOf());
        QVERIFY(activity.ok());
        QVERIFY(activity->has_value());
        QCOMPARE(int((*activity)->size()), session.info().numChannels);
        for (const double kl : **activity) QVERIFY(kl >= 0);
        auto gsnn = open("gsnn");
        QCOMPARE(gsnn.channelActivity(requestOf()).error().code, ErrorCode::InvalidArgument);
    }

    void whatTheChannelsSayIsLeftWhenTold() {
        auto session = open();
        auto request = requestOf();
        request.observed = filled(kUnknownLabel);
        std::fill_n(request.observed.row(8), 48 * 6, std::uint8_t(1));
        request.numSweeps = 50;
        for (const int mostAsked : {0, 1, 3}) {
            int numAsked = 0;
            const auto left = session.channelActivity(request, [&] { return numAsked++ < mostAsked; });
            QVERIFY(left.ok() && !left->has_value());
            QVERIFY(numAsked <= mostAsked + 3);  // not sweep after sweep to the end
        }
        QVERIFY(session.channelActivity(request, [] { return true; })->has_value());
    }

    void tokensAnswerLikeTheOthers() {
        auto session = open("tokens");
        QCOMPARE(session.info().variant, std::string("tokens"));
        QVERIFY(session.info().drawsTokens && session.info().takesObserved &&
                session.info().numChannels == 0);
        auto request = requestOf(13);
        request.numSteps = 5;
        request.omission = filled(0);
        std::fill_n(request.omission.row(20), 48 * 10, std::uint8_t(1));
        const auto result = session.segment(request).value();
        QCOMPARE(result.samples.size(), std::size_t(13));
        QVERIFY(result.samples[0] != result.samples[1]);
        QVERIFY(!result.guess.empty());
        request.numSamples = 3;
        QCOMPARE(session.segment(request)->samples[2], result.samples[2]);  // however many are drawn
        request.seed = 9;
        QVERIFY(session.segment(request)->samples[2] != result.samples[2]);
    }

    void tokensFollowKnownLabels() {
        auto session = open("tokens");
        auto request = requestOf(2);
        const auto free = session.segment(request).value();
        request.observed = filled(kUnknownLabel);
        std::fill_n(request.observed.row(8), 48 * 6, std::uint8_t(2));
        const auto result = session.segment(request).value();
        for (const LabelMap& sample : result.samples) QCOMPARE(int(sample.at(10, 16)), 2);
        QVERIFY(result.samples[0] != free.samples[0]);
        QVERIFY(result.changedShares.empty());
    }

    void tokensHaveNoChannelsAndNoStraightLines() {
        auto session = open("tokens");
        QCOMPARE(session.channelActivity(requestOf()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(session.interpolate(requestOf(), 0, 1, 5).error().code, ErrorCode::InvalidArgument);
    }

    void anUntrainedNetworkAnswersInTheSizeAskedFor() {
        SegmentationNetOptions options;
        options.width = 0.1;
        auto session = SegmentationSession::untrained(options, 48, 1);
        QVERIFY(session.ok());
        const auto answer = session->segment(requestOf(2));
        QCOMPARE(answer->samples.back().width, 48);
        QVERIFY(session->info().file.empty());
        QCOMPARE(SegmentationSession::untrained(options, 50, 1).error().code, ErrorCode::InvalidArgument);
        options.numClasses = 1;
        QCOMPARE(SegmentationSession::untrained(options, 48, 1).error().code, ErrorCode::InvalidArgument);
    }

    void whatCannotBeAnsweredIsRefusedBySentence() {
        auto session = open();
        auto request = requestOf();
        request.image = {};
        QVERIFY(refusal(session, request).find("no image") != std::string::npos);
        request = requestOf();
        request.omission = LabelMap(10, 10);
        QVERIFY(refusal(session, request).find("10 x 10") != std::string::npos);
        request = requestOf();
        request.observed = filled(3);
        QVERIFY(refusal(session, request).find("0 to 2") != std::string::npos);
        request = requestOf(0);
        QVERIFY(refusal(session, request).find("samples") != std::string::npos);
        request = requestOf();
        request.forced = {{99, 1.0}};
        QVERIFY(refusal(session, request).find("99") != std::string::npos);
        auto gsnn = open("gsnn");
        request = requestOf();
        request.observed = filled(1);
        QVERIFY(refusal(gsnn, request).find("cvae or hybrid") != std::string::npos);
    }

    void aFileThatIsNoModelIsNamed() {
        const auto missing = SegmentationSession::open(file("missing"));
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("missing") != std::string::npos);
    }

    void picturesOfAnyShapeBecomeSquareOnWhite() {
        Image wide(8, 4, 4, 0);  // transparent
        for (int y = 0; y < 4; ++y)
            for (int x = 0; x < 4; ++x) wide.at(y, x, 0) = 200, wide.at(y, x, 3) = 255;
        const Image square = squarePicture(wide, 16);
        QCOMPARE(int(square.at(8, 2, 0)), 200);
        QCOMPARE(int(square.at(8, 2, 1)), 0);
        QCOMPARE(int(square.at(8, 14, 1)), 255);  // transparent
        QCOMPARE(int(square.at(0, 2, 1)), 255);   // outside
        Image grey(4, 4, 1, 77);
        QCOMPARE(int(squarePicture(grey, 16).at(8, 8, 2)), 77);
    }

    void labelsAreReadAndChecked() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath(QStringLiteral("labels.png")).toStdString();
        LabelMap labels(2, 1, 1);
        labels.at(0, 1) = kUnknownLabel;
        QVERIFY(writePng(file, greyLevels(labels)).ok());
        QVERIFY(readLabels(file, 2).value() == labels);
        labels.at(0, 1) = 3;
        QVERIFY(writePng(file, greyLevels(labels)).ok());
        const Error error = readLabels(file, 2).error();
        QVERIFY(error.message.find("labels.png") != std::string::npos);
        QVERIFY(error.message.find("x = 1") != std::string::npos);
    }

    void whatIsWrittenIsReadBack() {
        QTemporaryDir folder;
        const std::filesystem::path out = folder.filePath(QStringLiteral("out")).toStdString();
        SegmentationResult result;
        result.input = Image(2, 2, 3, 7);
        result.mean = result.argmax = LabelMap(2, 2, 1);
        result.samples = {LabelMap(2, 2), LabelMap(2, 2, 2)};
        result.probability = Raster<float>(2, 2, 3, 0.25F);
        result.entropy = result.mutualInformation = ScalarMap(2, 2, 1, 0.5F);
        QVERIFY(writeSegmentation(result, "{}", out).ok());
        QVERIFY(readLabels(out / "sample-001.png", 3).value() == result.samples[1]);
        const auto recipeIn = [&out](const char* name) {
            return readPngRecipe(out / name).value().value_or("");
        };
        QCOMPARE(recipeIn("sheet.png"), std::string(R"({"part":"sheet"})"));
        QCOMPARE(recipeIn("sample-001.png"), std::string(R"({"part":"sample","sample":1})"));
        QVERIFY(std::filesystem::exists(out / "answer.npz"));
    }

    void votesAreCounted() {
        SampleVotes votes;
        for (const std::uint8_t label : {1, 1, 2}) votes.add(LabelMap(4, 2, label));
        const auto shares = votes.sharesAt(1, 3, 3);
        QVERIFY(std::abs(shares[1] - 2.0 / 3) < 1e-9 && std::abs(shares[2] - 1.0 / 3) < 1e-9);
        const auto agreements = votes.agreements();
        QVERIFY(std::abs(agreements[0] - 2.0 / 3) < 1e-9 && std::abs(agreements[2] - 1.0 / 3) < 1e-9);
        votes.clear();
        QCOMPARE(votes.count(), 0);
        QVERIFY(votes.agreements().empty());
    }
};

VITRINE_TEST(TestSegmentationSession)
#include "tst_segmentation_session.moc"
