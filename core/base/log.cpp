// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>
#include <set>

namespace vitrine {
namespace {

std::mutex listenerMutex;
std::function<void(LogLevel, const std::string&)> listener;

spdlog::logger& logger() {
    static const auto instance = [] {
        auto made = spdlog::stderr_color_mt("vitrine");
        made->set_pattern("%^%l%$: %v");
        return made;
    }();
    return *instance;
}

spdlog::level::level_enum toSpdlog(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

void log(LogLevel level, std::string_view message) {
    logger().log(toSpdlog(level), "{}", message);
    const std::lock_guard lock(listenerMutex);
    if (listener) listener(level, std::string(message));
}

void logWarningOnce(const std::string& message) {
    static std::mutex mutex;
    static std::set<std::string> said;
    const bool isNews = [&] {
        const std::lock_guard lock(mutex);
        return said.insert(message).second;
    }();
    if (isNews) logWarning(message);
}

void setLogListener(std::function<void(LogLevel, const std::string&)> newListener) {
    const std::lock_guard lock(listenerMutex);
    listener = std::move(newListener);
}

}  // namespace vitrine
