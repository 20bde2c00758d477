// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/io/atomic_file.h"
#include "core/nets/precision_probe.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

constexpr PrecisionTimes kBFloat16Faster{10, 6}, kFloat32Faster{10, 16};

/// Answers like a timing and counts how often it is asked.
struct Timing {
    PrecisionTimes times;
    int numAsked = 0;

    torch::Dtype chosenBy(const PrecisionProbe& probe, const std::string& work) {
        return probe.choose(work, [this] {
            ++numAsked;
            return times;
        });
    }
};

ChairGenerator probedNetwork() {
    ChairGeneratorOptions options;
    options.numStyles = 3;
    options.branchWidth = options.jointWidth = 8;
    options.rgbMaps = {8, 6};
    options.maskMaps = {};
    return ChairGenerator(options);
}

}  // namespace

class TestPrecisionProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void bfloat16MustBeClearlyFaster_data();
    void bfloat16MustBeClearlyFaster();
    void withoutBFloat16NothingIsTimed();
    void timesAreKept();
    void eachWorkIsTimed();
    void eachMachineIsTimed();
    void brokenFilesAreReplaced_data();
    void brokenFilesAreReplaced();
    void aFileThatCannotBeWrittenIsDoneWithout();
    void bothRunEquallyOften();
    void batchSizesAreChosenApart();
    void theUserOverrides();
    void shapesLeaveClassNamesOut();

private:
    std::filesystem::path file() const {
        return m_folder->filePath(QStringLiteral("cache/precision.json")).toStdString();
    }
    PrecisionProbe probe(const std::string& machine = "a processor, 1.0", bool hasBFloat16 = true) const {
        return {file(), machine, hasBFloat16};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPrecisionProbe::bfloat16MustBeClearlyFaster_data() {
    QTest::addColumn<double>("fp32Ms");
    QTest::addColumn<double>("bf16Ms");
    QTest::addColumn<bool>("isBFloat16");
    QTest::newRow("AVX512-BF16 without AMX, batch 64") << 150.0 << 236.0 << false;
    QTest::newRow("AMX") << 150.0 << 60.0 << true;
    QTest::newRow("the same") << 10.0 << 10.0 << false;
    QTest::newRow("within the noise") << 10.0 << 9.8 << false;
    QTest::newRow("a tenth") << 10.0 << 9.0 << true;
}

void TestPrecisionProbe::bfloat16MustBeClearlyFaster() {
    QFETCH(double, fp32Ms);
    QFETCH(double, bf16Ms);
    QFETCH(bool, isBFloat16);
    QCOMPARE(fasterPrecision({fp32Ms, bf16Ms}) == torch::kBFloat16, isBFloat16);
}

void TestPrecisionProbe::withoutBFloat16NothingIsTimed() {
    Timing timing{kBFloat16Faster};
    QVERIFY(timing.chosenBy(probe("old processor", /*hasBFloat16=*/false), "work") == torch::kFloat32);
    QCOMPARE(timing.numAsked, 0);
    QVERIFY(!std::filesystem::exists(file()));
}

void TestPrecisionProbe::timesAreKept() {
    Timing first{kBFloat16Faster}, later{kFloat32Faster};
    QVERIFY(first.chosenBy(probe(), "work") == torch::kBFloat16);
    QCOMPARE(first.numAsked, 1);
    QVERIFY(later.chosenBy(probe(), "work") == torch::kBFloat16);
    QCOMPARE(later.numAsked, 0);
}

void TestPrecisionProbe::eachWorkIsTimed() {
    Timing single{kBFloat16Faster}, batch{kFloat32Faster};
    QVERIFY(single.chosenBy(probe(), "batch 1") == torch::kBFloat16);
    QVERIFY(batch.chosenBy(probe(), "batch 16") == torch::kFloat32);
    QVERIFY(batch.chosenBy(probe(), "batch 1") == torch::kBFloat16);
    QCOMPARE(batch.numAsked, 1);
}

void TestPrecisionProbe::eachMachineIsTimed() {
    Timing here{kBFloat16Faster}, there{kFloat32Faster};
    QVERIFY(here.chosenBy(probe("a processor, 1.0"), "work") == torch::kBFloat16);
    QVERIFY(there.chosenBy(probe("a processor, 1.1"), "work") == torch::kFloat32);
    QVERIFY(there.chosenBy(probe("a processor, 1.0"), "work") == torch::kBFloat16);
    QCOMPARE(there.numAsked, 1);
}

void TestPrecisionProbe::brokenFilesAreReplaced_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"a processor, 1.0\": {\"wo");
    QTest::newRow("not JSON") << QByteArray("\x00\xff\xfeprecision", 12);
    QTest::newRow("not an object") << QByteArray("[1, 2]");
    QTest::newRow("no times of the machine") << QByteArray("{\"a processor, 1.0\": 3}");
    for (const char* entry : {"7",
                              "null",
                              "{}",
                              "{\"fp32Ms\": 1}",
                              "{\"fp32Ms\": \"1\", \"bf16Ms\": 2}",
                              "{\"fp32Ms\": 0, \"bf16Ms\": 2}",
                              "{\"fp32Ms\": 1, \"bf16Ms\": -2}"}) {
        Timing timing{kBFloat16Faster};  // finds out the whole name of the work
        QTemporaryDir folder;
        const std::filesystem::path other = folder.filePath(QStringLiteral("precision.json")).toStdString();
        timing.chosenBy({other, "a processor, 1.0", true}, "work");
        QByteArray content = QByteArray::fromStdString(readTextFile(other).value()).simplified();
        const auto begin = content.indexOf('{', content.indexOf("work"));
        content.replace(begin, content.indexOf('}') - begin + 1, entry);
        QTest::addRow("entry %s", entry) << content;
    }
}

