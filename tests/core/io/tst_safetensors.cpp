// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>
#include <fstream>
#include <limits>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

template <class T>
std::span<const std::byte> bytesOf(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

std::vector<std::byte> fileOf(const std::string& header, std::size_t dataBytes, std::uint64_t claimedLength) {
    std::vector<std::byte> content(8 + header.size() + dataBytes);
    std::memcpy(content.data(), &claimedLength, 8);
    std::memcpy(content.data() + 8, header.data(), header.size());
    return content;
}

std::vector<std::byte> fileOf(const std::string& header, std::size_t dataBytes) {
    return fileOf(header, dataBytes, header.size());
}

std::string tensor(const char* name, const char* type, const char* shape, const char* offsets) {
    return std::string("\"") + name + "\":{\"dtype\":\"" + type + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}";
}

Result<SafetensorsFile> parseHeader(const std::string& header, std::size_t dataBytes) {
    return SafetensorsFile::parse(fileOf(header, dataBytes), "chairs.safetensors");
}

QString faultOf(const Result<SafetensorsFile>& result) {
    return result ? QStringLiteral("accepted") : QString::fromStdString(result.error().message);
}

}  // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeSurvivesTheRoundTrip();
    void arraysAreAlignedInTheFile();
    void sameContentGivesTheSameFile();
    void emptyTensorIsAllowed();
    void brokenHeaderIsNamed_data();
    void brokenHeaderIsNamed();
    void brokenFrameIsNamed();
    void everyTruncationIsRefused();
    void everyFlippedBitOfTheDataIsNoticed();
    void noFlippedBitOfTheHeaderChangesWhatIsRead();
    void flippedHeaderBytesNeverCrash();
    void manyTensorsAreRefused();
    void nonFiniteValuesAreRefused();
    void missingFileIsNotFound();
    void writerRefusesWhatDoesNotFit();
    void unwritablePlaceIsAnError();

private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    QTemporaryDir m_folder;
};

void TestSafetensors::everyTypeSurvivesTheRoundTrip() {
    const std::vector<float> floats = {1.5f, -2.25f, 0, 1e-30f, 3e38f, -0.f};
    const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x7bff};
    const std::vector<std::uint16_t> brains = {0x3f80, 0xff7f};
    const std::vector<std::int64_t> integers = {std::numeric_limits<std::int64_t>::min(), -1, 7};
    const std::vector<std::uint8_t> octets = {0, 127, 255};
    const std::map<std::string, TensorView> tensors = {
        {"fc.weight", {TensorType::Float32, {2, 3}, bytesOf(floats)}},
        {"half", {TensorType::Float16, {3}, bytesOf(halves)}},
        {"brain", {TensorType::BFloat16, {1, 2, 1}, bytesOf(brains)}},
        {"steps", {TensorType::Int64, {3}, bytesOf(integers)}},
        {"bytes", {TensorType::UInt8, {3, 1}, bytesOf(octets)}},
    };
    const std::map<std::string, std::string> metadata = {{"preset", "paper-128"},
                                                         {"licence", "“CC0” \"quoted\"\n"}};
    QVERIFY(writeSafetensors(path("all.safetensors"), tensors, metadata));

    const auto file = SafetensorsFile::read(path("all.safetensors"));
    QVERIFY2(file, qPrintable(faultOf(file)));
    QCOMPARE(file->metadata(), metadata);
    QCOMPARE(file->tensors().size(), tensors.size());
    for (const auto& [name, expected] : tensors) {
        const TensorView& actual = file->tensors().at(name);
        QCOMPARE(actual.type, expected.type);
        QCOMPARE(actual.shape, expected.shape);
        QVERIFY(std::ranges::equal(actual.bytes, expected.bytes));
    }
}

void TestSafetensors::arraysAreAlignedInTheFile() {
    const std::vector<std::uint8_t> octets = {1, 2, 3};
    const std::vector<float> floats = {1, 2};
    const std::vector<std::int64_t> integers = {5};
    QVERIFY(writeSafetensors(path("mixed"),
                             {{"a", {TensorType::UInt8, {3}, bytesOf(octets)}},
                              {"b", {TensorType::Float32, {2}, bytesOf(floats)}},
                              {"c", {TensorType::Int64, {1}, bytesOf(integers)}}},
                             {}));
    const auto file = SafetensorsFile::read(path("mixed"));
    QVERIFY(file);
    for (const auto& [name, view] : file->tensors()) {
        QCOMPARE(reinterpret_cast<std::uintptr_t>(view.bytes.data()) % bytesPerElement(view.type),
                 std::uintptr_t(0));
    }
}

