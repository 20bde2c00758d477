// SPDX-License-Identifier: GPL-3.0-or-later
// What every service of a network keeps to, whichever network it is.
#include <QSignalSpy>
#include <QtTest>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <thread>

#include "tests/support/test_program.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/completion_service.h"
#include "ui/bridge/correspondence_service.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/bridge/transfer_service.h"
#include "ui/bridge/unit_service.h"

using namespace vitrine;

namespace {

/// What the toy networks do; shared by a test and its networks.
struct Control {
    std::atomic<bool> isOpeningHeld = false, isHeld = false, throws = false;
    std::atomic<int> numOpened = 0, numAsked = 0;

    void answer() {
        ++numAsked;
        while (isHeld) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (throws) throw std::runtime_error("the toy broke");
    }
};

/// A network that says which file it is of; each kind answers its own question.
template <class Session>
class Controlled : public Session {
public:
    using Info = std::decay_t<decltype(std::declval<Session>().info())>;

    Controlled(const std::filesystem::path& file, Control& control) : m_control(control) {
        m_info.file = file;
    }
    const Info& info() const override { return m_info; }

protected:
    Info m_info;
    Control& m_control;
};

class ControlledChairs : public Controlled<ChairSession> {
public:
    using Controlled::Controlled;
    const StyleCodes& styleCodes() const override { return m_codes; }
    Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest>) override {
        m_control.answer();
        return std::vector<ChairPicture>(1);
    }

private:
    StyleCodes m_codes;
};

class ControlledSegmentation : public Controlled<SegmentationSession> {
public:
    using Controlled::Controlled;
    Result<SegmentationResult> segment(const SegmentationRequest&,
                                       const SampleCallback&,
                                       const SweepCallback&) override {
        m_control.answer();
        return SegmentationResult();
    }
    Result<std::optional<double>> logLikelihood(const SegmentationRequest&, const KeepGoing&) override {
        m_control.answer();
        return std::optional(-1.5);
    }
};

class ControlledCompletion : public Controlled<CompletionSession> {
public:
    using Controlled::Controlled;
    Result<CompletionResult> complete(const CompletionRequest&) override {
        m_control.answer();
        return CompletionResult();
    }
};

class ControlledUnits : public Controlled<UnitSession> {
public:
    using Controlled::Controlled;
    const std::vector<ChairLayer>& layers() const override { return m_layers; }
    Result<UnitResult> run(const UnitRequest&) override {
        m_control.answer();
        return UnitResult();
    }

private:
    std::vector<ChairLayer> m_layers;
};

class ControlledMatcher : public Controlled<CorrespondenceSession> {
public:
    using Controlled::Controlled;
    Result<CorrespondenceResult> match(const CorrespondenceRequest&, const JobContext&, int) override {
        m_control.answer();
        return CorrespondenceResult();
    }
};

class ControlledTransfer : public TransferSession {
public:
    ControlledTransfer(const std::filesystem::path& folder, Control& control) : m_control(control) {
        m_toyInfo.folder = folder;
    }
    const TransferModelInfo& info() const override { return m_toyInfo; }
    Result<TransferResult> draw(const TransferRequest&) override {
        m_control.answer();
        return TransferResult();
    }
    Result<std::vector<Image>> strip(const std::string&, SourceViews) override {
        m_control.answer();
        return std::vector<Image>();
    }

private:
    TransferModelInfo m_toyInfo;
    Control& m_control;
};

const std::filesystem::path& fileOf(const auto& model) {
    return model.file;
}
const std::filesystem::path& fileOf(const UnitModelInfo& model) {
    return model.chairs.file;
}
const std::filesystem::path& fileOf(const TransferModelInfo& model) {
    return model.folder;
}

/// One of the services, by what they have in common.
struct Subject {
    std::unique_ptr<NetworkServiceBase> service;
    std::function<void(const char* file)> open;
    std::function<void()> ask;
    std::function<std::string()> model;  ///< the file of the network that answers; empty: none
    int numAnswers = 0;
};

