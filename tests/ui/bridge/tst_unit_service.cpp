// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>

#include "tests/support/test_program.h"
#include "tests/ui/panels/units/unit_fixture.h"
#include "ui/bridge/unit_service.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestUnitService : public QObject {
    Q_OBJECT

    UnitService::Opener toy(UnitLog& log) {
        return [&log](const std::filesystem::path& file) -> Result<std::unique_ptr<UnitSession>> {
            if (file == "broken") return Error{ErrorCode::BadFormat, "broken cannot be read."};
            return std::unique_ptr<UnitSession>(std::make_unique<ToyUnits>(log));
        };
    }
    static void openToy(UnitService& service) {
        service.open("toy");
        QTRY_COMPARE(service.state(), UnitService::State::Ready);
    }

private Q_SLOTS:
    void asksNothingWithoutANetwork() {
        UnitLog log;
        UnitService service(toy(log));
        QCOMPARE(service.request({}), quint64(0));
        service.startSweep({}, PictureChannel::Composite);
        QVERIFY(!service.isSweeping() && service.isIdle());
    }

    void keepsTheNetworkThatWasThere() {
        UnitLog log;
        UnitService service(toy(log));
        openToy(service);
        service.open("broken");
        QTRY_COMPARE(service.state(), UnitService::State::Failed);
        QCOMPARE(service.error().message, std::string("broken cannot be read."));
        QVERIFY(service.model() && service.request({}) > 0);
        QTRY_VERIFY(service.isIdle());
    }

    void theNewestRequestIsAnswered() {
        UnitLog log;
        UnitService service(toy(log));
        openToy(service);
        QSignalSpy results(&service, &UnitService::resultReady);
        quint64 last = 0;
        for (int unit = 0; unit < ToyUnits::kNumUnits; ++unit) {
            UnitRequest request;
            request.unit = unit;
            request.value = 5;
            last = service.request(request);
        }
        QTRY_VERIFY(service.isIdle());
        QCOMPARE(results.last().first().value<quint64>(), last);
        QVERIFY(results.size() < ToyUnits::kNumUnits);  // those that waited in vain were dropped
        for (int i = 1; i < results.size(); ++i)
            QVERIFY(results[i][0].value<quint64>() > results[i - 1][0].value<quint64>());
    }

    void aSweepComesInPassesAndBeginsWithWhatIsWanted() {
        UnitLog log;
        UnitService service(toy(log));
        openToy(service);
        QList<int> units;
        int numPasses = 0;
        connect(&service,
                &UnitService::sweepAdvanced,
                this,
                [&](const QList<UnitThumbnail>& thumbnails, int all) {
                    QCOMPARE(all, ToyUnits::kNumUnits);
                    ++numPasses;
                    for (const UnitThumbnail& thumbnail : thumbnails) {
                        QCOMPARE(thumbnail.picture.size(), QSize(kUnitThumbnail, kUnitThumbnail));
                        units << thumbnail.unit;
                    }
                });
        QSignalSpy finished(&service, &UnitService::sweepFinished);
        UnitRequest request;
        request.value = 5;
        service.startSweep(request, PictureChannel::Composite, {20, 3});
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(numPasses > 1);
        QCOMPARE(units.mid(0, 4), (QList<int>{3, 20, 0, 1}));
        std::ranges::sort(units);
        for (int unit = 0; unit < ToyUnits::kNumUnits; ++unit) QCOMPARE(units[unit], unit);
        QTRY_VERIFY(service.isIdle());
    }

    void aNewSweepEndsTheOneBefore() {
        UnitLog log;
        log.delayMs = 30;
        UnitService service(toy(log));
        openToy(service);
        UnitRequest first;
        first.value = 5;
        service.startSweep(first, PictureChannel::Composite);
        UnitRequest second = first;
        second.layer = "FC-5";  // of 6 maps
        service.startSweep(second, PictureChannel::Composite);
        QList<int> counts;
        connect(&service, &UnitService::sweepAdvanced, this, [&](const QList<UnitThumbnail>&, int all) {
            counts << all;
        });
        QTRY_VERIFY(!service.isSweeping() && service.isIdle());
        QCOMPARE(counts, QList<int>{6});
        QVERIFY(log.sampled.size() <= 6 + 8);
    }

    void endsWhileASweepRuns() {
        UnitLog log;
        log.delayMs = 20;
        auto service = std::make_unique<UnitService>(toy(log));
        openToy(*service);
        UnitRequest request;
        request.value = 5;
        service->startSweep(request, PictureChannel::Composite);
        service.reset();
        QVERIFY(int(log.sampled.size()) < ToyUnits::kNumUnits);
    }

    void failuresAreSaid() {
        UnitLog log;
        UnitService service(toy(log));
        openToy(service);
        QString message;
        connect(&service, &UnitService::failed, this, [&](const Error& error) {
            message = QString::fromStdString(error.message);
        });
        UnitRequest request;
        request.value = 13;
        service.request(request);
        QTRY_COMPARE(message, u"The toy cannot paint thirteen."_s);
        service.requestActivations({}, "FC-9");
        QTRY_VERIFY(message.contains(u"has no layer \"FC-9\""_s));
        QTRY_VERIFY(service.isIdle());
    }
};

VITRINE_TEST(TestUnitService)
#include "tst_unit_service.moc"
