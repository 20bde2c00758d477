// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "tests/support/test_program.h"

using namespace vitrine;
using Json = nlohmann::json;
namespace fs = std::filesystem;

namespace {

Json goodEntry(const std::string& id, int index) {
    return {{"id", id},
            {"index", index},
            {"name", "A chair"},
            {"type", "chair"},
            {"creator", "Somebody"},
            {"licence", "CC0-1.0"},
            {"archive", "a.sh3f"},
            {"model", "a/a.obj"},
            {"split", "train"}};
}

}  // namespace

class TestCatalogue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        qputenv("VITRINE_DATA", QByteArray::fromStdString((m_folder / "data").string()));
        qunsetenv("VITRINE_RESOURCES");
    }

    void holdsTheChairsInTheBox() {
        const auto catalogue = ChairCatalogue::loadDefault();
        QVERIFY2(catalogue.ok(), catalogue ? "" : catalogue.error().message.c_str());
        QCOMPARE(catalogue->entries().size(), 94u);
        QCOMPARE(catalogue->numInBox(), 94);
        std::map<Split, int> splits;
        std::map<Split, std::set<std::string>> types;
        std::set<std::string> models;
        for (int i = 0; i < 94; ++i) {
            const ChairEntry& entry = catalogue->entries()[i];
            QCOMPARE(entry.index, i);
            QVERIFY(models.insert(entry.archive + entry.model).second);
            ++splits[entry.split];
            types[entry.split].insert(entry.type);
        }
        QCOMPARE(splits[Split::Train], 76);
        QCOMPARE(splits[Split::Validation], 9);
        QCOMPARE(splits[Split::Test], 9);
        QCOMPARE(types[Split::Train].size(), 6u);
        QVERIFY(types[Split::Test].size() >= 4);
        // Trained models know chairs by number: these must never move.
        QCOMPARE(catalogue->entries()[0].id, "green-armchair");
        QCOMPARE(catalogue->entries()[46].id, "lounge-armchair");
        QCOMPARE(catalogue->entries()[93].id, "ryokan-chair");
    }

    void findsByIdAndByIndex() {
        const auto catalogue = ChairCatalogue::loadDefault();
        QCOMPARE(catalogue->find("wheelchair").value()->index, 38);
        QCOMPARE(catalogue->find("38").value()->id, "wheelchair");
        for (const char* unknown : {"94", "-1", "3x", "", "wheelchar"})
            QCOMPARE(catalogue->find(unknown).error().code, ErrorCode::NotFound);
        QVERIFY(catalogue->find("wheelchar").error().message.find("wheelchair") != std::string::npos);
        QVERIFY(catalogue->find("tulip").error().message.find("tulip-armchair") != std::string::npos);
    }

    void readsAllFields() {
        Json entry = goodEntry("one", 0);
        entry["rotation"] = {0, 0, 1, 0, 1, 0, -1, 0, 0};
        entry["turnDeg"] = 90;
        entry["seatHeight"] = 0.5;
        entry["split"] = "test";
        const auto catalogue = load({entry, goodEntry("two", 1)});
        QVERIFY2(catalogue.ok(), catalogue ? "" : catalogue.error().message.c_str());
        const ChairEntry& one = catalogue->entries()[0];
        QCOMPARE(one.rotation, (std::vector<float>{0, 0, 1, 0, 1, 0, -1, 0, 0}));
        QCOMPARE(one.turnDeg, 90.f);
        QCOMPARE(one.seatHeight.value(), 0.5f);
        QCOMPARE(one.split, Split::Test);
        QVERIFY(catalogue->entries()[1].rotation.empty());
        QVERIFY(!catalogue->entries()[1].seatHeight);
    }

    void namesTheEntryAndTheField_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("no name") << QByteArray("name") << QByteArray();
        QTest::newRow("empty name") << QByteArray("name") << QByteArray("\"\"");
        QTest::newRow("no licence") << QByteArray("licence") << QByteArray();
        QTest::newRow("type") << QByteArray("type") << QByteArray("\"car\"");
        QTest::newRow("split") << QByteArray("split") << QByteArray("\"later\"");
        QTest::newRow("index as text") << QByteArray("index") << QByteArray("\"1\"");
        QTest::newRow("negative index") << QByteArray("index") << QByteArray("-1");
        QTest::newRow("skipped index") << QByteArray("index") << QByteArray("2");
        QTest::newRow("repeated id") << QByteArray("id") << QByteArray("\"one\"");
        QTest::newRow("short rotation") << QByteArray("rotation") << QByteArray("[1,0,0]");
        QTest::newRow("huge rotation") << QByteArray("rotation") << QByteArray("[9,0,0,0,1,0,0,0,1]");
        QTest::newRow("rotation of words") << QByteArray("rotation") << QByteArray("[\"a\",0,0,0,1,0,0,0,1]");
        QTest::newRow("turn") << QByteArray("turnDeg") << QByteArray("\"left\"");
        QTest::newRow("seat") << QByteArray("seatHeight") << QByteArray("1.5");
    }
    void namesTheEntryAndTheField() {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        Json entry = goodEntry("two", 1);
        entry.erase(field.toStdString());
        if (!value.isEmpty()) entry[field.toStdString()] = Json::parse(value.toStdString());
        const auto catalogue = load({goodEntry("one", 0), entry});
        QVERIFY(!catalogue.ok());
        QCOMPARE(catalogue.error().code, ErrorCode::BadFormat);
        const std::string& message = catalogue.error().message;
        QVERIFY2(message.find("\"" + field.toStdString() + "\"") != std::string::npos, message.c_str());
        QVERIFY2(message.find(field == "id" ? "one" : "two") != std::string::npos, message.c_str());
    }

    void refusesWhatIsNoCatalogue_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"chairs\": [");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("no chairs") << QByteArray("{\"chairs\": []}");
        QTest::newRow("numbers") << QByteArray("{\"chairs\": [1, 2]}");
        QTest::newRow("binary") << QByteArray("\0\xff\xfe{", 4);
    }
    void refusesWhatIsNoCatalogue() {
        QFETCH(QByteArray, content);
        std::ofstream(m_folder / "c.json", std::ios::binary).write(content.data(), content.size());
        QCOMPARE(ChairCatalogue::load(m_folder / "c.json").error().code, ErrorCode::BadFormat);
    }

    void saysWhenThereIsNone() {
        QCOMPARE(ChairCatalogue::load(m_folder / "none.json").error().code, ErrorCode::NotFound);
        qputenv("VITRINE_RESOURCES", QByteArray::fromStdString(m_folder.string()));
        QCOMPARE(resourceFolder(), m_folder / "resources");
        QCOMPARE(modelFolder(), m_folder / "models");
        QCOMPARE(ChairCatalogue::loadDefault().error().code, ErrorCode::NotFound);
    }

private:
    Result<ChairCatalogue> load(const Json& entries) const {
        std::ofstream(m_folder / "c.json") << Json{{"chairs", entries}};
        return ChairCatalogue::load(m_folder / "c.json");
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestCatalogue)
#include "tst_catalogue.moc"
