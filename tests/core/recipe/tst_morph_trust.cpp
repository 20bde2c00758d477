// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/io/atomic_file.h"
#include "core/recipe/morph_trust.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

/// Twice the ends' ambiguity at 0.25 and 0.75, four times at the middle; broken beyond B.
TrustProfile tornProfile() {
    return {"abc",
            200,
            {{-0.5, 2, 1}, {0, 1.5, 1}, {0.25, 4, 1}, {0.5, 8, 1.5}, {0.75, 4, 1}, {1, 2.5, 1}, {1.5, 2, 5}}};
}

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-9;
}

}  // namespace

class TestMorphTrust : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private Q_SLOTS:
    void positionsGoBeyondBothEnds() {
        const auto positions = trustPositions();
        QCOMPARE(positions.size(), 21u);
        QCOMPARE(positions.front(), -0.5);
        QCOMPARE(positions[5], 0.0);
        QCOMPARE(positions[8], 0.3);
        QCOMPARE(positions.back(), 1.5);
    }

    void ratiosAreOfTheMeanOfBothEnds() {
        const TrustProfile profile = tornProfile();
        QVERIFY(isNear(ratiosAt(profile, 0).ambiguity, 0.75));
        QVERIFY(isNear(ratiosAt(profile, 0.25).largest(), kTrustedRatio));
        QVERIFY(isNear(ratiosAt(profile, 0.375).ambiguity, 3));  // halfway between two measured positions
        QVERIFY(isNear(ratiosAt(profile, 1.5).largest(), 5));    // by its components
        QVERIFY(isNear(ratiosAt(profile, 9).largest(), 5));
    }

    void aProfileIsReadAsItWasWritten() {
        QCOMPARE(trustFileOf("/models/chairs-128.safetensors"),
                 std::filesystem::path("/models/chairs-128.trust.json"));
        QVERIFY(writeTrustProfile(path("a.trust.json"), tornProfile()));
        QVERIFY(readTrustProfile(path("a.trust.json")).value() == tornProfile());
        QVERIFY(trustProfileOf(path("a.safetensors"), "abc") == tornProfile());
    }

    void noProfileOfOtherWeights() {
        QVERIFY(writeTrustProfile(path("b.trust.json"), tornProfile()));
        QVERIFY(!trustProfileOf(path("b.safetensors"), "abd"));
        QVERIFY(!trustProfileOf(path("none.safetensors"), "abc"));
        QVERIFY(readTrustProfile(path("none.trust.json")).error().code == ErrorCode::NotFound);
    }

    void brokenFilesAreRefused_data() {
        QTest::addColumn<QString>("text");
        const QString head =
            QStringLiteral(R"({"format":"vitrine-trust","version":1,"weights":"abc","pairs":2,"points":)");
        const QString a = QStringLiteral(R"({"position":0,"ambiguity":1,"components":1})"),
                      b = QStringLiteral(R"({"position":1,"ambiguity":1,"components":1})");
        QTest::newRow("not JSON") << QStringLiteral("{");
        QTest::newRow("other format") << QStringLiteral(R"({"format":"recipe"})");
        QTest::newRow("newer version") << QStringLiteral(R"({"format":"vitrine-trust","version":2})");
        QTest::newRow("no points") << head + QStringLiteral("[]}");
        QTest::newRow("one end") << head + QStringLiteral("[%1]}").arg(a);
        QTest::newRow("out of order") << head + QStringLiteral("[%1,%2]}").arg(b, a);
        QTest::newRow("twice") << head + QStringLiteral("[%1,%1,%2]}").arg(a, b);
        QTest::newRow("a word")
            << head + QStringLiteral(R"([%1,%2,{"position":2,"ambiguity":"x","components":1}]})").arg(a, b);
        QTest::newRow("zero")
            << head + QStringLiteral(R"([%1,%2,{"position":2,"ambiguity":0,"components":1}]})").arg(a, b);
    }
    void brokenFilesAreRefused() {
        QFETCH(QString, text);
        QVERIFY(writeFileAtomically(path("c.trust.json"), text.toStdString()));
        const auto profile = readTrustProfile(path("c.trust.json"));
        QVERIFY(!profile);
        QVERIFY(profile.error().code == ErrorCode::BadFormat);
        QVERIFY(profile.error().message.find("c.trust.json") != std::string::npos);
        QVERIFY(!trustProfileOf(path("c.safetensors"), "abc"));
    }
};

VITRINE_TEST(TestMorphTrust)
#include "tst_morph_trust.moc"
