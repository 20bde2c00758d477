// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/metrics/hog.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

/// 16 x 16, dark left of the column or above the row, else light.
Image edge(bool isVertical, std::uint8_t light) {
    Image image(16, 16, 3);
    for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 16; ++x)
            if ((isVertical ? x : y) >= 8)
                for (int c = 0; c < 3; ++c) image.at(y, x, c) = light;
    return image;
}

/// By cell and orientation, of the only block.
bool isDescriptor(const std::vector<float>& values, const std::vector<int>& orientations, float value) {
    if (values.size() != 36) return false;
    for (int i = 0; i < 36; ++i) {
        const bool isSet = std::ranges::find(orientations, i % 9) != orientations.end();
        if (std::abs(values[std::size_t(i)] - (isSet ? value : 0)) > 1e-3f) return false;
    }
    return true;
}

}  // namespace

class TestHog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEdgeFillsTheOrientationAcrossIt() {
        QVERIFY(isDescriptor(hogDescriptor(edge(true, 200)), {0}, 0.5f));
        // 90 degrees lie between the orientations of 80 and 100.
        QVERIFY(isDescriptor(hogDescriptor(edge(false, 200)), {4, 5}, std::sqrt(0.125f)));
    }

    void contrastDoesNotCount() { QVERIFY(isDescriptor(hogDescriptor(edge(true, 20)), {0}, 0.5f)); }

    void aPlainPictureHasNone() { QVERIFY(isDescriptor(hogDescriptor(Image(16, 16, 3, 90)), {}, 0)); }

    void blocksOverlap() { QCOMPARE(hogDescriptor(Image(64, 64, 3)).size(), std::size_t(7 * 7 * 36)); }
};

VITRINE_TEST(TestHog)
#include "tst_hog.moc"