void TestSafetensors::sameContentGivesTheSameFile() {
    const std::vector<float> floats = {1, 2};
    const std::map<std::string, TensorView> tensors = {{"w", {TensorType::Float32, {2}, bytesOf(floats)}}};
    QVERIFY(writeSafetensors(path("one"), tensors, {{"b", "2"}, {"a", "1"}}));
    QVERIFY(writeSafetensors(path("two"), tensors, {{"a", "1"}, {"b", "2"}}));
    QCOMPARE(*readFile(path("one")), *readFile(path("two")));
}

void TestSafetensors::emptyTensorIsAllowed() {
    const auto file = parseHeader(
        "{" + tensor("none", "F32", "[0,7]", "[0,0]") + "," + tensor("x", "U8", "[2]", "[0,2]") + "}  ", 2);
    QVERIFY2(file, qPrintable(faultOf(file)));
    QCOMPARE(file->tensors().at("none").bytes.size(), std::size_t(0));
}

void TestSafetensors::brokenHeaderIsNamed_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("dataBytes");
    QTest::addColumn<QString>("fault");
    const auto row = [](const char* name, const std::string& header, int dataBytes, const char* fault) {
        QTest::newRow(name) << QString::fromStdString(header) << dataBytes << QString::fromUtf8(fault);
    };
    const auto one = [&](const char* name, const std::string& entry, int dataBytes, const char* fault) {
        row(name, "{" + entry + "}", dataBytes, fault);
    };
    row("not JSON", "{\"w\":", 0, "not valid JSON");
    row("not an object", "[1,2]", 0, "does not start with '{'");
    row("space first", " {}", 0, "does not start with '{'");
    row("something after the object", "{} {}", 0, "not valid JSON");
    row("broken UTF-8 is not JSON", std::string("{\"\\ud800\":{}}"), 0, "not valid JSON");
    one("duplicate tensor",
        tensor("w", "U8", "[1]", "[0,1]") + "," + tensor("w", "U8", "[1]", "[0,1]"),
        1,
        "'w' occurs twice");
    one("duplicate metadata", "\"__metadata__\":{},\"__metadata__\":{}", 0, "'__metadata__' occurs twice");
    one("duplicate metadata key", "\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}", 0, "'a' occurs twice");
    one("duplicate field",
        "\"w\":{\"dtype\":\"U8\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,1]}",
        1,
        "'dtype' of tensor 'w' occurs twice");
    one("metadata that is not text",
        "\"__metadata__\":{\"step\":3}",
        0,
        "a number is where it does not belong");
    one("nested metadata", "\"__metadata__\":{\"a\":{}}", 0, "an object is where it does not belong");
    one("nested deeply", "\"w\":{\"shape\":[[[[[[1]]]]]]}", 0, "a list is where it does not belong (at 'w')");
    one("tensor that is a number", "\"w\":1", 0, "a number is where it does not belong (at 'w')");
    one("tensor that is null", "\"w\":null", 0, "null");
    one("tensor that is true", "\"w\":true", 0, "a truth value");
    one("no dtype", "\"w\":{\"shape\":[1],\"data_offsets\":[0,1]}", 1, "'w' has no dtype");
    one("no shape", "\"w\":{\"dtype\":\"U8\",\"data_offsets\":[0,1]}", 1, "'w' has no shape");
    one("no offsets", "\"w\":{\"dtype\":\"U8\",\"shape\":[1]}", 1, "'w' does not have two data offsets");
    one("one offset", tensor("w", "U8", "[1]", "[1]"), 1, "'w' does not have two data offsets");
    one("three offsets", tensor("w", "U8", "[1]", "[0,1,1]"), 1, "more than two data offsets");
    one("unknown field",
        "\"w\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"x\":1}",
        1,
        "unknown field 'x'");
    one("unknown type", tensor("w", "F64", "[1]", "[0,8]"), 8, "element type 'F64'");
    one("nine dimensions",
        tensor("w", "U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]"),
        1,
        "'w' has more than 8 dimensions");
    one("negative extent", tensor("w", "U8", "[-1]", "[0,1]"), 1, "a negative number");
    one("negative offset", tensor("w", "U8", "[1]", "[-1,0]"), 1, "a negative number");
    one("fraction", tensor("w", "U8", "[1.5]", "[0,1]"), 1, "'1.5' in the header is not a whole number");
    one("extent beyond 64 bits",
        tensor("w", "U8", "[18446744073709551616]", "[0,0]"),
        0,
        "not a whole number");
    one("product that wraps to zero",
        tensor("w", "F32", "[4294967296,4294967296]", "[0,0]"),
        0,
        "shape that is too large");
    one("overflow behind a zero",
        tensor("w", "F32", "[0,4294967296,4294967296]", "[0,0]"),
        0,
        "shape that is too large");
    one("ends before it begins", tensor("w", "U8", "[1]", "[1,0]"), 1, "'w' ends before it begins");
    one("beyond the end", tensor("w", "U8", "[4]", "[0,4]"), 3, "'w' reaches beyond the end");
    one("offset near 2^64",
        tensor("w", "U8", "[1]", "[18446744073709551614,18446744073709551615]"),
        1,
        "reaches beyond the end");
    one("bytes that do not fit the shape",
        tensor("w", "F32", "[2]", "[0,4]"),
        4,
        "'w' takes 4 bytes where its shape needs 8");
    one("overlap",
        tensor("a", "U8", "[2]", "[0,2]") + "," + tensor("b", "U8", "[2]", "[1,3]"),
        3,
        "'b' overlaps");
    one("hole",
        tensor("a", "U8", "[1]", "[0,1]") + "," + tensor("b", "U8", "[1]", "[2,3]"),
        3,
        "a hole before tensor 'b'");
    one("hole at the start", tensor("a", "U8", "[1]", "[1,2]"), 2, "a hole before tensor 'a'");
    one("trailing bytes", tensor("a", "U8", "[1]", "[0,1]"), 2, "bytes behind the last tensor");
    row("data without tensors", "{}", 1, "bytes behind the last tensor");
    one("wrong checksum",
        "\"__metadata__\":{\"data_crc32\":\"00000000\"}," + tensor("a", "U8", "[1]", "[0,1]"),
        1,
        "differ from their checksum");
    one("wrong checksum of the header",
        "\"__metadata__\":{\"header_crc32\":\"00000000\"}," + tensor("a", "U8", "[1]", "[0,1]"),
        1,
        "its header is damaged");
}

