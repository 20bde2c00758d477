// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/data/idx_images.h"
#include "core/io/atomic_file.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

std::string bigEndian(std::uint32_t value) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) text += char(value >> shift & 0xff);
    return text;
}

std::string pictures(std::uint32_t count, std::uint32_t side) {
    std::string text = bigEndian(0x803) + bigEndian(count) + bigEndian(side) + bigEndian(side);
    for (std::uint32_t i = 0; i < count * side * side; ++i) text += char(i % 251);
    return text;
}

std::string classes(std::uint32_t count) {
    std::string text = bigEndian(0x801) + bigEndian(count);
    for (std::uint32_t i = 0; i < count; ++i) text += char(i % 10);
    return text;
}

/// As gzip does.
std::string gzipped(const std::string& content) {
    QByteArray zlib = qCompress(QByteArray::fromStdString(content)).mid(4);  // header 2, deflate, Adler-32 4
    const QByteArray deflate = zlib.mid(2, zlib.size() - 6);
    std::uint32_t crc = 0xffffffff;
    for (const char c : content) {
        crc ^= std::uint8_t(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    crc ^= 0xffffffff;
    std::string text("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    text += deflate.toStdString();
    for (const std::uint32_t value : {crc, std::uint32_t(content.size())})
        for (int shift = 0; shift < 32; shift += 8) text += char(value >> shift & 0xff);
    return text;
}

}  // namespace

class TestIdxImages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_images = fs::path(m_dir->path().toStdString()) / "images";
        m_labels = m_images.parent_path() / "labels";
    }

    void readsPlainAndCompressed() {
        for (const bool compressed : {false, true}) {
            write(compressed ? gzipped(pictures(5, 4)) : pictures(5, 4),
                  compressed ? gzipped(classes(5)) : classes(5));
            const IdxImages images = readIdxImages(m_images, m_labels).value();
            QCOMPARE(images.count(), std::size_t(5));
            QCOMPARE(images.width, 4);
            QCOMPARE(images.height, 4);
            QCOMPARE(int(images.image(2)[3]), 35);
            QCOMPARE(int(images.labels[4]), 4);
        }
    }

    void truncatedAtAnyLengthIsRefused() {
        for (const bool compressed : {false, true}) {
            const std::string whole = compressed ? gzipped(pictures(3, 4)) : pictures(3, 4);
            for (std::size_t length = 0; length < whole.size(); ++length) {
                write(whole.substr(0, length), classes(3));
                const auto images = readIdxImages(m_images, m_labels);
                QVERIFY2(!images, QByteArray::number(qulonglong(length)).constData());
                QCOMPARE(images.error().code, ErrorCode::BadFormat);
                QVERIFY(images.error().message.find("images") != std::string::npos);
            }
        }
    }

    void damagedCompressionIsRefused() {
        std::string content = gzipped(pictures(3, 4));
        content[content.size() - 6] ^= 1;  // its check sum
        write(content, classes(3));
        QCOMPARE(readIdxImages(m_images, m_labels).error().code, ErrorCode::BadFormat);
    }

    void otherFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("images");
        QTest::addColumn<QByteArray>("labels");
        const auto row = [](const char* name, const std::string& images, const std::string& labels) {
            QTest::newRow(name) << QByteArray::fromStdString(images) << QByteArray::fromStdString(labels);
        };
        row("swapped", classes(3), pictures(3, 4));
        row("text", "hello, world", classes(3));
        row("too long", pictures(3, 4) + "x", classes(3));
        row("no pictures", pictures(0, 4), classes(0));
        row("absurd size",
            bigEndian(0x803) + bigEndian(1) + bigEndian(1u << 31) + bigEndian(1u << 31),
            classes(1));
        row("fewer labels", pictures(3, 4), classes(2));
        row("empty", "", classes(3));
    }
    void otherFilesAreRefused() {
        QFETCH(QByteArray, images);
        QFETCH(QByteArray, labels);
        write(images.toStdString(), labels.toStdString());
        QCOMPARE(readIdxImages(m_images, m_labels).error().code, ErrorCode::BadFormat);
    }

    void missingFilesSayWhatToDo() {
        QCOMPARE(readIdxImages(m_images, m_labels).error().code, ErrorCode::NotFound);
        const auto set = readIdxSet(m_images.parent_path());
        QCOMPARE(set.error().code, ErrorCode::NotFound);
        QVERIFY(set.error().message.find("train-images-idx3-ubyte") != std::string::npos);
    }

    void readsAFolderOfFour() {
        const fs::path folder = m_images.parent_path();
        for (const char* prefix : {"train", "t10k"}) {
            const std::uint32_t count = prefix[0] == 't' && prefix[1] == 'r' ? 4 : 2;
            QVERIFY(writeFileAtomically(folder / (std::string(prefix) + "-images-idx3-ubyte"),
                                        pictures(count, 28))
                        .ok());
            QVERIFY(writeFileAtomically(folder / (std::string(prefix) + "-labels-idx1-ubyte.gz"),
                                        gzipped(classes(count)))
                        .ok());
        }
        const IdxSet set = readIdxSet(folder).value();
        QCOMPARE(set.train.count(), std::size_t(4));
        QCOMPARE(set.test.count(), std::size_t(2));
        QVERIFY(writeFileAtomically(folder / "train-images-idx3-ubyte", pictures(4, 27)).ok());
        QCOMPARE(readIdxSet(folder).error().code, ErrorCode::BadFormat);
    }

    void fashionMnistOfDebian() {
        if (!fs::exists("/usr/share/datasets/fashion-mnist")) QSKIP("dataset-fashion-mnist is not installed");
        const IdxSet set = readIdxSet().value();
        QCOMPARE(set.train.count(), std::size_t(60'000));
        QCOMPARE(set.test.count(), std::size_t(10'000));
        QCOMPARE(fashionMnistClassNames().size(), std::size_t(10));
        QCOMPARE(int(set.train.labels[0]), 9);  // an ankle boot
        for (int label = 0; label < 10; ++label)
            QCOMPARE(std::count(set.test.labels.begin(), set.test.labels.end(), label), std::ptrdiff_t(1000));
    }

private:
    void write(const std::string& images, const std::string& labels) const {
        QVERIFY(writeFileAtomically(m_images, images).ok());
        QVERIFY(writeFileAtomically(m_labels, labels).ok());
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_images, m_labels;
};

VITRINE_TEST(TestIdxImages)
#include "tst_idx_images.moc"
