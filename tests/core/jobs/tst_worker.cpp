// SPDX-License-Identifier: GPL-3.0-or-later
// One contract for both kinds of worker. Threads meet at latches, never at sleeps.
#include <QTest>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/jobs/worker.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

using Factory = std::unique_ptr<Worker> (*)(std::function<void(const char*)>);

/// What ran, in order.
class Record {
public:
    Worker::Task note(std::string name) {
        return [this, name](const std::stop_token&) { add(name); };
    }
    void add(const std::string& name) {
        const std::lock_guard lock(m_mutex);
        m_names.push_back(name);
    }
    std::string text() {
        const std::lock_guard lock(m_mutex);
        std::string joined;
        for (const auto& name : m_names) joined += name + " ";
        return joined;
    }

private:
    std::mutex m_mutex;
    std::vector<std::string> m_names;
};

/// Returns when everything posted before has run. A thread signals it; an inline worker has passed it
/// already.
void finish(Worker& worker) {
    std::latch done(1);
    worker.post([&done](const std::stop_token&) { done.count_down(); });
    done.wait();
}

/// Runs `inside` as a task, so that what it posts waits for its end with either kind.
void whileRunning(Worker& worker, const std::function<void()>& inside) {
    std::latch ran(1);
    worker.post([&](const std::stop_token&) {
        inside();
        ran.count_down();
    });
    ran.wait();
    finish(worker);
}

}  // namespace

class TestWorker : public QObject {
    Q_OBJECT

private:
    static void kinds() {
        QTest::addColumn<Factory>("make");
        QTest::newRow("thread") << Factory(&makeThreadWorker);
        QTest::newRow("inline") << Factory(&makeInlineWorker);
    }

private Q_SLOTS:
    void runsQueuedTasksInOrder_data() { kinds(); }
    void runsQueuedTasksInOrder() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make({});
        for (int i = 0; i < 5; ++i) worker->post(record.note(std::to_string(i)));
        finish(*worker);
        QCOMPARE(record.text(), std::string("0 1 2 3 4 "));
    }

    void onlyTheNewestLatestRuns_data() { kinds(); }
    void onlyTheNewestLatestRuns() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make({});
        whileRunning(*worker, [&] {
            for (int i = 0; i < 100; ++i) worker->postLatest(record.note(std::to_string(i)));
        });
        QCOMPARE(record.text(), std::string("99 "));
    }

    void latestRunsBeforeQueued_data() { kinds(); }
    void latestRunsBeforeQueued() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make({});
        whileRunning(*worker, [&] {
            worker->post(record.note("queued"));
            worker->postLatest(record.note("latest"));
        });
        QCOMPARE(record.text(), std::string("latest queued "));
    }

    void aThrowEndsTheTaskAndNotTheWorker_data() { kinds(); }
    void aThrowEndsTheTaskAndNotTheWorker() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make([&record](const char* what) { record.add(what); });
        worker->post([](const std::stop_token&) { throw std::runtime_error("disk"); });
        worker->post([](const std::stop_token&) { throw 7; });
        worker->post(record.note("after"));
        finish(*worker);
        QCOMPARE(record.text(), std::string("disk a task threw something that is not an exception after "));
    }

    void aThrowWithoutAListenerIsNoCrash_data() { kinds(); }
    void aThrowWithoutAListenerIsNoCrash() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make({});
        worker->postLatest([](const std::stop_token&) { throw std::runtime_error("disk"); });
        worker->post(record.note("after"));
        finish(*worker);
        QCOMPARE(record.text(), std::string("after "));
    }

    void cancelDropsWhatHasNotStarted_data() { kinds(); }
    void cancelDropsWhatHasNotStarted() {
        QFETCH(Factory, make);
        Record record;
        auto worker = make({});
        whileRunning(*worker, [&] {
            worker->post(record.note("queued"));
            worker->postLatest(record.note("latest"));
            worker->cancelWaiting();
            worker->post(record.note("later"));
        });
        QCOMPARE(record.text(), std::string("later "));
    }

    void destroyingStopsTheTokenOfItsTasks_data() { kinds(); }
    void destroyingStopsTheTokenOfItsTasks() {
        QFETCH(Factory, make);
        std::stop_token seen;
        auto worker = make({});
        worker->post([&seen](const std::stop_token& stop) { seen = stop; });
        finish(*worker);
        QVERIFY(!seen.stop_requested());
        worker.reset();
        QVERIFY(seen.stop_requested());
    }

    void destroyedWhileRunningItJoinsAndDropsTheRest() {
        Record record;
        std::latch started(1);
        auto worker = makeThreadWorker();
        worker->post([&](const std::stop_token& stop) {
            started.count_down();
            std::mutex mutex;
            std::condition_variable_any wake;
            std::unique_lock lock(mutex);
            wake.wait(lock, stop, [] { return false; });  // ends by the stop only
            record.add("stopped");
        });
        started.wait();
        worker->post(record.note("queued"));
        worker->postLatest(record.note("latest"));
        worker.reset();
        QCOMPARE(record.text(), std::string("stopped "));
    }

    void destroyedBeforeAnythingWasPosted_data() { kinds(); }
    void destroyedBeforeAnythingWasPosted() {
        QFETCH(Factory, make);
        auto worker = make({});
        worker.reset();
        QVERIFY(!worker);
    }

    void threadedTasksShareOneThreadThatIsNotTheCallers() {
        std::thread::id first;
        std::thread::id second;
        auto worker = makeThreadWorker();
        worker->post([&first](const std::stop_token&) { first = std::this_thread::get_id(); });
        worker->post([&second](const std::stop_token&) { second = std::this_thread::get_id(); });
        finish(*worker);
        QVERIFY(first != std::this_thread::get_id());
        QVERIFY(first == second);
    }
};

VITRINE_TEST(TestWorker)
#include "tst_worker.moc"