void TestSafetensors::brokenHeaderIsNamed() {
    QFETCH(QString, header);
    QFETCH(int, dataBytes);
    QFETCH(QString, fault);
    const auto file = parseHeader(header.toStdString(), std::size_t(dataBytes));
    QVERIFY(!file);
    QVERIFY2(faultOf(file).contains(fault), qPrintable(faultOf(file)));
    QVERIFY(faultOf(file).contains(QStringLiteral("chairs.safetensors")));
    QVERIFY(file.error().code == ErrorCode::BadFormat || file.error().code == ErrorCode::Unsupported);
}

void TestSafetensors::brokenFrameIsNamed() {
    const auto fault = [](std::vector<std::byte> content) {
        return faultOf(SafetensorsFile::parse(std::move(content), "w"));
    };
    QVERIFY(fault({}).contains(QStringLiteral("it is empty")));
    QVERIFY(fault(std::vector<std::byte>(5)).contains(QStringLiteral("ends within its first 8 bytes")));
    QVERIFY(fault(fileOf("{}", 0, 0)).contains(QStringLiteral("does not start with '{'")));
    QVERIFY(fault(fileOf("{}", 0, 3)).contains(QStringLiteral("cut off within its header")));
    QVERIFY(fault(fileOf("{}", 0, ~std::uint64_t(0))).contains(QStringLiteral("longer than 16 MiB")));
    QVERIFY(
        fault(fileOf("{}", 0, (std::uint64_t(16) << 20) + 1)).contains(QStringLiteral("longer than 16 MiB")));
}

void TestSafetensors::everyTruncationIsRefused() {
    const std::vector<float> floats = {1, 2, 3};
    QVERIFY(
        writeSafetensors(path("whole"), {{"w", {TensorType::Float32, {3}, bytesOf(floats)}}}, {{"a", "b"}}));
    const auto whole = *readFile(path("whole"));
    QVERIFY(SafetensorsFile::parse(whole, "w"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        QVERIFY(!SafetensorsFile::parse({whole.begin(), whole.begin() + std::ptrdiff_t(size)}, "w"));
    }
}

void TestSafetensors::everyFlippedBitOfTheDataIsNoticed() {
    const std::vector<std::uint8_t> octets = {1, 2, 3, 4, 5};
    QVERIFY(writeSafetensors(path("data"), {{"w", {TensorType::UInt8, {5}, bytesOf(octets)}}}, {}));
    auto content = *readFile(path("data"));
    for (std::size_t bit = (content.size() - 5) * 8; bit < content.size() * 8; ++bit) {
        auto damaged = content;
        damaged[bit / 8] ^= std::byte(1 << bit % 8);
        const auto file = SafetensorsFile::parse(damaged, "w");
        QVERIFY(faultOf(file).contains(QStringLiteral("differ from their checksum")));
    }
}

void TestSafetensors::noFlippedBitOfTheHeaderChangesWhatIsRead() {
    const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x7bff, 0};
    const std::map<std::string, std::string> metadata = {{"classes", "oak-chair,sofa"},
                                                         {"leaky_slope", "0.2"}};
    QVERIFY(
        writeSafetensors(path("header"), {{"w", {TensorType::Float16, {1, 4}, bytesOf(halves)}}}, metadata));
    const auto content = *readFile(path("header"));
    int numRefused = 0;
    const int numBits = int(content.size() - 8) * 8;
    for (int bit = 0; bit < numBits; ++bit) {
        auto damaged = content;
        damaged[std::size_t(bit) / 8] ^= std::byte(1 << bit % 8);
        const auto file = SafetensorsFile::parse(std::move(damaged), "w");
        if (!file) ++numRefused;
        if (!file) continue;
        // Only the name of a checksum itself may be lost.
        QCOMPARE(file->tensors().at("w").shape, (std::vector<std::int64_t>{1, 4}));
        for (const auto& [key, value] : metadata) QCOMPARE(file->metadata().at(key), value);
    }
    QVERIFY(numRefused > numBits * 8 / 10);
}

