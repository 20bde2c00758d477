// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/log.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_chairs.h"
#include "ui/bridge/thumbnail_service.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestThumbnailService : public QObject {
    Q_OBJECT
private:
    std::atomic<int> m_numPainted = 0;

    RealChairPainter countingPainter() {
        return [this, paint = toyRealPainter()](const RealChairRequest& request) -> Result<Image> {
            ++m_numPainted;
            if (request.chair.id == "sofa")
                return Error{ErrorCode::NotFound, "The archive is not installed."};
            return paint(request);
        };
    }

private Q_SLOTS:
    void rendersOnceAndKeepsOnDisk() {
        QTemporaryDir folder;
        for (int start = 0; start < 2; ++start) {
            m_numPainted = 0;
            ThumbnailService service(countingPainter(), folder.path().toStdString());
            QSignalSpy ready(&service, &ThumbnailService::thumbnailReady);
            QSignalSpy failed(&service, &ThumbnailService::thumbnailFailed);
            service.request(toyCatalogue());
            service.request(toyCatalogue());
            QTRY_VERIFY(service.isIdle());
            QCOMPARE(ready.count(), 3);
            QCOMPARE(failed.count(), 1);
            QCOMPARE(m_numPainted.load(), start == 0 ? 4 : 1);  // what failed is tried again
            QCOMPARE(service.thumbnail(u"bench"_s).pixelColor(5, 5), QColor(180, 180, 180));
        }
    }

    void damagedFilesAreMadeAgain() {
        QTemporaryDir folder;
        for (int start = 0; start < 2; ++start) {
            ThumbnailService service(toyRealPainter(), folder.path().toStdString());
            service.request({toyCatalogue().front()});
            QTRY_VERIFY(service.isIdle());
            QVERIFY(!service.thumbnail(u"stool"_s).isNull());
            for (const QString& name : QDir(folder.path()).entryList(QDir::Files)) {
                QFile file(folder.filePath(name));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write("not a picture");
            }
        }
    }

    void aFolderThatCannotBeWrittenIsSaidOnce() {
        std::atomic<int> numWarnings = 0;
        setLogListener([&numWarnings](LogLevel, const std::string&) { ++numWarnings; });
        ThumbnailService service(toyRealPainter(), "/dev/null/thumbnails");
        QSignalSpy ready(&service, &ThumbnailService::thumbnailReady);
        service.request(toyCatalogue());
        QTRY_COMPARE(ready.count(), 4);
        setLogListener({});
        QCOMPARE(numWarnings.load(), 1);
    }

    void visibleOnesComeFirst() {
        QTemporaryDir folder;
        ThumbnailService service(toyRealPainter(), folder.path().toStdString());
        QStringList order;
        connect(
            &service, &ThumbnailService::thumbnailReady, this, [&order](const QString& id) { order << id; });
        service.request(toyCatalogue());
        service.prioritise({u"bench"_s});
        QTRY_COMPARE(order.size(), 4);
        QVERIFY(order.indexOf(u"bench"_s) <= 1);  // one may have been under way
    }
};

VITRINE_TEST(TestThumbnailService)
#include "tst_thumbnail_service.moc"
