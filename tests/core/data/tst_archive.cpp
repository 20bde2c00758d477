// SPDX-License-Identifier: GPL-3.0-or-later
#include <zip.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/data/archive.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_zip.h"

using namespace vitrine;
using test::ToyZip;
namespace fs = std::filesystem;

namespace {

std::string textOf(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A zip with one compressed file of `size` equal bytes.
void writeCompressed(const fs::path& file, std::size_t size) {
    const std::string content(size, 'a');
    zip_t* zip = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    QVERIFY(zip);
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    QVERIFY(zip_file_add(zip, "a.txt", source, 0) >= 0);
    QCOMPARE(zip_close(zip), 0);
}

}  // namespace

class TestArchive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_dir->path().toStdString()) / "toy.zip";
    }

    void readsNamesAndContent() {
        ToyZip::write(m_file, {{"folder/", ""}, {"folder/one.txt", "first"}, {"two.txt", ""}});
        auto archive = Archive::open(m_file);
        QVERIFY2(archive.ok(), archive ? "" : archive.error().message.c_str());
        QCOMPARE(archive->names(), (std::vector<std::string>{"folder/one.txt", "two.txt"}));
        QVERIFY(archive->contains("folder/one.txt"));
        QCOMPARE(textOf(archive->read("folder/one.txt").value()), "first");
        QVERIFY(archive->read("two.txt").value().empty());
        QCOMPARE(archive->read("three.txt").error().code, ErrorCode::NotFound);
        QCOMPARE(archive->read("folder/").error().code, ErrorCode::NotFound);
    }

    void readsCompressedContent() {
        writeCompressed(m_file, 300'000);
        auto archive = Archive::open(m_file);
        QVERIFY(archive.ok());
        QCOMPARE(textOf(archive->read("a.txt").value()), std::string(300'000, 'a'));
    }

    void refusesNamesThatLeadOut_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("parent") << QByteArray("../evil");
        QTest::newRow("parent inside") << QByteArray("a/../../evil");
        QTest::newRow("absolute") << QByteArray("/etc/evil");
        QTest::newRow("drive") << QByteArray("C:evil");
        QTest::newRow("back slash") << QByteArray("a\\..\\evil");
        QTest::newRow("dot") << QByteArray("a/./evil");
        QTest::newRow("empty part") << QByteArray("a//evil");
        QTest::newRow("control character") << QByteArray("a\nevil");
        QTest::newRow("NUL") << QByteArray("evil\0.obj", 9);
    }
    void refusesNamesThatLeadOut() {
        QFETCH(QByteArray, name);
        ToyZip::write(m_file, {{"good", "x"}, {name.toStdString(), "x"}});
        const auto archive = Archive::open(m_file);
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::BadFormat);
    }

    void refusesTwiceTheSameName() {
        ToyZip::write(m_file, {{"a", "1"}, {"a", "2"}});
        QCOMPARE(Archive::open(m_file).error().code, ErrorCode::BadFormat);
    }

    void refusesSymbolicLinks() {
        ToyZip::write(m_file, {{"link", "/etc/passwd", 0120777}});
        const auto archive = Archive::open(m_file);
        QVERIFY(!archive.ok());
        QVERIFY(archive.error().message.find("symbolic link") != std::string::npos);
    }

    void refusesEncryption() {
        ToyZip::write(m_file, {{"secret", "twelve bytes and more", 0100644, 1}});
        QCOMPARE(Archive::open(m_file).error().code, ErrorCode::Unsupported);
    }

    void refusesWhatIsBeyondTheLimits() {
        ToyZip::write(m_file, {{"a", std::string(100, 'x')}, {"b", std::string(100, 'x')}, {"c", "x"}});
        QVERIFY(Archive::open(m_file, {3, 100, 201, 200}).ok());
        QCOMPARE(Archive::open(m_file, {2, 100, 201, 200}).error().code, ErrorCode::BadFormat);
        QCOMPARE(Archive::open(m_file, {3, 99, 201, 200}).error().code, ErrorCode::BadFormat);
        QCOMPARE(Archive::open(m_file, {3, 100, 200, 200}).error().code, ErrorCode::BadFormat);
    }

    void refusesBombs() {
        writeCompressed(m_file, std::size_t(8) << 20);
        const auto archive = Archive::open(m_file);
        QVERIFY(!archive.ok());
        QVERIFY(archive.error().message.find("compressed beyond") != std::string::npos);
    }

    void countsWhatItInflates() {
        ToyZip::write(m_file, {{"a", std::string(60, 'x')}});
        auto archive = Archive::open(m_file, {10, 100, 100, 200});
        QVERIFY(archive.ok());
        QVERIFY(archive->read("a").ok());
        QCOMPARE(archive->read("a").error().code, ErrorCode::BadFormat);  // 120 bytes together
    }

    void refusesDamagedFiles() {
        const std::string good =
            ToyZip::bytes({{"one.txt", "the content of a file"}, {"two.txt", "another"}});
        for (std::size_t size = 0; size < good.size(); size += 7) {
            std::ofstream(m_file, std::ios::binary).write(good.data(), std::streamsize(size));
            QCOMPARE(Archive::open(m_file).error().code, ErrorCode::BadFormat);
        }
        std::string flipped = good;
        flipped[30 + 7 + 3] ^= 1;  // inside of the first content: its checksum no longer fits
        std::ofstream(m_file, std::ios::binary).write(flipped.data(), std::streamsize(flipped.size()));
        auto archive = Archive::open(m_file);
        QVERIFY(archive.ok());
        QCOMPARE(archive->read("one.txt").error().code, ErrorCode::BadFormat);
        QVERIFY(archive->read("two.txt").ok());
    }

    void saysWhenThereIsNoFile() { QCOMPARE(Archive::open(m_file).error().code, ErrorCode::NotFound); }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_file;
};

VITRINE_TEST(TestArchive)
#include "tst_archive.moc"
