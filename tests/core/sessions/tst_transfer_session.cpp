// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <span>

#include "core/recipe/morph.h"
#include "core/sessions/transfer_models.h"
#include "core/sessions/transfer_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

class TestTransferSession : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path models() const { return fs::path(m_folder.path().toStdString()) / "models"; }
    void writeModel(const char* name, const std::string& transfer, std::uint64_t seed) const {
        fs::create_directories(models());
        test::RandomChairModel model;
        model.numStyles = 3;
        model.styleIds = {"scan-006", "bar-chair", "oak-chair"};
        model.seed = seed;
        model.more["transfer"] = transfer;
        test::writeRandomChairModel(models() / name, model);
    }
    TransferSession session() const { return TransferSession::open(models()).value(); }

private Q_SLOTS:
    void initTestCase() {
        writeModel("with-4.safetensors", R"({"targets": "scan-006,bar-chair", "targetAzimuths": 4})", 1);
        writeModel(
            "with-4-seed2.safetensors", R"({"targets": "scan-006,bar-chair", "targetAzimuths": 4})", 2);
        writeModel("few-4.safetensors",
                   R"({"targets": "scan-006,bar-chair", "targetAzimuths": 4, "sources": "few"})",
                   3);
        writeModel("alone-1.safetensors",
                   R"({"targets": "scan-006,bar-chair", "targetAzimuths": 1, "sources": "none"})",
                   4);
        writeModel(
            "with-elevation.safetensors", R"({"targets": "scan-006,bar-chair", "targetsAt20": true})", 5);
    }

    void itSaysWhichNetworksThereAre() {
        const TransferSession opened = session();
        const TransferModelInfo& info = opened.info();
        QCOMPARE(info.targets, (std::vector<std::string>{"bar-chair", "scan-006"}));
        QCOMPARE(info.networks.size(), std::size_t(4));
        QVERIFY(info.has(TransferSetting::Views4, SourceViews::Few));
        QVERIFY(info.has(TransferSetting::Elevation, SourceViews::All));
        QVERIFY(!info.has(TransferSetting::Views15, SourceViews::All));
        QCOMPARE(info.weightsHash.size(), std::size_t(64));
        QCOMPARE(info.size, 32);
    }

    void eachNetworkOfASettingAnswers() {
        TransferSession opened = session();
        const auto result = opened.draw({"bar-chair", TransferSetting::Views4, {58, 20}});
        QVERIFY2(result.ok(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->of(SourceViews::All).width, 32);
        QVERIFY(result->of(SourceViews::None).empty());
        QVERIFY(result->of(SourceViews::All) != result->of(SourceViews::Few));
        auto first = ChairSession::open(models() / "with-4.safetensors", Device::Cpu, "fp32").value();
        const auto alone = first.generate({pureStyle(1), {58, 20}, {}});
        QVERIFY(result->of(SourceViews::All) == alone->premultiplied);  // of several seeds the first
        const auto turned = opened.draw({"bar-chair", TransferSetting::Views4, {200, 30}});
        QVERIFY(turned->of(SourceViews::All) != result->of(SourceViews::All));
    }

    void theStripHasTwoRowsForEachNumber() {
        TransferSession opened = session();
        const auto strip = opened.strip("scan-006");
        QVERIFY2(strip.ok(), strip ? "" : strip.error().message.c_str());
        QCOMPARE(strip->size(), std::size_t(10 * kTransferStripColumns));
        const auto isRowThere = [](const std::vector<Image>& pictures, int row) {
            return std::ranges::none_of(
                std::span(pictures).subspan(std::size_t(row * kTransferStripColumns), kTransferStripColumns),
                &Image::empty);
        };
        for (int row = 0; row < 10; ++row) QCOMPARE(isRowThere(*strip, row), row == 4 || row == 5);
        const auto alone = opened.strip("scan-006", SourceViews::None);
        for (int row = 0; row < 10; ++row) QCOMPARE(isRowThere(*alone, row), row == 4 || row == 9);
    }

    void anotherChairIsRefused() {
        TransferSession opened = session();
        for (const std::string& message :
             {opened.draw({"oak-chair", TransferSetting::Views4, {}}).error().message,
              opened.strip("oak-chair").error().message})
            QVERIFY(message.find("bar-chair") != std::string::npos);
    }

    void anEmptyFolderSaysWhoMakesTheNetworks() {
        const auto none = TransferSession::open(models() / "none");
        QCOMPARE(none.error().code, ErrorCode::NotFound);
        QVERIFY(none.error().message.find("experiments/chairs/transfer") != std::string::npos);
    }
};

VITRINE_TEST(TestTransferSession)
#include "tst_transfer_session.moc"
