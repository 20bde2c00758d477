// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QtTest>

#include "tests/support/test_program.h"
#include "tests/support/toy_chairs.h"
#include "ui/bridge/chair_service.h"

using namespace vitrine;

namespace {

ChairRequest requestAt(float azimuth) {
    return {{{1, 1.f}}, {azimuth, 20}, {}};
}

}  // namespace

class TestChairService : public QObject {
    Q_OBJECT
private:
    std::shared_ptr<ToyControl> m_control;
    std::unique_ptr<ChairService> m_service;
    QList<quint64> m_numbers;
    QList<ChairPicture> m_pictures;

    void openAndWait(const char* file = "toy.safetensors") {
        m_service->open(file);
        QTRY_VERIFY(m_service->state() != ChairService::State::Loading);
    }

private Q_SLOTS:
    void init() {
        m_control = std::make_shared<ToyControl>();
        m_service = std::make_unique<ChairService>(toyOpener(m_control));
        m_numbers.clear();
        m_pictures.clear();
        connect(m_service.get(),
                &ChairService::pictureReady,
                this,
                [this](quint64 number, const ChairPicture& picture, double latency) {
                    QVERIFY(latency >= 0);
                    m_numbers << number;
                    m_pictures << picture;
                });
    }
    void cleanup() {
        m_control->open();
        m_service.reset();
    }

    void nothingIsPaintedWithoutAModel() { QCOMPARE(m_service->requestPicture(requestAt(0)), quint64(0)); }

    void paintsWhatWasAsked() {
        openAndWait();
        QCOMPARE(m_service->model()->name, std::string("toy"));
        m_service->requestPicture(requestAt(100));
        QTRY_COMPARE(m_numbers.size(), 1);
        QCOMPARE(int(m_pictures[0].premultiplied.at(0, 0, 1)), 50);
        QCOMPARE(m_service->newestAnswered(), m_service->newestRequested());
    }

    void onlyTheNewestOfThoseThatWaitIsPainted() {
        openAndWait();
        m_control->close();
        const quint64 first = m_service->requestPicture(requestAt(0));
        m_control->waitUntilHeld();
        quint64 last = 0;
        for (int i = 1; i <= 50; ++i) last = m_service->requestPicture(requestAt(float(i)));
        m_control->open();
        QTRY_COMPARE(m_service->newestAnswered(), last);
        QCOMPARE(m_numbers, (QList<quint64>{first, last}));
        QCOMPARE(m_control->requests().size(), std::size_t(2));
        QCOMPARE(m_control->requests().back().view.azimuthDeg, 50.f);
    }

    void answersOfAReplacedModelAreDropped() {
        openAndWait();
        m_control->close();
        m_service->requestPicture(requestAt(0));
        m_control->waitUntilHeld();
        m_service->open("other.safetensors");
        // Both the picture and the new model are now under way; the picture arrives first and is still the
        // old model's.
        m_control->open();
        QTRY_COMPARE(m_service->state(), ChairService::State::Ready);
        QCOMPARE(m_service->model()->name, std::string("other"));
        const quint64 fresh = m_service->requestPicture(requestAt(10));
        QTRY_COMPARE(m_service->newestAnswered(), fresh);
        QCOMPARE(m_numbers.last(), fresh);
        QVERIFY(std::is_sorted(m_numbers.begin(), m_numbers.end()));
    }

    void brokenFileKeepsTheEarlierModel() {
        openAndWait();
        openAndWait("broken.safetensors");
        QCOMPARE(m_service->state(), ChairService::State::Failed);
        QVERIFY(m_service->error().message.find("damaged") != std::string::npos);
        QCOMPARE(m_service->requestPicture(requestAt(0)), quint64(0));
        m_service->keepEarlierModel();
        QVERIFY(m_service->requestPicture(requestAt(0)) > 0);
        QTRY_COMPARE(m_numbers.size(), 1);
    }

    void batchesComeInOrderAndWhole() {
        openAndWait();
        std::vector<ChairRequest> requests;
        for (int i = 0; i < 21; ++i) requests.push_back(requestAt(float(2 * i)));
        std::vector<ChairPicture> pictures;
        connect(m_service.get(),
                &ChairService::batchPicturesReady,
                this,
                [&](quint64, int first, const std::vector<ChairPicture>& part) {
                    QCOMPARE(std::size_t(first), pictures.size());
                    pictures.insert(pictures.end(), part.begin(), part.end());
                });
        QSignalSpy finished(m_service.get(), &ChairService::batchFinished);
        m_service->requestBatch(requests);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(pictures.size(), requests.size());
        for (int i = 0; i < 21; ++i) QCOMPARE(int(pictures[std::size_t(i)].premultiplied.at(0, 0, 1)), i);
    }

    void theStageOvertakesABatch() {
        openAndWait();
        m_control->close();
        const quint64 batch = m_service->requestBatch(std::vector<ChairRequest>(64, requestAt(0)));
        QVERIFY(batch > 0);
        m_control->waitUntilHeld();
        m_service->requestPicture(requestAt(200));
        m_control->open();
        QSignalSpy finished(m_service.get(), &ChairService::batchFinished);
        QTRY_COMPARE(finished.count(), 1);
        const auto requests = m_control->requests();
        const auto stage = std::find_if(
            requests.begin(), requests.end(), [](const ChairRequest& r) { return r.view.azimuthDeg == 200; });
        QVERIFY(stage - requests.begin() <= 8);
    }

    void cancelledBatchIsSilent() {
        openAndWait();
        m_control->close();
        const quint64 batch = m_service->requestBatch(std::vector<ChairRequest>(64, requestAt(0)));
        m_control->waitUntilHeld();
        QSignalSpy pictures(m_service.get(), &ChairService::batchPicturesReady);
        m_service->cancelBatch(batch);
        m_control->open();
        m_service->requestPicture(requestAt(1));
        QTRY_COMPARE(m_numbers.size(), 1);
        QCOMPARE(pictures.count(), 0);
        QVERIFY(m_control->requests().size() <= 9);
    }

    void failureOfTheNetworkIsTold() {
        openAndWait();
        m_control->failing = true;
        QString message;
        connect(m_service.get(), &ChairService::failed, this, [&message](const Error& error) {
            message = QString::fromStdString(error.message);
        });
        m_service->requestPicture(requestAt(0));
        QTRY_VERIFY(message.contains(QStringLiteral("not a number")));
        QCOMPARE(m_service->newestAnswered(), m_service->newestRequested());
    }

    void mayBeDestroyedWhileWorking() {
        openAndWait();
        m_control->close();
        m_service->requestPicture(requestAt(0));
        m_service->requestBatch(std::vector<ChairRequest>(64, requestAt(0)));
        m_control->waitUntilHeld();
        m_control->open();
        m_service.reset();
        QCoreApplication::processEvents();
        QVERIFY(m_numbers.isEmpty());
    }
};

VITRINE_TEST(TestChairService)
#include "tst_chair_service.moc"
