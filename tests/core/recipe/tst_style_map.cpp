// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/random.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/style_map.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

double distance(PlanePoint a, PlanePoint b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

std::vector<PlanePoint> randomPoints(int count) {
    Rng rng({7});
    std::vector<PlanePoint> points;
    for (int i = 0; i < count; ++i) points.push_back({rng.uniform(-1, 1), rng.uniform(-1, 1)});
    return points;
}

/// Points of a plane in five dimensions, off the origin.
StyleCodes planeCodes(const std::vector<PlanePoint>& points) {
    StyleCodes codes{5, {}};
    for (const PlanePoint& p : points)
        for (double value : {2 + p.x * 0.6, p.y, -1 + p.x * 0.8, 3.0, 0.5})
            codes.values.push_back(float(value));
    return codes;
}

PlanePoint circumcentre(PlanePoint a, PlanePoint b, PlanePoint c) {
    const double d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
    const double a2 = a.x * a.x + a.y * a.y, b2 = b.x * b.x + b.y * b.y, c2 = c.x * c.x + c.y * c.y;
    return {(a2 * (b.y - c.y) + b2 * (c.y - a.y) + c2 * (a.y - b.y)) / d,
            (a2 * (c.x - b.x) + b2 * (a.x - c.x) + c2 * (b.x - a.x)) / d};
}

}  // namespace

class TestStyleMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSquareWithItsMiddleIsFourTriangles() {
        const std::vector<PlanePoint> points{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0.5, 0.5}};
        const auto triangles = delaunayTriangles(points);
        QCOMPARE(triangles.size(), std::size_t(4));
        for (const Triangle& triangle : triangles) QVERIFY(std::ranges::find(triangle, 4) != triangle.end());
    }

    void noPointLiesInACircumcircle() {
        const auto points = randomPoints(60);
        const auto triangles = delaunayTriangles(points);
        QVERIFY(triangles.size() > 60);
        for (const auto& [a, b, c] : triangles) {
            const auto at = [&points](int i) { return points[std::size_t(i)]; };
            const PlanePoint centre = circumcentre(at(a), at(b), at(c));
            for (const PlanePoint& point : points)
                QVERIFY(distance(centre, point) > distance(centre, at(a)) - 1e-9);
        }
    }

    void pointsOnALineAndEqualPointsHaveNoTriangles() {
        QVERIFY(delaunayTriangles({}).empty());
        QVERIFY(delaunayTriangles(std::vector<PlanePoint>{{0, 0}, {1, 1}, {2, 2}}).empty());
        const std::vector<PlanePoint> twice{{0, 0}, {1, 0}, {0, 1}, {1, 0}};
        QCOMPARE(delaunayTriangles(twice).size(), std::size_t(1));
    }

    void keepsDistancesOfAPlane() {
        const auto points = randomPoints(20);
        const StyleMap map(planeCodes(points));
        QCOMPARE(map.points().size(), points.size());
        QVERIFY(std::abs(map.explainedVariance() - 1) < 1e-6);
        const double ratio = distance(map.points()[0], map.points()[1]) / distance(points[0], points[1]);
        for (std::size_t i = 2; i < points.size(); ++i)
            QVERIFY(std::abs(distance(map.points()[0], map.points()[i]) -
                             ratio * distance(points[0], points[i])) < 1e-5);
        double furthest = 0;
        for (const PlanePoint& point : map.points()) furthest = std::max(furthest, distance(point, {}));
        QVERIFY(std::abs(furthest - 1) < 1e-6);
    }

    void theFirstAxisHasTheLargestVariance() {
        std::vector<PlanePoint> points = randomPoints(40);
        for (PlanePoint& point : points) point.y *= 4;
        const StyleMap map(planeCodes(points));
        double x = 0, y = 0;
        for (const PlanePoint& point : map.points()) x += point.x * point.x, y += point.y * point.y;
        QVERIFY(x > 2 * y);
    }

    void aStyleIsAtItsPlaceAndAMixBetween() {
        const StyleMap map(planeCodes(randomPoints(20)));
        for (int i = 0; i < 20; ++i) {
            const StyleMix mix = map.mixAt(map.points()[std::size_t(i)]);
            QCOMPARE(mix.size(), std::size_t(1));
            QCOMPARE(mix.front().styleIndex, i);
            QVERIFY(std::abs(mix.front().weight - 1) < 1e-6);
        }
        const PlanePoint inside{0.05, -0.1};
        const StyleMix mix = map.mixAt(inside);
        QCOMPARE(mix.size(), std::size_t(3));
        QVERIFY(distance(map.pointOf(mix), inside) < 1e-5);
        const PlanePoint near = map.pointOf(map.mixAt({inside.x + 1e-4, inside.y}));
        QVERIFY(distance(near, inside) < 2e-4);
    }

    void outsideTheStylesTheNearestEdgeIsMixed() {
        const StyleMap map(planeCodes(randomPoints(20)));
        const PlanePoint outside{3, 0.2};
        const StyleMix mix = map.mixAt(outside);
        QVERIFY(!mix.empty() && mix.size() <= 2);
        for (const StyleWeight& part : mix) QVERIFY(part.weight > 0 && part.weight < 1 + 1e-6f);
        for (const PlanePoint& style : map.points())
            QVERIFY(distance(map.pointOf(mix), outside) <= distance(style, outside) + 1e-6);
    }

    void weightsBeyondOneLeadOut() {
        const StyleMap map(planeCodes(randomPoints(20)));
        const PlanePoint a = map.points()[0], b = map.points()[1];
        const PlanePoint beyond = map.pointOf({{0, 2}, {1, -1}});
        QVERIFY(distance(beyond, {2 * a.x - b.x, 2 * a.y - b.y}) < 1e-5);
    }

    void newChairsHaveAPlace() {
        const StyleMap map(planeCodes(randomPoints(20)));
        const PlanePoint first = map.pointOf(pureStyle(kFirstDrawnStyle + 1)),
                         second = map.pointOf(pureStyle(kFirstDrawnStyle + 2));
        QVERIFY(distance(first, second) > 1e-3);
        const PlanePoint middle = map.pointOf({{kFirstDrawnStyle + 1, 0.5}, {kFirstDrawnStyle + 2, 0.5}});
        QVERIFY(distance(middle, {(first.x + second.x) / 2, (first.y + second.y) / 2}) < 1e-5);
    }

    void stylesThatTheNetworkLacksCountNothing() {
        const StyleMap map(planeCodes(randomPoints(20)));
        const PlanePoint place = map.pointOf({{3, 1}, {-1, 0.5}, {500, 0.5}});
        QVERIFY(distance(place, map.pointOf(pureStyle(3))) < 1e-9);
    }

    void tooFewStylesMakeNoMap() {
        QVERIFY(StyleMap().empty());
        QVERIFY(StyleMap(planeCodes(randomPoints(2))).empty());
        QVERIFY(StyleMap(planeCodes({{1, 1}, {1, 1}, {1, 1}})).empty());
        QVERIFY(StyleMap().mixAt({0, 0}).empty());
    }

    void idsOfNewChairs() {
        for (int seed : {0, 7, kLargestStyleSeed})
            QCOMPARE(drawnStyleSeed(drawnStyleId(seed)), std::optional(seed));
        for (const char* id : {"new-", "new-07", "new--1", "new-1000000000", "new-7x", "family-7", "7"})
            QVERIFY2(!drawnStyleSeed(id), id);
        const std::vector<std::string> ids{"sofa", "new-3"};
        QCOMPARE(styleIndexOf("new-3", ids), std::optional(1));  // the network's own come first
        QCOMPARE(styleIndexOf("new-4", ids), std::optional(kFirstDrawnStyle + 4));
        QVERIFY(!styleIndexOf("stool", ids));
        QCOMPARE(styleIdOf(kFirstDrawnStyle + 4, ids), std::string("new-4"));
        QVERIFY(styleIdOf(2, ids).empty());
    }

    void aNewChairIsMixedOfNeighbours() {
        const auto points = randomPoints(40);
        const StyleCodes codes = planeCodes(points);
        std::set<int> firsts;
        for (int seed = 0; seed < 200; ++seed) {
            const StyleMix mix = drawnStyle(seed, codes);
            QCOMPARE(drawnStyle(seed, codes), mix);
            QCOMPARE(mix.size(), std::size_t(3));
            float sum = 0;
            for (const StyleWeight& part : mix) {
                QVERIFY(part.weight > 0);
                sum += part.weight;
                firsts.insert(part.styleIndex);
            }
            QVERIFY(std::abs(sum - 1) < 1e-5f);
            const bool haveACentre = std::ranges::any_of(mix, [&](const StyleWeight& centre) {
                return std::ranges::all_of(mix, [&](const StyleWeight& part) {
                    const auto isNearer = [&](const PlanePoint& other) {
                        return distance(other, points[std::size_t(centre.styleIndex)]) <
                               distance(points[std::size_t(part.styleIndex)],
                                        points[std::size_t(centre.styleIndex)]);
                    };
                    return std::ranges::count_if(points, isNearer) <= 6;
                });
            });
            QVERIFY(haveACentre);
        }
        QCOMPARE(firsts.size(), points.size());
        QVERIFY(drawnStyle(5, codes) != drawnStyle(6, codes));
    }

    void newChairsOfFewStyles() {
        QCOMPARE(drawnStyle(1, planeCodes(randomPoints(2))).size(), std::size_t(2));
        QCOMPARE(drawnStyle(1, planeCodes(randomPoints(1))), pureStyle(0));
    }
};

VITRINE_TEST(TestStyleMap)
#include "tst_style_map.moc"
