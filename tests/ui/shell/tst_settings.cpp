// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/test_program.h"
#include "ui/shell/settings.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestSettings : public QObject {
    Q_OBJECT

private:
    static void fill(Settings& settings) {
        settings.set(u"window/theme"_s, u"light"_s);
        settings.set(u"view/pure"_s, true);
        settings.set(u"view/columns"_s, 7);
        settings.set(u"view/speed"_s, 0.125);
        settings.set(u"window/geometry"_s, QByteArray("\0\1\xff;", 4));
    }
    static void compare(const Settings& settings) {
        QCOMPARE(settings.text(u"window/theme"_s), u"light"_s);
        QCOMPARE(settings.flag(u"view/pure"_s, false), true);
        QCOMPARE(settings.number(u"view/columns"_s, 0), 7);
        QCOMPARE(settings.real(u"view/speed"_s, 0), 0.125);
        QCOMPARE(settings.bytes(u"window/geometry"_s), QByteArray("\0\1\xff;", 4));
    }

private Q_SLOTS:
    void aFileKeepsWhatWasSet() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"vitrine.ini"_s);
        {
            Settings settings(path);
            fill(settings);
            QVERIFY(settings.sync());
        }
        compare(Settings(path));
    }

    void memoryKeepsWhatWasSet() {
        auto settings = Settings::transient();
        fill(*settings);
        compare(*settings);
    }

    void anotherTypeIsAnsweredWithTheFallback() {
        auto settings = Settings::transient();
        settings->set(u"a"_s, u"many"_s);
        QCOMPARE(settings->number(u"a"_s, 3), 3);
        QCOMPARE(settings->real(u"a"_s, 1.5), 1.5);
        QCOMPARE(settings->flag(u"a"_s, true), true);
        QCOMPARE(settings->number(u"missing"_s, 4), 4);
    }

    void aDamagedFileIsNoCrash() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"vitrine.ini"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("[window\ngeometry=@ByteArray(\\x0\n\xff\xfe\x00=", 40));
        file.close();
        Settings settings(path);
        QCOMPARE(settings.text(u"window/theme"_s, u"system"_s), u"system"_s);
    }

    void resetKeepsABackup() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"vitrine.ini"_s);
        Settings settings(path);
        fill(settings);
        settings.reset();
        QCOMPARE(settings.text(u"window/theme"_s, u"system"_s), u"system"_s);
        compare(Settings(path + u".backup"_s));
    }

    void recentFilesAreNewestFirstAndTen() {
        auto settings = Settings::transient();
        for (int i = 0; i < 12; ++i) settings->addRecentFile(u"/chairs/%1.obj"_s.arg(i));
        settings->addRecentFile(u"/chairs/5.obj"_s);
        QCOMPARE(settings->recentFiles().size(), 10);
        QCOMPARE(settings->recentFiles().at(0), u"/chairs/5.obj"_s);
        QCOMPARE(settings->recentFiles().at(1), u"/chairs/11.obj"_s);
        QCOMPARE(settings->recentFiles().count(u"/chairs/5.obj"_s), 1);
    }
};

VITRINE_TEST(TestSettings)
#include "tst_settings.moc"
