// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <filesystem>

#include "core/base/random.h"
#include "core/data/packed_scenes.h"
#include "core/io/atomic_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;
using Bytes = std::vector<std::byte>;

namespace {

constexpr int kSceneSize = 8;
constexpr int kNumScenes = 3;

Image sceneNoise(int scene) {
    Image image(kSceneSize, kSceneSize, 3);
    Rng rng({std::uint64_t(scene)});
    for (auto& value : image.pixels) value = std::uint8_t(rng.below(256));
    return image;
}

LabelMap sceneClasses(int scene) {
    LabelMap labels(kSceneSize, kSceneSize);
    Rng rng({std::uint64_t(scene), 1});
    for (auto& value : labels.pixels) value = std::uint8_t(rng.below(4));
    labels.pixels[0] = kUnknownLabel;
    return labels;
}

SceneInfo infoOf(int scene) {
    return {scene % 2, scene == 2 ? Split::Test : Split::Train};
}

const ScenesHeader kHeader{kSceneSize, {"sky", "sea", "sand", "ship"}, {"calm", "storm"}, "made for a test"};

Status appendAll(SceneWriter& writer) {
    for (int i = 0; i < kNumScenes; ++i)
        VITRINE_CHECK(writer.append(sceneNoise(i), sceneClasses(i), infoOf(i)));
    return {};
}

}  // namespace

