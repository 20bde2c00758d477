// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "core/io/atomic_file.h"
#include "core/io/file_hash.h"
#include "core/recipe/model_card.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

class TestModelCard : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path path(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }
    void write(const char* name, const std::string& text) const {
        QVERIFY(writeFileAtomically(path(name), text));
    }

private Q_SLOTS:
    void initTestCase() { test::writeRandomChairModel(path("chairs-64-mine.safetensors"), {}); }

    void aCardMayBeOfSeveralNetworks() {
        const std::vector<fs::path> wanted{"/m/quadrants-0-cvae.md", "/m/quadrants-0.md", "/m/quadrants.md"};
        QVERIFY(cardFilesOf("/m/quadrants-0-cvae.safetensors") == wanted);
        QCOMPARE(cardFilesOf("/m/model.safetensors").size(), 1u);
    }

    void aCardNamesTheHashOfItsWeights() {
        const fs::path weights = path("chairs-64-mine.safetensors");
        const std::string hash = fileHash(weights).value();
        write("chairs-64.md", "# Another network\n\nSHA-256 `0123`.\n");
        const ModelCard none = readModelCard(weights).value();
        QCOMPARE(none.weightsHash, hash);
        QVERIFY(none.file.empty() && none.markdown.empty());
        QVERIFY(none.metadata.contains("num_styles"));
        write("chairs-64.md",
              "# Chairs\n\n[data](data.json) and [more](gone.md)\n\nSHA-256 `" + hash + "`.\n");
        write("data.json", "{}");
        const ModelCard card = readModelCard(weights).value();
        QCOMPARE(card.file, path("chairs-64.md"));
        QVERIFY(card.markdown.find("[data](file://" + fs::canonical(path("data.json")).string() + ")") !=
                std::string::npos);
        QVERIFY(card.markdown.find("and more\n") != std::string::npos);
    }

    void linksLeadSomewhereOrAreText() {
        write("with space.md", "");
        const auto resolved = [this](const std::string& text) { return resolveLinks(text, path("")); };
        QCOMPARE(resolved("no link [here]"), "no link [here]");
        QCOMPARE(resolved("[a](https://a.org/b) [c](#d)"), "[a](https://a.org/b) [c](#d)");
        QCOMPARE(resolved("[a](none.md#b), [c](../none/d.md)."), "a, c.");
    }

    void whatIsNoWeightFileIsAnError() {
        write("broken.safetensors", "no weights");
        QVERIFY(readModelCard(path("broken.safetensors")).error().code == ErrorCode::BadFormat);
        QVERIFY(readModelCard(path("none.safetensors")).error().code == ErrorCode::NotFound);
    }

    void everyNetworkInTheBoxHasItsCard() {
        int numNetworks = 0;
        for (const auto& entry : fs::directory_iterator(VITRINE_MODELS)) {
            if (entry.path().extension() != ".safetensors") continue;
            ++numNetworks;
            QVERIFY2(!readModelCard(entry.path()).value().file.empty(), entry.path().filename().c_str());
        }
        QVERIFY(numNetworks > 0);
    }
};

VITRINE_TEST(TestModelCard)
#include "tst_model_card.moc"
