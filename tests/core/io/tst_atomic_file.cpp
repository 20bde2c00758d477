// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/sha256.h"
#include "core/io/atomic_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::FileSizeLimit;
namespace fs = std::filesystem;

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = fs::path(m_dir->path().toStdString()) / "note.txt";
    }

    void writesAndReadsBack() {
        QVERIFY(writeFileAtomically(m_file, std::string_view("first")).ok());
        QVERIFY(writeFileAtomically(m_file, std::string_view("second")).ok());
        QCOMPARE(readTextFile(m_file).value(), std::string("second"));
        QCOMPARE(numEntries(), 1);
        const auto others = fs::status(m_file).permissions() & fs::perms::group_read;
        QVERIFY2(others != fs::perms::none, "a new file is as readable as any other");
    }

    void writesEmptyFile() {
        QVERIFY(writeFileAtomically(m_file, std::string_view()).ok());
        QVERIFY(readFile(m_file).value().empty());
    }

    void failingWriterKeepsOldContent() {
        QVERIFY(writeFileAtomically(m_file, std::string_view("old")).ok());
        const Status status = writeFileAtomically(m_file, [](const ByteSink& sink) -> Status {
            const std::vector<std::byte> part(1000);
            VITRINE_CHECK(sink(part));
            return Error{ErrorCode::NonFinite, "not a number"};
        });
        QCOMPARE(status.error().code, ErrorCode::NonFinite);
        QCOMPARE(readTextFile(m_file).value(), std::string("old"));
        QCOMPARE(numEntries(), 1);
    }

    void fullDiskKeepsOldContentAndNamesTheFile() {
        QVERIFY(writeFileAtomically(m_file, std::string_view("old")).ok());
        Status status;
        {
            const FileSizeLimit limit(100);
            status = writeFileAtomically(m_file, std::string(1000, 'x'));
        }
        QCOMPARE(status.error().code, ErrorCode::NoSpace);
        QVERIFY(status.error().message.find("note.txt") != std::string::npos);
        QVERIFY(status.error().message.find("room") != std::string::npos);
        QCOMPARE(readTextFile(m_file).value(), std::string("old"));
        QCOMPARE(numEntries(), 1);
    }

    void missingFolderIsAnError() {
        const Status status =
            writeFileAtomically(m_file.parent_path() / "no" / "such" / "file", std::string_view("x"));
        QCOMPARE(status.error().code, ErrorCode::Io);
        QVERIFY(status.error().message.find("folder") != std::string::npos);
    }

    void readingWhatIsNotThere() {
        QCOMPARE(readFile(m_file).error().code, ErrorCode::NotFound);
        QCOMPARE(readTextFile(m_file.parent_path()).error().code, ErrorCode::Io);
    }

    void readingStopsAtTheLimit() {
        std::ofstream(m_file) << std::string(5000, 'x');
        QCOMPARE(readFile(m_file, 4999).error().code, ErrorCode::BadFormat);
        QCOMPARE(readFile(m_file, 5000).value().size(), std::size_t(5000));
    }

    void endlessFileIsRefused() {
        if (!fs::exists("/dev/zero")) QSKIP("no /dev/zero");
        QCOMPARE(readFile("/dev/zero", 1 << 20).error().code, ErrorCode::BadFormat);
    }

    void folderMovesIntoPlaceWhole() {
        const fs::path hidden = m_file.parent_path() / ".hidden", folder = m_file.parent_path() / "folder";
        for (const char* content : {"one", "two"}) {
            fs::create_directory(hidden);
            const std::string_view text = content;
            QVERIFY(writeFileUnsynced(hidden / "a", std::as_bytes(std::span(text))).ok());
            QVERIFY(moveFolderIntoPlace(hidden, folder).ok());
            QVERIFY(!fs::exists(hidden));
            QCOMPARE(readTextFile(folder / "a").value(), std::string(content));
        }
    }

    void sha256_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("digest");
        QTest::newRow("empty") << QByteArray()
                               << QByteArray(
                                      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        QTest::newRow("abc") << QByteArray("abc")
                             << QByteArray(
                                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("million") << QByteArray(1000000, 'a')
                                 << QByteArray(
                                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    void sha256() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, digest);
        QCOMPARE(QByteArray::fromStdString(
                     Sha256().update(std::string_view(text.data(), std::size_t(text.size()))).hexDigest()),
                 digest);
        Sha256 pieces;
        for (qsizetype at = 0; at < text.size(); at += 77) pieces.update(text.mid(at, 77).toStdString());
        QCOMPARE(QByteArray::fromStdString(pieces.hexDigest()), digest);
    }

private:
    int numEntries() const {
        return int(std::distance(fs::directory_iterator(m_file.parent_path()), fs::directory_iterator()));
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_file;
};

VITRINE_TEST(TestAtomicFile)
#include "tst_atomic_file.moc"
