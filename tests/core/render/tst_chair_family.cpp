// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "core/base/sha256.h"
#include "core/data/style_ids.h"
#include "core/render/chair_family.h"
#include "core/render/chair_renderer.h"
#include "core/render/family_set.h"
#include "core/render/part_labels.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr int kNumChairs = 400;

template <class T>
void add(Sha256& hash, const std::vector<T>& values) {
    hash.update(std::as_bytes(std::span(values)));
}

void addChair(Sha256& hash, const FamilyChair& chair) {
    const Mesh& mesh = chair.mesh;
    add(hash, mesh.positions);
    add(hash, mesh.uvs);
    add(hash, mesh.triangles);
    add(hash, mesh.materialOfTriangle);
    for (const MeshMaterial& m : mesh.materials)
        add<float>(hash, {m.colour.x, m.colour.y, m.colour.z, m.opacity, m.gloss, float(m.textureIndex)});
    for (const Image& texture : mesh.textures) add(hash, texture.pixels);
    hash.update(chair.type);
    add<float>(hash, {chair.seatHeight});
}

std::string hashOf(const FamilyShape& shape) {
    Sha256 hash;
    addChair(hash, makeFamilyChair(shape));
    return hash.hexDigest();
}

/// The first pairs of the family that can be interpolated.
std::vector<std::pair<FamilyShape, FamilyShape>> pairsOfOneBuild(std::size_t count) {
    std::vector<std::pair<FamilyShape, FamilyShape>> pairs;
    std::vector<FamilyShape> shapes;
    for (std::uint64_t number = 0; pairs.size() < count; ++number) {
        shapes.push_back(sampleFamilyShape(number));
        for (std::size_t i = 0; i + 1 < shapes.size() && pairs.size() < count; ++i)
            if (canInterpolate(shapes[i], shapes.back())) pairs.emplace_back(shapes[i], shapes.back());
    }
    return pairs;
}

/// Numbers of two stools without a back that differ by much in their height for their width, the lower one
/// first.
std::pair<std::uint64_t, std::uint64_t> stoolsOfOneBuild() {
    const auto isStool = [](const FamilyShape& s) {
        return s.build.type == "stool" && s.build.back == FamilyBack::None;
    };
    const auto height = [](const FamilyShape& s) { return s.numbers.sizes.seatTop / s.numbers.sizes.width; };
    for (std::uint64_t b = 0;; ++b)
        for (std::uint64_t a = 0; a < b; ++a) {
            const FamilyShape first = sampleFamilyShape(a), second = sampleFamilyShape(b);
            if (!isStool(first) || !canInterpolate(first, second)) continue;
            if (height(second) > height(first) + 0.5f) return {a, b};
            if (height(first) > height(second) + 0.5f) return {b, a};
        }
}

FamilyShape firstOf(const std::string& type, FamilyLegs legs = FamilyLegs::Four, bool hasStar = false) {
    for (std::uint64_t number = 0;; ++number) {
        const FamilyShape shape = sampleFamilyShape(number);
        const FamilyBuild& build = shape.build;
        if (build.type == type && build.legs == legs && (build.numStarArms > 0) == hasStar) return shape;
    }
}

/// Of what is seen.
float widthToHeight(const Image& premultiplied) {
    int left = premultiplied.width, right = 0, top = premultiplied.height, bottom = 0;
    for (int y = 0; y < premultiplied.height; ++y)
        for (int x = 0; x < premultiplied.width; ++x) {
            if (premultiplied.at(y, x, 3) < 128) continue;
            left = std::min(left, x), right = std::max(right, x + 1);
            top = std::min(top, y), bottom = std::max(bottom, y + 1);
        }
    return float(right - left) / float(bottom - top);
}

