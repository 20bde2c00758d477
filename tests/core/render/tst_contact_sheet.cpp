// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <set>

#include "core/render/contact_sheet.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

/// Pixels that are not white in a part of the sheet.
int numInked(const Image& sheet, int left, int top, int width, int height) {
    int count = 0;
    for (int y = top; y < top + height; ++y)
        for (int x = left; x < left + width; ++x) count += sheet.at(y, x, 1) != 255;
    return count;
}

}  // namespace

class TestContactSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void laysOutRowsWithLabels() {
        const std::vector<SheetTile> tiles(5, {Image(64, 40, 3, 7), "oak-chair"});
        const Image sheet = makeContactSheet(tiles, 3);
        QCOMPARE(sheet.width, 3 * 64);
        QCOMPARE(sheet.height % 2, 0);
        const int tileHeight = sheet.height / 2;
        QCOMPARE(numInked(sheet, 64, tileHeight, 64, 40), 64 * 40);
        QVERIFY(numInked(sheet, 64, 40, 64, tileHeight - 40) > 50);
        QCOMPARE(numInked(sheet, 128, tileHeight, 64, tileHeight), 0);  // the sixth place is empty
    }

    void longLabelsStayInTheirTile() {
        const std::vector<SheetTile> tiles = {
            {Image(64, 40, 3, 7), "a-very-long-name-that-does-not-fit-anywhere"}, {Image(64, 40, 3, 7), ""}};
        const Image sheet = makeContactSheet(tiles, 2);
        QVERIFY(numInked(sheet, 0, 49, 64, sheet.height - 49) > 20);  // the second line
        QCOMPARE(numInked(sheet, 64, 40, 64, sheet.height - 40), 0);
    }

    void everyLetterLooksDifferent() {
        std::vector<std::vector<std::uint8_t>> seen;
        for (const char letter : std::string("0123456789-abcdefghijklmnopqrstuvwxyz.%+ ")) {
            const Image sheet = makeContactSheet({{Image(12, 1, 3, 255), std::string(1, letter)}}, 1);
            QVERIFY(std::find(seen.begin(), seen.end(), sheet.pixels) == seen.end());
            seen.push_back(sheet.pixels);
        }
    }

    /// Letters of the window's font: smooth, of several greys, and capitals too.
    void lettersAreSmooth() {
        const Image sheet = makeContactSheet({{Image(96, 1, 3, 255), "Chair A, 0.5"}}, 1);
        std::set<int> greys;
        for (std::size_t i = 0; i < sheet.pixels.size(); i += 3) greys.insert(sheet.pixels[i]);
        QVERIFY(greys.size() > 10);
        QVERIFY(*greys.begin() < 80);
    }

    void aLegendRunsFromItsLowEndToItsHighEnd() {
        const auto redGrows = [](double value) -> std::array<std::uint8_t, 3> {
            return {std::uint8_t(255 * value), 0, 0};
        };
        const Image sheet = makeContactSheet({{Image(64, 10, 3, 255), "entropy", {redGrows, "0", "1"}}}, 1);
        std::vector<int> reds;
        for (int y = 10; y < sheet.height && reds.empty(); ++y)
            for (int x = 0; x < sheet.width; ++x)
                if (sheet.at(y, x, 1) == 0) reds.push_back(sheet.at(y, x, 0));
        QVERIFY(reds.size() > 30);
        QCOMPARE(reds.front(), 0);
        QCOMPARE(reds.back(), 255);
        QVERIFY(std::is_sorted(reds.begin(), reds.end()));
        QVERIFY(numInked(sheet, 0, 11, 64, 15) > 20);  // its name above it
    }

    void partsGetColoursOfTheirOwn() {
        LabelMap parts(5, 1);
        for (int x = 0; x < 5; ++x) parts.at(0, x) = std::uint8_t(x);
        const Image image = colourParts(parts);
        QCOMPARE(int(image.at(0, 0, 0)), 255);
        for (int a = 0; a < 5; ++a)
            for (int b = 0; b < a; ++b)
                QVERIFY(!std::equal(&image.pixels[3 * std::size_t(a)],
                                    &image.pixels[3 * std::size_t(a)] + 3,
                                    &image.pixels[3 * std::size_t(b)]));
    }

    void rendersTheCatalogue() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        std::vector<ChairEntry> chairs = {test::makeToyChair(folder, 0), test::makeToyChair(folder, 1)};
        const Image sheet = renderContactSheet(chairs, {30, 20}, false, {48, 1}, {}).value();
        QCOMPARE(sheet.width, 96);
        QVERIFY(numInked(sheet, 0, 0, 48, 48) > 100);
        QVERIFY(numInked(sheet, 48, 0, 48, 48) > 100);
        chairs[1].model = "/no/such/chair.obj";
        QCOMPARE(renderContactSheet(chairs, {30, 20}, false, {48, 1}, {}).error().code, ErrorCode::NotFound);
        QCOMPARE(renderContactSheet({}, {30, 20}, false, {48, 1}, {}).error().code,
                 ErrorCode::InvalidArgument);
    }
};

VITRINE_TEST(TestContactSheet)
#include "tst_contact_sheet.moc"
