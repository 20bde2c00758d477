// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/io/atomic_file.h"
#include "core/io/event_file.h"
#include "core/io/png.h"
#include "core/io/tf_record.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using vitrine::test::FileSizeLimit;
namespace fs = std::filesystem;

namespace {

QByteArray hex(const std::string& bytes) {
    return QByteArray::fromStdString(bytes).toHex();
}

std::uint64_t lengthAt(const std::string& bytes, std::size_t offset) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data() + offset, sizeof length);
    return length;
}

/// The payloads of whole records; `torn` tells whether bytes are left behind them.
std::vector<std::string> recordsOf(const fs::path& file, bool* torn = nullptr) {
    const std::string content = readTextFile(file).value();
    std::vector<std::string> payloads;
    std::size_t offset = 0;
    while (content.size() - offset >= 16 && content.size() - offset - 16 >= lengthAt(content, offset)) {
        const std::size_t length = lengthAt(content, offset);
        const std::string payload = content.substr(offset + 12, length);
        if (frameRecord(payload) != content.substr(offset, length + 16)) break;
        payloads.push_back(payload);
        offset += length + 16;
    }
    if (torn != nullptr) *torn = offset != content.size();
    return payloads;
}

}  // namespace

class TestEventFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
    }

    // RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRCs.
    void checksumOfKnownBytes() {
        std::string rising;
        for (int i = 0; i < 32; ++i) rising += char(i);
        QCOMPARE(crc32c(""), 0u);
        QCOMPARE(crc32c("123456789"), 0xe3069283u);
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aau);
        QCOMPARE(crc32c(std::string(32, '\xff')), 0x62a8ab43u);
        QCOMPARE(crc32c(rising), 0x46dd794eu);
    }

    // The bytes that follow were made by the protocol buffer library and TensorFlow's record writer.
    void recordIsFramedLikeTensorFlows() {
        QCOMPARE(
            hex(frameRecord(event_message::fileVersion(1.5))),
            QByteArray("1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c"));
    }
    void messagesHaveTheLibrarysBytes_data() {
        QTest::addColumn<QByteArray>("ours");
        QTest::addColumn<QByteArray>("library");
        const HistogramData data{-1, 1, 3, 0.5, 2.25, {0, 1}, {1, 2}};
        QTest::newRow("file version") << hex(event_message::fileVersion(1.5))
                                      << QByteArray("09000000000000f83f1a0d627261696e2e4576656e743a32");
        QTest::newRow("start") << hex(event_message::sessionStart(1.5, 300))
                               << QByteArray("09000000000000f83f10ac023a020801");
        QTest::newRow("scalars") << hex(event_message::scalars(1.5, 300, {{"loss", 0.25}, {"psnr", -3}}))
                                 << QByteArray(
                                        "09000000000000f83f10ac022a1a0a0b0a046c6f7373150000803e"
                                        "0a0b0a0470736e7215000040c0");
        QTest::newRow("image") << hex(event_message::image(1.5, 0, "p", {200, 2, 3, "PNG"}))
                               << QByteArray("09000000000000f83f2a130a110a0170220c080210c80118032203504e47");
        QTest::newRow("histogram") << hex(event_message::histogram(1.5, std::int64_t(1) << 40, "w", data))
                                   << QByteArray(
                                          "09000000000000f83f108080808080202a580a560a01772a51"
                                          "09000000000000f0bf11000000000000f03f190000000000000840"
                                          "21000000000000e03f290000000000000240"
                                          "32100000000000000000000000000000f03f"
                                          "3a10000000000000f03f0000000000000040");
    }
    void messagesHaveTheLibrarysBytes() {
        QFETCH(QByteArray, ours);
        QFETCH(QByteArray, library);
        QCOMPARE(ours, library);
    }

    void histogramOfKnownValues() {
        const std::vector<float> values{0, 0.5f, 1, 1.5f, 2, 4};
        const HistogramData data = HistogramData::of(values, 4);
        QCOMPARE(data.min, 0.0);
        QCOMPARE(data.max, 4.0);
        QCOMPARE(data.num, 6.0);
        QCOMPARE(data.sum, 9.0);
        QCOMPARE(data.sumSquares, 0.25 + 1 + 2.25 + 4 + 16);
        QCOMPARE(data.bucketLimits, (std::vector<double>{1, 2, 3, 4}));
        QCOMPARE(data.buckets, (std::vector<double>{3, 2, 0, 1}));
    }
    void histogramOfEqualAndOfNoValues() {
        const HistogramData equal = HistogramData::of(std::vector<float>(7, 2.5f));
        QCOMPARE(equal.bucketLimits, std::vector<double>{2.5});
        QCOMPARE(equal.buckets, std::vector<double>{7});
        const HistogramData none = HistogramData::of({});
        QVERIFY(none.buckets.empty());
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.histogram(0, "none", none).ok());
    }

    void beginsWithItsVersionAndAStart() {
        const EventFile file = EventFile::create(m_folder).value();
        const auto records = recordsOf(file.path());
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(records[0].find("brain.Event:2") != std::string::npos);
        QCOMPARE(hex(records[1]).sliced(18), QByteArray("3a020801"));
        QVERIFY(file.path().filename().string().starts_with("events.out.tfevents."));
    }
    void resumedRunStartsAtItsStep() {
        const EventFile file = EventFile::create(m_folder, 300).value();
        QCOMPARE(hex(recordsOf(file.path()).at(1)).sliced(18), QByteArray("10ac023a020801"));
    }
    void eachFileSortsBehindTheOnesBefore() {
        std::vector<std::string> names;
        for (int i = 0; i < 12; ++i) names.push_back(EventFile::create(m_folder).value().path());
        QVERIFY(std::is_sorted(names.begin(), names.end()));
        QVERIFY(std::adjacent_find(names.begin(), names.end()) == names.end());
    }
    void eachCallAppendsOneRecordAtOnce() {
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.scalar(1, "loss", 2).ok());
        QCOMPARE(recordsOf(file.path()).size(), std::size_t(3));
        QVERIFY(file.scalars(2, {{"loss", 1}, {"psnr", 20}}).ok());
        QVERIFY(file.image(2, "preview", encodePng(Image(4, 3, 3)).value()).ok());
        QVERIFY(file.histogram(2, "weights", HistogramData::of(std::vector<float>{1, 2})).ok());
        EventFile moved = std::move(file);
        QVERIFY(moved.scalar(3, "loss", 0.5).ok());
        QVERIFY(moved.flush().ok());
        bool torn = true;
        QCOMPARE(recordsOf(moved.path(), &torn).size(), std::size_t(7));
        QVERIFY(!torn);
    }

    void refusesWhatIsNotFinite() {
        EventFile file = EventFile::create(m_folder).value();
        const auto size = fs::file_size(file.path());
        for (double value : {std::nan(""), double(INFINITY), -double(INFINITY), 1e39})
            QCOMPARE(file.scalar(1, "loss", value).error().code, ErrorCode::NonFinite);
        QCOMPARE(file.scalars(1, {{"a", 1}, {"b", std::nan("")}}).error().code, ErrorCode::NonFinite);
        for (float value : {std::nanf(""), INFINITY, -INFINITY}) {
            const auto data = HistogramData::of(std::vector<float>{0, value, 1});
            QCOMPARE(file.histogram(1, "weights", data).error().code, ErrorCode::NonFinite);
        }
        QCOMPARE(fs::file_size(file.path()), size);
    }
    void refusesBadHistogramsAndPictures() {
        EventFile file = EventFile::create(m_folder).value();
        const auto size = fs::file_size(file.path());
        const HistogramData falls{0, 2, 2, 2, 2, {2, 1}, {1, 1}};
        const HistogramData uneven{0, 2, 2, 2, 2, {1, 2}, {2}};
        QCOMPARE(file.histogram(1, "w", falls).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(file.histogram(1, "w", uneven).error().code, ErrorCode::InvalidArgument);
        const auto png = encodePng(Image(4, 3, 3)).value();
        for (std::size_t length : {0, 8, 32})
            QCOMPARE(file.image(1, "p", std::span(png).first(length)).error().code, ErrorCode::BadFormat);
        QCOMPARE(file.image(1, "p", std::vector<std::byte>(100)).error().code, ErrorCode::BadFormat);
        QCOMPARE(fs::file_size(file.path()), size);
    }

    void missingFolderIsAnError() {
        const auto file = EventFile::create(m_folder / "none");
        QCOMPARE(file.error().code, ErrorCode::Io);
        QVERIFY(file.error().message.find("does not exist") != std::string::npos);
        QVERIFY(file.error().message.find("none") != std::string::npos);
    }
    void readOnlyFolderIsAnError() {
        // The superuser may write anywhere but where the kernel itself refuses.
        const fs::path folder = ::geteuid() == 0 ? fs::path("/sys") : m_folder;
        if (folder == m_folder) fs::permissions(m_folder, fs::perms::owner_read | fs::perms::owner_exec);
        const auto file = EventFile::create(folder);
        QCOMPARE(file.error().code, ErrorCode::Io);
        QVERIFY2(file.error().message.find("Not allowed") != std::string::npos, file.error().message.c_str());
        fs::permissions(m_folder, fs::perms::owner_all);
    }
    void fullDiskLosesOneRecordAndNoMore() {
        EventFile file = EventFile::create(m_folder).value();
        QVERIFY(file.scalar(1, "loss", 2).ok());
        const auto size = fs::file_size(file.path());
        {
            const FileSizeLimit limit(size + 20);
            const Status status = file.scalar(2, "loss", 1);
            QCOMPARE(status.error().code, ErrorCode::NoSpace);
            QVERIFY(status.error().message.find("room") != std::string::npos);
            QVERIFY(status.error().message.find("tfevents") != std::string::npos);
        }
        QCOMPARE(fs::file_size(file.path()), size);
        QVERIFY(file.scalar(3, "loss", 0.5).ok());
        bool torn = true;
        QCOMPARE(recordsOf(file.path(), &torn).size(), std::size_t(4));
        QVERIFY(!torn);
    }
    void fullDiskAtTheStartLeavesNoFile() {
        {
            const FileSizeLimit limit(20);
            QCOMPARE(EventFile::create(m_folder).error().code, ErrorCode::NoSpace);
        }
        QVERIFY(fs::is_empty(m_folder));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestEventFile)
#include "tst_event_file.moc"
