// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/panels/chairs/chair_panel_state.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

RecipeMix pure(const char* id) {
    return {{id, -1, 1}};
}

ChairPanelState everythingSet() {
    ChairPanelState state;
    state.slots = {pure("a"), pure("b"), RecipeMix{{"c", 2, 0.25f}, {"d", 3, 0.75f}}, pure("d")};
    state.u = -0.25;
    state.v = 1.125;
    state.arithmetic = true;
    state.view = {12.5f, 33};
    state.snapToTrainedViews = true;
    state.theta = Theta::fromValues(std::array{0.01f, -0.02f, 0.1f, 0.2f, -0.05f, 0.5f, -0.5f, 1.f});
    state.units = {{{"FC-4", 12, 17.5f}, 40}, {{"FC-5", 3, -0.25f}, 0.5}};
    state.extrapolated = true;
    state.background = BackgroundKind::Picture;
    state.backgroundFile = "/tmp/room.jpg";
    state.channel = PictureChannel::Rgb;
    state.compare = CompareMode::Real;
    state.smooth = false;
    state.animatedParameter = "azimuth";
    state.animateFrom = 10;
    state.animateTo = 200;
    state.timing = {AnimationLoop::Loop, AnimationEasing::SlowEnd, 7.5};
    state.strip = StripMode::Morph;
    state.styleGroup = StyleGroup::Family;
    state.newChairs = {7, 0, 3};
    state.columns = {"hue", -1, 1, 5};
    state.rows = {"style2", 0, 1, 3};
    state.frames = {"zoom", -0.25, 0.25, 64};
    state.schedule = MorphSchedule::Paper;
    state.framesPerSecond = 25;
    return state;
}

}  // namespace