/// Opens any file but "broken", and throws at "throwing"; "slow" waits.
template <class Service, class Network, class Ready>
std::shared_ptr<Subject> makeSubject(Control& control, Ready ready, std::function<void(Service&)> ask) {
    auto opener = [&control](const std::filesystem::path& file) {
        using Opened = typename Service::Opener::result_type;
        ++control.numOpened;
        while (file == "slow" && control.isOpeningHeld)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (file == "throwing") throw std::runtime_error("the opener broke");
        if (file == "broken") return Opened(Error{ErrorCode::BadFormat, "broken cannot be read."});
        return Opened(std::make_unique<Network>(file, control));
    };
    auto subject = std::make_shared<Subject>();
    auto service = std::make_unique<Service>(opener);
    Service* raw = service.get();
    QObject::connect(raw, ready, raw, [subject = subject.get()] { ++subject->numAnswers; });
    subject->open = [raw](const char* file) { raw->open(file); };
    subject->ask = [raw, ask] { ask(*raw); };
    subject->model = [raw] { return raw->model() ? fileOf(*raw->model()).string() : std::string(); };
    subject->service = std::move(service);
    return subject;
}

using Factory = std::function<std::shared_ptr<Subject>(Control&)>;

}  // namespace

Q_DECLARE_METATYPE(Factory)

class TestNetworkService : public QObject {
    Q_OBJECT

    using State = NetworkServiceBase::State;