void TestPrecisionProbe::brokenFilesAreReplaced() {
    QFETCH(QByteArray, content);
    std::filesystem::create_directories(file().parent_path());
    std::ofstream(file(), std::ios::binary) << content.toStdString();
    Timing first{kBFloat16Faster}, later{kFloat32Faster};
    QVERIFY(first.chosenBy(probe(), "work") == torch::kBFloat16);
    QCOMPARE(first.numAsked, 1);
    QVERIFY(later.chosenBy(probe(), "work") == torch::kBFloat16);
    QCOMPARE(later.numAsked, 0);
}

void TestPrecisionProbe::aFileThatCannotBeWrittenIsDoneWithout() {
    std::ofstream(file().parent_path()) << "where the folder should be";
    Timing timing{kBFloat16Faster};
    QVERIFY(timing.chosenBy(probe(), "work") == torch::kBFloat16);
    QVERIFY(timing.chosenBy(probe(), "work") == torch::kBFloat16);
    QCOMPARE(timing.numAsked, 2);
}

void TestPrecisionProbe::bothRunEquallyOften() {
    int numFloat32 = 0, numBFloat16 = 0;
    const PrecisionTimes times = timeByTurns([&] { ++numFloat32; }, [&] { ++numBFloat16; });
    QVERIFY(numFloat32 > 2);
    QCOMPARE(numBFloat16, numFloat32);
    QVERIFY(times.fp32Ms >= 0 && times.bf16Ms >= 0);
}

void TestPrecisionProbe::batchSizesAreChosenApart() {
    ChairGenerator network = probedNetwork();
    const std::string shapes = shapesOf(network->options.toMetadata());
    Timing single{kBFloat16Faster}, batch{kFloat32Faster};
    single.chosenBy(probe(), shapes + ", batch 1");
    batch.chosenBy(probe(), shapes + ", batch 16");
    const ChairPrecisions precisions = chairPrecisions(*network, "auto", probe());
    QVERIFY(precisions.of(1) == torch::kBFloat16);
    QVERIFY(precisions.of(2) == torch::kFloat32);
    QVERIFY(precisions.of(16) == torch::kFloat32);
    QCOMPARE(precisions.name(), std::string("bf16, batches fp32"));
    QCOMPARE(chairPrecisions(*network, "auto", probe("old processor", false)).name(), std::string("fp32"));
}

void TestPrecisionProbe::theUserOverrides() {
    ChairGenerator network = probedNetwork();
    QCOMPARE(chairPrecisions(*network, "bf16", probe()).name(), std::string("bf16"));
    QCOMPARE(chairPrecisions(*network, "fp32", probe()).name(), std::string("fp32"));
    QVERIFY(!std::filesystem::exists(file()));
    QVERIFY(checkCpuPrecision("auto") && checkCpuPrecision("fp32"));
    const Status bfloat16 = checkCpuPrecision("bf16");
    QVERIFY(FastChairGenerator::cpuHasBFloat16() ? bool(bfloat16)
                                                 : bfloat16.error().code == ErrorCode::Unsupported);
}

void TestPrecisionProbe::shapesLeaveClassNamesOut() {
    QCOMPARE(shapesOf({{"architecture", "net"}, {"classes", "chair,table"}, {"width", "8"}}),
             std::string("architecture=net width=8"));
}

VITRINE_TEST(TestPrecisionProbe)
#include "tst_precision_probe.moc"
