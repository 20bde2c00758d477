// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/log.h"
#include "core/io/png.h"
#include "core/render/mesh.h"
#include "core/render/mesh_check.h"
#include "core/render/obj_files.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_zip.h"

using namespace vitrine;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

const std::string kCubeObj =
    "v 0 0 0\nv 2 0 0\nv 2 2 0\nv 0 2 0\nv 0 0 2\nv 2 0 2\nv 2 2 2\nv 0 2 2\n"
    "f 1 4 3 2\nf 5 6 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8\n";

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string word(std::uint32_t value) {
    return {reinterpret_cast<const char*>(&value), 4};
}

/// One triangle as a glTF binary.
std::string makeGlb(std::string json, const std::string& binary) {
    while (json.size() % 4) json += ' ';
    const std::string chunks = word(std::uint32_t(json.size())) + "JSON" + json +
                               word(std::uint32_t(binary.size())) + std::string("BIN\0", 4) + binary;
    return "glTF" + word(2) + word(std::uint32_t(chunks.size() + 12)) + chunks;
}

const std::string kTriangleJson =
    R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],)"
    R"("meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],)"
    R"("accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],)"
    R"("bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":36}],"buffers":[{"byteLength":36}]})";

std::string triangleBytes() {
    const float corners[9] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    return {reinterpret_cast<const char*>(corners), sizeof corners};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

class TestMesh : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
    }
    void cleanup() { setLogListener({}); }

    void centresAndScales() {
        const Mesh mesh = loadMesh(write("cube.obj", kCubeObj)).value();
        QCOMPARE(mesh.triangles.size(), 12u);
        const float half = 0.5f / std::sqrt(3.f);
        const Vector3 low = mesh.boxMin(), high = mesh.boxMax();
        for (const float side : {-low.x, -low.y, -low.z, high.x, high.y, high.z})
            QVERIFY(std::abs(side - half) < 1e-6f);
    }

    void givesACubeSharpEdges() {
        const Mesh mesh = loadMesh(write("cube.obj", kCubeObj)).value();
        for (const Vector3 normal : mesh.normals) {
            const float largest = std::max({std::abs(normal.x), std::abs(normal.y), std::abs(normal.z)});
            QVERIFY(largest > 0.9999f);
        }
    }

    void smoothsAcrossOppositeWinding() {
        // Two halves of a shallow roof, the second wound the other way round.
        const Mesh mesh = loadMesh(write("roof.obj",
                                         "v -1 0 0\nv 0 0.2 0\nv 0 0.2 1\nv -1 0 1\nv 1 0 0\nv 1 0 1\n"
                                         "f 1 2 3\nf 1 3 4\nf 2 3 6\nf 2 6 5\n"))
                              .value();
        int numAtRidge = 0;
        for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
            if (std::abs(mesh.positions[i].x) > 1e-4f) continue;
            ++numAtRidge;
            QVERIFY(std::abs(mesh.normals[i].y) > 0.99f);  // 0.98 on the slopes
        }
        QVERIFY(numAtRidge >= 4);
    }

    void ignoresStrayPoints() {
        const Mesh mesh =
            loadMesh(write("stray.obj", "v 900 900 900\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 2 3 4\n")).value();
        QVERIFY(std::abs(mesh.boxMax().x - 0.5f / std::sqrt(2.f)) < 1e-6f);
    }

    void keepsOneOfTwoTrianglesInOnePlace() {
        const Mesh mesh =
            loadMesh(write("twice.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\nf 3 2 1\n")).value();
        QCOMPARE(mesh.triangles.size(), 1u);
    }

    void turns() {
        ChairEntry entry = write("flag.obj", "v 0 0 0\nv 0 0 3\nv 0 1 0\nf 1 2 3\n");  // long in z
        QVERIFY(loadMesh(entry)->boxMax().z > loadMesh(entry)->boxMax().x);
        entry.turnDeg = 90;
        QVERIFY(loadMesh(entry)->boxMax().x > loadMesh(entry)->boxMax().z);
        entry.turnDeg = 0;
        entry.rotation = {1, 0, 0, 0, 0, 1, 0, -1, 0};  // z becomes y
        QVERIFY(loadMesh(entry)->boxMax().y > loadMesh(entry)->boxMax().z);
    }

    void readsMaterialsAndTextures() {
        QVERIFY(writePng(m_folder / "wood.png", Image(2, 2, 3, 90)).ok());
        std::ofstream(m_folder / "m.mtl")
            << "newmtl plain\nKd 1 0.5 0\nd 0.25\nnewmtl wood\nKd 1 1 1\nmap_Kd wood.png \t\n";
        const Mesh mesh =
            loadMesh(write("m.obj",
                           "mtllib m.mtl\n" + replaced(kCubeObj, "f 1 4", "usemtl plain\nf 1 4") +
                               "usemtl wood\nf 1 2 7\n"))
                .value();
        QCOMPARE(mesh.textures.size(), 1u);
        bool hasPlain = false, hasWood = false;
        for (const MeshMaterial& material : mesh.materials) {
            if (material.name == "plain")
                hasPlain =
                    material.textureIndex < 0 && material.opacity == 0.25f && material.colour.y == 0.5f;
            if (material.name == "wood") hasWood = material.textureIndex == 0 && material.opacity == 1;
        }
        QVERIFY(hasPlain && hasWood);
    }

    void reportsAMissingTextureOnce() {
        std::ofstream(m_folder / "gone.mtl") << "newmtl a\nKd 1 0 0\nmap_Kd gone.png\n";
        const ChairEntry entry = write("gone.obj", "mtllib gone.mtl\nusemtl a\n" + kCubeObj);
        int numReports = 0;
        setLogListener([&](LogLevel, const std::string& message) {
            numReports += message.find("gone.png") != std::string::npos;
        });
        for (int i = 0; i < 2; ++i) {
            const auto mesh = loadMesh(entry);
            QVERIFY(mesh.ok());
            QVERIFY(mesh->textures.empty());
        }
        QCOMPARE(numReports, 1);
    }

    void showsAMeshWhoseMaterialsAreMissing() {
        const auto mesh = loadMesh(write("bare.obj", "mtllib nowhere.mtl\nusemtl nothing\n" + kCubeObj));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->triangles.size(), 12u);
    }

    void readsOutOfAnArchive() {
        test::ToyZip::write(m_folder / "a.sh3f", {{"x/Cube.obj", kCubeObj}});
        ChairEntry entry;
        entry.archive = (m_folder / "a.sh3f").string();
        entry.model = "/x/cube.obj";
        QCOMPARE(loadMesh(entry)->triangles.size(), 12u);
        entry.model = "x/other.obj";
        QCOMPARE(loadMesh(entry).error().code, ErrorCode::NotFound);
        entry.archive = "no-such.sh3f";
        QCOMPARE(loadMesh(entry).error().code, ErrorCode::NotFound);
    }

    void readsGlb() {
        const auto mesh = loadMesh(write("t.glb", makeGlb(kTriangleJson, triangleBytes())));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->triangles.size(), 1u);
    }

    void refusesBrokenMeshes_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        const auto row = [](const char* tag, const char* name, const std::string& content, ErrorCode code) {
            QTest::newRow(tag) << QString::fromLatin1(name) << QByteArray::fromStdString(content)
                               << int(code);
        };
        const std::string corners = "v 0 0 0\nv 1 0 0\nv 0 1 0\n";
        row("empty", "a.obj", "", ErrorCode::BadFormat);
        row("no faces", "a.obj", corners, ErrorCode::BadFormat);
        row("binary", "a.obj", std::string(500, '\x07'), ErrorCode::BadFormat);
        row("huge index", "a.obj", corners + "f 1 2 4000000000\n", ErrorCode::BadFormat);
        row("beyond all integers",
            "a.obj",
            corners + "f 1 2 99999999999999999999999\n",
            ErrorCode::BadFormat);
        row("index 0", "a.obj", corners + "f 0 1 2\n", ErrorCode::BadFormat);
        row("negative beyond", "a.obj", corners + "f -1 -2 -4\n", ErrorCode::BadFormat);
        row("texture corner", "a.obj", corners + "f 1/1 2/1 3/1\n", ErrorCode::BadFormat);
        row("not a number", "a.obj", "v 0 0 nan\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", ErrorCode::NonFinite);
        row("infinite", "a.obj", "v 0 0 1e999\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", ErrorCode::NonFinite);
        row("words", "a.obj", "v a b c\nf 1 1 1\n", ErrorCode::BadFormat);
        row("two numbers", "a.obj", "v 1 2\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", ErrorCode::BadFormat);
        row("decimal commas", "a.obj", "v 0,5 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", ErrorCode::BadFormat);
        row("UTF-16", "a.obj", std::string("\xff\xfev\0 \0", 6), ErrorCode::Unsupported);
        row("no extent", "a.obj", "v 1 1 1\nv 1 1 1\nv 1 1 1\nf 1 2 3\n", ErrorCode::BadFormat);
        row("other kind", "a.ply", "ply\n", ErrorCode::Unsupported);
        const std::string good = makeGlb(kTriangleJson, triangleBytes());
        row("glb empty", "a.glb", "", ErrorCode::BadFormat);
        row("glb cut", "a.glb", good.substr(0, good.size() - 8), ErrorCode::BadFormat);
        row("glb version", "a.glb", replaced(good, word(2), word(1)), ErrorCode::Unsupported);
        row("glb json", "a.glb", makeGlb("{\"asset\"", triangleBytes()), ErrorCode::BadFormat);
        row("glb count",
            "a.glb",
            makeGlb(replaced(kTriangleJson, "\"count\":3", "\"count\":4"), triangleBytes()),
            ErrorCode::BadFormat);
        row("glb huge count",
            "a.glb",
            makeGlb(replaced(kTriangleJson, "\"count\":3", "\"count\":99999999999"), triangleBytes()),
            ErrorCode::BadFormat);
        row("glb negative",
            "a.glb",
            makeGlb(replaced(kTriangleJson, "\"byteOffset\":0", "\"byteOffset\":-8"), triangleBytes()),
            ErrorCode::BadFormat);
        row("glb short",
            "a.glb",
            makeGlb(kTriangleJson, triangleBytes().substr(0, 24)),
            ErrorCode::BadFormat);
        row("glb elsewhere",
            "a.glb",
            makeGlb(
                replaced(kTriangleJson, "\"byteLength\":36}]}", "\"byteLength\":36,\"uri\":\"/etc/x\"}]}"),
                ""),
            ErrorCode::Unsupported);
        row("glb no faces", "a.glb", makeGlb(R"({"asset":{"version":"2.0"}})", ""), ErrorCode::BadFormat);
    }
    void refusesBrokenMeshes() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const auto mesh = loadMesh(write(name.toStdString(), content.toStdString()));
        QVERIFY(!mesh.ok());
        QVERIFY2(int(mesh.error().code) == code, mesh.error().message.c_str());
        QVERIFY(mesh.error().message.find(name.toStdString()) != std::string::npos);
        QVERIFY(mesh.error().message.ends_with('.'));
    }

    void saysWhenThereIsNoMesh() {
        ChairEntry entry;
        entry.model = (m_folder / "none.obj").string();
        QCOMPARE(loadMesh(entry).error().code, ErrorCode::NotFound);
    }

    void acceptsWhatExportersWrite() {
        const std::string text =
            "# comment\r\nv +1.5 0 0\r\nv 0 1 0 1 0.5 0.5 0.5\r\nv 0 0 1e-400\r\nvt 0.5\r\nvn 0 0 1\r\n"
            "f 1/1/1 2//1 \\\r\n 3/1\r\nf -1 -2 -3\r\nf 1 2 4\r\nv 1 1 1\r\n";
        const Status status = checkMeshFile(bytesOf(text), "x.OBJ");
        QVERIFY2(status.ok(), status ? "" : status.error().message.c_str());
    }

    void findsTheFilesOfAMesh() {
        QCOMPARE(materialFilesOfObj(bytesOf("mtllib my materials.mtl \nv 1 2 3\n mtllib b.mtl\n")),
                 (std::vector<std::string>{"my materials.mtl", "b.mtl"}));
        QCOMPARE(texturesOfMtl(bytesOf(
                     "newmtl a\nmap_Kd wood.jpg\t\n\tmap_Kd -s 1 1 1 cloth.png\nmap_Bump no.png\nmap_Kd\n")),
                 (std::vector<std::string>{"wood.jpg", "cloth.png"}));
    }

    // ---- what other programs write

    void findsMaterialsAndTextures_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("case") << u"obj-case/stool.obj"_s;
        QTest::newRow("blanks and options") << u"obj-space/stool.obj"_s;
        QTest::newRow("subfolder") << u"obj-sub/stool.obj"_s;
    }
    void findsMaterialsAndTextures() {
        QFETCH(QString, name);
        const auto mesh = readMesh(foreign(name.toStdString()));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->textures.size(), 1u);
        QVERIFY2(mesh->warnings.empty(), mesh->warnings.empty() ? "" : mesh->warnings[0].c_str());
    }

    void findsNamesOfOtherMachines() {
        fs::create_directories(m_folder / "Maps");
        QVERIFY(writePng(m_folder / "Maps" / "My Wood.png", Image(2, 2, 3, 90)).ok());
        std::ofstream(m_folder / "w.mtl")
            << "\xef\xbb\xbfnewmtl Wood\r\nMAP_KD -clamp on -o 0 0 C:\\work\\x\\..\\nothing.png\r\n"
            << "newmtl other\nmap_Kd maps\\my wood.PNG\n";
        const auto mesh = readMesh(write(
            "w.obj", "\xef\xbb\xbfmtllib .\\W.MTL\nusemtl wood\n" + kCubeObj + "usemtl Other\nf 1 2 7\n"));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->textures.size(), 1u);
        QCOMPARE(mesh->warnings.size(), 1u);
        QVERIFY(mesh->warnings[0].find("nothing.png") != std::string::npos);
    }

    void saysWhatIsMissingAndWhere() {
        const auto mesh = readMesh(foreign("obj-nomtl/stool.obj"));
        QVERIFY(mesh.ok());
        QCOMPARE(mesh->warnings.size(), 1u);
        QVERIFY2(mesh->warnings[0].find("stool.mtl") != std::string::npos, mesh->warnings[0].c_str());
        QVERIFY2(mesh->warnings[0].find("obj-nomtl") != std::string::npos, mesh->warnings[0].c_str());
        std::ofstream(m_folder / "m.mtl") << "newmtl a\nmap_Kd gone.png\n";
        const auto other =
            readMesh(write("m.obj", "mtllib m.mtl\nusemtl a\n" + kCubeObj + "usemtl b\nf 1 2 7\n"));
        QCOMPARE(other->warnings.size(), 2u);
        QVERIFY(other->warnings[0].find("gone.png") != std::string::npos);
        QVERIFY(other->warnings[0].find(m_folder.string()) != std::string::npos);
        QVERIFY(other->warnings[1].find("material b") != std::string::npos);
    }

    void opacity_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<float>("opacity");
        QTest::addColumn<int>("numWarnings");
        QTest::newRow("d 1") << QByteArray("d 1\n") << 1.0f << 0;
        QTest::newRow("Tr 0") << QByteArray("Tr 0\n") << 1.0f << 0;
        QTest::newRow("Tr 0.75") << QByteArray("Tr 0.75\n") << 0.25f << 0;
        QTest::newRow("halo") << QByteArray("d -halo 0.25\n") << 0.25f << 0;
        QTest::newRow("d and a wrong Tr") << QByteArray("Tr 1\nd 1\n") << 1.0f << 0;
        QTest::newRow("all invisible") << QByteArray("Tr 1\n") << 1.0f << 1;
        QTest::newRow("all invisible by d") << QByteArray("d 0\n") << 1.0f << 1;
    }
    void opacity() {
        QFETCH(QByteArray, lines);
        QFETCH(float, opacity);
        QFETCH(int, numWarnings);
        std::ofstream(m_folder / "o.mtl") << "newmtl a\nKd 1 0 0\n" << lines.toStdString();
        const auto mesh = readMesh(write("o.obj", "mtllib o.mtl\nusemtl a\n" + kCubeObj));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        const auto material = std::ranges::find(mesh->materials, "a", &MeshMaterial::name);
        QVERIFY(material != mesh->materials.end());
        QCOMPARE(material->opacity, opacity);
        QCOMPARE(int(mesh->warnings.size()), numWarnings);
    }

    void isNotDistortedFarFromTheOrigin() {
        const Mesh far = readMesh(foreign("obj-far/far.obj")).value();
        const float height = far.boxMax().y - far.boxMin().y, width = far.boxMax().x - far.boxMin().x;
        QVERIFY(std::abs(height / width - 0.95f / 0.44f) < 1e-3f);
    }

    void aLineMayGoOnInTheNext() {
        std::string far = kCubeObj;
        for (std::size_t at = far.find("v "); at != far.npos; at = far.find("v ", at + 1))
            far.replace(at, 3, "v 50000" + far.substr(at + 2, 1));
        const Mesh whole = readMesh(write("far.obj", far)).value();
        for (std::size_t at = far.find(" 0\n"); at != far.npos; at = far.find(" 0\n", at + 6))
            far.replace(at, 3, " \\\n 0\n");
        const Mesh split = readMesh(write("split.obj", far)).value();
        QCOMPARE(split.positions.size(), whole.positions.size());
        for (std::size_t i = 0; i < whole.positions.size(); ++i)
            QVERIFY(length(split.positions[i] - whole.positions[i]) < 1e-6f);
    }

    void nodesFarFromTheOriginDistortNothing() {
        for (const char* node :
             {R"({"mesh":0,"translation":[5000000,7,-300000],"scale":[0.1,0.05,1]})",
              R"({"mesh":0,"matrix":[0.1,0,0,0, 0,0.05,0,0, 0,0,1,0, 5000000,7,-300000,1]})"}) {
            const Mesh mesh =
                readMesh(write("far.glb",
                               makeGlb(replaced(kTriangleJson, R"({"mesh":0})", node), triangleBytes())))
                    .value();
            const Vector3 size = mesh.boxMax() - mesh.boxMin();
            QVERIFY(std::abs(size.x / size.y - 2) < 1e-3f);
        }
    }

    void namesExtensionsThatAreNotRead() {
        const auto draco = readMesh(foreign("draco.glb")), meshopt = readMesh(foreign("meshopt.glb"));
        QCOMPARE(draco.error().code, ErrorCode::Unsupported);
        QVERIFY(draco.error().message.find("Draco") != std::string::npos);
        QCOMPARE(meshopt.error().code, ErrorCode::Unsupported);
        QVERIFY(meshopt.error().message.find("meshopt") != std::string::npos);
    }

    void readsQuantisedAttributes() {
        const auto mesh = readMesh(foreign("quantized.glb"));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->triangles.size(), 72u);
        QVERIFY(std::abs(length(mesh->boxMax() - mesh->boxMin()) - 1) < 1e-4f);
        const std::int16_t corners[12] = {
            0, 0, 0, 0, 32767, 0, 0, 0, 0, 16384, 0, 0};  // the fourth of each is padding
        const std::string binary(reinterpret_cast<const char*>(corners), sizeof corners);
        std::string json = replaced(kTriangleJson, "5126,\"count\"", "5122,\"normalized\":true,\"count\"");
        json = replaced(json, "\"byteLength\":36}]", "\"byteLength\":24,\"byteStride\":8}]");
        const Mesh triangle =
            readMesh(write("q.glb",
                           makeGlb(replaced(json, "\"byteLength\":36}]}", "\"byteLength\":24}]}"), binary)))
                .value();
        const Vector3 size = triangle.boxMax() - triangle.boxMin();
        QVERIFY(std::abs(size.x / size.y - 2) < 1e-3f);
    }

    void readsSparseAttributes() {
        const std::string binary = triangleBytes() + std::string("\2\0\0\0", 4) + bytesOfFloats({0, 3, 0});
        std::string json = replaced(
            kTriangleJson,
            "\"count\":3,",
            R"("count":3,"sparse":{"count":1,"indices":{"bufferView":1,"componentType":5123},"values":{"bufferView":2}},)");
        json = replaced(
            json,
            R"({"buffer":0,"byteOffset":0,"byteLength":36}])",
            R"({"buffer":0,"byteOffset":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":2},{"buffer":0,"byteOffset":40,"byteLength":12}])");
        json = replaced(json, "\"byteLength\":36}]}", "\"byteLength\":52}]}");
        const auto mesh = readMesh(write("s.glb", makeGlb(json, binary)));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        const Vector3 size = mesh->boxMax() - mesh->boxMin();
        QVERIFY(std::abs(size.y / size.x - 3) < 1e-3f);
    }

    void refusesMalformedGlb() {
        for (const char* name : {"index-out-of-range.glb", "node-cycle.glb", "sparse-out-of-range.glb"}) {
            const auto mesh = readMesh(foreign(name));
            QVERIFY2(!mesh.ok(), name);
            QCOMPARE(mesh.error().code, ErrorCode::BadFormat);
            QVERIFY2(mesh.error().message.find(name) != std::string::npos, mesh.error().message.c_str());
        }
    }

    void aFewBytesCannotAnnounceGigabytes() {
        const std::string json = replaced(
            kTriangleJson,
            R"({"bufferView":0,"componentType":5126,"count":3,"type":"VEC3",)",
            R"({"componentType":5126,"count":14000000,"type":"MAT4","sparse":{"count":0,"indices":{"bufferView":0,"componentType":5123},"values":{"bufferView":0}},)");
        const auto mesh = readMesh(write("sparse.glb", makeGlb(json, triangleBytes())));
        QCOMPARE(mesh.error().code, ErrorCode::Unsupported);
    }

    void anEmptyListLiesInTheDataToo() {
        const std::string json = replaced(replaced(kTriangleJson, "\"count\":3", "\"count\":0"),
                                          "\"bufferView\":0,",
                                          "\"bufferView\":0,\"byteOffset\":1000000,");
        QCOMPARE(readMesh(write("empty.glb", makeGlb(json, triangleBytes()))).error().code,
                 ErrorCode::BadFormat);
    }

    void refusesAChainOfNodes() {
        const auto chain = [](int numNodes) {
            std::string nodes = "\"nodes\":[";
            for (int i = 1; i < numNodes; ++i) nodes += "{\"children\":[" + std::to_string(i) + "]},";
            return makeGlb(replaced(kTriangleJson, "\"nodes\":[{\"mesh\":0}]", nodes + "{\"mesh\":0}]"),
                           triangleBytes());
        };
        QVERIFY(readMesh(write("short.glb", chain(100))).ok());
        const auto mesh = readMesh(write("deep.glb", chain(20'000)));
        QCOMPARE(mesh.error().code, ErrorCode::Unsupported);
        QVERIFY2(mesh.error().message.find("deep.glb") != std::string::npos, mesh.error().message.c_str());
        const std::string lists = std::string(100'000, '[') + std::string(100'000, ']');
        const auto nested = readMesh(
            write("nested.glb",
                  makeGlb(replaced(kTriangleJson, "\"scene\":0", "\"extras\":" + lists), triangleBytes())));
        QCOMPARE(nested.error().code, ErrorCode::BadFormat);
    }

    void looksUpright() {
        const fs::path folder = fs::path(VITRINE_TEST_DATA) / "meshes";
        QVERIFY(readObjFiles(*openFolderSource(folder / "obj-zup"), "zchair.obj")->looksZUp);
        QVERIFY(!readObjFiles(*openFolderSource(folder / "obj-case"), "stool.obj")->looksZUp);
    }

private:
    static std::string bytesOfFloats(std::initializer_list<float> values) {
        return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(float)};
    }

    /// A mesh as another program made it.
    static ChairEntry foreign(const std::string& name) {
        ChairEntry entry;
        entry.model = (fs::path(VITRINE_TEST_DATA) / "meshes" / name).string();
        return entry;
    }

    ChairEntry write(const std::string& name, const std::string& content) const {
        std::ofstream(m_folder / name, std::ios::binary) << content;
        ChairEntry entry;
        entry.model = (m_folder / name).string();
        return entry;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestMesh)
#include "tst_mesh.moc"
