// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/io/image_file.h"
#include "core/io/label_png.h"
#include "core/io/png.h"
#include "tests/support/cli_run.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using test::Answer;
using test::run;
namespace fs = std::filesystem;

/// A folder of ten pictures whose left half is class 1.
class TestCliScenes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        const fs::path folder(m_dir->path().toStdString());
        fs::create_directories(folder / "images");
        fs::create_directories(folder / "masks");
        LabelMap labels(32, 32);
        for (int y = 0; y < 32; ++y) std::fill_n(labels.row(y), 16, std::uint8_t(1));
        for (int i = 0; i < 10; ++i) {
            QVERIFY(writePng(folder / "images" / (std::to_string(i) + ".png"), Image(32, 32, 3, 90)).ok());
            QVERIFY(writePng(folder / "masks" / (std::to_string(i) + ".png"), greyLevels(labels)).ok());
        }
    }

    void packsChecksAndShowsAFolder() {
        const Answer packed = pack();
        QVERIFY2(packed.exitCode == 0, qPrintable(packed.error));
        const Answer checked =
            run({QStringLiteral("data"), QStringLiteral("check"), set(), QStringLiteral("--json")});
        const QJsonObject json = checked.json();
        QJsonObject said = packed.json();
        said.remove(QStringLiteral("labels"));  // what the masks hold is not in the packed file
        QCOMPARE(json, said);
        QCOMPARE(json[QStringLiteral("kind")].toString(), QStringLiteral("scenes"));
        QCOMPARE(json[QStringLiteral("scenes")].toInt(), 10);
        QCOMPARE(json[QStringLiteral("size")].toInt(), 64);
        const QJsonObject train =
            json[QStringLiteral("splits")].toObject()[QStringLiteral("train")].toObject();
        QCOMPARE(train[QStringLiteral("scenes")].toInt(), 8);
        QCOMPARE(train[QStringLiteral("classShares")].toArray()[1].toDouble(), 0.5);
        const QString picture = m_dir->filePath(QStringLiteral("sheet.png"));
        const Answer sheet = run({QStringLiteral("data"),
                                  QStringLiteral("sheet"),
                                  QStringLiteral("--scenes"),
                                  set(),
                                  QStringLiteral("--count"),
                                  QStringLiteral("3"),
                                  QStringLiteral("--out"),
                                  picture});
        QVERIFY2(sheet.exitCode == 0, qPrintable(sheet.error));
        QCOMPARE(readImage(picture.toStdString()).value().width, 6 * (2 * 64 + 2));
    }

    void unpacksPicturesBesideTheirLabels() {
        QVERIFY(pack().exitCode == 0);
        const QStringList command{QStringLiteral("data"),
                                  QStringLiteral("unpack"),
                                  set(),
                                  QStringLiteral("--split"),
                                  QStringLiteral("train"),
                                  QStringLiteral("--out"),
                                  m_dir->filePath(QStringLiteral("out")),
                                  QStringLiteral("--json")};
        const Answer one = run(command + QStringList{QStringLiteral("--scenes"), QStringLiteral("3")});
        QVERIFY2(one.exitCode == 0, qPrintable(one.error));
        const QString name = one.json()[QStringLiteral("scenes")].toArray()[0].toString();
        const fs::path base(m_dir->filePath(QStringLiteral("out/") + name).toStdString());
        QCOMPARE(int(readImage(base.string() + ".png")->at(5, 60, 0)), 90);
        const auto labels = readLabelPng(base.string() + "-labels.png");
        QCOMPARE(int(labels->at(40, 31)), 1);
        QCOMPARE(int(labels->at(40, 32)), 0);
        QVERIFY(run(command +
                    QStringList{QStringLiteral("--scenes"), QStringLiteral("3"), QStringLiteral("--studio")})
                    .exitCode == 0);
        const auto studio = readImage(base.string() + ".png");
        const auto rest = readLabelPng(base.string() + "-labels.png");
        QCOMPARE(rest->pixels, labels->pixels);
        QVERIFY(studio->at(5, 60, 0) != 90 || studio->at(5, 60, 1) != studio->at(6, 60, 1));
        QCOMPARE(run(command).json()[QStringLiteral("scenes")].toArray().size(), 8);
        const Answer tooFar = run(command + QStringList{QStringLiteral("--scenes"), QStringLiteral("8")});
        QCOMPARE(tooFar.exitCode, 1);
        QVERIFY2(tooFar.sentence().contains(QStringLiteral("holds 8")), qPrintable(tooFar.error));
    }

    void checksAFolderBeforeItIsPacked() {
        const QStringList command{QStringLiteral("data"), QStringLiteral("check"), m_dir->path()};
        const Answer whole = run(command);
        QVERIFY2(whole.exitCode == 0, qPrintable(whole.error));
        QVERIFY2(whole.out.contains(QStringLiteral("10 pictures, 2 classes")), qPrintable(whole.out));
        QVERIFY(QFile::remove(m_dir->filePath(QStringLiteral("masks/4.png"))));
        const Answer broken = run(command + QStringList{QStringLiteral("--json")});
        QCOMPARE(broken.exitCode, 1);
        QCOMPARE(broken.json()[QStringLiteral("as")].toString(), QStringLiteral("folder"));
        QCOMPARE(broken.json()[QStringLiteral("missing")].toArray(),
                 QJsonArray{QStringLiteral("masks/4.png")});
        QVERIFY2(broken.sentence().contains(m_dir->path()), qPrintable(broken.error));
    }

    void saysWhatMasksHoldAndTakesAnotherReading() {
        const QStringList check{
            QStringLiteral("data"), QStringLiteral("check"), m_dir->path(), QStringLiteral("--json")};
        const QString numbers = QStringLiteral("0 and 1: class numbers, two classes");
        QCOMPARE(run(check).json()[QStringLiteral("labels")].toString(), numbers);
        QCOMPARE(pack().json()[QStringLiteral("labels")].toString(), numbers);
        const QStringList grey{QStringLiteral("--labels"), QStringLiteral("grey")};
        const QString levels = QStringLiteral("0 and 1: two classes");
        QCOMPARE(run(check + grey).json()[QStringLiteral("labels")].toString(), levels);
        QCOMPARE(pack(grey).json()[QStringLiteral("labels")].toString(), levels);
        QCOMPARE(pack({QStringLiteral("--labels"), QStringLiteral("blue")}).exitCode, 2);
    }

    void checkRefusesWhatCannotBeTrained() {
        for (int i = 0; i < 10; ++i)
            QVERIFY(writePng(fs::path(m_dir->path().toStdString()) / "masks" / (std::to_string(i) + ".png"),
                             Image(32, 32, 1))
                        .ok());
        const Answer checked = run({QStringLiteral("data"), QStringLiteral("check"), m_dir->path()});
        const Answer packed = pack();
        QCOMPARE(checked.exitCode, 1);
        QCOMPARE(packed.exitCode, 1);
        QVERIFY2(!checked.out.contains(QStringLiteral("nothing is missing")), qPrintable(checked.out));
        QVERIFY2(packed.sentence().contains(QStringLiteral("0 alone")), qPrintable(packed.error));
    }

    void faultsAreOneSentence() {
        QVERIFY(QFile::remove(m_dir->filePath(QStringLiteral("masks/4.png"))));
        const Answer packed = pack();
        QCOMPARE(packed.exitCode, 1);
        QVERIFY2(packed.sentence().contains(QStringLiteral("4.png")), qPrintable(packed.error));
        QCOMPARE(packed.error.count(QLatin1Char('\n')), 1);
        QVERIFY(!QFile::exists(set()));
        const Answer kind = run({QStringLiteral("data"),
                                 QStringLiteral("scenes"),
                                 QStringLiteral("--classes"),
                                 QStringLiteral("3")});
        QCOMPARE(kind.exitCode, 2);
    }

    void rendersScenesOfRealChairs() {
        if (!fs::exists("/usr/share/sweethome3d/furniture")) QSKIP("sweethome3d-furniture is not installed");
        const Answer scenes = run({QStringLiteral("data"),
                                   QStringLiteral("scenes"),
                                   QStringLiteral("--train"),
                                   QStringLiteral("0"),
                                   QStringLiteral("--val"),
                                   QStringLiteral("0"),
                                   QStringLiteral("--test"),
                                   QStringLiteral("2"),
                                   QStringLiteral("--size"),
                                   QStringLiteral("64"),
                                   QStringLiteral("--classes"),
                                   QStringLiteral("2"),
                                   QStringLiteral("--out"),
                                   set(),
                                   QStringLiteral("--json")});
        QVERIFY2(scenes.exitCode == 0, qPrintable(scenes.error));
        QCOMPARE(scenes.json()[QStringLiteral("rendered")].toInt(), 2);
        const QJsonObject json =
            run({QStringLiteral("data"), QStringLiteral("check"), set(), QStringLiteral("--json")}).json();
        const QJsonObject test = json[QStringLiteral("splits")].toObject()[QStringLiteral("test")].toObject();
        QCOMPARE(test[QStringLiteral("groups")].toInt(), 2);
        const double chair = test[QStringLiteral("classShares")].toArray()[1].toDouble();
        QVERIFY(chair > 0.02 && chair < 0.6);
    }

private:
    QString set() const { return m_dir->filePath(QStringLiteral("set.vscenes")); }
    Answer pack(const QStringList& options = {}) const {
        return run(QStringList{QStringLiteral("data"),
                               QStringLiteral("pack"),
                               m_dir->path(),
                               QStringLiteral("--as"),
                               QStringLiteral("folder"),
                               QStringLiteral("--size"),
                               QStringLiteral("64"),
                               QStringLiteral("--out"),
                               set(),
                               QStringLiteral("--json")} +
                   options);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

VITRINE_TEST(TestCliScenes)
#include "tst_cli_scenes.moc"
