// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "core/io/png.h"
#include "core/recipe/unit_pictures.h"
#include "core/sessions/chair_session.h"
#include "core/sessions/unit_figure.h"
#include "core/sessions/unit_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

QString messageOf(const Status& status) {
    return status ? QStringLiteral("fine") : QString::fromStdString(status.error().message);
}

template <class T>
Status statusOf(const Result<T>& result) {
    return result ? Status() : Status(result.error());
}

double largestDifference(const ChairOutput& a, const ChairOutput& b, const MapWindow& outside = {}) {
    double largest = 0;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x) {
            const bool in = y >= outside.top && y < outside.top + outside.height && x >= outside.left &&
                            x < outside.left + outside.width;
            for (int c = 0; c < 4 && !in; ++c)
                largest = std::max(largest, std::abs(double(a.at(y, x, c)) - double(b.at(y, x, c))));
        }
    return largest;
}

}  // namespace

class TestUnitSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void paperSettings();
    void valueOfZeroIsTheZeroPicture_data() { models(); }
    void valueOfZeroIsTheZeroPicture();
    void fromFc3OnTheChairIsForgotten();
    void styleBranchAloneIsForced();
    void addingNothingIsTheChairItself_data() { models(); }
    void addingNothingIsTheChairItself();
    void aCellPaintsInsideItsFootprint();
    void wholeWindowIsTheChair_data() { models(); }
    void wholeWindowIsTheChair();
    void windowAndItsOutsideDiffer();
    void keepingAllMapsIsTheChair();
    void zeroedMapIsKeptAlonesComplement();
    void stepsEqualSinglePictures();
    void sweepVisitsEveryUnitOnce();
    void sweepStops();
    void followsEveryChangeOfTheRequest();
    void activationsAreTheChairsOwn();
    void filtersPaintThePicture();
    void requestsOutOfRangeAreRefused_data();
    void requestsOutOfRangeAreRefused();
    void missingModelAndGpuAreNamed();
    void sheetIsSortedByTheMeasure();
    void everyFigureIsMadeAgainFromItsRecipe_data();
    void everyFigureIsMadeAgainFromItsRecipe();

private:
    static void models() {
        QTest::addColumn<QString>("model");
        QTest::newRow("one stream") << QStringLiteral("one");
        QTest::newRow("two streams") << QStringLiteral("two");
    }
    std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }
    UnitSession opened(const QString& model = QStringLiteral("one")) const {
        return std::move(UnitSession::open(path(model))).value();
    }

    QTemporaryDir m_folder;
};

void TestUnitSession::initTestCase() {
    test::RandomChairModel model;
    test::writeRandomChairModel(path(QStringLiteral("one")), model);
    model.maskMaps = {8, 4};
    test::writeRandomChairModel(path(QStringLiteral("two")), model);
}

void TestUnitSession::paperSettings() {
    const UnitSession session = opened();
    const auto value = [&](const char* name) { return paperValue(*session.layer(name)); };
    QCOMPARE(value("FC-1"), 10.0);
    QCOMPARE(value("fc-2"), 15.0);
    QCOMPARE(value("FC-3"), 5.0);
    QCOMPARE(value("FC-4"), 8.0);
    QCOMPARE(value("FC-5"), 0.1);
    QCOMPARE(value("uconv-1"), 10.0);
    QCOMPARE(value("output"), 1.0);
    QCOMPARE(*paperCell(*session.layer("FC-5")), (MapCell{3, 3}));
    QCOMPARE(boostSteps(35), (std::vector<double>{5, 10, 15, 20, 25, 30, 35}));
    // The paper's close-ups of 128 pixels: 24 to 80, 44 to 71 and 55 to 66, counted from 1.
    QCOMPARE(footprintOf({"FC-5", ChairSubnet::Rgb, 5, 256, 8}, {3, 3, 1, 1}, 128),
             (MapWindow{18, 18, 61, 61}));
    QCOMPARE(footprintOf({"uconv-1", ChairSubnet::Rgb, 6, 256, 16}, {7, 7, 1, 1}, 128),
             (MapWindow{42, 42, 29, 29}));
    QCOMPARE(footprintOf({"uconv-2", ChairSubnet::Rgb, 7, 92, 32}, {15, 15, 1, 1}, 128),
             (MapWindow{54, 54, 13, 13}));
}

