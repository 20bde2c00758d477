// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <QTemporaryDir>
#include <QTest>

#include "core/data/idx_images.h"
#include "core/io/atomic_file.h"

using namespace vitrine;

namespace {

std::string idx(std::uint8_t magic, std::uint8_t count, std::size_t numPixels) {
    std::string text = {0, 0, 8, char(magic), 0, 0, 0, char(count), 0, 0, 0, 2, 0, 0, 0, 3};
    for (std::size_t i = 0; i < numPixels; ++i) text += char(i);
    return text;
}

}  // namespace

class TestIdxImages : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path write(const char* name, const std::string& content) const {
        const std::filesystem::path file = std::filesystem::path(m_folder.path().toStdString()) / name;
        if (!writeFileAtomically(file, std::string_view(content))) qFatal("could not write");
        return file;
    }

private Q_SLOTS:
    void picturesAreRead() {
        const auto images = readIdxImages(write("a", idx(3, 4, 24)));
        QVERIFY(images.ok());
        QCOMPARE(images->count, 4);
        QCOMPARE(images->height, 2);
        QCOMPARE(images->width, 3);
        QCOMPARE(int(images->pixels[23]), 23);
    }

    void alsoWhenTheyAreZipped() {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / "b.gz";
        const std::string content = idx(3, 4, 24);
        gzFile zipped = gzopen(file.c_str(), "wb");
        gzwrite(zipped, content.data(), unsigned(content.size()));
        gzclose(zipped);
        QCOMPARE(readIdxImages(file)->count, 4);
    }

    void aBrokenFileIsRefusedByName_data() {
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char* name, const std::string& content) {
            QTest::newRow(name) << QByteArray(content.data(), qsizetype(content.size()));
        };
        row("labels", idx(1, 4, 24));
        row("too short", idx(3, 4, 23));
        row("too long", idx(3, 4, 25));
        row("no pictures", idx(3, 0, 0));
        row("ends in its header", idx(3, 4, 0).substr(0, 9));
        row("empty", {});
    }
    void aBrokenFileIsRefusedByName() {
        QFETCH(QByteArray, content);
        const auto images = readIdxImages(write("broken", content.toStdString()));
        QCOMPARE(images.error().code, ErrorCode::BadFormat);
        QVERIFY(images.error().message.find("broken") != std::string::npos);
    }

    void aFolderHoldsBothParts() {
        const std::filesystem::path folder = m_folder.path().toStdString();
        write("train-images-idx3-ubyte", idx(3, 4, 24));
        const auto missing = readIdxFolder(folder);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("t10k-images") != std::string::npos);
        write("t10k-images-idx3-ubyte", idx(3, 2, 12));
        const auto both = readIdxFolder(folder);
        QVERIFY(both.ok());
        QCOMPARE(both->train.count, 4);
        QCOMPARE(both->test.count, 2);
        write("t10k-images-idx3-ubyte", idx(3, 1, 6));
        QVERIFY(readIdxFolder(folder)->dataHash != both->dataHash);
    }
};

QTEST_GUILESS_MAIN(TestIdxImages)
#include "tst_idx_images.moc"
