// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

namespace vitrine {

/// Runs closures one after the other. One thread owns what the closures touch. Contract (both kinds pass the
/// same tests):
/// - post: every closure runs, in order; postLatest: of the closures waiting in the slot only the newest
/// runs;
///   a waiting latest closure runs before waiting queued ones, so that a slider is served first.
/// - a closure that throws does not end the worker: `onError` hears the message.
/// - cancelWaiting drops what has not started. The destructor requests a stop, drops what waits and joins.
class Worker {
public:
    using Task = std::function<void(std::stop_token)>;
    virtual ~Worker() = default;
    virtual void post(Task task) = 0;
    virtual void postLatest(Task task) = 0;
    virtual void cancelWaiting() = 0;
    std::function<void(const char* what)>
        onError;  ///< set before the first post; called on the worker's thread
};

/// On a std::jthread of its own.
std::unique_ptr<Worker> makeThreadWorker(std::function<void(const char*)> onError = {});
/// On the caller's thread, at once; for tests and the command line.
std::unique_ptr<Worker> makeInlineWorker(std::function<void(const char*)> onError = {});

}  // namespace vitrine