void TestUnitSession::valueOfZeroIsTheZeroPicture() {
    QFETCH(QString, model);
    UnitSession session = opened(model);
    for (const ChairLayer& layer : session.layers()) {
        UnitRequest request;
        request.layer = layer.name;
        const auto zero = session.run(request);
        QVERIFY2(zero.ok(), qPrintable(messageOf(statusOf(zero))));
        QCOMPARE(zero->changed, zero->base);
        request.value = 20;
        const auto lit = session.run(request);
        QCOMPARE(lit->base, zero->base);
        QVERIFY2(largestDifference(lit->changed, lit->base) > 1e-4, layer.name.c_str());
    }
}

void TestUnitSession::fromFc3OnTheChairIsForgotten() {
    UnitSession session = opened(QStringLiteral("two"));
    for (const char* layer : {"FC-3", "FC-4", "FC-5", "FC-5 mask", "uconv-1", "output"}) {
        UnitRequest request;
        request.layer = layer;
        request.value = 3;
        const ChairOutput one = session.run(request)->changed;
        request.chair.styleWeights = {{3, 1}};
        request.chair.view = {90, 20};
        QVERIFY2(session.run(request)->changed == one, layer);
    }
}

void TestUnitSession::styleBranchAloneIsForced() {
    UnitSession session = opened();
    UnitRequest request;
    request.layer = "FC-1";
    request.value = 10;
    const ChairOutput here = session.run(request)->changed;
    UnitRequest other = request;
    other.chair.styleWeights = {{3, 1}};
    QCOMPARE(session.run(other)->changed, here);  // the style is replaced ...
    other = request;
    other.chair.view.azimuthDeg += 90;
    QVERIFY(largestDifference(session.run(other)->changed, here) > 1e-4);  // ... the view is not
}

void TestUnitSession::addingNothingIsTheChairItself() {
    QFETCH(QString, model);
    UnitSession session = opened(model);
    ChairSession chairs = std::move(ChairSession::open(path(model), Device::Cpu)).value();
    UnitRequest request;
    request.mode = UnitMode::Add;
    const ChairPicture chair = *chairs.generate(request.chair);
    const Image expected = composeOver(chair.premultiplied, {});
    for (const ChairLayer& layer : session.layers()) {
        request.layer = layer.name;
        request.value = 0;
        const auto same = session.run(request);
        QCOMPARE(same->changed, same->base);
        const Image shown = shownPicture(same->base);
        for (std::size_t i = 0; i < shown.pixels.size(); ++i)
            QVERIFY(std::abs(int(shown.pixels[i]) - int(expected.pixels[i])) <= 2);  // two roundings
        request.value = 20;
        QVERIFY2(largestDifference(session.run(request)->changed, same->base) > 1e-4, layer.name.c_str());
    }
}

void TestUnitSession::aCellPaintsInsideItsFootprint() {
    UnitSession session = opened();
    for (const char* name : {"FC-5", "uconv-1", "output"}) {
        UnitRequest request;
        request.layer = name;
        request.value = 5;
        request.cell = MapCell{2, 5};
        const auto result = session.run(request);
        QVERIFY(result->footprint.width < session.info().size);
        QCOMPARE(largestDifference(result->changed, result->base, result->footprint), 0.0);
        QVERIFY(largestDifference(result->changed, result->base) > 1e-3);
        MapWindow smaller = result->footprint;  // not a pixel too large to the right
        smaller.width -= 1;
        QVERIFY2(largestDifference(result->changed, result->base, smaller) > 0, name);
    }
}

