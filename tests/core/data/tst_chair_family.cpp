// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/data/chair_family.h"
#include "core/data/part_labels.h"

using namespace vitrine;

namespace {

constexpr int kNumChairs = 400;

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

    void entriesAreForTrainingAndKnownById() {
        std::set<std::string> ids;
        for (const ChairEntry& entry : m_entries) {
            QCOMPARE(entry.split, Split::Train);
            QVERIFY(isFamilyId(entry.id) && familyNumber(entry).has_value());
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

QTEST_GUILESS_MAIN(TestChairFamily)
#include "tst_chair_family.moc"
