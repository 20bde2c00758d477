// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>

#include "core/data/transfer_views.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

std::set<int> givenOf(int numGiven) {
    std::set<int> given;
    for (int i = 0; i < 31; ++i)
        if (isGivenAzimuth(i, numGiven)) given.insert(i);
    return given;
}

PackedView viewAt(int azimuthIndex, float elevationDeg) {
    PackedView view;
    view.azimuthIndex = azimuthIndex, view.view.elevationDeg = elevationDeg;
    return view;
}

}  // namespace

class TestTransferViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void azimuthsAreSpreadEvenlyAndFewAreAPartOfMore() {
        QCOMPARE(givenOf(31).size(), std::size_t(31));
        QCOMPARE(givenOf(4), (std::set<int>{0, 8, 16, 24}));
        QCOMPARE(givenOf(1), std::set<int>{0});
        std::set<int> more = givenOf(31);
        for (const int count : kTransferAzimuths) {
            const std::set<int> given = givenOf(count);
            QCOMPARE(given.size(), std::size_t(count));
            QVERIFY(std::ranges::includes(more, given));
            more = given;
        }
        QVERIFY(!isGivenAzimuth(kOffGrid, 31));
    }

    void onlyFewViewsOfTargetsAreTrained() {
        const TransferViews with{.targets = "a", .targetAzimuths = 4};
        QVERIFY(with.isTrained(viewAt(8, 30), true) && !with.isTrained(viewAt(9, 30), true));
        QVERIFY(with.isTrained(viewAt(9, 30), false) && with.isTrained(viewAt(kOffGrid, 12), false));
        QVERIFY(!with.isTrained(viewAt(kOffGrid, 12), true));
    }

    void withoutTransferSourcesHaveFewViewsOrNone() {
        const TransferViews few{.targets = "a", .targetAzimuths = 4, .sources = SourceViews::Few};
        const TransferViews none{.targets = "a", .targetAzimuths = 4, .sources = SourceViews::None};
        QVERIFY(few.isTrained(viewAt(8, 20), false) && !few.isTrained(viewAt(9, 20), false));
        QVERIFY(!none.isTrained(viewAt(8, 20), false) && none.isTrained(viewAt(8, 20), true));
    }

    void targetsCanBeSeenAt20DegreesOnly() {
        const TransferViews low{.targets = "a", .targetsAt20 = true};
        QVERIFY(low.isTrained(viewAt(9, 20), true) && !low.isTrained(viewAt(9, 30), true));
        QVERIFY(low.isTrained(viewAt(9, 30), false));
    }

    void withoutTargetsAllIsTrained() {
        QVERIFY(!TransferViews().isOn());
        QVERIFY(TransferViews().isTrained(viewAt(kOffGrid, 12), false));
    }

    void survivesItsOwnText() {
        const TransferViews views{"oak-chair, scan-006", 8, true, SourceViews::Few};
        const auto again = TransferViews::fromText(views.toText());
        QVERIFY(again.has_value());
        QCOMPARE(again->targetIds(), (std::set<std::string>{"oak-chair", "scan-006"}));
        QCOMPARE(again->targetAzimuths, 8);
        QVERIFY(again->targetsAt20 && again->sources == SourceViews::Few);
        for (const char* text :
             {"", "[]", R"({"targets": "a", "targetAzimuths": 7})", R"({"sources": "few"})"})
            QVERIFY2(!TransferViews::fromText(text), text);
    }

    void aSettingKnowsItsGivenViews() {
        QCOMPARE(transferSettingNames().size(), kTransferSettings.size());
        QCOMPARE(viewsOf(TransferSetting::Views2).targetAzimuths, 2);
        QVERIFY(viewsOf(TransferSetting::Elevation).targetsAt20);
        QCOMPARE(givenAzimuthsDeg(TransferSetting::Views4), (std::vector<float>{0, 92, 185, 278}));
        QCOMPARE(givenElevationsDeg(TransferSetting::Elevation), std::vector<float>{20});
        QVERIFY(isGivenView(TransferSetting::Views4, {92, 30}));
        QVERIFY(!isGivenView(TransferSetting::Views4, {92, 25}));
        QVERIFY(!isGivenView(TransferSetting::Views4, {46, 20}));
        QVERIFY(isGivenView(TransferSetting::Elevation, {46, 20}));
        QVERIFY(!isGivenView(TransferSetting::Elevation, {46, 30}));
    }
};

VITRINE_TEST(TestTransferViews)
#include "tst_transfer_views.moc"
