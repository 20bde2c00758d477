// SPDX-License-Identifier: GPL-3.0-or-later
// Our NPZ files, read by numpy.
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <array>

#include "core/io/atomic_file.h"
#include "core/io/npz.h"
#include "tests/support/test_program.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

const std::array<float, 6> kValues{0, 1.5F, -2, 3, 4, 5.25F};
const std::array<std::uint8_t, 3> kLabels{0, 7, 255};

std::vector<NpzArray> someArrays() {
    return {NpzArray::of("mean", {2, 3}, kValues),
            NpzArray::of("labels", {3}, kLabels),
            NpzArray::of("none", {0, 4}, std::span<const float>())};
}

}  // namespace

class TestNpz : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numpyReadsIt() {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"a.npz"_s);
        QVERIFY(writeNpz(file.toStdString(), someArrays()));
        QProcess python;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PYTHONPATH"_s, QStringLiteral(VITRINE_TEST_PYTHON));
        environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
        python.setProcessEnvironment(environment);
        python.start(u"python3"_s, {QStringLiteral(VITRINE_NPZ_READER), file});
        QVERIFY(python.waitForFinished(120'000));
        QCOMPARE(python.readAllStandardError(), QByteArray());
        QCOMPARE(python.readAllStandardOutput(),
                 QByteArray("labels |u1 (3,) [0, 7, 255]\n"
                            "mean <f4 (2, 3) [0.0, 1.5, -2.0, 3.0, 4.0, 5.25]\n"
                            "none <f4 (0, 4) []\n"));
    }

    void theSameArraysGiveTheSameBytes() {
        QTemporaryDir folder;
        const auto write = [&folder](const char* name) {
            const std::filesystem::path file = folder.filePath(QString::fromLatin1(name)).toStdString();
            return writeNpz(file, someArrays()) ? *readFile(file) : std::vector<std::byte>();
        };
        const auto first = write("a.npz");
        QVERIFY(!first.empty());
        QVERIFY(first == write("b.npz"));
    }

    void aFolderThatIsNotThereIsAnError() {
        const Status written = writeNpz("/nowhere/at/all.npz", someArrays());
        QVERIFY(!written);
        QVERIFY(written.error().message.find("/nowhere/at/all.npz") != std::string::npos);
    }
};

VITRINE_TEST(TestNpz)
#include "tst_npz.moc"
