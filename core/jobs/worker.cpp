// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/worker.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace vitrine {
namespace {

/// What waits: a queue and the slot of the newest. Not thread-safe by itself.
class Waiting {
public:
    void push(Worker::Task task) { m_queue.push_back(std::move(task)); }
    void replaceLatest(Worker::Task task) { m_latest = std::move(task); }
    bool empty() const { return m_queue.empty() && !m_latest; }

    void clear() {
        m_queue.clear();
        m_latest.reset();
    }

    Worker::Task take() {
        if (m_latest) return *std::exchange(m_latest, std::nullopt);
        Worker::Task task = std::move(m_queue.front());
        m_queue.pop_front();
        return task;
    }

private:
    std::deque<Worker::Task> m_queue;
    std::optional<Worker::Task> m_latest;
};

void runGuarded(const Worker& worker, const Worker::Task& task, const std::stop_token& stop) {
    const auto tell = [&worker](const char* what) {
        if (worker.onError) worker.onError(what);
    };
    try {
        task(stop);
    } catch (const std::exception& failure) {
        tell(failure.what());
    } catch (...) {
        tell("a task threw something that is not an exception");
    }
}

class ThreadWorker final : public Worker {
public:
    ThreadWorker() : m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

    ~ThreadWorker() override {
        m_thread.request_stop();
        cancelWaiting();
    }  // m_thread, the last member, joins first

    void post(Task task) override {
        enter([&] { m_waiting.push(std::move(task)); });
    }
    void postLatest(Task task) override {
        enter([&] { m_waiting.replaceLatest(std::move(task)); });
    }

    void cancelWaiting() override {
        Waiting dropped;  // destroyed outside the lock: a closure may own anything
        const std::lock_guard lock(m_mutex);
        std::swap(dropped, m_waiting);
    }

private:
    template <class Change>
    void enter(Change change) {
        {
            const std::lock_guard lock(m_mutex);
            change();
        }
        m_wake.notify_one();
    }

    void loop(const std::stop_token& stop) {
        while (auto task = next(stop)) runGuarded(*this, *task, stop);
    }

    std::optional<Task> next(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
        if (stop.stop_requested()) return std::nullopt;
        return m_waiting.take();
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Waiting m_waiting;
    std::jthread m_thread;  // last: it uses the others
};

class InlineWorker final : public Worker {
public:
    ~InlineWorker() override { m_stop.request_stop(); }

    void post(Task task) override {
        m_waiting.push(std::move(task));
        drain();
    }
    void postLatest(Task task) override {
        m_waiting.replaceLatest(std::move(task));
        drain();
    }
    void cancelWaiting() override { m_waiting.clear(); }

private:
    /// A task that posts comes back here while it runs; what it posted waits for its end, as on a thread.
    void drain() {
        if (m_running) return;
        m_running = true;
        while (!m_waiting.empty()) {
            const Task task = m_waiting.take();
            runGuarded(*this, task, m_stop.get_token());
        }
        m_running = false;
    }

    Waiting m_waiting;
    std::stop_source m_stop;
    bool m_running = false;
};

template <class Kind>
std::unique_ptr<Worker> make(std::function<void(const char*)> onError) {
    auto worker = std::make_unique<Kind>();
    worker->onError = std::move(onError);
    return worker;
}

}  // namespace

std::unique_ptr<Worker> makeThreadWorker(std::function<void(const char*)> onError) {
    return make<ThreadWorker>(std::move(onError));
}

std::unique_ptr<Worker> makeInlineWorker(std::function<void(const char*)> onError) {
    return make<InlineWorker>(std::move(onError));
}

}  // namespace vitrine
