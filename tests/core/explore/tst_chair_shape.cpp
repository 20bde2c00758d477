// SPDX-License-Identifier: GPL-3.0-or-later
// Real chairs, whose depth and box are known, are turned and measured.
#include <QtTest>
#include <cmath>

#include "core/data/chair_camera.h"
#include "core/data/chair_catalogue.h"
#include "core/data/mesh.h"
#include "core/explore/chair_shape.h"
#include "core/explore/correspondence.h"

using namespace vitrine;

namespace {

constexpr ChairView kView{34, 20};

struct Chair {
    ChairBox box;
    ChairRender render;  ///< from kView
    std::vector<Image> turned, sides;
    std::vector<Vector3> surface;

    explicit Chair(const char* id) {
        const auto catalogue = ChairCatalogue::load(resourceFolder() / "chairs.json").value();
        const ChairEntry& entry = **catalogue.find(id);
        const Mesh mesh = loadMesh(entry).value();
        box = mesh.boxMax() - mesh.boxMin();
        const ChairModel model = ChairModel::load(entry).value();
        const auto seenFrom = [&](const ChairView& view) { return model.render(view, {128, 2}); };
        render = seenFrom(kView);
        for (const ChairView& view : turnedViews(kView)) turned.push_back(seenFrom(view).premultiplied);
        for (const ChairView& view : boxViews()) sides.push_back(seenFrom(view).premultiplied);
        std::vector<FlowField> flows;
        for (const Image& other : turned)
            flows.push_back(
                opticalFlow(flowPicture(render.premultiplied), flowPicture(other), FlowMethod::Dis));
        surface = surfaceOf(kView, render.premultiplied, flows);
    }

    bool isSeen(std::size_t pixel) const { return !std::isnan(render.position.pixels[3 * pixel]); }
    Vector3 truth(std::size_t pixel) const {
        const float* place = &render.position.pixels[3 * pixel];
        return {place[0], place[1], place[2]};
    }
};

/// Mean length over the chair's pixels.
template <class Length>
double meanOver(const Chair& chair, Length lengthAt) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < chair.surface.size(); ++i)
        if (chair.isSeen(i)) sum += lengthAt(i), ++count;
    return sum / count;
}

}  // namespace

class TestChairShape : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBoxIsThatOfTheMesh_data() {
        QTest::addColumn<QByteArray>("id");
        for (const char* id : {"kitchen-chair", "bar-chair", "oak-chair", "two-seat-sofa", "painted-bench"})
            QTest::newRow(id) << QByteArray(id);
    }
    void theBoxIsThatOfTheMesh() {
        QFETCH(QByteArray, id);
        const Chair chair(id.constData());
        const ChairBox box = boxOf(chair.sides);
        qInfo("measured %.2f %.2f %.2f, true %.2f %.2f %.2f",
              double(box.x),
              double(box.y),
              double(box.z),
              double(chair.box.x),
              double(chair.box.y),
              double(chair.box.z));
        QVERIFY(std::abs(length(box) - 1) < 1e-3f);
        QVERIFY(length(box - chair.box) < 0.1f);
    }

    /// Nearer than the plane that one would take without turning.
    void theDepthIsThatOfTheMesh() {
        const Chair chair("kitchen-chair");
        const Vector3 towards = ChairCamera(kView).towardsViewer;
        const double depth =
            meanOver(chair, [&](std::size_t i) { return std::abs(dot(chair.truth(i), towards)); });
        const double error = meanOver(
            chair, [&](std::size_t i) { return std::abs(dot(chair.surface[i] - chair.truth(i), towards)); });
        qInfo("mean error of the depth %.3f, mean depth %.3f", error, depth);
        QVERIFY(error < 0.6 * depth);
    }

    void eachPixelStaysWhereItIsSeen() {
        const Chair chair("kitchen-chair");
        const FlowField flow =
            proportionalFlow(chair.surface, chair.render.premultiplied, kView, chair.box, chair.box);
        QVERIFY(meanOver(chair, [&](std::size_t i) {
                    return std::hypot(flow.pixels[2 * i], flow.pixels[2 * i + 1]);
                }) < 0.6);
    }

    /// From the measured depth and boxes to where the true ones lead.
    void theProportionsOfAnotherChairMoveItsPoints() {
        const Chair chair("kitchen-chair"), sofa("two-seat-sofa");
        const FlowField flow = proportionalFlow(
            chair.surface, chair.render.premultiplied, kView, boxOf(chair.sides), boxOf(sofa.sides));
        const Vector3 stretch{sofa.box.x / chair.box.x, sofa.box.y / chair.box.y, sofa.box.z / chair.box.z};
        const ChairCamera camera(kView);
        const auto move = [&](std::size_t i) {
            const auto from = camera.pixelOf(chair.truth(i), 128),
                       to = camera.pixelOf(chair.truth(i) * stretch, 128);
            return std::array{to[0] - from[0], to[1] - from[1]};
        };
        const double motion =
            meanOver(chair, [&](std::size_t i) { return std::hypot(move(i)[0], move(i)[1]); });
        const double error = meanOver(chair, [&](std::size_t i) {
            return std::hypot(flow.pixels[2 * i] - move(i)[0], flow.pixels[2 * i + 1] - move(i)[1]);
        });
        qInfo("mean error %.2f px of a motion of %.2f px", error, motion);
        QVERIFY(error < 0.4 * motion);
    }

    void nothingAtAllHasAFiniteShape() {
        const Image nothing(32, 32, 4);
        const std::vector<Image> sides(4, nothing);
        const ChairBox box = boxOf(sides);
        const std::vector<FlowField> flows(2, FlowField(32, 32, 2));
        const FlowField flow =
            proportionalFlow(surfaceOf(kView, nothing, flows), nothing, kView, box, {0.5f, 0.5f, 0.7f});
        QVERIFY(std::ranges::all_of(flow.pixels, [](float value) { return std::isfinite(value); }));
    }
};

QTEST_GUILESS_MAIN(TestChairShape)
#include "tst_chair_shape.moc"