void TestUnitSession::wholeWindowIsTheChair() {
    QFETCH(QString, model);
    UnitSession session = opened(model);
    UnitRequest request;
    request.layer = "FC-5";
    request.mode = UnitMode::Window;
    request.window = {0, 0, 8, 8};
    const auto whole = session.run(request);
    QVERIFY2(whole.ok(), qPrintable(messageOf(statusOf(whole))));
    QVERIFY(largestDifference(whole->changed, whole->base) < 1e-5);
    request.outside = true;  // nothing is left: the zero picture
    const ChairOutput nothing = session.run(request)->changed;
    request.mode = UnitMode::Replace;
    QVERIFY(largestDifference(nothing, session.run(request)->base) < 1e-5);
}

void TestUnitSession::windowAndItsOutsideDiffer() {
    UnitSession session = opened(QStringLiteral("two"));
    UnitRequest request;
    request.layer = "FC-5";
    request.mode = UnitMode::Window;
    request.window = centralWindow(*session.layer("FC-5"), 4);
    QCOMPARE(request.window, (MapWindow{2, 2, 4, 4}));
    const auto inside = session.run(request);
    request.outside = true;
    const auto outside = session.run(request);
    QVERIFY(largestDifference(inside->changed, outside->changed) > 1e-3);
    // A corner pixel hears only of activations outside the window, its middle mostly of those inside.
    QCOMPARE(outside->changed.at(0, 0, 3), outside->base.at(0, 0, 3));
    QVERIFY(inside->changed.at(0, 0, 3) != inside->base.at(0, 0, 3));
}

void TestUnitSession::keepingAllMapsIsTheChair() {
    UnitSession session = opened();
    UnitRequest request;
    request.layer = "uconv-1";
    request.mode = UnitMode::Maps;
    request.keepMaps = true;
    for (int map = 0; map < session.layer("uconv-1")->numUnits; ++map) request.maps.push_back(map);
    const auto all = session.run(request);
    QCOMPARE(all->changed, all->base);
}

void TestUnitSession::zeroedMapIsKeptAlonesComplement() {
    UnitSession session = opened();
    UnitRequest request;
    request.layer = "uconv-1";  // the last hidden layer: behind it everything is linear
    request.mode = UnitMode::Maps;
    request.maps = {3};
    const auto zeroed = session.run(request);
    request.keepMaps = true;
    const auto alone = session.run(request);
    request.maps = {};
    const ChairOutput none = session.run(request)->changed;
    ChairOutput sum = zeroed->changed;
    for (std::size_t i = 0; i < sum.pixels.size(); ++i)
        sum.pixels[i] += alone->changed.pixels[i] - none.pixels[i];
    QVERIFY(largestDifference(sum, zeroed->base) < 1e-4);
    QVERIFY(largestDifference(zeroed->changed, zeroed->base) > 1e-3);
}

void TestUnitSession::stepsEqualSinglePictures() {
    UnitSession session = opened(QStringLiteral("two"));
    UnitRequest request;
    request.mode = UnitMode::Add;
    request.unit = 7;
    const auto steps = boostSteps(35);
    const auto strip = session.runValues(request, steps);
    QCOMPARE(strip->size(), std::size_t(7));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        request.value = steps[i];
        QVERIFY(largestDifference((*strip)[i], session.run(request)->changed) < 1e-4);
    }
}

void TestUnitSession::sweepVisitsEveryUnitOnce() {
    UnitSession session = opened();
    UnitRequest request;
    request.value = 4;
    std::vector<int> units;
    ChairOutput nineteenth;
    const auto outcome = session.sweep(request, [&](const std::vector<UnitSample>& samples) {
        for (const UnitSample& sample : samples) {
            units.push_back(sample.unit);
            if (sample.unit == 19) nineteenth = sample.output;
        }
    });
    QVERIFY(outcome.ok() && *outcome == JobOutcome::Done);
    std::vector<int> expected(32);
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(units, expected);
    request.unit = 19;
    QVERIFY(largestDifference(nineteenth, session.run(request)->changed) < 1e-4);
}

void TestUnitSession::sweepStops() {
    UnitSession session = opened();
    std::stop_source stop;
    int numReports = 0;
    const auto outcome = session.sweep(
        {},
        [&](const std::vector<UnitSample>&) {
            ++numReports;
            stop.request_stop();
        },
        stop.get_token());
    QVERIFY(outcome.ok() && *outcome == JobOutcome::Cancelled);
    QCOMPARE(numReports, 1);
}