class TestChairFamily : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_entries = familyChairs(kNumChairs); }

    void aChairIsAFunctionOfItsNumber() {
        for (const std::uint64_t number : {0, 7, 1999}) {
            const FamilyChair once = makeFamilyChair(number), again = makeFamilyChair(number);
            QCOMPARE(once.mesh.triangles, again.mesh.triangles);
            for (std::size_t i = 0; i < once.mesh.positions.size(); ++i)
                QVERIFY(length(once.mesh.positions[i] - again.mesh.positions[i]) == 0);
        }
        QVERIFY(makeFamilyChair(1).mesh.positions.size() != makeFamilyChair(2).mesh.positions.size() ||
                makeFamilyChair(1).seatHeight != makeFamilyChair(2).seatHeight);
    }

    /// Networks are trained on these chairs, so that not a bit of them may change, whatever the C library.
    void theFirstThousandAreFrozen() {
        Sha256 hash;
        for (std::uint64_t number = 0; number < 1000; ++number) addChair(hash, makeFamilyChair(number));
        QCOMPARE(QString::fromStdString(hash.hexDigest()),
                 QStringLiteral("4a650e1e9464005fe859933c26f88620f54ea2efeefd03b7cbdbe7172953c9ed"));
    }

    void theEndsOfAnInterpolationAreTheChairs() {
        for (const auto& [a, b] : pairsOfOneBuild(20)) {
            QCOMPARE(hashOf(interpolate(a, b, 0)), hashOf(a));
            QCOMPARE(hashOf(interpolate(a, b, 1)), hashOf(b));
            QVERIFY(hashOf(interpolate(a, b, 0.5f)) != hashOf(a));
        }
    }

    void aShapeBetweenTwoHasTheSizesBetween() {
        for (const auto& [a, b] : pairsOfOneBuild(20)) {
            const FamilyShape middle = interpolate(a, b, 0.5f);
            QVERIFY(middle.build == a.build);
            const auto &from = a.numbers.sizes, &to = b.numbers.sizes, &between = middle.numbers.sizes;
            QVERIFY(std::abs(between.seatTop - (from.seatTop + to.seatTop) / 2) < 1e-6f);
            QVERIFY(std::abs(between.width - (from.width + to.width) / 2) < 1e-6f);
            const FamilyChair first = makeFamilyChair(a), last = makeFamilyChair(b),
                              chair = makeFamilyChair(middle);
            QCOMPARE(chair.mesh.triangles, first.mesh.triangles);  // the same solids
            const float tall = chair.mesh.boxMax().y;
            const auto [low, high] = std::minmax({first.mesh.boxMax().y, last.mesh.boxMax().y});
            QVERIFY2(tall > low - 0.02f && tall < high + 0.02f, std::to_string(tall).c_str());
        }
    }

    /// A stool without a back is as wide for its height as its seat is high: so is what is seen of the one
    /// between.
    void theSeatOfAShapeBetweenIsSeenBetween() {
        const auto [low, high] = stoolsOfOneBuild();
        std::vector<float> shares;
        for (const float t : {0.f, 0.5f, 1.f}) {
            const ChairModel model = ChairModel::load(interpolatedFamilyChair(low, high, t)).value();
            shares.push_back(widthToHeight(model.render({0, 20}, {64, 2}).premultiplied));
        }
        QVERIFY2(
            shares[0] > shares[1] + 0.03f && shares[1] > shares[2] + 0.03f,
            (std::to_string(shares[0]) + " " + std::to_string(shares[1]) + " " + std::to_string(shares[2]))
                .c_str());
    }

    void anEntryBetweenTwoKnowsItsShapeAndIsNotOfTheFamily() {
        const auto [low, high] = stoolsOfOneBuild();
        const FamilyShape a = sampleFamilyShape(low), b = sampleFamilyShape(high);
        const ChairEntry between = interpolatedFamilyChair(low, high, 0.3f);
        QCOMPARE(hashOf(familyShape(between).value()), hashOf(interpolate(a, b, 0.3f)));
        QVERIFY(!isFamilyId(between.id) && !familyNumber(between));
        QCOMPARE(hashOf(familyShape(m_entries[7]).value()), hashOf(sampleFamilyShape(7)));
        ChairEntry other = between;
        for (const char* model : {"3+", "3@0.5", "a+4@0.5", "0+1@0.5"}) {
            other.model = model;
            QVERIFY2(!familyShape(other), model);
        }
    }

    void theIdOfAnEntryBetweenTwoNamesThem() {
        const auto [low, high] = stoolsOfOneBuild();
        const FamilyBetween between = familyBetween(interpolatedFamilyChair(low, high, 0.37f).id).value();
        QCOMPARE(between.from, low);
        QCOMPARE(between.to, high);
        QCOMPARE(between.share, 0.37f);
        for (const char* id : {"family-3", "3+4@0.5", "family-3+4", "family-3+4@", "scan-001"})
            QVERIFY2(!familyBetween(id), id);
    }

    /// Networks are trained on these, so that none of them may change.
    void groupsHoldFourChairsOfOneBuildAndNoBuildTwice() {
        const auto& groups = familyGroups();
        QCOMPARE(groups.size(), std::size_t(140));
        std::set<std::uint64_t> numbers;
        Sha256 hash;
        for (const FamilyGroup& group : groups) {
            QCOMPARE(group.numbers.size(), std::size_t(4));
            for (const std::uint64_t number : group.numbers) {
                QVERIFY(canInterpolate(sampleFamilyShape(group.numbers[0]), sampleFamilyShape(number)));
                numbers.insert(number);
                hash.update(familyId(number));
            }
        }
        QCOMPARE(numbers.size(), std::size_t(560));
        for (std::size_t i = 1; i < groups.size(); ++i)
            QVERIFY(!canInterpolate(sampleFamilyShape(groups[i - 1].numbers[0]),
                                    sampleFamilyShape(groups[i].numbers[0])));
        QCOMPARE(hash.hexDigest(),
                 std::string("36120a4d5b49d84c5ac350ee6b6283f557024cd06b09fbc914ea3767df08fdf6"));
    }

    void nothingIsTrainedBetweenReservedChairs() {
        const auto& groups = familyGroups();
        QVERIFY(groups[0].isReserved && !groups[1].isReserved && groups[5].isReserved);
        QVERIFY(!isTrainedBetween(groups[0].numbers[0], groups[0].numbers[3]));
        QVERIFY(isTrainedBetween(groups[1].numbers[0], groups[1].numbers[3]));
        QVERIFY(!isTrainedBetween(groups[1].numbers[0], groups[2].numbers[0]));
        const auto between = chairsBetweenGrouped();
        QCOMPARE(between.size(), std::size_t(112 * 6 * 5));
        std::set<std::string> ids;
        for (const ChairEntry& entry : between) {
            const FamilyBetween mix = familyBetween(entry.id).value();
            ids.insert(entry.id);
            QVERIFY2(isTrainedBetween(mix.from, mix.to) && mix.share >= 0.08f && mix.share <= 0.92f,
                     entry.id.c_str());
        }
        QCOMPARE(ids.size(), between.size());
    }

    void anInterpolatedStarFootTurnsTheShorterWay() {
        FamilyShape a = firstOf("chair", FamilyLegs::Column, /*hasStar=*/true), b = a;
        const float arm = 2 * std::numbers::pi_v<float> / float(a.build.numStarArms);
        a.numbers.legs.starTurnRad = 0.1f;
        b.numbers.legs.starTurnRad = 0.1f + 3 * arm;  // looks the same
        QVERIFY(std::abs(interpolate(a, b, 0.5f).numbers.legs.starTurnRad - 0.1f) < 1e-5f);
    }

    void shapesOfDifferentBuildsAreNotInterpolated() {
        const FamilyShape a = firstOf("sofa"), b = firstOf("stool");
        QVERIFY(!canInterpolate(a, b));
        QVERIFY_EXCEPTION_THROWN(interpolate(a, b, 0.5f), std::invalid_argument);
    }

    void entriesAreForTrainingAndKnownById() {
        std::set<std::string> ids;
        for (const ChairEntry& entry : m_entries) {
            QCOMPARE(entry.split, Split::Train);
            QVERIFY(isFamilyId(entry.id) && familyNumber(entry).has_value());
            QCOMPARE(familyNumber(std::string_view(entry.id)), familyNumber(entry));
            ids.insert(entry.id);
        }
        QCOMPARE(ids.size(), m_entries.size());
        const ChairCatalogue box = ChairCatalogue::loadDefault().value();
        for (const ChairEntry& entry : box.entries()) QVERIFY(!isFamilyId(entry.id) && !familyNumber(entry));
    }

    void theyStandOnTheFloorAndHaveTheSizeOfChairs() {
        for (int number = 0; number < kNumChairs; ++number) {
            const FamilyChair chair = makeFamilyChair(std::uint64_t(number));
            const Vector3 low = chair.mesh.boxMin(), high = chair.mesh.boxMax(), size = high - low;
            const std::string what = std::to_string(number) + ", a " + chair.type + " of " +
                                     std::to_string(size.x) + " x " + std::to_string(size.y) + " x " +
                                     std::to_string(size.z) + " m, from " + std::to_string(low.y) + " on";
            QVERIFY2(std::abs(low.y) < 0.03f, what.c_str());
            QVERIFY2(size.x > 0.25f && size.x < 2.9f, what.c_str());
            QVERIFY2(size.y > 0.3f && size.y < 1.3f, what.c_str());
            QVERIFY2(size.z > 0.25f && size.z < 2.4f, what.c_str());
            QVERIFY(chair.seatHeight > 0.2f && chair.seatHeight <= 1.001f);
            QVERIFY2(std::abs(low.x + high.x) < 0.15f,
                     what.c_str());  // star feet are not the same on both sides
        }
    }

    void typesComeInTheirShares() {
        std::map<std::string, int> counts;
        for (const ChairEntry& entry : m_entries) ++counts[entry.type];
        QCOMPARE(counts.size(), 6u);
        QVERIFY(counts["chair"] > 0.35 * kNumChairs && counts["chair"] < 0.5 * kNumChairs);
        for (const char* rare : {"lounger", "bench"}) QVERIFY(counts[rare] < 0.1 * kNumChairs);
    }

    /// Each has a seat, as the real ones have; chairs have a back and legs, too.
    void partsAreFoundOnThem() {
        for (int i = 0; i < 60; ++i) {
            const Mesh mesh = loadMesh(m_entries[std::size_t(i)]).value();
            for (const Vector3& normal : mesh.normals) QVERIFY(std::abs(length(normal) - 1) < 1e-3f);
            QVERIFY(std::abs(length(mesh.boxMax() - mesh.boxMin()) - 1) < 1e-4f);
            const PartLabels parts(mesh, m_entries[std::size_t(i)].seatHeight);
            std::array<int, 5> counts{};
            for (const Vector3& point : mesh.positions) ++counts[std::size_t(parts.label(point))];
            QVERIFY(counts[int(ChairPart::Seat)] > 0);
            if (m_entries[std::size_t(i)].type != "chair") continue;  // a sofa's front may reach the floor
            QVERIFY(counts[int(ChairPart::Back)] > 0 && counts[int(ChairPart::Legs)] > 0);
        }
    }

private:
    std::vector<ChairEntry> m_entries;
};

}  // namespace

VITRINE_TEST(TestChairFamily)
#include "tst_chair_family.moc"