class TestChairPanelState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jsonRoundTrip() {
        const ChairPanelState state = everythingSet();
        const auto again = chairPanelStateFromJson(toJson(state));
        QVERIFY2(again.ok(), again ? "" : again.error().message.c_str());
        QVERIFY(*again == state);
        QVERIFY(*chairPanelStateFromJson({}) == ChairPanelState{});
    }

    void theShownSlotIsTheCornerOrA() {
        ChairPanelState state;
        state.slots = {pure("a"), pure("b"), {}, {}};
        QCOMPARE(shownSlot(state), 0);
        state.u = 0.5;
        QCOMPARE(shownSlot(state), 0);
        state.u = 1;
        QCOMPARE(shownSlot(state), 1);
        state.slots = {pure("a"), pure("b"), pure("c"), pure("d")};
        for (int slot = 0; slot < 4; ++slot) {
            showSlot(state, slot);
            QCOMPARE(shownSlot(state), slot);
            QCOMPARE(pureStyleOf(shownMix(state)), std::string(1, char('a' + slot)));
        }
        state.v = 0.5;
        QCOMPARE(shownSlot(state), 0);
    }

    void theNewestChairComesFirst() {
        ChairPanelState state;
        for (int seed = 0; seed < 100; ++seed) rememberNewChair(state, seed);
        rememberNewChair(state, 90);
        QCOMPARE(state.newChairs.front(), 90);
        QCOMPARE(state.newChairs[1], 99);
        QCOMPARE(std::ranges::count(state.newChairs, 90), 1);
        QVERIFY(state.newChairs.size() < 100);
    }

    void nonsenseIsRefusedByName_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("text for number") << u"u"_s << QJsonValue(u"half"_s);
        QTest::newRow("huge") << u"elevation"_s << QJsonValue(1e30);
        QTest::newRow("enum") << u"channel"_s << QJsonValue(u"depth"_s);
        QTest::newRow("too many slots")
            << u"slots"_s
            << QJsonValue(QJsonArray{QJsonArray(), QJsonArray(), QJsonArray(), QJsonArray(), QJsonArray()});
        QTest::newRow("slots no list") << u"slots"_s << QJsonValue(3);
        QTest::newRow("seeds no list") << u"newChairs"_s << QJsonValue(7);
        QTest::newRow("seed below 0") << u"newChairs"_s << QJsonValue(QJsonArray{1, -1});
        QTest::newRow("unknown group") << u"styleGroup"_s << QJsonValue(u"stools"_s);
        QTest::newRow("units no list") << u"units"_s << QJsonValue(u"FC-4"_s);
        QTest::newRow("unit without a range")
            << u"units"_s
            << QJsonValue(
                   QJsonArray{QJsonObject{{u"layer"_s, u"FC-4"_s}, {u"unit"_s, 1}, {u"largest"_s, 0}}});
        QTest::newRow("axis") << u"rows"_s << QJsonValue(QJsonObject{{u"parameter"_s, u"taste"_s}});
        QTest::newRow("no frames") << u"frames"_s << QJsonValue(QJsonObject{{u"count"_s, 0}});
        QTest::newRow("speed") << u"secondsPerPass"_s << QJsonValue(0);
    }
    void nonsenseIsRefusedByName() {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QJsonObject json = toJson(everythingSet());
        json[key] = value;
        const auto refused = chairPanelStateFromJson(json);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::BadFormat);
        QVERIFY(refused.error().message.find(key.toStdString()) != std::string::npos);
    }

    void modesFollowTheSlots() {
        ChairPanelState state;
        QCOMPARE(styleMode(state), StyleMode::Empty);
        state.slots[0] = pure("a");
        QCOMPARE(styleMode(state), StyleMode::Single);
        state.slots[1] = pure("b");
        QCOMPARE(styleMode(state), StyleMode::Line);
        state.slots[2] = pure("c");
        QCOMPARE(styleMode(state), StyleMode::Line);
        state.arithmetic = true;
        QCOMPARE(styleMode(state), StyleMode::Arithmetic);
        state.arithmetic = false;
        state.slots[3] = pure("d");
        QCOMPARE(styleMode(state), StyleMode::Pad);
    }

    void shownMixIsPureAtTheEnds() {
        ChairPanelState state;
        state.slots = {pure("a"), pure("b"), {}, {}};
        QCOMPARE(pureStyleOf(shownMix(state)), std::string("a"));
        state.u = 1;
        QCOMPARE(pureStyleOf(shownMix(state)), std::string("b"));
        state.u = 0.5;
        QCOMPARE(pureStyleOf(shownMix(state)), std::string());
        state.u = 1.5;
        const RecipeMix beyond = shownMix(state);
        QCOMPARE(beyond.size(), std::size_t(2));
        QCOMPARE(beyond[0].weight, -0.5f);
    }

    void arithmeticOfEqualsIsPure() {
        ChairPanelState state;
        state.slots = {pure("a"), pure("b"), pure("b"), {}};
        state.arithmetic = true;
        state.u = 1;
        QCOMPARE(pureStyleOf(shownMix(state)), std::string("a"));
    }

    void recipeCarriesTheState() {
        const ChairPanelState state = everythingSet();
        for (RecipeKind kind : {RecipeKind::Picture, RecipeKind::Grid, RecipeKind::Morph}) {
            const auto recipe = recipeFromJson(recipeToJson(recipeOf(state, kind)));
            QVERIFY2(recipe.ok(), recipe ? "" : recipe.error().message.c_str());
            QVERIFY(*stateOf(*recipe) == state);
        }
    }

    void recipeOfTheCommandLineIsUnderstood() {
        ChairRecipe recipe;
        recipe.kind = RecipeKind::Grid;
        recipe.corners = {pure("a"), pure("b")};
        recipe.u = 0.25;
        recipe.view = {90, 30};
        recipe.columns = {"azimuth", {0, 10, 20}};
        recipe.rows = {"style", {0, 1}};
        const auto state = stateOf(recipe);
        QVERIFY(state.ok());
        QCOMPARE(state->slots[1], pure("b"));
        QCOMPARE(state->strip, StripMode::Grid);
        QVERIFY(state->columns == (AxisChoice{"azimuth", 0, 20, 3}));
    }

    void everyParameterIsReadAndWritten() {
        ChairPanelState state;
        state.slots = {pure("a"), pure("b"), pure("c"), pure("d")};
        const auto infos = parametersOf(state);
        QCOMPARE(infos.size(), std::size_t(12));
        for (const ParameterInfo& info : infos) {
            const double value = info.minimum + 0.3 * (info.maximum - info.minimum);
            setParameter(state, info.key, value);
            QVERIFY2(std::abs(parameterValue(state, info.key) - value) < 1e-4, info.key.c_str());
            QVERIFY(std::abs(info.fromDisplay(info.toDisplay(value)) - value) < 1e-9);
        }
        setParameter(state, "azimuth", -10);
        QCOMPARE(state.view.azimuthDeg, 350.f);
    }

    void emptiedSlotAIsFilledFromTheNext() {
        ChairPanelState state;
        state.slots = {RecipeMix{}, RecipeMix{}, pure("c"), {}};
        state.u = 0.7;
        compactSlots(state);
        QCOMPARE(state.slots[0], pure("c"));
        QCOMPARE(state.u, 0.0);
    }

    void storeMergesGesturesAndOverlaysAnimation() {
        UndoHistory undo;
        ChairStateStore store(undo, u"chairs"_s);
        ChairPanelState start;
        start.slots = {pure("a"), pure("b"), {}, {}};
        store.reset(start);
        for (double u : {0.1, 0.2, 0.3})
            store.change(u"style"_s, u"Mix"_s, [u](ChairPanelState& state) { state.u = u; });
        store.endGesture();
        setAnimated(store, "azimuth", 77);
        QCOMPARE(store.state().view.azimuthDeg, 77.f);
        QVERIFY(store.settledState().view == start.view);
        store.change(u"style"_s, u"Mix"_s, [](ChairPanelState& state) { state.u = 0.9; });
        QCOMPARE(store.state().view.azimuthDeg, 77.f);
        endAnimation(store);
        QCOMPARE(store.settledState().view.azimuthDeg, 77.f);
        QCOMPARE(undo.count(), 3);
        for (int i = 0; i < 3; ++i) undo.undo();
        QVERIFY(store.state() == start);
    }
};

VITRINE_TEST(TestChairPanelState)
#include "tst_chair_panel_state.moc"