void TestUnitSession::followsEveryChangeOfTheRequest() {
    UnitSession session = opened(QStringLiteral("two"));
    const auto answerOf = [&](const UnitRequest& request) { return session.run(request)->changed; };
    const auto freshAnswer = [&](const UnitRequest& request) {
        return opened(QStringLiteral("two")).run(request)->changed;
    };
    UnitRequest request;
    request.layer = "FC-5";
    request.mode = UnitMode::Window;
    request.window = {2, 2, 4, 4};
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.window = {0, 1, 5, 2};
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.outside = true;
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.chair.styleWeights = {{2, 1}};
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.layer = "FC-5 mask";
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.mode = UnitMode::Add;
    request.value = 2;
    QCOMPARE(answerOf(request), freshAnswer(request));
    request.mode = UnitMode::Replace;
    QCOMPARE(answerOf(request), freshAnswer(request));
}

void TestUnitSession::activationsAreTheChairsOwn() {
    UnitSession session = opened();
    UnitRequest request;
    request.mode = UnitMode::Add;
    request.layer = "output";
    const ChairOutput chair = session.run(request)->base;
    const auto output = session.activations(request.chair, "output");
    QCOMPARE(output->values.size(), chair.pixels.size());
    for (int c = 0; c < 4; ++c) {
        const ScalarMap map = output->map(c);
        for (int y = 0; y < chair.height; ++y)
            for (int x = 0; x < chair.width; ++x) QCOMPARE(map.at(y, x), chair.at(y, x, c));
    }
    QCOMPARE(session.activations(request.chair, "FC-4")->values.size(), std::size_t(32));
    QCOMPARE(session.activations(request.chair, "FC-5")->values.size(), std::size_t(16 * 8 * 8));
}

void TestUnitSession::filtersPaintThePicture() {
    UnitSession session = opened();
    const FilterBank bank = session.filters(false);
    QCOMPARE(bank.filters.size(), std::size_t(8));
    QCOMPARE(bank.order.size(), std::size_t(8));
    const FilterBank mask = session.filters(true);
    UnitRequest request;
    request.layer = "uconv-1";
    request.unit = 3;
    request.value = 1;
    request.cell = MapCell{6, 9};
    const auto result = session.run(request);  // what a pixel of value 1 paints is the filter itself
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 5; ++x) {
            const int atY = 2 * 6 - 2 + y, atX = 2 * 9 - 2 + x;
            const auto painted = [&](int c) {
                return result->changed.at(atY, atX, c) - result->base.at(atY, atX, c);
            };
            for (int c = 0; c < 3; ++c) QVERIFY(std::abs(painted(c) - bank.filters[3].at(y, x, c)) < 1e-5f);
            QVERIFY(std::abs(painted(3) - mask.filters[3].at(y, x)) < 1e-5f);
        }
}

void TestUnitSession::requestsOutOfRangeAreRefused_data() {
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* fault, const char* part) {
        QTest::newRow(fault) << QString::fromLatin1(fault) << QString::fromLatin1(part);
    };
    row("layer", "has no layer \"FC-9\"; it has FC-1 style");
    row("mask layer", "has no layer \"FC-5 mask\"");
    row("unit", "FC-4 has 32 units, so there is no number 32; use 0 to 31.");
    row("cell", "8 pixels a side");
    row("cell of FC-4", "no position");
    row("window", "reaches beyond");
    row("window of FC-4", "only maps");
    row("maps", "FC-5 has 16 maps");
    row("value", "between");
    row("style", "no style 99");
}