    static void openAndWait(Subject& subject, const char* file = "toy") {
        subject.open(file);
        QTRY_VERIFY(subject.service->state() != State::Loading);
    }
    static std::shared_ptr<Subject> fetch(Control& control) {
        QFETCH_GLOBAL(Factory, factory);
        return factory(control);
    }

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<Factory>("factory");
        QTest::newRow("chairs") << Factory([](Control& control) {
            return makeSubject<ChairService, ControlledChairs>(
                control, &ChairService::pictureReady, [](ChairService& service) {
                    service.keepEarlierModel();
                    service.requestPicture({});
                });
        });
        QTest::newRow("segmentation") << Factory([](Control& control) {
            return makeSubject<SegmentationService, ControlledSegmentation>(
                control, &SegmentationService::resultReady, [](SegmentationService& service) {
                    service.request({});
                });
        });
        QTest::newRow("likelihood of the truth") << Factory([](Control& control) {
            return makeSubject<SegmentationService, ControlledSegmentation>(
                control, &SegmentationService::likelihoodReady, [](SegmentationService& service) {
                    service.requestLikelihood({});
                });
        });
        QTest::newRow("completion") << Factory([](Control& control) {
            return makeSubject<CompletionService, ControlledCompletion>(
                control, &CompletionService::resultReady, [](CompletionService& service) {
                    service.request({});
                });
        });
        QTest::newRow("units") << Factory([](Control& control) {
            return makeSubject<UnitService, ControlledUnits>(
                control, &UnitService::resultReady, [](UnitService& service) { service.request({}); });
        });
        QTest::newRow("correspondence") << Factory([](Control& control) {
            return makeSubject<CorrespondenceService, ControlledMatcher>(
                control, &CorrespondenceService::resultReady, [](CorrespondenceService& service) {
                    service.request({});
                });
        });
        QTest::newRow("transfer") << Factory([](Control& control) {
            return makeSubject<TransferService, ControlledTransfer>(
                control, &TransferService::resultReady, [](TransferService& service) {
                    service.request({});
                });
        });
        QTest::newRow("strip of transfer") << Factory([](Control& control) {
            return makeSubject<TransferService, ControlledTransfer>(
                control, &TransferService::stripReady, [](TransferService& service) {
                    service.requestStrip({}, SourceViews::Few);
                });
        });
    }

    void nothingIsAskedWithoutANetwork() {
        Control control;
        const auto subject = fetch(control);
        QCOMPARE(subject->service->state(), State::Empty);
        subject->ask();
        QVERIFY(subject->service->isIdle());
        QCOMPARE(int(control.numAsked), 0);
    }

    void aQuestionIsAnsweredAndThenItIsIdle() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        QCOMPARE(subject->model(), std::string("toy"));
        QSignalSpy idle(subject->service.get(), &NetworkServiceBase::idle);
        subject->ask();
        QVERIFY(!subject->service->isIdle());
        QTRY_COMPARE(subject->numAnswers, 1);
        QVERIFY(subject->service->isIdle());
        QCOMPARE(idle.size(), 1);
    }

    void ofQuestionsThatWaitTheNewestIsAnswered() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        control.isHeld = true;
        subject->ask();
        QTRY_COMPARE(int(control.numAsked), 1);
        for (int i = 0; i < 20; ++i) subject->ask();
        control.isHeld = false;
        QTRY_VERIFY(subject->service->isIdle());
        QCOMPARE(int(control.numAsked), 2);  // the one that was being answered and the last
        QVERIFY(subject->numAnswers >= 1);
    }

    void aFileThatCannotBeReadKeepsTheEarlierNetwork() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        openAndWait(*subject, "broken");
        QCOMPARE(subject->service->state(), State::Failed);
        QCOMPARE(subject->service->error().message, std::string("broken cannot be read."));
        QCOMPARE(subject->model(), std::string("toy"));
        subject->ask();
        QTRY_COMPARE(subject->numAnswers, 1);
    }

    void anOpenerThatThrowsFails() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject, "throwing");
        QCOMPARE(subject->service->state(), State::Failed);
        QCOMPARE(subject->service->error().detail, std::string("the opener broke"));
        openAndWait(*subject);
        QCOMPARE(subject->service->state(), State::Ready);
    }

    void theNewestFileWins() {
        Control control;
        const auto subject = fetch(control);
        QList<State> states;
        connect(subject->service.get(), &NetworkServiceBase::stateChanged, this, [&] {
            states << subject->service->state();
        });
        control.isOpeningHeld = true;
        subject->open("slow");
        QTRY_COMPARE(int(control.numOpened), 1);
        for (const char* file : {"broken", "throwing", "other", "last"}) subject->open(file);
        control.isOpeningHeld = false;
        QTRY_COMPARE(subject->service->state(), State::Ready);
        QCOMPARE(subject->model(), std::string("last"));
        QCOMPARE(int(control.numOpened), 2);
        QCOMPARE(states.count(State::Failed), 0);
        QCOMPARE(states.count(State::Ready), 1);
    }

    void nothingIsAskedWhileAFileIsOpened() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        control.isOpeningHeld = true;
        subject->open("slow");
        subject->ask();
        QVERIFY(subject->service->isIdle());
        control.isOpeningHeld = false;
        QTRY_COMPARE(subject->model(), std::string("slow"));
        QCOMPARE(int(control.numAsked), 0);
    }

    void aNetworkThatThrowsFailsAndAnswersTheNext() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        control.throws = true;
        QString detail;
        connect(subject->service.get(), &NetworkServiceBase::failed, this, [&detail](const Error& error) {
            detail = QString::fromStdString(error.detail);
        });
        subject->ask();
        QTRY_COMPARE(detail, QStringLiteral("the toy broke"));
        QVERIFY(subject->service->isIdle());
        QCOMPARE(subject->service->state(), State::Ready);
        control.throws = false;
        subject->ask();
        QTRY_COMPARE(subject->numAnswers, 1);
    }

    void itMayEndWhileItAnswers() {
        Control control;
        const auto subject = fetch(control);
        openAndWait(*subject);
        control.isHeld = true;
        subject->ask();
        QTRY_COMPARE(int(control.numAsked), 1);
        subject->ask();
        control.isHeld = false;
        subject->service.reset();
        QCoreApplication::processEvents();
        QCOMPARE(subject->numAnswers, 0);
    }
};

VITRINE_TEST(TestNetworkService)
#include "tst_network_service.moc"
