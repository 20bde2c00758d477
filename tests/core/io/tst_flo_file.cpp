// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include "core/io/atomic_file.h"
#include "core/io/flo_file.h"
#include "tests/support/test_program.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

FlowField someFlow() {
    FlowField flow(3, 2);
    for (std::size_t i = 0; i < flow.pixels.size(); ++i) flow.pixels[i] = float(i) * 0.5f - 2;
    return flow;
}

}  // namespace

class TestFloFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void comesBackAsItWas() {
        QVERIFY(writeFlo(file(), someFlow()));
        const auto flow = readFlo(file());
        QVERIFY(flow.ok());
        QVERIFY(*flow == someFlow());
    }

    void isMiddleburysFormat() {
        QVERIFY(writeFlo(file(), someFlow()));
        const auto content = readFile(file());
        QCOMPARE(content->size(), std::size_t(12 + 3 * 2 * 8));
        float magic;
        std::memcpy(&magic, content->data(), 4);
        QCOMPARE(magic, 202021.25f);
    }

    void unknownVectorsAreNotNumbers() {
        FlowField flow = someFlow();
        flow.at(1, 1, 0) = 1e10f;
        QVERIFY(writeFlo(file(), flow));
        QVERIFY(std::isnan(readFlo(file())->at(1, 1, 0)));
    }

    void badFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("content");
        const QByteArray size("\3\0\0\0\2\0\0\0", 8), vectors(3 * 2 * 8, '\0');
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other letters") << "PIEX" + size + vectors;
        QTest::newRow("truncated") << "PIEH" + size + vectors.chopped(1);
        QTest::newRow("longer than it says") << "PIEH" + size + vectors + "x";
        QTest::newRow("negative size") << "PIEH" + QByteArray("\xff\xff\xff\xff\2\0\0\0", 8) + vectors;
        QTest::newRow("huge") << "PIEH" + QByteArray("\xff\xff\xff\x7f\xff\xff\xff\x7f", 8) + vectors;
    }
    void badFilesAreRefused() {
        QFETCH(QByteArray, content);
        QVERIFY(writeFileAtomically(file(), std::string_view(content.data(), std::size_t(content.size()))));
        const auto flow = readFlo(file());
        QVERIFY(!flow.ok());
        QCOMPARE(flow.error().code, ErrorCode::BadFormat);
    }

    void aMissingFileIsNotFound() {
        QCOMPARE(readFlo(file().parent_path() / "none.flo").error().code, ErrorCode::NotFound);
    }

    void anEmptyFlowIsNotWritten() {
        QCOMPARE(writeFlo(file(), FlowField()).error().code, ErrorCode::InvalidArgument);
    }

private:
    std::filesystem::path file() const { return m_folder.filePath(u"a.flo"_s).toStdString(); }
    QTemporaryDir m_folder;
};

VITRINE_TEST(TestFloFile)
#include "tst_flo_file.moc"