void TestUnitSession::requestsOutOfRangeAreRefused() {
    QFETCH(QString, fault);
    QFETCH(QString, part);
    UnitRequest request;
    if (fault == QLatin1String("layer")) request.layer = "FC-9";
    if (fault == QLatin1String("mask layer")) request.layer = "FC-5 mask";
    if (fault == QLatin1String("unit")) request.unit = 32;
    if (fault == QLatin1String("cell")) request.layer = "FC-5", request.cell = MapCell{0, 8};
    if (fault == QLatin1String("cell of FC-4")) request.cell = MapCell{0, 0};
    if (fault.startsWith(QLatin1String("window")))
        request.mode = UnitMode::Window, request.window = {5, 5, 4, 4};
    if (fault == QLatin1String("window")) request.layer = "FC-5";
    if (fault == QLatin1String("maps"))
        request.layer = "FC-5", request.mode = UnitMode::Maps, request.maps = {16};
    if (fault == QLatin1String("value")) request.value = std::nan("");
    if (fault == QLatin1String("style")) request.chair.styleWeights = {{99, 1}};
    UnitSession session = opened();
    const auto refused = session.run(request);
    QVERIFY(!refused.ok());
    QVERIFY2(messageOf(statusOf(refused)).contains(part), qPrintable(messageOf(statusOf(refused))));
    QVERIFY(!session.sweep(request, [](const auto&) { QFAIL("nothing can be painted"); }).ok());
}

void TestUnitSession::missingModelAndGpuAreNamed() {
    const auto missing = UnitSession::open(path(QStringLiteral("none")));
    QVERIFY(!missing.ok() && missing.error().code == ErrorCode::NotFound);
    const auto cuda = UnitSession::open(path(QStringLiteral("one")), Device::Cuda);
    QVERIFY(!cuda.ok() && cuda.error().code == ErrorCode::Unsupported);
}

void TestUnitSession::sheetIsSortedByTheMeasure() {
    UnitSession session = opened();
    UnitRequest request;
    request.mode = UnitMode::Add;
    request.value = 5;
    UnitRecipe recipe = recipeOf(request, session.info(), UnitFigureKind::Sheet);
    recipe.measure = EffectMeasure::Difference;
    recipe.count = 6;
    const auto figure = makeUnitFigure(session, recipe);
    QVERIFY2(figure.ok(), qPrintable(messageOf(statusOf(figure))));
    QCOMPARE(figure->ranking.size(), std::size_t(6));
    for (std::size_t i = 1; i < 6; ++i) QVERIFY(figure->ranking[i - 1].score >= figure->ranking[i].score);
    double largest = 0;
    for (int unit = 0; unit < 32; ++unit) {
        request.unit = unit;
        largest = std::max(largest, 100 * session.run(request)->effect.difference);
    }
    QVERIFY(std::abs(figure->ranking.front().score - largest) < 1e-4);
}

void TestUnitSession::everyFigureIsMadeAgainFromItsRecipe_data() {
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind <= int(UnitFigureKind::Maps); ++kind) QTest::addRow("%d", kind) << kind;
}

void TestUnitSession::everyFigureIsMadeAgainFromItsRecipe() {
    QFETCH(int, kind);
    UnitSession session = opened();
    UnitRequest request;
    request.chair.styleWeights = {{2, 1}, {4, -0.5f}};
    request.layer = "FC-5";
    request.mode = UnitMode::Add;
    request.unit = 3;
    request.value = 2.5;
    request.cell = MapCell{1, 6};
    UnitRecipe recipe = recipeOf(request, session.info(), UnitFigureKind(kind));
    recipe.measure = EffectMeasure::Style;
    const auto figure = makeUnitFigure(session, recipe);
    QVERIFY2(figure.ok(), qPrintable(messageOf(statusOf(figure))));
    QVERIFY(!figure->picture.empty());
    const auto file = path(QStringLiteral("figure.png"));
    QVERIFY(writeUnitFigure(file, *figure, recipe).ok());

    const auto text = readPngRecipe(file);
    QVERIFY(text.ok() && *text && isUnitRecipe(**text));
    const auto read = unitRecipeFromJson(**text);
    QVERIFY2(read.ok(), qPrintable(messageOf(statusOf(read))));
    QCOMPARE(read->kind, recipe.kind);
    QCOMPARE(*requestOf(*read, session.info().styleIds), request);
    UnitSession another = opened();
    QCOMPARE(makeUnitFigure(another, *read)->picture, figure->picture);
    QCOMPARE(read->pictureHash, pictureHash(figure->picture));
}

VITRINE_TEST(TestUnitSession)
#include "tst_unit_session.moc"
