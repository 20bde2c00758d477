// SPDX-License-Identifier: GPL-3.0-or-later
#include <png.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/data/check_labelled.h"
#include "core/data/check_scenes.h"
#include "core/data/labelled_pictures.h"
#include "core/data/resize.h"
#include "core/io/label_png.h"
#include "core/io/png.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

Image plain(int width, int height, std::array<std::uint8_t, 3> colour) {
    Image image(width, height, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = colour[i % 3];
    return image;
}

/// The left half is `left`, the rest `right`.
LabelMap halves(int width, int height, int left, int right) {
    LabelMap labels(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) labels.at(y, x) = std::uint8_t(x < width / 2 ? left : right);
    return labels;
}

/// What our own writer does not make: 16 bits, palette.
void writeRawPng(const fs::path& file,
                 int width,
                 int height,
                 int bitDepth,
                 int colourType,
                 const std::vector<png_byte>& rows) {
    FILE* out = std::fopen(file.c_str(), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, out);
    png_set_IHDR(
        png, info, png_uint_32(width), png_uint_32(height), bitDepth, colourType, PNG_INTERLACE_NONE, 0, 0);
    const png_color palette[] = {{0, 0, 0}, {200, 0, 0}, {0, 200, 0}, {0, 0, 200}};
    if (colourType == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, palette, 4);
    png_write_info(png, info);
    const std::size_t stride = rows.size() / std::size_t(height);
    for (int y = 0; y < height; ++y) png_write_row(png, rows.data() + std::size_t(y) * stride);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(out);
}

void write(const fs::path& file, const Image& image) {
    fs::create_directories(file.parent_path());
    if (!writePng(file, image)) qFatal("cannot write");
}
void write(const fs::path& file, const LabelMap& labels) {
    write(file, greyLevels(labels));
}

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// As LFW's authors keep their labels.
void writePpm(const fs::path& file, const Image& image) {
    write(file,
          "P6\n" + std::to_string(image.width) + " " + std::to_string(image.height) + "\n255\n" +
              std::string(image.pixels.begin(), image.pixels.end()));
}

}  // namespace

class TestLabelledPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_dir->path().toStdString()) / "set";
        m_file = m_folder.parent_path() / "set.vscenes";
    }

    // ---- CUB

    void packsCub() {
        makeCub(40);
        const LabelledPictures set = openCub(m_folder).value();
        const PackedScenes scenes = pack(set);
        const ScenesSummary summary = summarize(scenes);
        QCOMPARE(summary.splits[0].numScenes, std::size_t(18));
        QCOMPARE(summary.splits[1].numScenes, std::size_t(2));
        QCOMPARE(summary.splits[2].numScenes, std::size_t(20));
        QCOMPARE(scenes.classNames()[1], std::string("bird"));
        QCOMPARE(scenes.groups()[0], std::string("001.Albatross"));
        // Grey levels of the annotators: 102 and 153 on either side of the threshold.
        QCOMPARE(int(scenes.labels(0)[0]), 0);
        QCOMPARE(int(scenes.labels(0)[15]), 1);
        QVERIFY(openCub(m_folder, 1).value().pictures[0].image == set.pictures[0].image);
    }

    void brokenCubTrees_data() {
        QTest::addColumn<QString>("removed");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name,
                            const char* removed,
                            const char* file,
                            const char* content,
                            const char* named) {
            QTest::newRow(name) << QString::fromLatin1(removed) << QString::fromLatin1(file)
                                << QString::fromLatin1(content) << QString::fromLatin1(named);
        };
        row("no segmentations", "segmentations", "", "", "segmentations.tgz");
        row("one segmentation missing", "segmentations/001.Albatross/bird2.png", "", "", "bird2.png");
        row("one image missing", "images/002.Wren/bird3.png", "", "", "bird3.png");
        row("no list", "images.txt", "", "", "images.txt");
        row("no split", "train_test_split.txt", "", "", "train_test_split.txt");
        row("short split", "", "train_test_split.txt", "1 1\n2 0\n", "train_test_split.txt");
        row("garbage", "", "images.txt", "1 001.Albatross/bird0.png\nhello world\n", "line 2");
        row("twice", "", "image_class_labels.txt", "1 1\n1 1\n", "line 2");
    }
    void brokenCubTrees() {
        QFETCH(QString, removed);
        QFETCH(QString, file);
        QFETCH(QString, content);
        QFETCH(QString, named);
        makeCub(4);
        if (!removed.isEmpty()) fs::remove_all(m_folder / removed.toStdString());
        if (!file.isEmpty()) write(m_folder / file.toStdString(), content.toStdString());
        const auto set = openCub(m_folder);
        QVERIFY(!set);
        QVERIFY2(set.error().message.find(named.toStdString()) != std::string::npos,
                 set.error().message.c_str());
    }

    // ---- LFW

    void packsLfwParts() {
        for (int person = 0; person < 20; ++person) {
            const std::string name = "Person_" + std::to_string(person) + "_0001.png";
            write(m_folder / "images" / name, plain(25, 25, {9, 99, 199}));
            Image parts = plain(25, 25, {0, 0, 0});
            const std::uint8_t colours[4][3] = {{0, 0, 0}, {255, 255, 0}, {0, 0, 255}, {255, 255, 255}};
            for (int y = 0; y < 25; ++y)
                for (int x = 0; x < 25; ++x)
                    std::copy_n(colours[y / 13 * 2 + x / 13], 3, &parts.pixels[parts.index(y, x)]);
            writePpm(m_folder / "labels" / ("Person_" + std::to_string(person) + "_0001.ppm"), parts);
        }
        const PackedScenes scenes = pack(openLfwParts(m_folder).value());
        QCOMPARE(scenes.numClasses(), 4);
        const ScenesSummary summary = summarize(scenes);
        QCOMPARE(summary.splits[0].numScenes, std::size_t(8));
        QCOMPARE(summary.splits[1].numScenes, std::size_t(2));
        QCOMPARE(summary.splits[2].numScenes, std::size_t(10));
        QVERIFY(summary.groupsInSeveral.empty());
        QCOMPARE(scenes.groups()[0], std::string("Person_0"));
        const std::uint8_t* labels = scenes.labels(3);
        QCOMPARE((std::array<int, 4>{labels[0], labels[15], labels[15 * 16], labels[255]}),
                 (std::array<int, 4>{0, 1, 2, 3}));
        writePpm(m_folder / "labels" / "Person_3_0001.ppm", plain(25, 25, {255, 0, 0}));
        const auto error = packLabelledPictures(openLfwParts(m_folder).value(), m_file, 16, {}).error();
        QVERIFY(error.message.find("Person_3_0001.ppm") != std::string::npos);
    }

    // ---- one's own folder

    void packsAFolder() {
        for (int i = 0; i < 10; ++i) {
            write(m_folder / "images" / (std::to_string(i) + ".png"), plain(40, 20, {10, 20, 30}));
            write(m_folder / "masks" / (std::to_string(i) + ".png"), halves(40, 20, 2, i == 0 ? 255 : 0));
        }
        const PackedScenes scenes = pack(openMaskFolder(m_folder).value());
        QCOMPARE(scenes.numClasses(), 3);
        QCOMPARE(scenes.indicesOf(Split::Train).size(), std::size_t(8));
        QCOMPARE(scenes.indicesOf(Split::Test).size(), std::size_t(1));
        QCOMPARE(int(scenes.labels(0)[7]), 2);
        QCOMPARE(int(scenes.labels(0)[8]), 255);
        QCOMPARE(int(scenes.image(0)[2]), 30);
        QVERIFY(summarize(scenes).splits[0].unknownShare + summarize(scenes).splits[1].unknownShare +
                    summarize(scenes).splits[2].unknownShare >
                0);
        write(m_folder / "classes.txt", "sky\r\nsea\n\nship\n");
        QCOMPARE(openMaskFolder(m_folder).value().header.classNames,
                 (std::vector<std::string>{"sky", "sea", "ship"}));
        write(m_folder / "classes.txt", "sky\nsea\n");
        expectError("0.png has a label 2");
    }

    void blackAndWhiteMasksAreBackgroundAndForeground() {
        for (int i = 0; i < 20; ++i) {
            write(m_folder / "images" / (std::to_string(i) + ".png"), plain(40, 20, {10, 20, 30}));
            write(m_folder / "masks" / (std::to_string(i) + ".png"), halves(40, 20, 255, 0));
        }
        const LabelledPictures set = openMaskFolder(m_folder, 0, {0.6, 0.15}).value();
        QCOMPARE(set.header.classNames, (std::vector<std::string>{"background", "foreground"}));
        const PackedScenes scenes = pack(set);
        QCOMPARE(int(scenes.labels(0)[0]), 1);
        QCOMPARE(int(scenes.labels(0)[15]), 0);
        QCOMPARE(scenes.indicesOf(Split::Train).size(), std::size_t(12));
        QCOMPARE(scenes.indicesOf(Split::Validation).size(), std::size_t(3));
        QCOMPARE(scenes.indicesOf(Split::Test).size(), std::size_t(5));
        write(m_folder / "classes.txt", "sky\nsea\nship\n");  // three classes: 255 is unknown
        QCOMPARE(int(pack(openMaskFolder(m_folder).value()).labels(0)[0]), 255);
        write(m_folder / "classes.txt", "ground\nhorse\n");
        QCOMPARE(int(pack(openMaskFolder(m_folder).value()).labels(0)[0]), 1);
        fs::remove(m_folder / "classes.txt");
        write(m_folder / "masks" / "7.png", halves(40, 20, 255, 1));  // 1 is a class: 255 is unknown
        QCOMPARE(openMaskFolder(m_folder).value().header.classNames,
                 (std::vector<std::string>{"class 0", "class 1"}));
        QCOMPARE(openMaskFolder(m_folder, 0, {0.9, 0.2}).error().code, ErrorCode::InvalidArgument);
    }

    void findsWhatMasksHold_data() {
        QTest::addColumn<QList<int>>("values");  // one mask a pair
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("numClasses");
        QTest::addColumn<QList<int>>("labels");  // of the first mask
        QTest::newRow("0 and 255") << QList<int>{0, 255, 255, 255} << u"0 and 255: two classes"_s << 2
                                   << QList<int>{0, 1};
        QTest::newRow("0 and 1") << QList<int>{1, 0} << u"0 and 1: class numbers, two classes"_s << 2
                                 << QList<int>{1, 0};
        QTest::newRow("with unknown")
            << QList<int>{1, 255, 0, 2} << u"0, 1 and 2: class numbers, three classes; 255 is unknown"_s << 3
            << QList<int>{1, 255};
        QTest::newRow("0 and 128") << QList<int>{0, 128, 0, 0} << u"0 and 128: two classes"_s << 2
                                   << QList<int>{0, 1};
        QTest::newRow("three greys") << QList<int>{255, 127, 0, 0} << u"0, 127 and 255: three classes"_s << 3
                                     << QList<int>{2, 1};
    }
    void findsWhatMasksHold() {
        QFETCH(QList<int>, values);
        QFETCH(QString, text);
        QFETCH(int, numClasses);
        QFETCH(QList<int>, labels);
        makePairs(values);
        const LabelledPictures set = openMaskFolder(m_folder).value();
        QCOMPARE(QString::fromStdString(set.masks.text), text);
        const PackedScenes scenes = pack(set);
        QCOMPARE(scenes.numClasses(), numClasses);
        QCOMPARE((QList<int>{scenes.labels(0)[0], scenes.labels(0)[15]}), labels);
        const LabelledCheck check = checkLabelled(m_folder, LabelledLayout::MaskFolder, {});
        QVERIFY(check.good());
        QCOMPARE(QString::fromStdString(check.masks), text);
    }

    void softEdgesArePartedInTheMiddle() {
        makePairs({0, 255});
        LabelMap soft = halves(64, 64, 0, 255);
        for (int y = 0; y < 64; ++y) soft.at(y, 31) = 100, soft.at(y, 32) = 200;
        write(m_folder / "masks" / "0.png", soft);
        write(m_folder / "images" / "0.png", plain(64, 64, {1, 2, 3}));
        const LabelledPictures set = openMaskFolder(m_folder).value();
        QVERIFY2(set.masks.text.find("soft edges") != std::string::npos, set.masks.text.c_str());
        const LabelMap labels = readLabelledPicture(set, set.pictures[0]).value().labels;
        QCOMPARE(labels, halves(64, 64, 0, 1));
    }

    void labelsCanBeSet() {
        makePairs({0, 255, 1, 0});
        QCOMPARE(openMaskFolder(m_folder).value().header.classNames.size(), std::size_t(2));
        const auto as = [&](LabelChoice choice) { return openMaskFolder(m_folder, 0, {}, choice); };
        QCOMPARE(as(LabelChoice::Grey)->header.classNames,
                 (std::vector<std::string>{"grey 0", "grey 1", "grey 255"}));
        const LabelledPictures black = as(LabelChoice::Foreground).value();
        QCOMPARE(readLabelledPicture(black, black.pictures[1])->labels, halves(8, 8, 0, 0));
        makePairs({0, 1});
        fs::remove(m_folder / "images" / "1.png");
        QVERIFY(as(LabelChoice::Foreground).error().message.find("128") != std::string::npos);
        makePairs({0, 255, 1, 0});
        write(m_folder / "masks" / "0.png", plain(8, 8, {200, 0, 0}));
        write(m_folder / "masks" / "1.png", plain(8, 8, {0, 0, 0}));
        QVERIFY(!as(LabelChoice::Auto));
        const LabelledPictures colours = as(LabelChoice::Colours).value();
        QCOMPARE(colours.header.classNames, (std::vector<std::string>{"grey 0", "#c80000"}));
        QCOMPARE(readLabelledPicture(colours, colours.pictures[0])->labels, halves(8, 8, 1, 1));
        write(m_folder / "classes.txt", "wall\ndoor\nwindow\n");
        QVERIFY(as(LabelChoice::Colours).error().message.find("classes.txt names 3 classes") !=
                std::string::npos);
    }

    void checkFindsWhatPackingRefuses() {
        makePairs({0, 0, 0, 0});
        const LabelledCheck one = checkLabelled(m_folder, LabelledLayout::MaskFolder, {});
        QVERIFY(!one.good());
        QVERIFY2(one.faults[0].find("0 alone") != std::string::npos, one.faults[0].c_str());
        expectError("0 alone");
        makePairs({0, 1, 2, 1});
        write(m_folder / "classes.txt", "wall\ndoor\n");
        const LabelledCheck beyond = checkLabelled(m_folder, LabelledLayout::MaskFolder, {});
        QCOMPARE(beyond.faults.size(), std::size_t(1));
        QVERIFY2(beyond.faults[0].find("1.png has a label 2") != std::string::npos, beyond.faults[0].c_str());
        expectError("1.png has a label 2");
    }

    void packsMasksOfBlackAndWhite() {
        const fs::path folder = fs::path(VITRINE_TEST_DATA) / "masks255";
        const LabelledPictures set = openMaskFolder(folder).value();
        QCOMPARE(set.masks.text, std::string("0 and 255: two classes"));
        QVERIFY(checkLabelled(folder, LabelledLayout::MaskFolder, {}).good());
        QCOMPARE(pack(set).numClasses(), 2);
    }

    void picturesOfEveryKind() {
        write(m_folder / "images" / "rgba.png", Image(8, 8, 4, 0));
        writeRawPng(m_folder / "images" / "deep.png",
                    8,
                    8,
                    16,
                    PNG_COLOR_TYPE_RGB,
                    std::vector<png_byte>(8 * 8 * 6, 200));
        writeRawPng(
            m_folder / "images" / "grey.png", 8, 8, 8, PNG_COLOR_TYPE_GRAY, std::vector<png_byte>(64, 77));
        fs::create_directories(m_folder / "masks");
        writeRawPng(
            m_folder / "masks" / "rgba.png", 8, 8, 8, PNG_COLOR_TYPE_PALETTE, std::vector<png_byte>(64, 3));
        writeRawPng(
            m_folder / "masks" / "deep.png", 8, 8, 2, PNG_COLOR_TYPE_GRAY, std::vector<png_byte>(16, 0xaa));
        write(m_folder / "masks" / "grey.png", plain(8, 8, {1, 1, 1}));
        const PackedScenes scenes = pack(openMaskFolder(m_folder).value());  // deep, grey, rgba
        QCOMPARE(scenes.numClasses(), 4);
        QCOMPARE((std::array<int, 3>{scenes.labels(0)[0], scenes.labels(1)[0], scenes.labels(2)[0]}),
                 (std::array<int, 3>{2, 1, 3}));
        QCOMPARE((std::array<int, 3>{scenes.image(0)[0], scenes.image(1)[0], scenes.image(2)[0]}),
                 (std::array<int, 3>{200, 77, 255}));
    }

    void badFilesAreNamed() {
        makePair();
        write(m_folder / "masks" / "a.png", halves(9, 8, 0, 1));
        expectError("a.png has 9 x 8 pixels");
        writeRawPng(
            m_folder / "masks" / "a.png", 8, 8, 16, PNG_COLOR_TYPE_GRAY, std::vector<png_byte>(128, 1));
        expectError("a.png has 16 bits");
        write(m_folder / "masks" / "a.png", plain(8, 8, {1, 2, 3}));
        expectError("a.png is coloured");
        write(m_folder / "masks" / "a.png", std::string());
        expectError("a.png is empty (0 bytes)");
        write(m_folder / "masks" / "a.png", std::string("\xff\xd8\xff\xe0 no real JPEG"));
        expectError("a.png");
        makePair();
        write(m_folder / "images" / "a.png", std::string());
        expectError("a.png is empty (0 bytes)");
        makePair();
        fs::remove(m_folder / "masks" / "a.png");
        expectError("There is no mask for");
        fs::remove_all(m_folder / "masks");
        expectError("masks");
        QVERIFY(!fs::exists(m_file));
    }

    void cutOffMasksAreRefused() {
        makePair();
        std::string whole;
        {
            std::ifstream in(m_folder / "masks" / "a.png", std::ios::binary);
            whole.assign(std::istreambuf_iterator<char>(in), {});
        }
        for (std::size_t length = 0; length < whole.size(); ++length) {
            write(m_folder / "masks" / "a.png", whole.substr(0, length));
            QVERIFY(!readLabelPng(m_folder / "masks" / "a.png"));
        }
    }

    // ---- checked before they are packed

    void layoutsAreKnownByWhatTheyHold() {
        QVERIFY(!labelledLayoutOf(m_folder));
        fs::create_directories(m_folder / "images");
        QVERIFY(labelledLayoutOf(m_folder) == LabelledLayout::MaskFolder);
        fs::create_directories(m_folder / "labels");
        QVERIFY(labelledLayoutOf(m_folder) == LabelledLayout::LfwParts);
        fs::create_directories(m_folder / "masks");
        QVERIFY(labelledLayoutOf(m_folder) == LabelledLayout::MaskFolder);
        write(m_folder / "train_test_split.txt", "1 1\n");
        QVERIFY(labelledLayoutOf(m_folder) == LabelledLayout::Cub);
    }

    void checkFindsAllThatIsWrongWithCub() {
        makeCub(40);
        double last = 0;
        JobContext context;
        context.report = [&](const Progress& progress) { last = progress.fraction; };
        const LabelledCheck whole = checkLabelled(m_folder, LabelledLayout::Cub, context, 2);
        QVERIFY(whole.good());
        QCOMPARE(last, 1.0);
        QCOMPARE(whole.numPictures, std::size_t(40));
        QCOMPARE(whole.numGroups, std::size_t(2));
        QCOMPARE(whole.classNames, (std::vector<std::string>{"background", "bird"}));

        fs::remove(m_folder / "images/002.Wren/bird7.png");
        fs::remove(m_folder / "segmentations/001.Albatross/bird2.png");
        write(m_folder / "segmentations/001.Albatross/bird4.png", halves(49, 30, 0, 255));
        write(m_folder / "images/002.Wren/bird9.png", std::string("no picture"));
        LabelledCheck broken = checkLabelled(m_folder, LabelledLayout::Cub, {});
        QVERIFY(!broken.good());
        QCOMPARE(
            broken.missing,
            (std::vector<std::string>{"images/002.Wren/bird7.png", "segmentations/001.Albatross/bird2.png"}));
        QCOMPARE(broken.faults.size(), std::size_t(2));
        QVERIFY(broken.faults[0].find("bird4.png has 49 x 30 pixels") != std::string::npos);
        QVERIFY(broken.faults[1].find("bird9.png") != std::string::npos);

        fs::remove_all(m_folder / "segmentations");
        fs::remove(m_folder / "image_class_labels.txt");
        broken = checkLabelled(m_folder, LabelledLayout::Cub, {});
        QCOMPARE(broken.missing,
                 (std::vector<std::string>{
                     "image_class_labels.txt", "images/002.Wren/bird7.png", "segmentations/"}));
    }

    void checkTellsOfDamagedLists() {
        makeCub(4);
        write(m_folder / "train_test_split.txt", "1 1\n2 0\n");
        const LabelledCheck check = checkLabelled(m_folder, LabelledLayout::Cub, {});
        QVERIFY(check.missing.empty());
        QCOMPARE(check.faults.size(), std::size_t(1));
        QVERIFY(check.faults[0].find("train_test_split.txt") != std::string::npos);
    }

    void checkOfPairs() {
        QCOMPARE(checkLabelled(m_folder, LabelledLayout::LfwParts, {}).missing,
                 (std::vector<std::string>{"images/", "labels/"}));
        makePair();
        QVERIFY(checkLabelled(m_folder, LabelledLayout::MaskFolder, {}).good());
        write(m_folder / "masks" / "a.png", plain(8, 8, {1, 2, 3}));
        const LabelledCheck coloured = checkLabelled(m_folder, LabelledLayout::MaskFolder, {});
        QCOMPARE(coloured.faults.size(), std::size_t(1));  // the reader says so, too
        QVERIFY(coloured.faults[0].find("a.png is coloured") != std::string::npos);
        fs::remove(m_folder / "masks" / "a.png");
        QCOMPARE(checkLabelled(m_folder, LabelledLayout::MaskFolder, {}).missing,
                 std::vector<std::string>{"masks/a.png"});
        fs::remove(m_folder / "images" / "a.png");
        QVERIFY(!checkLabelled(m_folder, LabelledLayout::MaskFolder, {}).good());
    }

    void checkStops() {
        makePair();
        std::stop_source stop;
        stop.request_stop();
        JobContext context;
        context.stop = stop.get_token();
        QCOMPARE(checkLabelled(m_folder, LabelledLayout::MaskFolder, context).outcome, JobOutcome::Cancelled);
    }

    void stops() {
        makePair();
        std::stop_source stop;
        stop.request_stop();
        JobContext context;
        context.stop = stop.get_token();
        QCOMPARE(packLabelledPictures(openMaskFolder(m_folder).value(), m_file, 16, context).value(),
                 JobOutcome::Cancelled);
        QVERIFY(!fs::exists(m_file));
    }

    // ---- resizing

    void bicubicKeepsPlainPicturesAndRamps() {
        QVERIFY(resizeBicubic(plain(250, 200, {5, 100, 250}), 128, 128) == plain(128, 128, {5, 100, 250}));
        Image ramp(64, 4, 3);
        for (int x = 0; x < 64; ++x)
            for (int y = 0; y < 4; ++y)
                for (int c = 0; c < 3; ++c) ramp.at(y, x, c) = std::uint8_t(4 * x);
        const Image half = resizeBicubic(ramp, 32, 2);
        for (int x = 3; x < 29; ++x) QCOMPARE(int(half.at(0, x, 1)), 8 * x + 2);
        Image fine(256, 256, 3);
        for (std::size_t i = 0; i < fine.pixels.size(); ++i) fine.pixels[i] = (i / 3 + i / 768) % 2 ? 255 : 0;
        const Image grey = resizeBicubic(fine, 64, 64);
        for (int y = 4; y < 60; ++y)
            for (int x = 4; x < 60; ++x) QVERIFY(std::abs(grey.at(y, x, 0) - 128) <= 2);
    }

    void nearestMakesNoNewLabels() {
        const LabelMap small = resizeNearest(halves(250, 250, 7, 255), 128, 128);
        QVERIFY(small == halves(128, 128, 7, 255));
    }