void TestSafetensors::flippedHeaderBytesNeverCrash() {
    const std::vector<float> floats = {1, 2, 3, 4};
    QVERIFY(writeSafetensors(
        path("fuzz"), {{"fc_1.weight", {TensorType::Float32, {2, 2}, bytesOf(floats)}}}, {{"preset", "x"}}));
    const auto content = *readFile(path("fuzz"));
    int numRefused = 0;
    for (std::size_t i = 0; i < content.size() - 16; ++i) {
        for (int value = 0; value < 256; ++value) {
            auto damaged = content;
            damaged[i] = std::byte(value);
            const auto file = SafetensorsFile::parse(std::move(damaged), "w");
            if (!file)
                ++numRefused;
            else
                for (const auto& [name, view] : file->tensors()) QCOMPARE(view.bytes.size(), std::size_t(16));
        }
    }
    QVERIFY(numRefused > 1000);
}

void TestSafetensors::manyTensorsAreRefused() {
    std::string header = "{";
    for (int i = 0; i < 4097; ++i) {
        header += (i ? "," : "") + tensor(("t" + std::to_string(i)).c_str(), "U8", "[0]", "[0,0]");
    }
    QVERIFY(faultOf(parseHeader(header + "}", 0)).contains(QStringLiteral("more than 4096 tensors")));
}

void TestSafetensors::nonFiniteValuesAreRefused() {
    const auto withBits = [](const char* type, std::uint32_t bits, std::size_t size) {
        auto content =
            fileOf("{" + tensor("fc_5.weight", type, "[2]", size == 4 ? "[0,8]" : "[0,4]") + "}", 2 * size);
        std::memcpy(content.data() + content.size() - size, &bits, size);
        return SafetensorsFile::parse(std::move(content), "w");
    };
    for (const auto& file : {withBits("F32", 0x7f800000, 4),
                             withBits("F32", 0xffc00001, 4),
                             withBits("F16", 0x7c00, 2),
                             withBits("F16", 0xfe01, 2),
                             withBits("BF16", 0x7f80, 2),
                             withBits("BF16", 0xffc0, 2)}) {
        QVERIFY(!file);
        QVERIFY(file.error().code == ErrorCode::NonFinite);
        QVERIFY(faultOf(file).contains(QStringLiteral("fc_5.weight")));
    }
    QVERIFY(withBits("F32", 0x7f7fffff, 4));
    QVERIFY(withBits("F16", 0x7bff, 2));
    QVERIFY(withBits("BF16", 0x7f7f, 2));
}

void TestSafetensors::missingFileIsNotFound() {
    const auto file = SafetensorsFile::read(path("nothing.safetensors"));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::NotFound);
}

void TestSafetensors::writerRefusesWhatDoesNotFit() {
    const std::vector<float> floats = {1, std::numeric_limits<float>::infinity()};
    const auto write = [&](const char* name,
                           std::vector<std::int64_t> shape,
                           std::map<std::string, std::string> metadata = {}) {
        return writeSafetensors(
            path("refused"), {{name, {TensorType::Float32, std::move(shape), bytesOf(floats)}}}, metadata);
    };
    QVERIFY(write("w", {3}).error().code == ErrorCode::InvalidArgument);
    QVERIFY(write("w", {-2}).error().code == ErrorCode::InvalidArgument);
    QVERIFY(write("__metadata__", {2}).error().code == ErrorCode::InvalidArgument);
    QVERIFY(write("w", {2}).error().code == ErrorCode::NonFinite);
    QVERIFY(!std::filesystem::exists(path("refused")));
}

void TestSafetensors::unwritablePlaceIsAnError() {
    const std::vector<float> floats = {1};
    const std::map<std::string, TensorView> tensors = {{"w", {TensorType::Float32, {1}, bytesOf(floats)}}};
    const Status status = writeSafetensors(path("no/such/folder/w.safetensors"), tensors, {});
    QVERIFY(!status);
    QVERIFY(status.error().code == ErrorCode::Io || status.error().code == ErrorCode::NotFound);
}

VITRINE_TEST(TestSafetensors)
#include "tst_safetensors.moc"
