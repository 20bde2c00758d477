// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/data/check_scenes.h"
#include "core/io/atomic_file.h"
#include "core/render/chair_renderer.h"
#include "core/render/scene_job.h"
#include "core/render/scene_layout.h"
#include "core/render/scene_sheet.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kNumSceneChairs = 6;  // two a split

/// Toy stools as chairs; as clutter boxes of half a metre, one a split.
class TestScenes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        std::ofstream(m_folder / "box.obj")
            << "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0 0 1\nv 1 0 1\nv 1 1 1\nv 0 1 1\n"
               "f 1 2 3 4\nf 5 6 7 8\nf 1 2 6 5\nf 4 3 7 8\nf 1 4 8 5\nf 2 3 7 6\n";
        m_options = {};
        m_options.file = m_folder / "set.vscenes";
        m_options.numTrain = 6, m_options.numValidation = 2, m_options.numTest = 4;
        m_options.render = {16, 2};
        m_options.numThreads = 2;
        for (int i = 0; i < kNumSceneChairs; ++i) {
            m_options.chairs.push_back(test::makeToyChair(m_folder, i));
            m_options.chairs.back().split = Split(i / 2);
        }
        for (const Split split : {Split::Train, Split::Validation, Split::Test}) {
            ClutterEntry box{m_options.chairs.front(), {0.5f, 0.5f, 0.5f}};
            box.piece.model = (m_folder / "box.obj").string();
            box.piece.split = split;
            m_options.props.clutter.push_back(box);
        }
    }

    // ---- layout

    void layoutsKeepToTheirSplitAndRanges() {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const SceneLayout layout = draw(seed, true);
            QVERIFY(layout.camera.elevationDeg >= 4 && layout.camera.elevationDeg <= 38);
            QVERIFY(layout.chair.turnDeg >= 0 && layout.chair.turnDeg < 360);
            QVERIFY(layout.light.direction.y > 0.4f && layout.light.direction.z > 0);
            QVERIFY(layout.walls.size() <= 2);
            for (const PlacedClutter& placed : layout.clutter) {
                QCOMPARE(placed.index, 1);  // of the validation split
                const Vector3 at = placed.placement.position;
                if (!placed.onSeat) QVERIFY(std::hypot(at.x, at.z) > 0.3f);
                for (const SceneSurface& wall : layout.walls) QVERIFY(dot(at - wall.point, wall.normal) > 0);
            }
        }
    }

    void somethingStandsInFrontOnlyIfAsked() {
        int inFront = 0;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const auto isInFront = [](const PlacedClutter& placed) {
                return placed.inFront && !placed.onSeat;
            };
            const SceneLayout without = draw(seed, false), with = draw(seed, true);
            QVERIFY(std::ranges::none_of(without.clutter, isInFront));
            inFront += std::ranges::any_of(with.clutter, isInFront);
        }
        QVERIFY(inFront > 80);
    }

    void aCentredChairIsAlone() {
        int numPlain = 0;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            Rng random({seed});
            LayoutRequest request{{-0.3f, -0.3f, -0.3f}, {0.3f, 0.3f, 0.3f}, "stool", Split::Validation};
            request.isCentred = true;
            SurfaceEntry photograph;
            photograph.split = Split::Validation, photograph.onFloor = photograph.onWall = true;
            SceneProps props = m_options.props;
            props.surfaces = {photograph};
            const SceneLayout layout = drawLayout(request, props, random);
            QVERIFY(layout.clutter.empty() && layout.walls.size() == 1);
            QVERIFY(layout.camera.rollDeg == 0 && layout.camera.shiftX == 0 && layout.camera.shiftY == 0);
            QCOMPARE(layout.walls.front().index, layout.floor.index);
            if (layout.floor.index >= 0) continue;
            ++numPlain;
            QVERIFY(layout.walls.front().tint.x == layout.floor.tint.x);
        }
        QVERIFY(numPlain > 30 && numPlain < 70);
    }

    // ---- renderer

    void showsTheStoolAndNamesItsParts() {
        m_options.props.clutter.clear();
        const SceneRenderer renderer = make();
        int numChairPixels = 0;
        for (std::uint64_t i = 0; i < 6; ++i) {
            const ChairScene scene = renderer.render(0, 1, i).value();
            QCOMPARE(scene.visibleShare, 1.f);
            QCOMPARE(scene.image.width, 16);
            QCOMPARE(scene.image.channels, 3);
            for (const std::uint8_t label : scene.labels.pixels) {
                QVERIFY(label == 0 || label == int(ChairPart::Seat) || label == int(ChairPart::Legs));
                numChairPixels += label != 0;
            }
        }
        QVERIFY(numChairPixels > 6 * 12 && numChairPixels < 6 * 200);
    }

    void clutterHidesTheChairAndIsBackground() {
        const SceneRenderer renderer = make();
        int numHidden = 0;
        for (std::uint64_t i = 0; i < 40; ++i) {
            const ChairScene scene = renderer.render(0, 1, i).value();
            QVERIFY(scene.visibleShare > 0.4f && scene.visibleShare <= 1);
            numHidden += scene.visibleShare < 0.94f;
            QVERIFY(*std::ranges::max_element(scene.labels.pixels) <= int(ChairPart::Legs));
        }
        QVERIFY2(numHidden >= 16, QByteArray::number(numHidden).constData());  // two thirds are wanted
    }

    void aSceneIsAFunctionOfItsSeedAndIndex() {
        const SceneRenderer renderer = make(), again = make();
        const ChairScene first = renderer.render(1, 5, 3).value();
        renderer.render(0, 5, 0).value();
        QVERIFY(first.image == again.render(1, 5, 3).value().image);
        QVERIFY(first.image != renderer.render(1, 5, 4).value().image);
        QVERIFY(first.image != renderer.render(1, 6, 3).value().image);
        QVERIFY(first.labels == again.render(1, 5, 3).value().labels);
    }

    void wrongArgumentsAndMissingMeshes() {
        QCOMPARE(SceneRenderer::create({}, {}).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(SceneRenderer::create(m_options.chairs, {}, {0, 2}).error().code,
                 ErrorCode::InvalidArgument);
        m_options.chairs[0].model = (m_folder / "gone.obj").string();
        QCOMPARE(make().render(0, 1, 1).error().code, ErrorCode::NotFound);
    }

    // ---- job

    void makesASetSplitByChair() {
        const SceneJobReport report = renderScenes(m_options, {}).value();
        QCOMPARE(report.outcome, JobOutcome::Done);
        QCOMPARE(report.numRendered, std::size_t(12));
        const PackedScenes scenes = PackedScenes::open(m_options.file).value();
        QVERIFY(scenes.verify().ok());
        QCOMPARE(scenes.groups()[5], std::string("toy-5"));
        const ScenesSummary summary = summarize(scenes);
        QVERIFY(summary.groupsInSeveral.empty());
        QCOMPARE(summary.splits[0].numScenes, std::size_t(6));
        QCOMPARE(summary.splits[1].numScenes, std::size_t(2));
        QCOMPARE(summary.splits[2].numScenes, std::size_t(4));
        for (const SplitSummary& split : summary.splits) {
            QCOMPARE(split.numGroups, std::size_t(2));
            double sum = 0;
            for (const double share : split.classShares) sum += share;
            QVERIFY(std::abs(sum - 1) < 1e-9);
            QVERIFY(split.classShares[0] < 0.99);
        }
        QVERIFY(!fs::exists(m_options.file.string() + ".parts"));
        QCOMPARE(makeSceneSheet(scenes, Split::Test, 3, 2).width, 2 * (16 * 2 + 2));
        QCOMPARE(nameOf(Split::Validation), "validation");
    }

    void theFamilyComesAfterTheRestAndChangesNothingOfIt() {
        QVERIFY(renderScenes(m_options, {}).ok());
        const PackedScenes without = PackedScenes::open(m_options.file).value();
        m_options.file = m_folder / "with-family.vscenes";
        m_options.numFamily = 12;
        QVERIFY(renderScenes(m_options, {}).ok());
        const PackedScenes with = PackedScenes::open(m_options.file).value();
        QCOMPARE(with.count(), without.count() + 12);
        for (std::size_t i = 0; i < without.count(); ++i) {
            QVERIFY(with.info(i) == without.info(i));
            QVERIFY(with.imageCopy(i) == without.imageCopy(i));
        }
        for (std::size_t i = without.count(); i < with.count(); ++i) {
            QCOMPARE(with.info(i).split, Split::Train);
            const std::size_t number = (i - without.count()) / 10;
            QCOMPARE(with.groups()[std::size_t(with.info(i).group)], "family-" + std::to_string(number));
            QVERIFY(std::ranges::any_of(with.labelsCopy(i).pixels,
                                        [](std::uint8_t label) { return label != 0; }));
        }
    }

    void goesOnWhereItWasStopped() {
        m_options.numTrain = 450;  // three pieces, one after the other: two are there at the stop
        m_options.numThreads = 1;
        m_options.render = {8, 1};
        const std::string whole = hashOf();
        fs::remove(m_options.file);
        std::stop_source stop;
        JobContext context;
        context.stop = stop.get_token();
        context.report = [&](const Progress& progress) {
            if (progress.fraction > 0.93) stop.request_stop();
        };
        const SceneJobReport stopped = renderScenes(m_options, context).value();
        QCOMPARE(stopped.outcome, JobOutcome::Cancelled);
        QVERIFY(!fs::exists(m_options.file));
        // What a kill or a full disk can leave: a piece cut off, a temporary file.
        const fs::path pieces = m_options.file.string() + ".parts";
        fs::resize_file(pieces / "piece-0.vscenes", 5000);
        std::ofstream(pieces / ".vitrine-a1b2c3") << "half a piece";
        const SceneJobReport rest = renderScenes(m_options, {}).value();
        QVERIFY(rest.numKept >= 200);
        QCOMPARE(rest.numKept + rest.numRendered, std::size_t(456));
        QCOMPARE(PackedScenes::open(m_options.file).value().dataHash(), whole);
    }

    void piecesOfAnotherJobAreNotUsed() {
        const std::string first = hashOf();
        const fs::path piece = m_options.file.string() + ".parts/piece-0.vscenes";
        fs::create_directories(piece.parent_path());
        fs::copy(m_options.file, piece);
        m_options.seed = 9;
        const SceneJobReport report = renderScenes(m_options, {}).value();
        QCOMPARE(report.numKept, std::size_t(0));
        QVERIFY(PackedScenes::open(m_options.file).value().dataHash() != first);
    }

    void twoClassesAreFiveMerged() {
        renderScenes(m_options, {}).value();
        const PackedScenes five = PackedScenes::open(m_options.file).value();
        m_options.numClasses = 2;
        renderScenes(m_options, {}).value();
        const PackedScenes two = PackedScenes::open(m_options.file).value();
        QCOMPARE(two.numClasses(), 2);
        for (std::size_t i = 0; i < five.count(); ++i) {
            LabelMap merged = five.labelsCopy(i);
            mergeToChair(merged.pixels);
            QVERIFY(merged == two.labelsCopy(i));
            QVERIFY(five.imageCopy(i) == two.imageCopy(i));
        }
    }

    void whatCannotBeMade() {
        m_options.numClasses = 3;
        QCOMPARE(renderScenes(m_options, {}).error().code, ErrorCode::InvalidArgument);
        m_options.numClasses = 5;
        m_options.chairs.resize(2);
        QCOMPARE(renderScenes(m_options, {}).error().code, ErrorCode::InvalidArgument);
        m_options.numValidation = m_options.numTest = 0;
        std::ofstream(m_options.chairs[1].model) << "v 1 2\nf 1 1 1\n";
        QCOMPARE(renderScenes(m_options, {}).error().code, ErrorCode::BadFormat);
        QVERIFY(!fs::exists(m_options.file));
    }

    // ---- props

    void theBoxHoldsEnoughForEverySplit() {
        const SceneProps props = SceneProps::loadDefault().value();
        const ChairCatalogue catalogue = ChairCatalogue::loadDefault().value();
        std::set<std::pair<std::string, std::string>> chairs;
        for (const ChairEntry& chair : catalogue.entries()) chairs.insert({chair.archive, chair.model});
        for (const ClutterEntry& entry : props.clutter) {
            QVERIFY(!chairs.contains({entry.piece.archive, entry.piece.model}));
            QVERIFY(!entry.piece.creator.empty() && !entry.piece.licence.empty());
        }
        for (const Split split : {Split::Train, Split::Validation, Split::Test}) {
            QVERIFY(std::ranges::count_if(props.clutter,
                                          [=](const auto& e) { return e.piece.split == split; }) >= 30);
            QVERIFY(std::ranges::count_if(props.surfaces,
                                          [=](const auto& e) { return e.split == split && e.onFloor; }) >= 8);
        }
    }

    void brokenPropsAreRefused() {
        const fs::path file = m_folder / "props.json";
        QCOMPARE(SceneProps::load(file).error().code, ErrorCode::NotFound);
        for (const char* text :
             {"", "[]", R"({"clutter": 3})", R"({"clutter": [{"name": "x"}], "surfaces": []})"}) {
            QVERIFY(writeFileAtomically(file, std::string_view(text)).ok());
            QCOMPARE(SceneProps::load(file).error().code, ErrorCode::BadFormat);
        }
    }

private:
    SceneLayout draw(std::uint64_t seed, bool withFront) const {
        Rng random({seed});
        return drawLayout({{-0.3f, -0.3f, -0.3f}, {0.3f, 0.3f, 0.3f}, "stool", Split::Validation, withFront},
                          m_options.props,
                          random);
    }
    SceneRenderer make() const {
        return SceneRenderer::create(m_options.chairs, m_options.props, m_options.render).value();
    }
    std::string hashOf() const {
        if (!renderScenes(m_options, {})) return {};
        return PackedScenes::open(m_options.file).value().dataHash();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
    SceneJobOptions m_options;
};

}  // namespace

VITRINE_TEST(TestScenes)
#include "tst_scenes.moc"
