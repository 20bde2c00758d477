// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/utf8.h"
#include "tests/support/test_program.h"

using namespace vitrine;

class TestUtf8 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsCharacters_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isText");
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("ASCII") << QByteArray("chair") << true;
        QTest::newRow("two bytes") << QByteArray("St\xc3\xbchle") << true;
        QTest::newRow("three bytes") << QByteArray("\xe6\xa4\x85") << true;
        QTest::newRow("four bytes") << QByteArray("\xf0\x9f\xaa\x91") << true;
        QTest::newRow("Latin 1") << QByteArray("St\xfchle") << false;
        QTest::newRow("cut off") << QByteArray("\xe6\xa4") << false;
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << false;
        QTest::newRow("overlong in three") << QByteArray("\xe0\x80\xaf") << false;
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
        QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << false;
    }
    void knowsCharacters() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isText);
        QCOMPARE(isUtf8(bytes.toStdString()), isText);
        QVERIFY(isUtf8(asUtf8(bytes.toStdString())));
        if (isText) QCOMPARE(asUtf8(bytes.toStdString()), bytes.toStdString());
    }

    void replacesByteByByte() {
        QCOMPARE(asUtf8("a\xfc\xe6\xa4z"), std::string("a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"));
    }

    void encodesAnyBytesReversibly() {
        QCOMPARE(percentEncoded("St\xfchle 100% \xc3\xbc"), std::string("St%FChle 100%25 \xc3\xbc"));
        for (const char* bytes : {"", "chair", "St\xfchle", "%", "%FC", "a%2", "\xff\xfe%"}) {
            QVERIFY(isUtf8(percentEncoded(bytes)));
            QCOMPARE(percentDecoded(percentEncoded(bytes)), std::string(bytes));
        }
        QCOMPARE(percentDecoded("100% %zz %"), std::string("100% %zz %"));  // not ours: left as it is
    }

    void convertsLatin1() { QCOMPARE(fromLatin1("T\xfcr \x7f\xff"), std::string("T\xc3\xbcr \x7f\xc3\xbf")); }
};

VITRINE_TEST(TestUtf8)
#include "tst_utf8.moc"
