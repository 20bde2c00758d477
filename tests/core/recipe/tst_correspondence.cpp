// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>

#include "core/io/flo_file.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/correspondence_files.h"
#include "tests/support/test_program.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kSize = 48;

/// A square with a gradient, on nothing.
Image squareAt(int x0, int y0) {
    Image image(kSize, kSize, 4);
    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x) {
            std::uint8_t* rgba = &image.at(y0 + y, x0 + x, 0);
            rgba[0] = std::uint8_t(20 + 8 * x), rgba[1] = std::uint8_t(20 + 8 * y), rgba[2] = 90,
            rgba[3] = 255;
        }
    return image;
}

/// The square moves by (2, 1) a frame.
CorrespondenceResult movingSquare() {
    CorrespondenceResult result;
    std::vector<Image> pictures;
    for (int t = 0; t < 5; ++t) {
        result.frames.push_back(squareAt(10 + 2 * t, 12 + t));
        pictures.push_back(flowPicture(result.frames.back()));
    }
    result.matching = matchAlong(pictures, FlowMethod::Dis).value();
    return result;
}

CorrespondenceRequest validRequest() {
    CorrespondenceRequest request;
    request.from = pureStyle(0), request.to = pureStyle(1);
    return request;
}

CorrespondenceRecipe someRecipe() {
    CorrespondenceRecipe recipe;
    recipe.model = "compact-128";
    recipe.from = {{"oak-chair", 2, 1}};
    recipe.to = {{"ella-chair", 34, 0.75f}, {"kitchen-chair", 47, 0.25f}};
    recipe.request.view = {301, 30};
    recipe.request.numFrames = 17;
    recipe.request.stride = 4;
    recipe.request.schedule = MorphSchedule::Paper;
    recipe.request.method = FlowMethod::SiftFlow;
    recipe.points = {{"leg, \"left\"", {12.5f, 100}}};
    recipe.part = CorrespondencePart::Warped;
    return recipe;
}

QString messageOf(const Status& status) {
    return status ? QString() : QString::fromStdString(status.error().message);
}

}  // namespace

