// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/log.h"
#include "core/data/mesh.h"
#include "core/data/mesh_check.h"
#include "core/io/png.h"
#include "tests/support/toy_zip.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

const std::string kCube =
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
        const Mesh mesh = loadMesh(write("cube.obj", kCube)).value();
        QCOMPARE(mesh.triangles.size(), 12u);
        const float half = 0.5f / std::sqrt(3.f);
        const Vector3 low = mesh.boxMin(), high = mesh.boxMax();
        for (const float side : {-low.x, -low.y, -low.z, high.x, high.y, high.z})
            QVERIFY(std::abs(side - half) < 1e-6f);
    }

    void givesACubeSharpEdges() {
        const Mesh mesh = loadMesh(write("cube.obj", kCube)).value();
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
        const Mesh mesh = loadMesh(write("m.obj",
                                         "mtllib m.mtl\n" + replaced(kCube, "f 1 4", "usemtl plain\nf 1 4") +
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
        const ChairEntry entry = write("gone.obj", "mtllib gone.mtl\nusemtl a\n" + kCube);
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
        const auto mesh = loadMesh(write("bare.obj", "mtllib nowhere.mtl\nusemtl nothing\n" + kCube));
        QVERIFY2(mesh.ok(), mesh ? "" : mesh.error().message.c_str());
        QCOMPARE(mesh->triangles.size(), 12u);
    }

    void readsOutOfAnArchive() {
        test::ToyZip::write(m_folder / "a.sh3f", {{"x/Cube.obj", kCube}});
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

private:
    ChairEntry write(const std::string& name, const std::string& content) const {
        std::ofstream(m_folder / name, std::ios::binary) << content;
        ChairEntry entry;
        entry.model = (m_folder / name).string();
        return entry;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestMesh)
#include "tst_mesh.moc"
