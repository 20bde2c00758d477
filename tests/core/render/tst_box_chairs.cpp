// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/folders.h"
#include "core/render/chair_renderer.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

/// Whether a pixel of the outermost frame is touched.
bool touchesTheEdge(const Image& image) {
    const int last = image.width - 1;
    for (int i = 0; i <= last; ++i)
        if (image.at(0, i, 3) || image.at(last, i, 3) || image.at(i, 0, 3) || image.at(i, last, 3))
            return true;
    return false;
}

}  // namespace

/// Every chair of the catalogue, out of the archives as Debian installs them.
class TestBoxChairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isShown_data() {
        QTest::addColumn<int>("index");
        const auto catalogue = ChairCatalogue::load(resourceFolder() / "chairs.json");
        QVERIFY(catalogue.ok());
        for (const ChairEntry& entry : catalogue->entries()) QTest::newRow(entry.id.c_str()) << entry.index;
    }
    void isShown() {
        QFETCH(int, index);
        const ChairEntry entry = ChairCatalogue::load(resourceFolder() / "chairs.json")->entries()[index];
        const auto model = ChairModel::load(entry);
        QVERIFY2(model.ok(), model ? "" : model.error().message.c_str());
        for (const ChairView view :
             {ChairView{0, 10}, ChairView{58, 20}, ChairView{127, 30}, ChairView{243, 40}}) {
            const ChairRender render = model->render(view, {64, 1});
            int numCovered = 0, numSeat = 0;
            for (int i = 0; i < 64 * 64; ++i) {
                numCovered += render.premultiplied.pixels[4 * i + 3] > 127;
                numSeat += render.parts.pixels[i] == int(ChairPart::Seat);
            }
            QVERIFY(numCovered > 0.03 * 64 * 64);
            QVERIFY(!touchesTheEdge(render.premultiplied));
            if (view.elevationDeg == 40) QVERIFY(numSeat > 0);
        }
    }
};

VITRINE_TEST(TestBoxChairs)
#include "tst_box_chairs.moc"
