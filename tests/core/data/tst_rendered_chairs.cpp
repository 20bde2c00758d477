// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/data/check_chairs.h"
#include "core/data/rendered_chairs.h"
#include "core/io/atomic_file.h"
#include "core/io/png.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kNative = 60;  // pixels a side of the toy archive; the original has 600

/// A filled rectangle on white; right and bottom are exclusive.
Image rectangleOnWhite(int left, int top, int right, int bottom, std::array<std::uint8_t, 3> colour) {
    Image image(kNative, kNative, 3, 255);
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            for (int c = 0; c < 3; ++c) image.at(y, x, c) = colour[std::size_t(c)];
    return image;
}

void writeModel(const fs::path& folder, const std::vector<Image>& views) {
    fs::create_directories(folder / "renders");
    const auto names = trainedViewNames();
    for (std::size_t i = 0; i < views.size(); ++i)
        QVERIFY(
            writeFileUnsynced(folder / "renders" / viewFileName(names[i]), encodePng(views[i]).value()).ok());
}

double sumOfAlpha(const Image& image) {
    double sum = 0;
    for (std::size_t i = 3; i < image.pixels.size(); i += 4) sum += image.pixels[i] / 255.0;
    return sum;
}

}  // namespace

class TestRenderedChairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_root = fs::path(m_dir->path().toStdString()) / "rendered_chairs";
        fs::create_directory(m_root);
    }

    void viewNames_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("valid");
        QTest::newRow("first") << QByteArray("image_000_p020_t000_r096.png") << true;
        QTest::newRow("second") << QByteArray("image_001_p020_t011_r096.png") << true;
        QTest::newRow("last") << QByteArray("image_061_p030_t348_r096.png") << true;
        for (const char* name : {"",
                                 "image_",
                                 "image_000_p020_t000_r096.jpg",
                                 "image_000_p020_t000_r096.png~",
                                 "image_000_t000_p020_r096.png",
                                 "image_000_p020_t360_r096.png",
                                 "image_-01_p020_t000_r096.png",
                                 "image_000_p020_t_r096.png",
                                 "image_000_p99999999999_t000_r096.png",
                                 "Image_000_p020_t000_r096.png"})
            QTest::newRow(name) << QByteArray(name) << false;
    }
    void viewNames() {
        QFETCH(QByteArray, name);
        QFETCH(bool, valid);
        const auto parsed = parseViewName(name.toStdString());
        QCOMPARE(parsed.has_value(), valid);
        if (valid) QCOMPARE(QByteArray::fromStdString(viewFileName(*parsed)), name);
    }

    void gridIsThatOfTheOriginal() {
        const auto names = trainedViewNames();
        QCOMPARE(names.size(), std::size_t(62));
        QCOMPARE(viewFileName(names[1]), std::string("image_001_p020_t011_r096.png"));
        QCOMPARE(viewFileName(names[26]), std::string("image_026_p020_t301_r096.png"));
        QCOMPARE(viewFileName(names[61]), std::string("image_061_p030_t348_r096.png"));
    }

    void readsTheOriginalLayout() {
        writeModel(m_root / "b0a1c2d3e4f5061728394a5b6c7d8e9f",
                   {rectangleOnWhite(20, 20, 40, 40, {200, 0, 0})});
        writeModel(m_root / "1a2b3c4d5e6f708192a3b4c5d6e7f809",
                   {rectangleOnWhite(20, 20, 40, 40, {0, 0, 200})});
        std::ofstream(m_root / "all_chair_names.mat") << "MATLAB 5.0 MAT-file";
        std::ofstream(m_root / "1a2b3c4d5e6f708192a3b4c5d6e7f809" / "renders" / "notes.txt") << "x";
        for (const fs::path& given : {m_root, m_root.parent_path()}) {
            const RenderedChairs chairs = RenderedChairs::open(given).value();
            QVERIFY(!chairs.isOurs);
            QCOMPARE(chairs.styleIds.size(), std::size_t(2));
            QCOMPARE(chairs.models[0].id, std::string("1a2b3c4d5e6f708192a3b4c5d6e7f809"));
            QCOMPARE(chairs.models[1].styleIndex, 1);
            QCOMPARE(chairs.models[0].views.size(), std::size_t(1));
            QCOMPARE(chairs.models[0].unexpectedFiles.size(), std::size_t(1));
        }
    }

    void masksAreWhatIsNotWhite() {
        writeModel(m_root / "a", {rectangleOnWhite(20, 10, 40, 50, {200, 100, 254})});
        const auto views = loadPremultipliedViews(RenderedChairs::open(m_root).value().models[0], 44).value();
        // The box is 40 high and 20 wide; the border of 2 pixels makes the square 44, so that nothing is
        // resampled.
        const Image& view = views.front();
        QCOMPARE(view.width, 44);
        QCOMPARE(sumOfAlpha(view), 800.0);
        QCOMPARE(int(view.at(2, 12, 3)), 255);
        QCOMPARE(int(view.at(1, 12, 3)), 0);
        QCOMPARE(int(view.at(2, 11, 3)), 0);
        QCOMPARE(int(view.at(22, 22, 0)), 200);
        QCOMPARE(int(view.at(22, 22, 2)), 254);
        QCOMPARE(int(view.at(0, 0, 0)), 0);
    }

    void allViewsOfAModelShareOneCut() {
        writeModel(m_root / "a",
                   {rectangleOnWhite(10, 10, 20, 20, {9, 9, 9}),
                    rectangleOnWhite(30, 40, 50, 50, {9, 9, 9}),
                    Image(kNative, kNative, 3, 255)});
        const auto views = loadPremultipliedViews(RenderedChairs::open(m_root).value().models[0], 22).value();
        // Union box 10..50 in both directions, with its border 8..52: the scale is exactly one half.
        QCOMPARE(sumOfAlpha(views[0]), 25.0);
        QCOMPARE(sumOfAlpha(views[1]), 50.0);
        QCOMPARE(sumOfAlpha(views[2]), 0.0);
        QCOMPARE(int(views[0].at(1, 1, 3)), 255);
        QCOMPARE(int(views[1].at(20, 20, 3)), 255);
        QCOMPARE(int(views[1].at(16, 10, 3)), 0);
    }

    void cutMayReachBeyondThePicture() {
        writeModel(m_root / "a", {rectangleOnWhite(0, 0, 60, 30, {9, 9, 9})});
        const auto views = loadPremultipliedViews(RenderedChairs::open(m_root).value().models[0], 64).value();
        QCOMPARE(sumOfAlpha(views[0]), 60.0 * 30.0);
        QCOMPARE(int(views[0].at(0, 0, 3)), 0);
    }

    void alphaIsKeptAndNotCutAgain() {
        Image straight(32, 32, 4);
        for (int c = 0; c < 3; ++c) straight.at(3, 5, c) = 200;
        straight.at(3, 5, 3) = 128;
        writeModel(m_root / "a", {straight});
        const auto views = loadPremultipliedViews(RenderedChairs::open(m_root).value().models[0], 32).value();
        QCOMPARE(int(views[0].at(3, 5, 3)), 128);
        QCOMPARE(int(views[0].at(3, 5, 0)), 100);
    }

    void premultiplyingSurvivesTheRoundTrip() {
        for (int alpha = 0; alpha < 256; ++alpha) {
            Image premultiplied(256, 1, 4);
            for (int x = 0; x < 256; ++x) {
                for (int c = 0; c < 3; ++c) premultiplied.at(0, x, c) = std::uint8_t(std::min(x, alpha));
                premultiplied.at(0, x, 3) = std::uint8_t(alpha);
            }
            QVERIFY(premultiply(unpremultiply(premultiplied)) == premultiplied);
        }
    }

    void resamplingKeepsEvenColour_data() {
        QTest::addColumn<int>("size");
        for (const int size : {7, 16, 31, 100}) QTest::addRow("%d", size) << size;
    }
    void resamplingKeepsEvenColour() {
        QFETCH(int, size);
        const Image even(31, 31, 4, 137);
        const Image out = resampleSquare(even, 3, 4, 20, size);
        QCOMPARE(out.width, size);
        QVERIFY(std::all_of(
            out.pixels.begin(), out.pixels.end(), [](int value) { return std::abs(value - 137) <= 1; }));
    }

    void viewsOfDifferentSizesAreRefused() {
        writeModel(m_root / "a", {rectangleOnWhite(20, 20, 40, 40, {0, 0, 0}), Image(61, 60, 3, 0)});
        const auto views = loadPremultipliedViews(RenderedChairs::open(m_root).value().models[0], 16);
        QCOMPARE(views.error().code, ErrorCode::BadFormat);
        QVERIFY(views.error().message.find("image_001_p020_t011_r096.png") != std::string::npos);
    }

    void whatIsNoTree() {
        QCOMPARE(RenderedChairs::open(m_root / "missing").error().code, ErrorCode::NotFound);
        QCOMPARE(RenderedChairs::open(m_root).error().code, ErrorCode::BadFormat);
        writeModel(m_root / "a", {rectangleOnWhite(20, 20, 40, 40, {0, 0, 0})});
        std::ofstream(m_root / "catalogue.json") << "{ \"styles\": [1, 2] }";
        QCOMPARE(RenderedChairs::open(m_root).error().code, ErrorCode::BadFormat);
    }

    void selectionOf809() {
        const auto kept = reducedSelection().value();
        QCOMPARE(kept.size(), std::size_t(809));
        QCOMPARE(std::set<int>(kept.begin(), kept.end()).size(), std::size_t(809));
        for (int i = 0; i < 1393; ++i) fs::create_directories(m_root / std::to_string(10000 + i) / "renders");
        const RenderedChairs chairs = RenderedChairs::open(m_root, ModelSelection::Reduced809).value();
        QCOMPARE(chairs.models.size(), std::size_t(809));
        QCOMPARE(chairs.models[11].id, std::string("10011"));
        QCOMPARE(chairs.models[12].id, std::string("10013"));  // the 13th of the archive was left out
        QCOMPARE(chairs.models.back().id, std::string("11392"));
        QCOMPARE(chairs.models.back().styleIndex, 808);
        fs::remove_all(m_root / "10000");
        QCOMPARE(RenderedChairs::open(m_root, ModelSelection::Reduced809).error().code,
                 ErrorCode::InvalidArgument);
    }

    void checkFindsWhatIsMissing() {
        const std::vector<Image> all(62, rectangleOnWhite(20, 20, 40, 40, {5, 5, 5}));
        for (const char* id : {"a", "b", "c", "d"}) writeModel(m_root / id, all);
        const auto names = trainedViewNames();
        fs::remove(m_root / "b" / "renders" / viewFileName(names[7]));
        std::ofstream(m_root / "c" / "renders" / viewFileName(names[3]));  // now empty
        std::ofstream(m_root / "d" / "renders" / "thumbs.db") << "x";
        double last = 0;
        JobContext context;
        context.report = [&](const Progress& progress) { last = progress.fraction; };
        const ChairsCheck check = checkRenderedChairs(RenderedChairs::open(m_root).value(), context, 2);
        QVERIFY(!check.good());
        QCOMPARE(last, 1.0);
        QCOMPARE(check.numModels, std::size_t(4));
        QCOMPARE(check.numComplete, std::size_t(1));
        QCOMPARE(check.numViewsExpected, std::size_t(62));
        QCOMPARE(check.width, kNative);
        QCOMPARE(check.faults.size(), std::size_t(3));
        QCOMPARE(check.faults[0].missingViews, std::vector{viewFileName(names[7])});
        QCOMPARE(check.faults[1].unreadable.size(), std::size_t(1));
        QCOMPARE(check.faults[1].unreadable[0].file, viewFileName(names[3]));
        QCOMPARE(check.faults[2].unexpectedFiles, std::vector<std::string>{"thumbs.db"});
    }

    void checkOfAnotherGridExpectsWhatAnyModelHas() {
        for (const char* id : {"a", "b"}) fs::create_directories(m_root / id / "renders");
        const Image image = rectangleOnWhite(20, 20, 40, 40, {5, 5, 5});
        for (const char* name : {"a/renders/image_000_p000_t010_r096.png",
                                 "a/renders/image_001_p000_t020_r096.png",
                                 "b/renders/image_000_p000_t010_r096.png"})
            QVERIFY(writePng(m_root / name, image).ok());
        const ChairsCheck check = checkRenderedChairs(RenderedChairs::open(m_root).value(), {});
        QCOMPARE(check.numViewsExpected, std::size_t(2));
        QCOMPARE(check.faults.size(), std::size_t(1));
        QCOMPARE(check.faults[0].missingViews, std::vector<std::string>{"image_001_p000_t020_r096.png"});
    }

    void checkStops() {
        writeModel(m_root / "a", {rectangleOnWhite(20, 20, 40, 40, {5, 5, 5})});
        std::stop_source stop;
        stop.request_stop();
        JobContext context;
        context.stop = stop.get_token();
        QCOMPARE(checkRenderedChairs(RenderedChairs::open(m_root).value(), context).outcome,
                 JobOutcome::Cancelled);
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_root;
};

VITRINE_TEST(TestRenderedChairs)
#include "tst_rendered_chairs.moc"
