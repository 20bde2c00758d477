// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QTemporaryDir>
#include <QtTest>
#include <ctime>

#include "core/base/log.h"
#include "core/nets/inference_backend.h"
#include "core/sessions/chair_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

[[noreturn]] void runOutOfMemory() {
    throw c10::OutOfMemoryError({__func__, __FILE__, 1}, "no 64 MiB left");
}
[[noreturn]] void loseTheDevice() {
    throw c10::AcceleratorError({__func__, __FILE__, 1}, 719, "unspecified launch failure");
}

ChairRequest requestForStyle(int style) {
    ChairRequest request;
    request.styleWeights = {{style, 1}};
    return request;
}

/// A device that paints white pictures, until `fail` throws.
struct ToyDevice {
    std::function<void()> fail = [] {};
    int numOpened = 0, numPainted = 0;

    ChairSession::DeviceBackend backend() {
        return [this](ChairGeneratorImpl&) {
            ++numOpened;
            return InferenceBackend{"toy", [this](const ChairInputs&, std::span<std::uint8_t> out) {
                                        fail();
                                        ++numPainted;
                                        std::fill(out.begin(), out.end(), std::uint8_t(255));
                                        return true;
                                    }};
        };
    }
};

QString text(const std::string& given) {
    return QString::fromStdString(given);
}

}  // namespace

class TestDeviceFallback : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { setLogListener({}); }
    void aDeviceThatWorksIsUsed();
    void afterAFailureThePictureComesFromTheCpu_data();
    void afterAFailureThePictureComesFromTheCpu();
    void aFailureBetweenTwoPassesLosesNoPicture();
    void aDeviceThatCannotBeSetUpIsLeftOut();
    void whatTheDeviceHeldIsGivenBack();
    void aPictureThatIsNotFiniteIsNoFailureOfTheDevice();
    void brokenFilesAreRefusedBeforeTheDeviceIsAsked();
    void thePictureComesWithinASecond();

private:
    std::filesystem::path path() const {
        return m_folder.filePath(QStringLiteral("model.safetensors")).toStdString();
    }
    Image cpuPicture(int style) const {
        return ChairSession::open(path(), Device::Cpu)->generate(requestForStyle(style))->premultiplied;
    }

    QTemporaryDir m_folder;
    ToyDevice m_device;
    QStringList m_warnings;
};

void TestDeviceFallback::initTestCase() {
    test::writeRandomChairModel(path());
}

void TestDeviceFallback::init() {
    m_device = {};
    m_warnings.clear();
    setLogListener([this](LogLevel level, const std::string& message) {
        if (level == LogLevel::Warning) m_warnings << text(message);
    });
}

void TestDeviceFallback::aDeviceThatWorksIsUsed() {
    auto session = ChairSession::openOn(path(), m_device.backend());
    QVERIFY(session);
    QCOMPARE(session->info().device, std::string("toy"));
    QCOMPARE(session->generate(requestForStyle(1))->premultiplied.pixels[0], std::uint8_t(255));
    QCOMPARE(m_device.numPainted, 1);
    QVERIFY(session->info().notice.empty());
    QVERIFY(m_warnings.isEmpty());
}

void TestDeviceFallback::afterAFailureThePictureComesFromTheCpu_data() {
    QTest::addColumn<bool>("isMemory");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("remedy");
    QTest::newRow("out of memory") << true << QStringLiteral("out of memory")
                                   << QStringLiteral("close other programs");
    QTest::newRow("device lost") << false << QStringLiteral("failed")
                                 << QStringLiteral("start Vitrine again");
}

