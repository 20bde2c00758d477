// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "core/jobs/worker.h"

namespace vitrine {

/// Files and other short work off the GUI thread, one after the other. Thread: GUI.
class TaskService : public QObject {
    Q_OBJECT
public:
    explicit TaskService(QObject* parent = nullptr);
    ~TaskService() override;

    /// Runs `work(std::stop_token)` on the worker, then `done(result)` on the GUI thread unless this service
    /// is gone.
    template <class Work, class Done>
    void run(Work work, Done done) {
        m_numOpen++;
        m_worker->post([this, work = std::move(work), done = std::move(done)](std::stop_token stop) mutable {
            auto result = work(stop);
            QMetaObject::invokeMethod(
                this,
                [this, done = std::move(done), result = std::move(result)]() mutable {
                    m_numOpen--;
                    done(std::move(result));
                    Q_EMIT taskFinished();
                },
                Qt::QueuedConnection);
        });
    }
    bool isIdle() const { return m_numOpen == 0; }

Q_SIGNALS:
    void taskFinished();
    /// A task threw: a broken invariant.
    void taskFailed(const QString& what);

private:
    int m_numOpen = 0;
    std::unique_ptr<Worker> m_worker;
};

}  // namespace vitrine
