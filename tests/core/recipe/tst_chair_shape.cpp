// SPDX-License-Identifier: GPL-3.0-or-later
// Real chairs, whose depth and box are known, are turned and measured.
#include <QtTest>
#include <cmath>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/recipe/chair_shape.h"
#include "core/recipe/correspondence.h"
#include "core/render/chair_camera.h"
#include "core/render/mesh.h"
#include "tests/support/test_program.h"

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

    SeenChair seen() const {
        const Image& picture = render.premultiplied;
        return {surface, PictureFeatures::of(flowPicture(picture), picture), boxOf(sides)};
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
            proportionalFlow(chair.surface, chair.render.premultiplied, kView, {chair.box}, {chair.box});
        QVERIFY(meanOver(chair, [&](std::size_t i) {
                    return std::hypot(flow.pixels[2 * i], flow.pixels[2 * i + 1]);
                }) < 0.6);
    }

    /// From the measured depth and boxes to where the true ones lead.
    void theProportionsOfAnotherChairMoveItsPoints() {
        const Chair chair("kitchen-chair"), sofa("two-seat-sofa");
        const FlowField flow = proportionalFlow(
            chair.surface, chair.render.premultiplied, kView, {boxOf(chair.sides)}, {boxOf(sofa.sides)});
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

    void seatsAreFoundByLikeness_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<double>("higher");  // by how much of the height the seat of the other is
        QTest::addColumn<double>("within");
        QTest::newRow("the same chair")
            << QByteArray("kitchen-chair") << QByteArray("kitchen-chair") << 0.0 << 0.01;
        QTest::newRow("a high one") << QByteArray("green-chair") << QByteArray("bar-stool-with-back") << 0.28
                                    << 0.15;
        QTest::newRow("no back at all")
            << QByteArray("children-chair") << QByteArray("green-stool") << 0.5 << 0.15;
    }
    void seatsAreFoundByLikeness() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(double, higher);
        QFETCH(double, within);
        const Chair a(from.constData()), b(to.constData());
        const auto [here, there] = seatHeights(a.seen(), b.seen(), kView);
        qInfo("seats at %.2f and %.2f of the height", here, there);
        QVERIFY(std::abs(there - here - higher) <= within);
        const auto [back, forth] = seatHeights(b.seen(), a.seen(), kView);
        QVERIFY(std::abs(forth - here) < 0.01 && std::abs(back - there) < 0.01);
    }

    /// What is below the seat stays below, and the seat goes where the other's is.
    void theSeatIsMovedToTheOthersHeight() {
        const Chair chair("kitchen-chair");
        const ChairCamera camera(kView);
        const auto flow = [&](double seat) {
            return proportionalFlow(
                chair.surface, chair.render.premultiplied, kView, {chair.box, 0.45}, {chair.box, seat});
        };
        const FlowField same = flow(0.45), higher = flow(0.7);
        double seat = 0, numSeat = 0, floor = 0, numFloor = 0;
        for (std::size_t i = 0; i < chair.surface.size(); ++i) {
            if (!chair.isSeen(i)) continue;
            const double height = double(chair.truth(i).y / chair.box.y) + 0.5;
            const double rise = double(same.pixels[2 * i + 1] - higher.pixels[2 * i + 1]);
            if (std::abs(height - 0.45) < 0.04) seat += rise, ++numSeat;
            if (height < 0.05) floor += rise, ++numFloor;
        }
        const auto above = camera.pixelOf({0, 0.2f * chair.box.y, 0}, 128),
                   below = camera.pixelOf({0, -0.05f * chair.box.y, 0}, 128);
        const double expected = double(below[1] - above[1]);
        qInfo("the seat rises by %.1f px of %.1f, the feet by %.1f",
              seat / numSeat,
              expected,
              floor / numFloor);
        QVERIFY(std::abs(seat / numSeat - expected) < 0.25 * expected);
        QVERIFY(floor / numFloor < 0.25 * expected);
    }

    void nothingAtAllHasAFiniteShape() {
        const Image nothing(32, 32, 4);
        const std::vector<Image> sides(4, nothing);
        const ChairBox box = boxOf(sides);
        const std::vector<FlowField> flows(2, FlowField(32, 32));
        const FlowField flow =
            proportionalFlow(surfaceOf(kView, nothing, flows), nothing, kView, {box}, {{0.5f, 0.5f, 0.7f}});
        QVERIFY(std::ranges::all_of(flow.pixels, [](float value) { return std::isfinite(value); }));
        const SeenChair unseen{
            surfaceOf(kView, nothing, flows), PictureFeatures::of(flowPicture(nothing), nothing), box};
        QVERIFY(seatHeights(unseen, unseen, kView)[0] > 0);
    }
};

VITRINE_TEST(TestChairShape)
#include "tst_chair_shape.moc"