void TestDeviceFallback::afterAFailureThePictureComesFromTheCpu() {
    QFETCH(bool, isMemory);
    QFETCH(QString, fault);
    QFETCH(QString, remedy);
    auto session = ChairSession::openOn(path(), m_device.backend());
    QVERIFY(session->generate(requestForStyle(1)));
    m_device.fail = isMemory ? runOutOfMemory : loseTheDevice;

    const auto picture = session->generate(requestForStyle(2));
    QVERIFY(picture);
    QCOMPARE(picture->premultiplied, cpuPicture(2));
    const ChairModelInfo& info = session->info();
    QVERIFY2(info.device.starts_with("CPU, "), info.device.c_str());
    QVERIFY2(text(info.notice).contains(fault) && text(info.notice).contains(remedy), info.notice.c_str());
    QCOMPARE(m_warnings.size(), 1);
    QVERIFY(m_warnings[0].contains(isMemory ? QStringLiteral("64 MiB") : QStringLiteral("launch failure")));

    m_device.fail = [] {};  // it is not asked again
    QCOMPARE(session->generate(requestForStyle(3))->premultiplied, cpuPicture(3));
    QCOMPARE(m_device.numPainted, 1);
    QCOMPARE(m_device.numOpened, 1);
    QCOMPARE(m_warnings.size(), 1);
    QVERIFY(!session->info().notice.empty());
}

void TestDeviceFallback::aFailureBetweenTwoPassesLosesNoPicture() {
    auto session = ChairSession::openOn(path(), m_device.backend());
    m_device.fail = [this] {
        if (m_device.numPainted == 1) runOutOfMemory();
    };
    const std::vector<ChairRequest> requests(20, requestForStyle(4));
    const auto pictures = session->generate(requests);
    QVERIFY(pictures);
    QCOMPARE(pictures->size(), requests.size());
    QCOMPARE((*pictures)[0].premultiplied.pixels[0], std::uint8_t(255));
    QVERIFY((*pictures)[19].premultiplied.pixels != (*pictures)[0].premultiplied.pixels);
}

void TestDeviceFallback::aDeviceThatCannotBeSetUpIsLeftOut() {
    auto session =
        ChairSession::openOn(path(), [](ChairGeneratorImpl&) -> InferenceBackend { runOutOfMemory(); });
    QVERIFY(session);
    QVERIFY(session->info().device.starts_with("CPU, "));
    QVERIFY(text(session->info().notice).contains(QStringLiteral("out of memory")));
    QCOMPARE(session->generate(requestForStyle(0))->premultiplied, cpuPicture(0));
}

void TestDeviceFallback::whatTheDeviceHeldIsGivenBack() {
    const auto held = std::make_shared<int>(0);
    auto session = ChairSession::openOn(path(), [held](ChairGeneratorImpl&) {
        return InferenceBackend{
            "toy", [held](const ChairInputs&, std::span<std::uint8_t>) -> bool { loseTheDevice(); }};
    });
    const long before = held.use_count();
    QVERIFY(session->generate(requestForStyle(0)));
    QVERIFY(held.use_count() < before);
}

void TestDeviceFallback::aPictureThatIsNotFiniteIsNoFailureOfTheDevice() {
    auto session = ChairSession::openOn(path(), [](ChairGeneratorImpl&) {
        return InferenceBackend{"toy", [](const ChairInputs&, std::span<std::uint8_t>) { return false; }};
    });
    QVERIFY(session->generate(requestForStyle(0)).error().code == ErrorCode::NonFinite);
    QCOMPARE(session->info().device, std::string("toy"));
    QVERIFY(session->info().notice.empty());
}

void TestDeviceFallback::brokenFilesAreRefusedBeforeTheDeviceIsAsked() {
    QVERIFY(ChairSession::openOn(path() / "missing", m_device.backend()).error().code == ErrorCode::NotFound);
    QCOMPARE(m_device.numOpened, 0);
}

/// With the network of the box's size: weights are packed for the CPU only now. Processor time of all threads
/// is what a machine with nothing else to do needs at most.
void TestDeviceFallback::thePictureComesWithinASecond() {
    test::RandomChairModel model;
    model.preset = "compact-128";
    const auto file =
        std::filesystem::path(m_folder.filePath(QStringLiteral("large.safetensors")).toStdString());
    test::writeRandomChairModel(file, model);
    auto session = ChairSession::openOn(file, m_device.backend());
    m_device.fail = loseTheDevice;
    const std::clock_t start = std::clock();
    QVERIFY(session->generate(requestForStyle(0)));
    const double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 1, qPrintable(QStringLiteral("%1 s").arg(seconds)));
}

VITRINE_TEST(TestDeviceFallback)
#include "tst_device_fallback.moc"
