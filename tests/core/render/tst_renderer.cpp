// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/io/png.h"
#include "core/render/chair_renderer.h"
#include "core/render/texture.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

struct Box {
    std::array<double, 3> low, high;
    ChairPart part = ChairPart::Background;
};

/// Each face with its own material if `materials` names six: -x +x -y +y -z +z.
std::string objOfBoxes(const std::vector<Box>& boxes, const std::vector<std::string>& materials = {}) {
    std::string text = "mtllib toy.mtl\n";
    constexpr int kFaces[6][4] = {
        {1, 2, 4, 3}, {5, 7, 8, 6}, {1, 5, 6, 2}, {3, 4, 8, 7}, {1, 3, 7, 5}, {2, 6, 8, 4}};
    int first = 0;
    for (const Box& box : boxes) {
        for (const double x : {box.low[0], box.high[0]})
            for (const double y : {box.low[1], box.high[1]})
                for (const double z : {box.low[2], box.high[2]})
                    text +=
                        "v " + std::to_string(x) + " " + std::to_string(y) + " " + std::to_string(z) + "\n";
        for (int face = 0; face < 6; ++face) {
            if (!materials.empty()) text += "usemtl " + materials[face] + "\n";
            text += "f";
            for (const int corner : kFaces[face]) text += " " + std::to_string(corner + first);
            text += "\n";
        }
        first += 8;
    }
    return text;
}

/// A square in the plane z = 0 with its texture upright.
std::string objOfQuad(const std::string& material) {
    return "mtllib toy.mtl\nusemtl " + material +
           "\nv -1 -1 0\nv 1 -1 0\nv 1 1 0\nv -1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nf 1/1 2/2 3/3 4/4\n";
}

std::array<int, 4> pixel(const Image& image, int y, int x) {
    return {image.at(y, x, 0), image.at(y, x, 1), image.at(y, x, 2), image.at(y, x, 3)};
}

double coverage(const Image& image) {
    double sum = 0;
    for (std::size_t i = 3; i < image.pixels.size(); i += 4) sum += image.pixels[i] / 255.0;
    return sum;
}

const Box kCube{{-1, -1, -1}, {1, 1, 1}};

}  // namespace