class TestPackedScenes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_dir->path().toStdString()) / "set.vscenes";
    }

    void givesBackWhatWasAppended() {
        QVERIFY(PackedScenes::write(m_file, kHeader, appendAll).ok());
        QVERIFY(PackedScenes::isOne(m_file));
        const PackedScenes scenes = PackedScenes::open(m_file).value();
        QCOMPARE(scenes.size(), kSceneSize);
        QCOMPARE(scenes.numClasses(), 4);
        QCOMPARE(scenes.classNames()[3], std::string("ship"));
        QCOMPARE(scenes.groups()[1], std::string("storm"));
        QCOMPARE(scenes.source(), kHeader.source);
        QCOMPARE(scenes.count(), std::size_t(kNumScenes));
        for (int i = 0; i < kNumScenes; ++i) {
            QVERIFY(std::memcmp(scenes.image(std::size_t(i)),
                                sceneNoise(i).pixels.data(),
                                kSceneSize * kSceneSize * 3) == 0);
            QVERIFY(std::memcmp(scenes.labels(std::size_t(i)),
                                sceneClasses(i).pixels.data(),
                                kSceneSize * kSceneSize) == 0);
            QVERIFY(scenes.info(std::size_t(i)) == infoOf(i));
        }
        QCOMPARE(scenes.indicesOf(Split::Train), (std::vector<std::size_t>{0, 1}));
        QCOMPARE(scenes.indicesOf(Split::Test), std::vector<std::size_t>{2});
        QVERIFY(scenes.verify().ok());
    }

    void anEmptySetIsOne() {
        QVERIFY(PackedScenes::write(m_file, kHeader, [](SceneWriter&) { return Status(); }).ok());
        QCOMPARE(PackedScenes::open(m_file).value().count(), std::size_t(0));
    }

    void hashSaysWhetherTheDataChanged() {
        const std::string before = hashOf(kHeader, appendAll);
        QCOMPARE(before.size(), std::size_t(64));
        QCOMPARE(hashOf(kHeader, appendAll), before);
        ScenesHeader renamed = kHeader;
        renamed.classNames[0] = "air";
        QVERIFY(hashOf(renamed, appendAll) != before);
        QVERIFY(hashOf(kHeader, [](SceneWriter& writer) -> Status {
                    VITRINE_CHECK(appendAll(writer));
                    return writer.append(sceneNoise(0), sceneClasses(0), {});
                }) != before);
    }

    void verifyNoticesAFlippedPixel() {
        Bytes bytes = packed();
        bytes[4096 + 5] ^= std::byte(1);
        QVERIFY(writeFileAtomically(m_file, bytes).ok());
        QCOMPARE(PackedScenes::open(m_file).value().verify().error().code, ErrorCode::BadFormat);
    }

    void truncatedAtAnyLengthIsRefused() {
        const Bytes whole = packed();
        for (std::size_t length = 0; length < whole.size(); length += length < 200 ? 1 : 97) {
            QVERIFY(writeFileUnsynced(m_file, std::span(whole).first(length)).ok());
            QCOMPARE(PackedScenes::open(m_file).error().code, ErrorCode::BadFormat);
        }
        Bytes longer = whole;
        longer.push_back({});
        QVERIFY(writeFileUnsynced(m_file, longer).ok());
        QCOMPARE(PackedScenes::open(m_file).error().code, ErrorCode::BadFormat);
    }

    void brokenHeadersAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");  // of the same length
        QTest::newRow("magic") << QByteArray("VITRSCEN") << QByteArray("VITRPACK");
        QTest::newRow("not JSON") << QByteArray("{\"classes\"") << QByteArray("[\"classes\"");
        QTest::newRow("size 0") << QByteArray("\"size\":8") << QByteArray("\"size\":0");
        QTest::newRow("size 9") << QByteArray("\"size\":8") << QByteArray("\"size\":9");
        QTest::newRow("size missing") << QByteArray("\"size\":8") << QByteArray("\"sise\":8");
        QTest::newRow("class of another type") << QByteArray("\"ship\"") << QByteArray("123456");
        QTest::newRow("group that is not there")
            << QByteArray("\"calm\",\"storm\"") << QByteArray("\"calm_or_storm\"");
    }
    void brokenHeadersAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const Bytes whole = packed();
        QByteArray bytes(reinterpret_cast<const char*>(whole.data()), qsizetype(whole.size()));
        QVERIFY(bytes.contains(from));
        bytes.replace(bytes.indexOf(from), from.size(), to.leftJustified(from.size()));
        QVERIFY(writeFileAtomically(m_file, bytes.toStdString()).ok());
        const auto scenes = PackedScenes::open(m_file);
        QVERIFY(!scenes);
        QCOMPARE(scenes.error().code, ErrorCode::BadFormat);
        QVERIFY(scenes.error().message.find("set.vscenes") != std::string::npos);
    }

    void missingFileAndFolder() {
        QCOMPARE(PackedScenes::open(m_file).error().code, ErrorCode::NotFound);
        QCOMPARE(PackedScenes::open(m_file.parent_path()).error().code, ErrorCode::BadFormat);
        QVERIFY(!PackedScenes::isOne(m_file));
        QVERIFY(!PackedScenes::isOne(m_file.parent_path()));
    }

    void refusesWhatDoesNotFit() {
        const Bytes before = packed();
        const auto codeOf = [&](const Image& image, const LabelMap& labels, const SceneInfo& info) {
            return PackedScenes::write(
                       m_file,
                       kHeader,
                       [&](SceneWriter& writer) { return writer.append(image, labels, info); })
                .error()
                .code;
        };
        LabelMap wrong = sceneClasses(0);
        wrong.pixels[7] = 4;
        QCOMPARE(codeOf(sceneNoise(0), wrong, {}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(Image(kSceneSize, kSceneSize, 4), sceneClasses(0), {}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(sceneNoise(0), LabelMap(kSceneSize, kSceneSize - 1), {}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(sceneNoise(0), sceneClasses(0), {2, Split::Train}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(sceneNoise(0), sceneClasses(0), {-1, Split::Train}), ErrorCode::InvalidArgument);
        QVERIFY(readFile(m_file).value() == before);
    }

    void refusesAbsurdHeaders() {
        for (const int size : {0, -3, 100000}) {
            ScenesHeader header = kHeader;
            header.size = size;
            QCOMPARE(PackedScenes::write(m_file, header, appendAll).error().code, ErrorCode::InvalidArgument);
        }
        ScenesHeader oneClass = kHeader;
        oneClass.classNames.resize(1);
        QCOMPARE(PackedScenes::write(m_file, oneClass, appendAll).error().code, ErrorCode::InvalidArgument);
    }

    void fullDiskLeavesTheOldSet() {
        const Bytes before = packed();
        Status status;
        {
            const test::FileSizeLimit limit(4500);
            status = PackedScenes::write(m_file, kHeader, appendAll);
        }
        QCOMPARE(status.error().code, ErrorCode::NoSpace);
        QVERIFY(readFile(m_file).value() == before);
    }

    void mergesPartsToChair() {
        std::vector<std::uint8_t> labels{0, 1, 2, 3, 4, kUnknownLabel};
        mergeToChair(labels);
        QCOMPARE(labels, (std::vector<std::uint8_t>{0, 1, 1, 1, 1, kUnknownLabel}));
        QCOMPARE(chairPartClassNames().size(), std::size_t(5));
        QCOMPARE(chairClassNames().size(), std::size_t(2));
    }

private:
    std::string hashOf(const ScenesHeader& header, const std::function<Status(SceneWriter&)>& produce) const {
        if (!PackedScenes::write(m_file, header, produce)) return {};
        return PackedScenes::open(m_file).value().dataHash();
    }
    Bytes packed() const {
        if (!PackedScenes::write(m_file, kHeader, appendAll)) return {};
        return readFile(m_file).value();
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_file;
};

VITRINE_TEST(TestPackedScenes)
#include "tst_packed_scenes.moc"