private:
    void makeCub(int count) const {
        std::string images, classes, split;
        for (int i = 0; i < count; ++i) {
            const std::string name =
                (i % 2 ? "002.Wren/bird" : "001.Albatross/bird") + std::to_string(i) + ".png";
            write(m_folder / "images" / name, plain(50, 30, {100, 150, 200}));
            write(m_folder / "segmentations" / name, halves(50, 30, 102, 153));
            images += std::to_string(i + 1) + " " + name + "\n";
            classes += std::to_string(i + 1) + " " + std::to_string(i % 2 + 1) + "\n";
            split += std::to_string(i + 1) + " " + std::to_string(i < count / 2) + "\n";
        }
        write(m_folder / "images.txt", images);
        write(m_folder / "image_class_labels.txt", classes);
        write(m_folder / "train_test_split.txt", split);
    }
    /// Pictures 0, 1, ... whose masks hold two values each.
    void makePairs(const QList<int>& values) const {
        for (int i = 0; i + 1 < values.size(); i += 2) {
            const std::string name = std::to_string(i / 2) + ".png";
            write(m_folder / "images" / name, plain(8, 8, {1, 2, 3}));
            write(m_folder / "masks" / name, halves(8, 8, values[i], values[i + 1]));
        }
    }
    void makePair() const {
        write(m_folder / "images" / "a.png", plain(8, 8, {1, 2, 3}));
        write(m_folder / "masks" / "a.png", halves(8, 8, 0, 1));
    }
    PackedScenes pack(const LabelledPictures& set) const {
        const auto outcome = packLabelledPictures(set, m_file, 16, {});
        if (!outcome) qFatal("%s", outcome.error().message.c_str());
        const PackedScenes scenes = PackedScenes::open(m_file).value();
        if (!scenes.verify()) qFatal("damaged");
        return scenes;
    }
    void expectError(const char* words) const {
        fs::remove(m_file);
        auto set = openMaskFolder(m_folder);
        const std::string message =
            set ? packLabelledPictures(*set, m_file, 16, {}).error().message : set.error().message;
        QVERIFY2(message.find(words) != std::string::npos, message.c_str());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder, m_file;
};

VITRINE_TEST(TestLabelledPictures)
#include "tst_labelled_pictures.moc"
