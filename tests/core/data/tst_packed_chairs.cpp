// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/random.h"
#include "core/data/packed_chairs.h"
#include "core/io/atomic_file.h"
#include "core/io/png.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

namespace {

constexpr int kSize = 8;

Image noise(std::uint64_t seed) {
    Image image(kSize, kSize, 4);
    Rng rng({seed});
    for (auto& value : image.pixels) value = std::uint8_t(rng.below(256));
    return image;
}

}  // namespace

/// A tree of ours with three styles, of which the second has no renders, and three views each.
class TestPackedChairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_tree = fs::path(m_dir->path().toStdString()) / "rendered_chairs";
        m_file = m_tree.parent_path() / "set.vpack";
        for (const char* id : {"zebra", "ant"}) {
            fs::create_directories(m_tree / id / "renders");
            for (int i = 0; i < 3; ++i)
                QVERIFY(writePng(m_tree / id / "renders" / viewFileName(trainedViewNames()[std::size_t(i)]),
                                 noise(seedOf(id, i)))
                            .ok());
        }
        std::ofstream(m_tree / "catalogue.json")
            << R"({"size": 8, "samplesPerSide": 3, "styles": ["zebra", "mole", "ant"]})";
    }

    void packsByClassIndex() {
        QVERIFY(PackedChairs::pack(m_tree, m_file, kSize).ok());
        const PackedChairs packed = PackedChairs::open(m_file).value();
        QCOMPARE(packed.size(), kSize);
        QCOMPARE(packed.styleIds().size(), std::size_t(3));
        QCOMPARE(packed.styleIds()[1], std::string("mole"));
        QCOMPARE(packed.views().size(), std::size_t(6));
        QCOMPARE(packed.views()[0].styleIndex, 0);
        QCOMPARE(packed.views()[3].styleIndex, 2);
        QCOMPARE(packed.views()[4].azimuthIndex, 1);
        QCOMPARE(packed.views()[4].view.azimuthDeg, 11.0f);
        QCOMPARE(packed.views()[4].elevationIndex, 0);
        for (std::size_t i = 0; i < 6; ++i) {
            const Image expected = premultiply(noise(seedOf(i < 3 ? "zebra" : "ant", int(i % 3))));
            QVERIFY(std::memcmp(packed.premultiplied(i), expected.pixels.data(), expected.pixels.size()) ==
                    0);
        }
        QVERIFY(packed.verify().ok());
    }

    void hashSaysWhetherTheDataChanged() {
        QVERIFY(PackedChairs::pack(m_tree, m_file, kSize).ok());
        const std::string before = PackedChairs::open(m_file).value().dataHash();
        QVERIFY(PackedChairs::pack(m_tree, m_file, kSize).ok());
        QCOMPARE(PackedChairs::open(m_file).value().dataHash(), before);
        QVERIFY(writePng(m_tree / "ant" / "renders" / viewFileName(trainedViewNames()[0]), noise(99)).ok());
        QVERIFY(PackedChairs::pack(m_tree, m_file, kSize).ok());
        QVERIFY(PackedChairs::open(m_file).value().dataHash() != before);
        QCOMPARE(before.size(), std::size_t(64));
    }

    void verifyNoticesAFlippedPixel() {
        Bytes bytes = packed();
        bytes[bytes.size() - 100] ^= std::byte(1);
        QVERIFY(writeFileAtomically(m_file, bytes).ok());
        const PackedChairs chairs = PackedChairs::open(m_file).value();
        QCOMPARE(chairs.verify().error().code, ErrorCode::BadFormat);
    }

    void openStaysValidWhileTheFileIsReplaced() {
        QVERIFY(PackedChairs::pack(m_tree, m_file, kSize).ok());
        const PackedChairs old = PackedChairs::open(m_file).value();
        QVERIFY(PackedChairs::pack(m_tree, m_file, 4).ok());
        QVERIFY(old.verify().ok());
        QCOMPARE(PackedChairs::open(m_file).value().size(), 4);
    }

    void truncatedAtAnyLengthIsRefused() {
        const Bytes whole = packed();
        for (std::size_t length = 0; length < whole.size(); length += length < 200 ? 1 : 97) {
            QVERIFY(writeFileUnsynced(m_file, std::span(whole).first(length)).ok());
            QCOMPARE(PackedChairs::open(m_file).error().code, ErrorCode::BadFormat);
        }
        Bytes longer = whole;
        longer.push_back({});
        QVERIFY(writeFileUnsynced(m_file, longer).ok());
        QCOMPARE(PackedChairs::open(m_file).error().code, ErrorCode::BadFormat);
    }

    void brokenHeadersAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");  // of the same length
        QTest::newRow("magic") << QByteArray("VITRPACK") << QByteArray("VITRPACX");
        QTest::newRow("not JSON") << QByteArray("{\"size\"") << QByteArray("[\"size\"");
        QTest::newRow("size 0") << QByteArray("\"size\":8") << QByteArray("\"size\":0");
        QTest::newRow("size 9") << QByteArray("\"size\":8") << QByteArray("\"size\":9");
        QTest::newRow("size missing") << QByteArray("\"size\":8") << QByteArray("\"sise\":8");
        QTest::newRow("style that is not there") << QByteArray("[[0,") << QByteArray("[[3,");
        QTest::newRow("style of another type") << QByteArray("[[0,") << QByteArray("[[\"\"");
        QTest::newRow("name of another type") << QByteArray("\"mole\"") << QByteArray("123456");
    }
    void brokenHeadersAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const Bytes whole = packed();
        QByteArray bytes(reinterpret_cast<const char*>(whole.data()), qsizetype(whole.size()));
        QVERIFY(bytes.contains(from));
        bytes.replace(bytes.indexOf(from), from.size(), to.leftJustified(from.size()));
        QVERIFY(writeFileAtomically(m_file, bytes.toStdString()).ok());
        QCOMPARE(PackedChairs::open(m_file).error().code, ErrorCode::BadFormat);
        QVERIFY(PackedChairs::open(m_file).error().message.find("set.vpack") != std::string::npos);
    }

    void missingFile() { QCOMPARE(PackedChairs::open(m_file).error().code, ErrorCode::NotFound); }
    void folderInsteadOfAFile() { QCOMPARE(PackedChairs::open(m_tree).error().code, ErrorCode::BadFormat); }

    void damagedPictureLeavesTheOldSet() {
        const Bytes before = packed();
        std::ofstream(m_tree / "ant" / "renders" / viewFileName(trainedViewNames()[1])) << "broken";
        const Status status = PackedChairs::pack(m_tree, m_file, kSize);
        QVERIFY(status.error().message.find("image_001_p020_t011_r096.png") != std::string::npos);
        QVERIFY(readFile(m_file).value() == before);
    }

    void fullDiskLeavesTheOldSet() {
        const Bytes before = packed();
        Status status;
        {
            const test::FileSizeLimit limit(4500);
            status = PackedChairs::pack(m_tree, m_file, kSize);
        }
        QCOMPARE(status.error().code, ErrorCode::NoSpace);
        QVERIFY(readFile(m_file).value() == before);
        QCOMPARE(std::distance(fs::directory_iterator(m_file.parent_path()), fs::directory_iterator()),
                 std::ptrdiff_t(2));
    }

    void cancelledLeavesTheOldSet() {
        const Bytes before = packed();
        std::stop_source stop;
        JobContext context;
        context.stop = stop.get_token();
        context.report = [&](const Progress&) { stop.request_stop(); };
        const auto chairs = RenderedChairs::open(m_tree).value();
        QCOMPARE(PackedChairs::pack(chairs, m_file, 4, context, 1).value(), JobOutcome::Cancelled);
        QVERIFY(readFile(m_file).value() == before);
    }

    void absurdSizes() {
        QCOMPARE(PackedChairs::pack(m_tree, m_file, 0).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(PackedChairs::pack(m_tree, m_file, 100000).error().code, ErrorCode::InvalidArgument);
    }

    void heldOutViews() {
        const auto at = [](int style, int azimuth) { return isHeldOut({style, {}, azimuth, 1}); };
        QVERIFY(at(1, 1) && at(93, 29));
        QVERIFY(!at(0, 1) && !at(1, 0) && !at(1, 2) && !at(2, 5));
    }

private:
    static std::uint64_t seedOf(const std::string& id, int view) {
        return id.size() * 10 + std::uint64_t(view);
    }
    Bytes packed() const {
        if (!PackedChairs::pack(m_tree, m_file, kSize)) return {};
        return readFile(m_file).value();
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_tree, m_file;
};

VITRINE_TEST(TestPackedChairs)
#include "tst_packed_chairs.moc"
