// SPDX-License-Identifier: GPL-3.0-or-later
// Scans, and the views of a training set that is wider than the catalogue.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/data/check_chairs.h"
#include "core/data/packed_chairs.h"
#include "core/data/style_ids.h"
#include "core/data/training_views.h"
#include "core/render/part_labels.h"
#include "core/render/render_job.h"
#include "core/render/scans.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

bool isSame(Vector3 a, Vector3 b) {
    return length(a - b) == 0;
}

}  // namespace

class TestTrainingStyles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        qputenv("VITRINE_DATA", QByteArray::fromStdString((m_folder / "data").string()));
    }

    void importsTheScansOfAPix3dDownload() {
        addScan("SS_007");
        addScan("SS_012");
        addScan("IKEA_POANG_1");
        QVERIFY(loadScans().value().empty());
        const ScanImport import = importScans(m_folder / "pix3d").value();
        QCOMPARE(import.problems.size(), std::size_t(0));
        const auto listed = loadScans().value();
        QCOMPARE(listed.size(), std::size_t(2));
        QCOMPARE(listed[0].id, std::string("scan-007"));
        QCOMPARE(scanNumber(listed[1]).value(), std::uint64_t(12));
        QVERIFY(!isReservedScan(7) && isReservedScan(12));
        QCOMPARE(listed[0].split, Split::Train);
        QCOMPARE(listed[1].split, Split::Test);
    }

    void unreadableScansAreLeftOutByName() {
        addScan("SS_001");
        fs::create_directories(m_folder / "pix3d/model/chair/SS_002");
        std::ofstream(m_folder / "pix3d/model/chair/SS_002/model.obj") << "v 0 0\nf 1 2 3\n";
        const ScanImport import = importScans(m_folder / "pix3d").value();
        QCOMPARE(import.scans.size(), std::size_t(1));
        QCOMPARE(import.problems.size(), std::size_t(1));
        QVERIFY(import.problems[0].find("scan-002") != std::string::npos);
    }

    void aFolderWithoutScansIsRefused() {
        QCOMPARE(importScans(m_folder / "nothing").error().code, ErrorCode::NotFound);
        fs::create_directories(m_folder / "other");
        std::ofstream(m_folder / "other" / "chair.glb") << "glTF";
        const auto refused = importScans(m_folder / "other");
        QCOMPARE(refused.error().code, ErrorCode::NotFound);
        QVERIFY(refused.error().message.find("chair.glb") != std::string::npos);
        QVERIFY(loadScans().value().empty());
    }

    void aPix3dScanIsTurnedToTheViewer() {
        addScan("SS_001");
        addBox(m_folder / "pix3d/model/chair/SS_001/model.obj");  // something at the model's front, -z
        const ChairEntry scan = importScans(m_folder / "pix3d").value().scans.at(0);
        const Mesh mesh = loadMesh(scan).value();
        const auto foremost = std::max_element(
            mesh.positions.begin(), mesh.positions.end(), [](Vector3 a, Vector3 b) { return a.z < b.z; });
        const auto rearmost = std::min_element(
            mesh.positions.begin(), mesh.positions.end(), [](Vector3 a, Vector3 b) { return a.z < b.z; });
        QVERIFY(foremost->y < rearmost->y);  // the low box is in front, the tall back behind
    }

    void aScanIsColouredByItsPartsAlwaysAlike() {
        addScan("SS_003");
        const ChairEntry scan = importScans(m_folder / "pix3d").value().scans.at(0);
        const Mesh once = loadMesh(scan).value(), again = loadMesh(scan).value();
        QCOMPARE(once.materialOfTriangle, again.materialOfTriangle);
        for (std::size_t i = 0; i < once.materials.size(); ++i)
            QVERIFY(isSame(once.materials[i].colour, again.materials[i].colour));
        const std::set<int> used(once.materialOfTriangle.begin(), once.materialOfTriangle.end());
        QVERIFY(used.contains(int(ChairPart::Seat)) && used.contains(int(ChairPart::Legs)));
        QVERIFY(!used.contains(int(ChairPart::Background)));
    }

    void scansDifferInColour() {
        std::set<float> reds;
        for (std::uint64_t number = 1; number <= 40; ++number) {
            Mesh mesh;
            mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
            mesh.triangles = {{0, 1, 2}};
            colourScan(mesh, number);
            for (const MeshMaterial& material : mesh.materials) {
                QVERIFY(std::min({material.colour.x, material.colour.y, material.colour.z}) >= 0);
                QVERIFY(std::max({material.colour.x, material.colour.y, material.colour.z}) <= 1);
                reds.insert(material.colour.x);
            }
        }
        QVERIFY(reds.size() > 40);
    }

    void idsAreExact() {
        QVERIFY(isScanId("scan-007") && !isScanId("scan-") && !isScanId("scan-7a") && !isScanId("scanner-7"));
        for (const char* id : {"windsor-chair", "scan-chair", "family-sofa", "scan-", "chair-1"})
            QVERIFY2(!isTrainingOnly(id), id);
        for (const char* id : {"scan-001", "scan-12", "family-0", "family-559", "family-3+4@0.25"})
            QVERIFY2(isTrainingOnly(id), id);
        ChairEntry own;  // a chair of the user's with such a name is no scan
        own.id = "scan-007";
        QVERIFY(!scanNumber(own));
    }

    void heldOutViewsHaveNoTrainedViewBetweenTheirNeighbours() {
        QVERIFY(!isBetweenTrainedNeighbours(0) && isBetweenTrainedNeighbours(1) &&
                isBetweenTrainedNeighbours(22));
        QVERIFY(!isBetweenTrainedNeighbours(23) && !isBetweenTrainedNeighbours(30) &&
                isBetweenTrainedNeighbours(336));
        QCOMPARE(trainedAzimuthsDeg()[2], 23.f);
        for (const int index : {1, 3, 93}) {
            const auto names = trainingViewNames("chair-" + std::to_string(index), index);
            QCOMPARE(names.size(), std::size_t(92));
            for (std::size_t i = 62; i < names.size(); ++i)
                QVERIFY(!isBetweenTrainedNeighbours(names[i].view.azimuthDeg));
        }
    }

    void evenClassesAndTrainingStylesAreSeenFromEverywhere() {
        for (const auto& [id, index] : {std::pair("some-chair", 2), {"scan-001", 95}, {"family-0", 249}}) {
            const auto names = trainingViewNames(id, index);
            QCOMPARE(names, trainingViewNames(id, index));
            const auto isInGap = [](const ViewName& name) {
                return isBetweenTrainedNeighbours(name.view.azimuthDeg);
            };
            QVERIFY(std::any_of(names.begin(), names.end(), isInGap));
            for (std::size_t i = 0; i < names.size(); ++i) {
                QCOMPARE(names[i].index, int(i));
                QVERIFY(names[i].view.elevationDeg >= 10 && names[i].view.elevationDeg <= 40);
            }
        }
        QVERIFY(trainingViewNames("family-0", 249) != trainingViewNames("family-1", 250));
        // Sets that are rendered already keep their views.
        QCOMPARE(viewFileName(trainingViewNames("scan-001", 94)[0]),
                 std::string("image_000_p019_t197_r096.png"));
        QCOMPARE(viewFileName(trainingViewNames("scan-001", 94)[1]),
                 std::string("image_001_p016_t310_r096.png"));
    }

    void aWideSetHoldsOutViewsOfTheCatalogueOnly() {
        RenderJobOptions options;
        options.folder = m_folder / "tree";
        options.render = {8, 1};
        options.withRandomViews = true;
        for (int i = 0; i < 4; ++i) {
            options.models.push_back(test::makeToyChair(m_folder, i));
            if (i == 2) options.models.back().id = "scan-002";
            if (i == 3) options.models.back().id = "family-1+2@0.5";
            options.styleIds.push_back(options.models.back().id);
        }
        QVERIFY(renderCatalogue(options, {}).ok());
        const auto tree = RenderedChairs::open(options.folder).value();
        QVERIFY(tree.hasRandomViews);
        QVERIFY(checkRenderedChairs(tree, {}).good());
        const fs::path file = m_folder / "wide.vpack";
        QVERIFY(PackedChairs::pack(options.folder, file, 8).ok());
        const PackedChairs packed = PackedChairs::open(file).value();
        QCOMPARE(packed.views().size(), std::size_t(2 * 92 + 62 + 4));
        QCOMPARE(betweenStyles(packed), (std::vector<bool>{false, false, false, true}));
        std::map<int, int> numHeldOut;
        for (const PackedView& view : packed.views())
            if (isHeldOut(view)) ++numHeldOut[view.styleIndex];
        QCOMPARE(numHeldOut, (std::map<int, int>{{1, 16}}));
        QCOMPARE(packed.views()[62].azimuthIndex, kOffGrid);

        options.withRandomViews = false;
        QCOMPARE(renderCatalogue(options, {}).error().code, ErrorCode::InvalidArgument);
    }

private:
    void addScan(const std::string& name) {
        const fs::path folder = m_folder / "pix3d" / "model" / "chair" / name;
        fs::create_directories(folder);
        test::writeToyChair(folder / "model.obj", 0.5);
    }
    static void addBox(const fs::path& file) {
        std::ofstream(file, std::ios::app) << "v 0 0 -1\nv 0.1 0 -1\nv 0 0.1 -1\nf -3 -2 -1\n"
                                              "v 0 1 0.25\nv 0.1 1 0.25\nv 0 0.9 0.4\nf -3 -2 -1\n";
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestTrainingStyles)
#include "tst_training_styles.moc"
