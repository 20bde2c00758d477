// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <random>

#include "core/metrics/label_baselines.h"
#include "tests/core/metrics/label_row.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::rowOf;
namespace fs = std::filesystem;

namespace {

constexpr int kSide = 8;
constexpr std::uint8_t U = kUnknownLabel;

/// Class 1 left of a column, class 2 in the lowest row.
LabelMap scene(int width) {
    LabelMap map(kSide, kSide);
    for (int y = 0; y < kSide; ++y) std::fill_n(map.row(y), width, std::uint8_t(1));
    std::fill_n(map.row(kSide - 1), kSide, std::uint8_t(2));
    return map;
}

}  // namespace

class TestLabelBaselines : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

    /// Training scenes of widths 1, 2, ... 6, then a test scene of width 7.
    PackedScenes scenes(const char* name, Split others = Split::Train) const {
        const ScenesHeader header{kSide, {"background", "seat", "legs"}, {"one"}, "test"};
        const auto produce = [&](SceneWriter& writer) -> Status {
            for (int width = 1; width <= 6; ++width)
                VITRINE_CHECK(writer.append(Image(kSide, kSide, 3), scene(width), {0, others}));
            return writer.append(Image(kSide, kSide, 3), scene(7), {0, Split::Test});
        };
        if (!PackedScenes::write(path(name), header, produce)) qFatal("no scenes");
        return PackedScenes::open(path(name)).value();
    }

private Q_SLOTS:
    void theNearestKnownLabelWins() {
        QVERIFY(nearestKnownLabels(rowOf({1, U, U, U, 2})).pixels[1] == 1);
        QVERIFY(nearestKnownLabels(rowOf({1, U, U, U, 2})).pixels[3] == 2);
        QVERIFY(nearestKnownLabels(rowOf({U, U, 3})) == rowOf({3, 3, 3}));
        QVERIFY(nearestKnownLabels(rowOf({U, U})) == rowOf({U, U}));
    }

    void nearestIsEuclidean() {
        LabelMap query(9, 9, U);
        query.at(0, 0) = 1;  // 4 and 4 away: 5.7 pixels
        query.at(4, 8) = 2;  // 4 away
        QCOMPARE(int(nearestKnownLabels(query).at(4, 4)), 2);
        query.at(4, 8) = U;
        query.at(8, 7) = 2;  // 4 and 3 away: 5
        QCOMPARE(int(nearestKnownLabels(query).at(4, 4)), 2);
    }

    void noKnownPixelIsNearer() {
        std::mt19937 random(1);
        LabelMap query(23, 11, U);
        for (auto& label : query.pixels)
            if (random() % 20 == 0) label = std::uint8_t(random() % 4);
        const LabelMap answer = nearestKnownLabels(query);
        for (int y = 0; y < query.height; ++y)
            for (int x = 0; x < query.width; ++x) {
                int nearest = 1000, ofAnswer = 1000;
                for (int v = 0; v < query.height; ++v)
                    for (int u = 0; u < query.width; ++u) {
                        if (query.at(v, u) == U) continue;
                        const int square = (u - x) * (u - x) + (v - y) * (v - y);
                        nearest = std::min(nearest, square);
                        if (query.at(v, u) == answer.at(y, x)) ofAnswer = std::min(ofAnswer, square);
                    }
                QCOMPARE(ofAnswer, nearest);
            }
    }

    void theMapThatAgreesComesFirst() {
        const auto retrieval = LabelRetrieval::make(scenes("set"), kSide, 100).value();
        LabelMap query = scene(4);
        for (int y = 4; y < kSide; ++y) std::fill_n(query.row(y), kSide, U);
        const auto found = retrieval.find(query, 3);
        QCOMPARE(found.size(), std::size_t(3));
        QVERIFY(found.front() == scene(4));
        QCOMPARE(retrieval.find(query, 50).size(), std::size_t(6));
    }

    void whatTheQueryKnowsStands() {
        const auto retrieval = LabelRetrieval::make(scenes("set"), kSide, 100).value();
        LabelMap query = scene(7);  // no training scene is like it
        for (int y = 4; y < kSide; ++y) std::fill_n(query.row(y), kSide, U);
        const LabelMap best = retrieval.find(query, 1).front();
        QCOMPARE(int(best.at(0, 6)), 1);
        QCOMPARE(int(best.at(5, 6)), 0);
        QCOMPARE(int(best.at(7, 6)), 2);
    }

    void onlyTheFirstTrainingScenesAreLookedUp() {
        const auto retrieval = LabelRetrieval::make(scenes("set"), kSide, 2).value();
        QCOMPARE(retrieval.find(LabelMap(kSide, kSide, U), 10).size(), std::size_t(2));
        const auto none = LabelRetrieval::make(scenes("untrained", Split::Validation), kSide, 2);
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!LabelRetrieval::make(scenes("set"), 3, 2).ok());
    }

    void theMostFrequentLabelIsVoted() {
        QVERIFY(mostFrequentLabels({rowOf({0, 1, 2}), rowOf({0, 1, 1}), rowOf({2, 1, 2})}) ==
                rowOf({0, 1, 2}));
        QVERIFY(mostFrequentLabels({rowOf({2}), rowOf({1})}) == rowOf({1}));
    }
};

VITRINE_TEST(TestLabelBaselines)
#include "tst_label_baselines.moc"