class TestRenderer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = m_dir->path().toStdString();
        std::ofstream(m_folder / "toy.mtl")
            << "newmtl red\nKd 0.8 0.1 0.1\nnewmtl green\nKd 0.1 0.8 0.1\nnewmtl blue\nKd 0.1 0.1 "
               "0.8\nnewmtl grey\nKd 0.5 0.5 0.5\n"
               "newmtl plain\nKd 0.70588 0.35294 0.15686\nnewmtl half\nKd 0.5 0.5 0.5\nd 0.5\n"
               "newmtl textured\nKd 1 1 1\nmap_Kd texture.png\n";
    }

    void drawsACubeOfTheRightSize() {
        const ChairRender render = load(objOfBoxes({kCube})).render({0, 0});
        // Half a side is 0.2887 of the diagonal; the near face is that much closer than 2.6; the frame is 0.2
        // half wide.
        const double half = 0.5 / std::sqrt(3.0);
        const double side = 128 * half / (2.6 - half) / 0.2;
        QVERIFY(std::abs(coverage(render.premultiplied) - side * side) < 0.01 * side * side);
        QCOMPARE(int(render.premultiplied.at(64, 64, 3)), 255);
        QCOMPARE(int(render.premultiplied.at(5, 5, 3)), 0);
    }

    void tellsWhereTheSurfaceIs() {
        const ChairRender render = load(objOfBoxes({kCube})).render({30, 25});
        const float half = 0.5f / std::sqrt(3.f);
        int numPixels = 0;
        for (int y = 0; y < 128; ++y)
            for (int x = 0; x < 128; ++x) {
                const float px = render.position.at(y, x, 0), py = render.position.at(y, x, 1),
                            pz = render.position.at(y, x, 2);
                const bool isChair = render.parts.at(y, x) != 0;
                QCOMPARE(std::isfinite(px + py + pz), isChair);
                QCOMPARE(render.objectId.at(y, x) != 0, isChair);
                if (!isChair) continue;
                ++numPixels;
                const float largest = std::max({std::abs(px), std::abs(py), std::abs(pz)});
                QVERIFY(std::abs(largest - half) < 1e-4f);
            }
        QVERIFY(std::abs(numPixels - coverage(render.premultiplied)) < 0.02 * numPixels);
    }

    void seesTheFrontAtAzimuth0AndGoesRound() {
        const ChairModel model = load(objOfBoxes({kCube}, {"blue", "red", "grey", "grey", "grey", "green"}));
        const auto strongest = [&](float azimuthDeg) {
            const auto [r, g, b, a] = pixel(model.render({azimuthDeg, 0}).premultiplied, 64, 64);
            return r > g && r > b ? 'r' : g > r && g > b ? 'g' : b > r && b > g ? 'b' : '-';
        };
        QCOMPARE(strongest(0), 'g');   // +z
        QCOMPARE(strongest(90), 'r');  // +x: the viewer walks counter-clockwise, seen from above
        QCOMPARE(strongest(180), '-');
        QCOMPARE(strongest(270), 'b');
    }

    void seesTheTopFromAbove() {
        const ChairModel model = load(objOfBoxes({kCube}, {"grey", "grey", "blue", "red", "grey", "green"}));
        const auto [r, g, b, a] = pixel(model.render({0, 60}).premultiplied, 40, 64);
        QVERIFY(r > 2 * g && r > 2 * b);
    }

    void countsMaterials() {
        const ChairRender render =
            load(objOfBoxes({kCube}, {"red", "red", "grey", "blue", "red", "green"})).render({45, 30});
        std::set<int> ids(render.objectId.pixels.begin(), render.objectId.pixels.end());
        QCOMPARE(ids.size(), 4u);  // background, red, blue, green
    }

    void showsATextureTheRightWayUp() {
        Image texture(2, 2, 3);
        const int colours[4][3] = {{220, 20, 20}, {20, 220, 20}, {20, 20, 220}, {220, 220, 20}};
        for (int i = 0; i < 4; ++i)
            for (int c = 0; c < 3; ++c) texture.at(i / 2, i % 2, c) = std::uint8_t(colours[i][c]);
        QVERIFY(writePng(m_folder / "texture.png", texture).ok());
        const Image image = load(objOfQuad("textured")).render({0, 0}).premultiplied;
        const auto topLeft = pixel(image, 40, 40), topRight = pixel(image, 40, 88);
        const auto bottomLeft = pixel(image, 88, 40), bottomRight = pixel(image, 88, 88);
        QVERIFY(topLeft[0] > 2 * topLeft[1] && topLeft[0] > 2 * topLeft[2]);
        QVERIFY(topRight[1] > 2 * topRight[0] && topRight[1] > 2 * topRight[2]);
        QVERIFY(bottomLeft[2] > 2 * bottomLeft[0] && bottomLeft[2] > 2 * bottomLeft[1]);
        QVERIFY(bottomRight[0] > 2 * bottomRight[2] && bottomRight[1] > 2 * bottomRight[2]);
    }

    void showsATextureInItsColours() {
        Image texture(64, 64, 3);
        for (std::size_t i = 0; i < texture.pixels.size(); i += 3)
            texture.pixels[i] = 180, texture.pixels[i + 1] = 90, texture.pixels[i + 2] = 40;
        QVERIFY(writePng(m_folder / "texture.png", texture).ok());
        const Image textured = load(objOfQuad("textured")).render({20, 30}).premultiplied;
        const Image plain = load(objOfQuad("plain")).render({20, 30}).premultiplied;
        for (std::size_t i = 0; i < plain.pixels.size(); ++i)
            QVERIFY(std::abs(textured.pixels[i] - plain.pixels[i]) <= 1);
    }

    void averagesATextureThatIsTooFine() {
        Image texture(512, 512, 3);
        for (int y = 0; y < 512; ++y)
            for (int x = 0; x < 512; ++x)
                for (int c = 0; c < 3; ++c) texture.at(y, x, c) = (x + y) % 2 ? 255 : 0;
        const Texture::Texel texel = Texture(texture).sample(0.3f, 0.7f, 4);
        QVERIFY(std::abs(texel.colour.x - 0.5f) < 0.01f);
        const float exact = Texture(texture).sample(0.5f / 512, 1 - 0.5f / 512, 0.5f).colour.x;
        QCOMPARE(exact, 0.f);
    }

    void seesThroughTransparentMaterials() {
        const Image alone = load(objOfQuad("half")).render({0, 0}).premultiplied;
        QVERIFY(std::abs(alone.at(64, 64, 3) - 128) <= 1);
        const std::string before =
            objOfQuad("half") + "usemtl red\nv -1 -1 -0.1\nv 1 -1 -0.1\nv 1 1 -0.1\nv -1 1 -0.1\nf 5 6 7 8\n";
        const auto [r, g, b, a] = pixel(load(before).render({0, 0}).premultiplied, 64, 64);
        QCOMPARE(a, 255);
        QVERIFY2(r > g + 20 && std::abs(g - b) <= 1,
                 qPrintable(QStringLiteral("%1 %2 %3").arg(r).arg(g).arg(b)));  // red behind grey
    }

    void lightsBothSides() {
        const ChairModel model = load(objOfQuad("grey"));
        const auto front = pixel(model.render({0, 20}).premultiplied, 64, 64);
        const auto behind = pixel(model.render({180, 20}).premultiplied, 64, 64);
        QVERIFY(front[0] > 60);
        QVERIFY(std::abs(front[0] - behind[0]) <= 2);
    }

    void isFreeOfGrain() {
        const Image image =
            load(objOfBoxes({{{-1, -1, -0.05}, {1, 1, 0.05}}, {{-1, -1, -0.05}, {1, -0.9, 1.5}}}, {}))
                .render({0, 20})
                .premultiplied;
        int worst = 0;
        for (int y = 30; y < 60; ++y)
            for (int x = 41; x < 87; ++x)
                worst = std::max(worst, std::abs(image.at(y, x, 0) - image.at(y, x - 1, 0)));
        QVERIFY2(worst <= 6, QByteArray::number(worst).constData());
    }

    void namesTheParts() {
        const std::vector<Box> chair{{{-0.5, 0.9, -0.5}, {0.5, 1.0, 0.5}, ChairPart::Seat},
                                     {{-0.5, 1.0, -0.5}, {0.5, 2.0, -0.4}, ChairPart::Back},
                                     {{-0.5, 1.4, -0.35}, {-0.4, 1.5, 0.5}, ChairPart::Arms},
                                     {{0.4, 1.4, -0.35}, {0.5, 1.5, 0.5}, ChairPart::Arms},
                                     {{-0.5, 0, -0.5}, {-0.4, 0.9, -0.4}, ChairPart::Legs},
                                     {{0.4, 0, -0.5}, {0.5, 0.9, -0.4}, ChairPart::Legs},
                                     {{-0.5, 0, 0.4}, {-0.4, 0.9, 0.5}, ChairPart::Legs},
                                     {{0.4, 0, 0.4}, {0.5, 0.9, 0.5}, ChairPart::Legs}};
        const ChairModel model = load(objOfBoxes(chair));
        const double diagonal = std::sqrt(1 + 4 + 1.0);
        int numPixels = 0, numRight = 0;
        std::set<int> seen;
        for (const float azimuthDeg : {0.f, 45.f, 160.f}) {
            const ChairRender render = model.render({azimuthDeg, 25});
            for (int y = 0; y < 128; ++y)
                for (int x = 0; x < 128; ++x) {
                    const int part = render.parts.at(y, x);
                    if (part == 0) continue;
                    const double p[3] = {render.position.at(y, x, 0) * diagonal,
                                         render.position.at(y, x, 1) * diagonal + 1,
                                         render.position.at(y, x, 2) * diagonal};
                    const auto holds = [&](const Box& box) {
                        for (int i = 0; i < 3; ++i)
                            if (p[i] < box.low[i] - 1e-3 || p[i] > box.high[i] + 1e-3) return false;
                        return true;
                    };
                    const auto box = std::find_if(chair.begin(), chair.end(), holds);
                    QVERIFY(box != chair.end());
                    ++numPixels;
                    numRight += part == int(box->part);
                    seen.insert(part);
                }
        }
        QCOMPARE(seen.size(), 4u);
        QVERIFY2(numRight > 0.95 * numPixels, QByteArray::number(double(numRight) / numPixels).constData());
    }

    void namesAStoolSeatAndLegsOnly() {
        const ChairRender render =
            load(objOfBoxes({{{-1, 1.8, -1}, {1, 2, 1}}, {{-0.1, 0, -0.1}, {0.1, 1.8, 0.1}}}))
                .render({20, 20});
        const std::set<int> seen(render.parts.pixels.begin(), render.parts.pixels.end());
        QCOMPARE(seen,
                 (std::set<int>{int(ChairPart::Background), int(ChairPart::Seat), int(ChairPart::Legs)}));
    }

    void rendersTheSameEachTime() {
        const ChairModel model = load(objOfBoxes({kCube}));
        const ChairRender first = model.render({77, 33}), second = model.render({77, 33});
        QCOMPARE(first.premultiplied, second.premultiplied);
        QCOMPARE(first.parts, second.parts);
    }

    void keepsColourBelowAlpha() {
        const Image image = load(objOfQuad("half")).render({40, 20}, {64, 2}).premultiplied;
        QCOMPARE(image.width, 64);
        QVERIFY(coverage(image) > 0);
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            QVERIFY(image.pixels[i] <= image.pixels[i - i % 4 + 3]);
    }

    void hasTheArchivesViews() {
        const std::vector<float>& azimuths = trainedAzimuthsDeg();
        QCOMPARE(azimuths.size(), 31u);
        QCOMPARE(azimuths[0], 0.f);
        QCOMPARE(azimuths[1], 11.f);
        QCOMPARE(azimuths[2], 23.f);
        QCOMPARE(azimuths[26], 301.f);
        QCOMPARE(azimuths[30], 348.f);
        QCOMPARE(trainedElevationsDeg(), (std::vector<float>{20, 30}));
    }

private:
    ChairModel load(const std::string& obj) const {
        std::ofstream(m_folder / "toy.obj") << obj;
        ChairEntry entry;
        entry.model = (m_folder / "toy.obj").string();
        auto model = ChairModel::load(entry);
        if (!model) qFatal("%s", model.error().message.c_str());
        return std::move(model).value();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_folder;
};

VITRINE_TEST(TestRenderer)
#include "tst_renderer.moc"
