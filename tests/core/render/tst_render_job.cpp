// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/data/check_chairs.h"
#include "core/io/atomic_file.h"
#include "core/render/render_job.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kNumToys = 3;
constexpr char kRenderToys[] = "render-toys";

RenderJobOptions toyOptions(const fs::path& folder) {
    RenderJobOptions options;
    options.folder = folder / "rendered_chairs";
    options.render = {16, 1};
    options.numThreads = 2;
    for (int i = 0; i < kNumToys; ++i) {
        options.models.push_back(test::makeToyChair(folder, i));
        options.styleIds.push_back(options.models.back().id);
    }
    return options;
}

/// The same job in a process of its own, which says a line for every view; to be killed.
int renderAsChild(const fs::path& folder) {
    JobContext context;
    context.report = [](const Progress& progress) {
        std::printf("%g\n", progress.fraction);
        std::fflush(stdout);
    };
    return renderCatalogue(toyOptions(folder), context).ok() ? 0 : 1;
}

std::map<std::string, std::vector<std::byte>> contentOf(const fs::path& tree) {
    std::map<std::string, std::vector<std::byte>> content;
    for (const auto& entry : fs::recursive_directory_iterator(tree))
        if (entry.is_regular_file())
            content[fs::relative(entry.path(), tree).string()] = readFile(entry.path()).value();
    return content;
}

}  // namespace

class TestRenderJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_dir->path().toStdString());
        m_tree = m_folder / "rendered_chairs";
    }

    void rendersEveryView() {
        std::vector<double> fractions;
        bool timeLeftKnown = true;
        JobContext context;
        context.report = [&](const Progress& progress) {
            fractions.push_back(progress.fraction);
            timeLeftKnown = timeLeftKnown && (progress.fraction >= 0.01) == (progress.secondsLeft >= 0);
        };
        const auto report = renderCatalogue(toyOptions(m_folder), context).value();
        QCOMPARE(report.outcome, JobOutcome::Done);
        QCOMPARE(report.numRendered, kNumToys);
        QCOMPARE(report.numImages, kNumToys * 62);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
        QVERIFY(timeLeftKnown);
        const auto chairs = RenderedChairs::open(m_tree).value();
        QVERIFY(chairs.isOurs);
        QCOMPARE(chairs.styleIds.size(), std::size_t(kNumToys));
        const ChairsCheck check = checkRenderedChairs(chairs, {});
        QVERIFY(check.good());
        QVERIFY(check.hasAlpha);
        QCOMPARE(check.width, 16);
        const auto views = loadPremultipliedViews(chairs.models[1], 16).value();
        QVERIFY2(std::any_of(
                     views[0].pixels.begin(), views[0].pixels.end(), [](int value) { return value == 255; }),
                 "a chair is seen");
    }

    void secondRunHasNothingToDo() {
        QVERIFY(renderCatalogue(toyOptions(m_folder), {}).ok());
        const auto again = renderCatalogue(toyOptions(m_folder), {}).value();
        QCOMPARE(again.numSkipped, kNumToys);
        QCOMPARE(again.numImages, 0);
        RenderJobOptions forced = toyOptions(m_folder);
        forced.renderAgain = true;
        QCOMPARE(renderCatalogue(forced, {}).value().numRendered, kNumToys);
        QVERIFY(checkRenderedChairs(RenderedChairs::open(m_tree).value(), {}).good());
    }

    void changedEntryIsRenderedAnew() {
        QVERIFY(renderCatalogue(toyOptions(m_folder), {}).ok());
        const auto before = contentOf(m_tree);
        RenderJobOptions options = toyOptions(m_folder);
        options.models[1].turnDeg = 37;
        const auto report = renderCatalogue(options, {}).value();
        QCOMPARE(report.numRendered, 1);
        QCOMPARE(report.numSkipped, kNumToys - 1);
        auto after = contentOf(m_tree);
        QCOMPARE(after.size(), before.size());
        const std::string view = "/renders/" + viewFileName(trainedViewNames()[0]);
        QVERIFY(after["toy-1" + view] != before.at("toy-1" + view));
        QVERIFY(after["toy-0" + view] == before.at("toy-0" + view));
    }

    void subsetKeepsTheClassIndices() {
        RenderJobOptions options = toyOptions(m_folder);
        options.models = {options.models[2]};
        QVERIFY(renderCatalogue(options, {}).ok());
        const auto chairs = RenderedChairs::open(m_tree).value();
        QCOMPARE(chairs.models.size(), std::size_t(1));
        QCOMPARE(chairs.models[0].styleIndex, 2);
        const ChairsCheck check = checkRenderedChairs(chairs, {});
        QCOMPARE(check.modelsWithoutRenders, (std::vector<std::string>{"toy-0", "toy-1"}));
    }

    void anotherSizeIsRefused() {
        QVERIFY(renderCatalogue(toyOptions(m_folder), {}).ok());
        RenderJobOptions options = toyOptions(m_folder);
        options.render.size = 32;
        QCOMPARE(renderCatalogue(options, {}).error().code, ErrorCode::InvalidArgument);
    }

    void brokenModelsDoNotStopTheOthers() {
        RenderJobOptions options = toyOptions(m_folder);
        std::ofstream(options.models[0].model) << "v nan nan nan\nf 1 1 1\n";
        options.models[1].model = (m_folder / "missing.obj").string();
        const auto report = renderCatalogue(options, {}).value();
        QCOMPARE(report.outcome, JobOutcome::Done);
        QCOMPARE(report.numRendered, 1);
        QCOMPARE(report.failures.size(), std::size_t(2));
        QVERIFY(!fs::exists(m_tree / "toy-0"));
        QVERIFY(fs::exists(m_tree / "toy-2"));
    }

    void cancelLeavesWholeModelsOnly_data() {
        QTest::addColumn<int>("views");
        for (const int views : {0, 1, 100, 150}) QTest::addRow("after %d views", views) << views;
    }
    void cancelLeavesWholeModelsOnly() {
        QFETCH(int, views);
        std::stop_source stop;
        JobContext context;
        context.stop = stop.get_token();
        if (views == 0) stop.request_stop();
        context.report = [&, numSeen = 0](const Progress&) mutable {
            if (++numSeen >= views) stop.request_stop();
        };
        const auto report = renderCatalogue(toyOptions(m_folder), context).value();
        QCOMPARE(report.outcome, JobOutcome::Cancelled);
        expectWholeModelsOnly();
        const auto rest = renderCatalogue(toyOptions(m_folder), {}).value();
        QCOMPARE(rest.numSkipped + rest.numRendered, kNumToys);
        QCOMPARE(rest.numSkipped, report.numRendered);
        QVERIFY(checkRenderedChairs(RenderedChairs::open(m_tree).value(), {}).good());
    }

    void killedAnywhereItGoesOn_data() {
        QTest::addColumn<int>("lines");
        for (const int lines : {1, 61, 62, 100, 125, 185}) QTest::addRow("after %d views", lines) << lines;
    }
    void killedAnywhereItGoesOn() {
        QFETCH(int, lines);
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QString::fromLatin1(kRenderToys), QString::fromStdString(m_folder.string())});
        QVERIFY(child.waitForStarted());
        for (int seen = 0; seen < lines;) {
            QVERIFY(child.canReadLine() || child.waitForReadyRead());
            while (seen < lines && child.canReadLine()) {
                child.readLine();
                ++seen;
            }
        }
        child.kill();  // SIGKILL
        child.waitForFinished();
        expectWholeModelsOnly();
        const auto report = renderCatalogue(toyOptions(m_folder), {}).value();
        QCOMPARE(report.numRendered + report.numSkipped, kNumToys);
        QVERIFY(checkRenderedChairs(RenderedChairs::open(m_tree).value(), {}).good());
        for (const auto& entry : fs::directory_iterator(m_tree))
            QVERIFY2(!entry.path().filename().string().starts_with(".partial"), "the next run sweeps up");
    }

    void fullDiskNamesTheFileAndLeavesNothingHalf() {
        const RenderJobOptions options = toyOptions(m_folder);
        QVERIFY(renderCatalogue(toyOptions(m_folder), {}).ok());
        const auto before = contentOf(m_tree);
        RenderJobOptions again = options;
        again.renderAgain = true;
        Result<RenderJobReport> report = RenderJobReport();
        {
            const test::FileSizeLimit limit(60);
            report = renderCatalogue(again, {});
        }
        QCOMPARE(report.error().code, ErrorCode::NoSpace);
        QVERIFY(report.error().message.find(".png") != std::string::npos);
        QVERIFY(report.error().message.find("room") != std::string::npos);
        QVERIFY(contentOf(m_tree) == before);
    }

    void folderThatCannotBeMade() {
        std::ofstream(m_folder / "file") << "x";
        RenderJobOptions options = toyOptions(m_folder);
        options.folder = m_folder / "file" / "tree";
        QCOMPARE(renderCatalogue(options, {}).error().code, ErrorCode::Io);
    }

    void twoAtOnceAreRefused() {
        ErrorCode second = ErrorCode::Internal;
        JobContext context;
        context.report = [&, asked = false](const Progress&) mutable {
            if (asked) return;
            asked = true;
            second = renderCatalogue(toyOptions(m_folder), {}).error().code;
        };
        QVERIFY(renderCatalogue(toyOptions(m_folder), context).ok());
        QCOMPARE(second, ErrorCode::Busy);
    }

private:
    /// Every folder with a model's name is complete, whatever happened before.
    void expectWholeModelsOnly() const {
        std::error_code error;
        for (int i = 0; i < kNumToys; ++i) {
            const fs::path model = m_tree / ("toy-" + std::to_string(i));
            if (!fs::exists(model, error)) continue;
            QVERIFY(fs::exists(model / "chair.json"));
            for (const char* kind : {"renders", "parts"})
                QCOMPARE(std::distance(fs::directory_iterator(model / kind), fs::directory_iterator()),
                         std::ptrdiff_t(62));
        }
        const auto chairs = RenderedChairs::open(m_tree);
        if (!chairs) return;
        for (const ModelFaults& faults : checkRenderedChairs(*chairs, {}).faults) QFAIL(faults.id.c_str());
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder, m_tree;
};

VITRINE_TEST(TestRenderJob)
static const int addedChild = addTest(kRenderToys, [](int, char** argv) { return renderAsChild(argv[1]); });
#include "tst_render_job.moc"