class TestCorrespondence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badRequestsAreOneSentence_data() {
        QTest::addColumn<CorrespondenceRequest>("request");
        QTest::addColumn<QString>("says");
        CorrespondenceRequest request = validRequest();
        request.to = request.from;
        QTest::newRow("the same chair") << request << u"same chair"_s;
        request = validRequest();
        request.to = {{0, 0.5f}, {0, 0.5f}};
        QTest::newRow("the same chair in two halves") << request << u"same chair"_s;
        request = validRequest();
        request.from.clear();
        QTest::newRow("no chair") << request << u"Choose a chair"_s;
        request = validRequest();
        request.numFrames = 1;
        QTest::newRow("one frame") << request << u"One frame shows no motion"_s;
        request.numFrames = 100'000;
        QTest::newRow("too many frames") << request << u"at most 512"_s;
        request = validRequest();
        request.view.elevationDeg = 91;
        QTest::newRow("from under the ground") << request << u"view is out of range"_s;
        request.view = {std::numeric_limits<float>::quiet_NaN(), 20};
        QTest::newRow("no view") << request << u"view is out of range"_s;
    }
    void badRequestsAreOneSentence() {
        QFETCH(CorrespondenceRequest, request);
        QFETCH(QString, says);
        const QString message = messageOf(checkRequest(request));
        QVERIFY2(message.contains(says), qPrintable(message));
        QCOMPARE(message.count(u'.'), 1);
    }
    void aGoodRequestIsNoError() { QVERIFY(checkRequest(validRequest())); }

    void framesGoFromAToB() {
        CorrespondenceRequest request = validRequest();
        request.numFrames = 3;
        const auto frames = framesOf(request);
        QCOMPARE(frames.size(), std::size_t(3));
        QCOMPARE(frames.front().styleWeights, pureStyle(0));
        QCOMPARE(frames[1].styleWeights, (StyleMix{{0, 0.5f}, {1, 0.5f}}));
        QCOMPARE(frames.back().styleWeights, pureStyle(1));
        QCOMPARE(frames[1].view, request.view);
        request.route = CorrespondenceRoute::Direct;
        QCOMPARE(framesOf(request).size(), std::size_t(2));
    }

    void theFlowSeesAWhiteChairsOutline() {
        Image white(2, 1, 4);
        for (int c = 0; c < 4; ++c) white.at(0, 1, c) = 255;
        const Image picture = flowPicture(white);
        QVERIFY(picture.at(0, 1) - picture.at(0, 0) > 100);
    }

    void aPointRidesOnTheSquare() {
        const CorrespondenceResult result = movingSquare();
        const PointMatch match = matchPoint(result, {16, 20});
        QVERIFY2(distance(match.to, {24, 24}) < 1, qPrintable(QString::number(distance(match.to, {24, 24}))));
        QCOMPARE(match.trail.size(), std::size_t(5));
        QCOMPARE(match.trust, CorrespondenceTrust::Sure);
        QVERIFY(match.confidence > 0.7f && match.confidence <= 1);
    }

    void aPointBesideTheChairIsSaidToBe() {
        QCOMPARE(matchPoint(movingSquare(), {3, 40}).trust, CorrespondenceTrust::OffChair);
        QVERIFY(isNearChair(squareAt(10, 10), {9, 9}));
        QVERIFY(!isNearChair(squareAt(10, 10), {6, 9}));
    }

    void theCurveIsTheErrorToEachFrame() {
        CorrespondenceResult result = movingSquare();
        for (FlowField& flow : result.matching.steps.backward)
            for (float& value : flow.pixels) value += 1;
        result.matching.backward = concatenated(result.matching.steps.backward);
        const std::vector<PixelPoint> places{{16, 20}};
        const std::vector<float> curve = roundTripCurve(result, places);
        QCOMPARE(curve.size(), std::size_t(5));
        QCOMPARE(curve[0], 0.f);
        for (std::size_t t = 1; t < 5; ++t) QVERIFY(curve[t] > curve[t - 1] + 0.7f);
        QVERIFY(std::abs(curve[4] - matchPoint(result, places[0]).roundTripPx) < 1e-4f);
    }

    void whatDoesNotComeBackIsUnsure() {
        CorrespondenceResult result = movingSquare();
        for (FlowField& flow : result.matching.steps.backward)
            for (float& value : flow.pixels) value += 3;
        result.matching.backward = concatenated(result.matching.steps.backward);
        const PointMatch match = matchPoint(result, {16, 20});
        QVERIFY(match.roundTripPx > kUnsurePx);
        QCOMPARE(match.trust, CorrespondenceTrust::Unsure);
        QVERIFY(match.confidence < 0.5f);
    }

    /// The match that `forward` has, if it was mended, is where the trail ends.
    void theTrailEndsWhereTheMatchIs() {
        CorrespondenceResult result = movingSquare();
        const PixelPoint before = trailOverFrames(result.matching, {16, 20})[2];
        for (std::size_t i = 0; i < result.matching.forward.pixels.size(); i += 2)
            result.matching.forward.pixels[i] += 6;
        const PointMatch match = matchPoint(result, {16, 20});
        QVERIFY(distance(match.to, {30, 24}) < 1);
        QVERIFY(distance(match.trail.back(), match.to) < 1e-4f);
        QVERIFY(distance(match.trail[2], {before.x + 3, before.y}) < 1e-4f);
        QVERIFY(distance(match.trail[0], {16, 20}) < 1e-4f);
    }

    void aMaskIsCarriedToB() {
        const CorrespondenceResult result = movingSquare();
        Image mask(kSize, kSize, 1);
        for (int y = 16; y < 22; ++y)
            for (int x = 14; x < 20; ++x) mask.at(y, x) = 255;
        const Image there = warpedToB(result, mask);
        QVERIFY(there.at(23, 25) > 200);  // (17, 19) + (8, 4)
        QVERIFY(there.at(19, 17) < 50);
        const LabelMap trust = trustOfB(result);
        QCOMPARE(trust.at(24, 24), std::uint8_t(CorrespondenceTrust::Sure));
        QCOMPARE(trust.at(2, 2), std::uint8_t(CorrespondenceTrust::OffChair));
    }

    void anExportedWarpIsWhiteBesideA() {
        CorrespondenceResult result = movingSquare();
        for (std::size_t i = 0; i < result.matching.backward.pixels.size(); i += 2)
            result.matching.backward.pixels[i] -= 5;  // the left edge comes from beside A
        const Image warped = partPicture(result, {}, CorrespondencePart::Warped);
        for (int c = 0; c < 3; ++c) QCOMPARE(int(warped.at(2, 0, c)), 255);
    }

    void pointsAreReadByTheNamesOfTheirColumns() {
        const auto points =
            parsePoints("name,note,y,x\r\n\"leg, left\",a,20.5,10\r\n,b,1,2\n\n", "p.csv", 128);
        QVERIFY(points.ok());
        QCOMPARE(points->size(), std::size_t(2));
        QCOMPARE((*points)[0], (NamedPoint{"leg, left", {10, 20.5f}}));
        QCOMPARE((*points)[1].name, std::string("2"));
    }

    void pointsAreReadAsSpreadsheetsSaveThem_data() {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QString>("name");
        QTest::addColumn<float>("x");
        QTest::addColumn<float>("y");
        QTest::newRow("name first, byte order mark, CRLF")
            << QByteArray("\xef\xbb\xbfname,x,y\r\nseat left,60,70\r\nback,64,40\r\n") << u"seat left"_s
            << 60.0f << 70.0f;
        QTest::newRow("x first") << QByteArray("\xef\xbb\xbfx,y,name\r\n60,70,seat left\r\n")
                                 << u"seat left"_s << 60.0f << 70.0f;
        QTest::newRow("semicolons and decimal commas")
            << QByteArray("name;x;y\r\nSitz;60,5;70,25\r\n") << u"Sitz"_s << 60.5f << 70.25f;
        QTest::newRow("tabs") << QByteArray("x\ty\tname\n60.5\t70\tseat\n") << u"seat"_s << 60.5f << 70.0f;
        QTest::newRow("CR") << QByteArray("name,x,y\rseat,60,70\r") << u"seat"_s << 60.0f << 70.0f;
        QTest::newRow("capitals") << QByteArray("Name,X,Y\nseat,60,70\n") << u"seat"_s << 60.0f << 70.0f;
        QTest::newRow("quotes") << QByteArray("name,x,y\n\"a, \"\"b\"\"\",60,70\n") << u"a, \"b\""_s << 60.0f
                                << 70.0f;
        QTest::newRow("UTF-8") << QByteArray("name,x,y\nT\xc3\xbcr,60,70\n") << u"T\u00fcr"_s << 60.0f
                               << 70.0f;
        QTest::newRow("ISO-8859-1") << QByteArray("name,x,y\nT\xfcr,60,70\n") << u"T\u00fcr"_s << 60.0f
                                    << 70.0f;
    }
    void pointsAreReadAsSpreadsheetsSaveThem() {
        QFETCH(QByteArray, csv);
        QFETCH(QString, name);
        QFETCH(float, x);
        QFETCH(float, y);
        const auto points = parsePoints(csv.toStdString(), "p.csv", 128);
        QVERIFY2(points.ok(), points ? "" : points.error().message.c_str());
        QCOMPARE(points->front(), (NamedPoint{name.toStdString(), {x, y}}));
    }

    void badPointsAreOneSentence_data() {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << ErrorCode::BadFormat << u"columns x and y"_s;
        QTest::newRow("other columns")
            << QByteArray("u,v\n1,2\n") << ErrorCode::BadFormat << u"columns x and y"_s;
        QTest::newRow("no points") << QByteArray("x,y\n") << ErrorCode::BadFormat << u"none after"_s;
        QTest::newRow("too few") << QByteArray("name,x,y\na,1\n") << ErrorCode::BadFormat << u"line 2"_s;
        QTest::newRow("words") << QByteArray("x,y\n1,2\none,2\n") << ErrorCode::BadFormat << u"line 3"_s;
        QTest::newRow("a comma for a point")
            << QByteArray("x,y\n\"1,5\",2\n") << ErrorCode::BadFormat << u"no number"_s;
        QTest::newRow("outside") << QByteArray("x,y\n1,2\n200,3\n") << ErrorCode::InvalidArgument
                                 << u"line 3"_s;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfex\0,\0y\0\n\0", 10) << ErrorCode::BadFormat
                                << u"UTF-16"_s;
        QTest::newRow("two signs in one number")
            << QByteArray("x;y\n1.000,5;2\n") << ErrorCode::BadFormat << u"line 2"_s;
        QTest::newRow("not a number")
            << QByteArray("x,y\nnan,2\n") << ErrorCode::InvalidArgument << u"outside"_s;
    }
    void badPointsAreOneSentence() {
        QFETCH(QByteArray, csv);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        const auto points = parsePoints(csv.toStdString(), "p.csv", 128);
        QVERIFY(!points.ok());
        QCOMPARE(points.error().code, code);
        const QString message = QString::fromStdString(points.error().message);
        QVERIFY2(message.contains(says) && message.startsWith(u"p.csv"_s), qPrintable(message));
    }

    void matchesComeBackFromCsv() {
        const std::vector<NamedPoint> points{{"a, \"b\"", {16, 20}}};
        const CorrespondenceResult result = movingSquare();
        const std::vector matches{matchPoint(result, points[0].place)};
        const std::string csv = matchesToCsv(points, matches);
        QVERIFY(csv.starts_with(
            "name,x_from,y_from,x_to,y_to,round_trip_px,confidence,trust\n\"a, \"\"b\"\"\",16.000,20.000,"));
        QCOMPARE(*parsePoints(csv, "p.csv", 128), points);
    }

    void annotatorsHaveAMeanAndASpread() {
        const std::vector<Annotation> annotations{
            {"Ada", {{"leg", {1, 1}}}, {{"leg", {10, 20}}, {"arm", {5, 5}}}},
            {"Bob", {}, {{"leg", {14, 20}}}}};
        const auto summaries = summarise(annotations);
        QCOMPARE(summaries.size(), std::size_t(2));
        QCOMPARE(summaries[0].name, std::string("leg"));
        QCOMPARE(summaries[0].mean, (PixelPoint{12, 20}));
        QCOMPARE(summaries[0].spreadPx, 2.);
        QCOMPARE(summaries[0].numAnnotators, 2);
        QCOMPARE(summaries[1].spreadPx, 0.);
        QVERIFY(annotationsToCsv(annotations).find("Bob,B,leg,14.000,20.000\n") != std::string::npos);
    }

    void aRecipeComesBackAsItWas() {
        const std::string text = recipeToJson(someRecipe());
        QVERIFY(isCorrespondenceRecipe(text));
        const auto recipe = correspondenceRecipeFromJson(text);
        QVERIFY(recipe.ok());
        QVERIFY(recipe->from == someRecipe().from && recipe->to == someRecipe().to);
        QVERIFY(recipe->request == someRecipe().request);
        QVERIFY(!correspondenceRecipeFromJson(
                     QString::fromStdString(text).remove(u"\"guided\":true,"_s).toStdString())
                     ->request.isGuided);
        QVERIFY(recipe->points == someRecipe().points);
        QCOMPARE(recipe->part, CorrespondencePart::Warped);
    }

    void theFormerKeyOfTheRouteIsRead() {
        CorrespondenceRecipe recipe = someRecipe();
        recipe.request.route = CorrespondenceRoute::Direct;
        const QString text = QString::fromStdString(recipeToJson(recipe));
        QVERIFY(text.contains(u"\"route\":\"direct\""_s));
        const auto read =
            correspondenceRecipeFromJson(QString(text).replace(u"\"route\""_s, u"\"way\""_s).toStdString());
        QVERIFY(read.ok());
        QCOMPARE(read->request.route, CorrespondenceRoute::Direct);
    }

    void badRecipesAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("another format")
            << QByteArray("vitrine-correspondence-match") << QByteArray("vitrine-x");
        QTest::newRow("newer") << QByteArray("\"version\":1") << QByteArray("\"version\":2");
        QTest::newRow("method") << QByteArray("sift-flow") << QByteArray("magic");
        QTest::newRow("frames") << QByteArray("\"frames\":17") << QByteArray("\"frames\":1");
        QTest::newRow("elevation") << QByteArray("\"elevation\":30.0") << QByteArray("\"elevation\":300.0");
        QTest::newRow("points") << QByteArray("\"x\":12.5") << QByteArray("\"z\":12.5");
        QTest::newRow("no chair") << QByteArray("\"to\":") << QByteArray("\"tu\":");
    }
    void badRecipesAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray text = QByteArray::fromStdString(recipeToJson(someRecipe()));
        QVERIFY2(text.contains(from), text.constData());
        text.replace(from, to);
        const auto recipe = correspondenceRecipeFromJson(text.toStdString());
        QVERIFY(!recipe.ok());
        QCOMPARE(recipe.error().code, ErrorCode::BadFormat);
    }

    void stylesAreFoundByTheirIds() {
        const std::vector<std::string> ids{"kitchen-chair", "ella-chair", "oak-chair"};
        const auto request = requestOf(someRecipe(), ids);
        QVERIFY(request.ok());
        QCOMPARE(request->from, pureStyle(2));
        QCOMPARE(request->to, (StyleMix{{0, 0.25f}, {1, 0.75f}}));
        QCOMPARE(requestOf(someRecipe(), std::vector<std::string>{"stool"}).error().code,
                 ErrorCode::NotFound);
    }

    void theFolderHoldsEverything() {
        QTemporaryDir folder;
        const std::filesystem::path out = std::filesystem::path(folder.path().toStdString()) / "m";
        CorrespondenceRecipe recipe = someRecipe();
        recipe.points = {{"middle", {16, 20}}};
        const CorrespondenceResult result = movingSquare();
        const std::vector matches{matchPoint(result, recipe.points[0].place)};
        const Status written = writeCorrespondence(result, matches, recipe, out);
        QVERIFY2(written, qPrintable(messageOf(written)));
        QVERIFY(*readFlo(out / "forward.flo") == result.matching.forward);
        QVERIFY(*readFlo(out / "backward.flo") == result.matching.backward);
        for (const char* name : {"points.csv", "match.npz", "morph.gif"})
            QVERIFY(std::filesystem::file_size(out / name) > 50);
        const auto kept = correspondenceRecipeFromJson(readPngRecipe(out / "backward.png")->value());
        QCOMPARE(kept->part, CorrespondencePart::Backward);
        QVERIFY(*readImage(out / "sheet.png") == partPicture(result, matches, CorrespondencePart::Sheet));
    }
};

VITRINE_TEST(TestCorrespondence)
#include "tst_correspondence.moc"
