// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/train/style_table.h"
#include "tests/support/test_program.h"

using namespace vitrine;

class TestStyleTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStyleStandsForItself() {
        const std::vector<std::string> ids{"windsor-chair", "scan-001", "family-7"};
        const StyleTable table = StyleTable::make(ids).value();
        QCOMPARE(table.styles, ids);
        QVERIFY(table.weights.equal(torch::eye(3)));
    }

    void aChairBetweenTwoIsTheirMix() {
        const StyleTable table =
            StyleTable::make(
                std::vector<std::string>{"windsor-chair", "family-7", "family-12", "family-12+7@0.25"})
                .value();
        QCOMPARE(table.styles.size(), std::size_t(3));
        QVERIFY(table.weights[3].allclose(torch::tensor({0.f, 0.25f, 0.75f})));
    }

    void aMixOfAnUnknownChairIsRefusedByName() {
        const auto refused = StyleTable::make(std::vector<std::string>{"family-7", "family-7+12@0.5"});
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(refused.error().message.find("family-12") != std::string::npos);
    }

    void aStyleAfterAMixIsRefusedByName() {
        const auto refused = StyleTable::make(
            std::vector<std::string>{"family-7", "family-12", "family-7+12@0.5", "family-13"});
        QVERIFY(refused.error().message.find("family-13") != std::string::npos);
    }
};

VITRINE_TEST(TestStyleTable)
#include "tst_style_table.moc"
