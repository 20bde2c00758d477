// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace vitrine {

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes one line to standard error and to whoever listens. Thread: any.
void log(LogLevel level, std::string_view message);
inline void logInfo(std::string_view message) {
    log(LogLevel::Info, message);
}
inline void logWarning(std::string_view message) {
    log(LogLevel::Warning, message);
}

/// Only the first time that this process says so. Thread: any.
void logWarningOnce(const std::string& message);

/// Replaces the listener (a log dock). It is called on the thread that logs. Thread: any.
void setLogListener(std::function<void(LogLevel, const std::string&)> listener);

}  // namespace vitrine
