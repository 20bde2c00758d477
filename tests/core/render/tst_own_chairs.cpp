// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/base/utf8.h"
#include "core/data/furniture_list.h"
#include "core/data/own_chairs.h"
#include "core/io/png.h"
#include "core/render/chair_import.h"
#include "core/render/chair_renderer.h"
#include "core/render/mesh.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"
#include "tests/support/toy_zip.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

std::string textOf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> namesBelow(const fs::path& folder) {
    std::vector<std::string> names;
    if (!fs::exists(folder)) return names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        names.push_back(fs::relative(entry.path(), folder).string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

class TestOwnChairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        fs::create_directories(m_folder / "from");
        qputenv("VITRINE_DATA", QByteArray::fromStdString((m_folder / "data").string()));
        test::writeToyChair(m_folder / "from" / "My Stool.obj", 0.5);
    }

    void addsAMeshWithItsTexture() {
        const fs::path file = m_folder / "from" / "My Stool.obj";
        fs::create_directories(m_folder / "from" / "maps");
        QVERIFY(writePng(m_folder / "from" / "maps" / "wood.png", Image(2, 2, 3, 90)).ok());
        std::ofstream(m_folder / "from" / "stool.mtl") << "newmtl a\nmap_Kd maps/wood.png\n";
        const std::string mesh = textOf(file);
        std::ofstream(file) << "mtllib stool.mtl\nusemtl a\n" << mesh;

        const auto added = addOwnChair(file, catalogue());
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
        QCOMPARE(added->id, "my-stool");
        QCOMPARE(added->type, "stool");
        QCOMPARE(added->index, 94);
        QCOMPARE(namesBelow(ownChairFolder()),
                 (std::vector<std::string>{"chairs.json",
                                           "my-stool",
                                           "my-stool/My Stool.obj",
                                           "my-stool/maps",
                                           "my-stool/maps/wood.png",
                                           "my-stool/stool.mtl"}));

        fs::remove_all(m_folder / "from");
        const ChairCatalogue after = catalogue();
        QCOMPARE(after.entries().size(), 95u);
        QCOMPARE(after.numInBox(), 94);
        QCOMPARE(after.entries()[94].id, "my-stool");
        QCOMPARE(after.entries()[94].index, 94);
        QVERIFY(ChairModel::load(after.entries()[94]).ok());
    }

    void saysWhatIsMissingWhereItWasLookedFor() {
        const fs::path file = m_folder / "from" / "My Stool.obj";
        const std::string mesh = textOf(file);
        std::ofstream(file) << "mtllib gone.mtl\nusemtl a\n" << mesh;
        const auto import = importOwnChairs(file, catalogue(), {});
        QVERIFY2(import.ok(), import ? "" : import.error().message.c_str());
        QCOMPARE(import->warnings.size(), 1u);
        QVERIFY2(import->warnings[0].find("gone.mtl") != std::string::npos, import->warnings[0].c_str());
        QVERIFY2(import->warnings[0].find((m_folder / "from").string()) != std::string::npos,
                 import->warnings[0].c_str());
        QVERIFY2(import->warnings[0].find(".new-") == std::string::npos, import->warnings[0].c_str());
    }

    void turnsAMeshWithZUp() {
        const fs::path file = fs::path(VITRINE_TEST_DATA) / "meshes" / "obj-zup" / "zchair.obj";
        const auto heightOf = [](const ChairEntry& entry) {
            const Mesh mesh = loadMesh(entry).value();
            return mesh.boxMax().y - mesh.boxMin().y;
        };
        const auto guessed = importOwnChairs(file, catalogue(), {});
        QVERIFY2(guessed.ok(), guessed ? "" : guessed.error().message.c_str());
        QCOMPARE(guessed->warnings.size(), 1u);
        QVERIFY(guessed->warnings[0].find("--up y") != std::string::npos);
        QVERIFY(heightOf(guessed->chairs[0]) > 0.8f);
        QVERIFY(heightOf(catalogue().entries().back()) > 0.8f);
        const auto asY = importOwnChairs(file, catalogue(), {{}, UpAxis::Y});
        QVERIFY(asY->warnings.empty());
        QVERIFY(heightOf(asY->chairs[0]) < 0.5f);
        const auto asZ = importOwnChairs(file, catalogue(), {{}, UpAxis::Z});
        QVERIFY(asZ->warnings.empty());
        QVERIFY(heightOf(asZ->chairs[0]) > 0.8f);
    }

    void aWrongGuessCanBeTurnedAndTurnedBack() {
        const fs::path file = fs::path(VITRINE_TEST_DATA) / "meshes" / "obj-zup" / "zchair.obj";
        const auto added = importOwnChairs(file, catalogue(), {{}, UpAxis::Y});
        QVERIFY(added.ok());
        const std::string id = added->chairs[0].id;
        const auto height = [this] {
            const Mesh mesh = loadMesh(catalogue().entries().back()).value();
            return mesh.boxMax().y - mesh.boxMin().y;
        };
        QVERIFY(height() < 0.5f);
        QVERIFY(turnOwnChair(id).ok());
        QVERIFY(height() > 0.8f);
        QVERIFY(turnOwnChair(id).ok());
        QVERIFY(height() < 0.5f);
        QVERIFY(catalogue().entries().back().rotation.empty());
        QCOMPARE(int(turnOwnChair("oak-chair").error().code), int(ErrorCode::NotFound));
    }

    void addsFilesOfAnyName() {
        for (const char* name : {"St\xfchle.obj", "a:b\\c.obj", "\xff.OBJ", " blank .obj", "new\nline.obj"}) {
            const fs::path file = m_folder / "from" / name;
            fs::copy_file(m_folder / "from" / "My Stool.obj", file);
            const auto added = addOwnChair(file, catalogue());
            QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
            QVERIFY(isUtf8(added->name));
            const ChairEntry again = catalogue().entries().back();
            QCOMPARE(again.id, added->id);
            QVERIFY(ChairModel::load(again).ok());
        }
    }

    void givesEachItsOwnName() {
        for (const char* id : {"my-stool", "my-stool-2", "my-stool-3"})
            QCOMPARE(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue())->id, id);
        fs::copy_file(m_folder / "from" / "My Stool.obj", m_folder / "from" / "Wheelchair.obj");
        QCOMPARE(addOwnChair(m_folder / "from" / "Wheelchair.obj", catalogue())->id, "wheelchair-2");
        QCOMPARE(catalogue().entries().size(), 98u);
    }

    void addsTheSeatsOfAnArchive() {
        const auto added = addOwnChairs(writeLibrary(), catalogue());
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
        QCOMPARE(added->size(), 2u);
        QCOMPARE(added->at(0).name, "Chaise d\u00e9cor\u00e9e");
        QCOMPARE(added->at(0).licence, "CC-BY-3.0");
        QCOMPARE(added->at(0).creator, "Ann");
        QCOMPARE(added->at(1).rotation, (std::vector<float>{0, 0, 1, 0, 1, 0, -1, 0, 0}));
        QCOMPARE(added->at(1).seatHeight.value(), 0.5f);
        QCOMPARE(added->at(1).index, 95);
        const ChairCatalogue after = catalogue();
        for (const ChairEntry& entry : after.entries())
            if (entry.index >= 94) QVERIFY(ChairModel::load(entry).ok());
    }

    void addsThePieceThatWasAskedFor() {
        const auto added = addOwnChairs(writeLibrary(), catalogue(), "Table");
        QCOMPARE(added->size(), 1u);
        QCOMPARE(added->front().id, "table");
        QCOMPARE(addOwnChairs(writeLibrary(), catalogue(), "Lamp").error().code, ErrorCode::NotFound);
    }

    void removes() {
        const auto added = addOwnChairs(writeLibrary(), catalogue()).value();
        QVERIFY(removeOwnChair(added[0].id).ok());
        QCOMPARE(catalogue().entries().size(), 95u);
        QVERIFY(ChairModel::load(catalogue().entries()[94]).ok());  // the other one still has its archive
        QVERIFY(removeOwnChair(added[1].id).ok());
        QCOMPARE(namesBelow(ownChairFolder()), (std::vector<std::string>{"chairs.json"}));
        QCOMPARE(removeOwnChair(added[1].id).error().code, ErrorCode::NotFound);
        QCOMPARE(removeOwnChair("wheelchair").error().code, ErrorCode::NotFound);
    }

    void leavesNoTraceOfWhatItRefuses_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        const auto row = [](const char* tag, const char* name, const std::string& content, ErrorCode code) {
            QTest::newRow(tag) << QString::fromLatin1(name) << QByteArray::fromStdString(content)
                               << int(code);
        };
        row("kind", "a.stl", "solid", ErrorCode::Unsupported);
        row("no faces", "a.obj", "v 0 0 0\n", ErrorCode::BadFormat);
        row("nan", "a.obj", "v nan 0 0\nf 1 1 1\n", ErrorCode::NonFinite);
        row("glb", "a.glb", "glTF", ErrorCode::BadFormat);
        row("not a zip", "a.sh3f", "PK", ErrorCode::BadFormat);
        row("no list", "a.sh3f", test::ToyZip::bytes({{"x", "y"}}), ErrorCode::BadFormat);
        row("empty list",
            "a.sh3f",
            test::ToyZip::bytes({{"PluginFurnitureCatalog.properties", "id=1\n"}}),
            ErrorCode::BadFormat);
        row("no seat",
            "a.sh3f",
            test::ToyZip::bytes({{"PluginFurnitureCatalog.properties", "name#1=Table\nmodel#1=/t.obj\n"}}),
            ErrorCode::NotFound);
        row("no mesh",
            "a.sh3f",
            test::ToyZip::bytes({{"PluginFurnitureCatalog.properties", "name#1=Chair\nmodel#1=/t.obj\n"}}),
            ErrorCode::NotFound);
        row("climbing",
            "a.sh3f",
            test::ToyZip::bytes(
                {{"PluginFurnitureCatalog.properties", "name#1=Chair\nmodel#1=/../../t.obj\n"}}),
            ErrorCode::NotFound);
    }
    void leavesNoTraceOfWhatItRefuses() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const fs::path file = m_folder / "from" / name.toStdString();
        std::ofstream(file, std::ios::binary).write(content.data(), content.size());
        const auto added = addOwnChair(file, catalogue());
        QVERIFY(!added.ok());
        QVERIFY2(int(added.error().code) == code, added.error().message.c_str());
        QVERIFY(namesBelow(ownChairFolder()).empty());
        QCOMPARE(catalogue().entries().size(), 94u);
    }

    void survivesAFullDisk() {
        QVERIFY(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue()).ok());
        const auto before = namesBelow(ownChairFolder());
        {
            const test::FileSizeLimit limit(400);
            QCOMPARE(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue()).error().code,
                     ErrorCode::NoSpace);
        }
        QCOMPARE(namesBelow(ownChairFolder()), before);
        QCOMPARE(catalogue().entries().size(), 95u);
    }

    void keepsTheBoxWhenTheOwnListIsBroken() {
        fs::create_directories(ownChairFolder());
        std::ofstream(ownChairFolder() / "chairs.json") << "{";
        QCOMPARE(catalogue().entries().size(), 94u);
        QCOMPARE(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue()).error().code,
                 ErrorCode::BadFormat);
        QCOMPARE(textOf(ownChairFolder() / "chairs.json"), "{");
    }

    void oneDamagedEntryDoesNotTakeTheOthersWithIt() {
        for (int i = 0; i < 3; ++i)
            QVERIFY(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue()).ok());
        const fs::path list = ownChairFolder() / "chairs.json";
        // Keys are in the order of their letters, so that "type" comes behind the id of its entry.
        std::string text = textOf(list);
        const std::size_t type = text.find("\"type\"", text.find("\"my-stool-2\""));
        QVERIFY(type != std::string::npos);
        text.replace(type, 6, "\"kind\"");
        std::ofstream(list) << text;
        QCOMPARE(catalogue().entries().size(), 96u);
        const auto damaged = damagedOwnChairs();
        QCOMPARE(damaged->size(), 1u);
        QCOMPARE(damaged->front().id, "my-stool-2");
        QVERIFY(damaged->front().problem.find("data remove my-stool-2") != std::string::npos);

        QCOMPARE(addOwnChair(m_folder / "from" / "My Stool.obj", catalogue())->id, "my-stool-4");
        QCOMPARE(damagedOwnChairs()->size(), 1u);  // kept as it is
        QVERIFY(removeOwnChair("my-stool-2").ok());
        QVERIFY(damagedOwnChairs()->empty());
        QCOMPARE(catalogue().entries().size(), 97u);
    }

    void readsPropertyFiles() {
        const auto pieces = parseFurnitureList(
            "# comment\nname#2 = Bar \\u0053tool \\\n  "
            "high\nmodel#2=/b.obj\nname#1:Desk\nmodel#1:d.obj\nname#x=No\nmodel#x=n.obj\n"
            "modelRotation#1=1 0 0 0 nan 0 0 0 1\nheight#1=80\ndropOnTopElevation#1=-1\nname#3=cut\\u00",
            "toy");
        QCOMPARE(pieces->size(), 2u);
        QCOMPARE(pieces->at(0).entry.name, "Desk");
        QVERIFY(!pieces->at(0).isSeat);
        QVERIFY(pieces->at(0).entry.rotation.empty());
        QVERIFY(!pieces->at(0).entry.seatHeight);
        QCOMPARE(pieces->at(1).entry.name, "Bar Stool   high");
        QCOMPARE(pieces->at(1).entry.type, "stool");
        QCOMPARE(pieces->at(1).entry.model, "b.obj");
        QVERIFY(pieces->at(1).isSeat);
    }

    void readsPropertyFilesOfEveryJava_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("Java 9, UTF-8")
            << u"utf8.sh3f"_s
            << QStringList{u"K\u00fcchenstuhl chair"_s, u"Chaise pli\u00e9e \u00e0 barreaux chair"_s};
        QTest::newRow("Java 8, ISO-8859-1") << u"latin1.sh3f"_s << QStringList{u"K\u00fcchenstuhl chair"_s};
        QTest::newRow("seats by their category")
            << u"german.sh3f"_s << QStringList{u"Stuhl Anna"_s, u"Hocker"_s};
    }
    void readsPropertyFilesOfEveryJava() {
        QFETCH(QString, file);
        QFETCH(QStringList, names);
        const auto added =
            addOwnChairs(fs::path(VITRINE_TEST_DATA) / "furniture" / file.toStdString(), catalogue());
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
        QStringList found;
        for (const ChairEntry& entry : *added) found << QString::fromStdString(entry.name);
        QCOMPARE(found, names);
    }

    void readsEscapesInUtf8() {
        const auto pieces =
            parseFurnitureList("\xef\xbb\xbfname#1=K\xc3\xbc\\u00e9\nmodel#1=/b.obj\n", "toy");
        QCOMPARE(pieces->front().entry.name, "K\u00fc\u00e9");
    }

private:
    ChairCatalogue catalogue() const { return ChairCatalogue::loadDefault().value(); }

    fs::path writeLibrary() const {
        const std::string mesh = textOf(m_folder / "from" / "My Stool.obj");
        const std::string list =
            "license=CC-BY-3.0\n"
            "name#1=Chaise d\xe9"
            "cor\\u00e9e\ntags#1=Seat\nmodel#1=/a/a.obj\ncreator#1=Ann\n"
            "name#2=Table\nmodel#2=/a/a.obj\n"
            "name#3=Stool\nmodel#3=/b.obj\nmodelRotation#3=0 0 1 0 1 0 -1 0 "
            "0\nheight#3=80\ndropOnTopElevation#3=40\n"
            "name#4=Broken chair\nmodel#4=/c.obj\n";
        return test::ToyZip::write(m_folder / "from" / "Library.sh3f",
                                   {{"PluginFurnitureCatalog.properties", list},
                                    {"a/a.obj", mesh},
                                    {"b.obj", mesh},
                                    {"c.obj", "v"}});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestOwnChairs)
#include "tst_own_chairs.moc"
