// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace vitrine {

/// Makes mini-batches ahead of the training, on a thread of its own, in the order of their steps.
template <class Batch>
class BatchesAhead {
public:
    /// `make` is called on that thread, with one step after another.
    BatchesAhead(std::int64_t firstStep, std::function<Batch(std::int64_t)> make)
        : m_nextStep(firstStep),
          m_make(std::move(make)),
          m_thread([this](std::stop_token stop) { produce(stop); }) {}
    ~BatchesAhead() {
        m_thread.request_stop();
        m_changed.notify_all();
    }

    Batch next() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_ready.empty(); });
        Batch batch = std::move(m_ready.front());
        m_ready.pop_front();
        m_changed.notify_all();
        return batch;
    }

private:
    static constexpr std::size_t kBatchesAhead = 3;

    void produce(std::stop_token stop) {
        while (!stop.stop_requested()) {
            Batch batch = m_make(m_nextStep++);
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return m_ready.size() < kBatchesAhead; });
            m_ready.push_back(std::move(batch));
            m_changed.notify_all();
        }
    }

    std::int64_t m_nextStep;
    std::function<Batch(std::int64_t)> m_make;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Batch> m_ready;
    std::jthread m_thread;  ///< last: stops before what it uses goes
};

}  // namespace vitrine
