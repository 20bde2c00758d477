// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace vitrine {

enum class ErrorCode {
    InvalidArgument,  ///< a value the caller gave is out of its range or does not fit another
    NotFound,         ///< a file, chair, layer or key that does not exist
    BadFormat,        ///< a file that is damaged or not what its name says
    Unsupported,      ///< well-formed, but of a kind we do not read
    Io,               ///< reading or writing failed: permission, device
    NoSpace,          ///< the disk is full, or the quota used up
    OutOfMemory,
    Device,     ///< the accelerator is missing or lost
    NonFinite,  ///< a NaN or an infinity where a number belongs
    Busy,       ///< another process holds what is needed
    Internal    ///< a broken invariant, reported instead of thrown at the outermost frame
};

/// An expected failure. `message` is one sentence a user understands, with what to do; `detail` is for the
/// log.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string detail = {};
};

inline Error invalidArgument(std::string message) {
    return {ErrorCode::InvalidArgument, std::move(message)};
}

/// A value or an Error.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    bool ok() const { return m_state.index() == 0; }
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    /// By value, so that a loop over the value of a temporary result keeps it alive.
    T value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::get<0>(std::move(m_state)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    explicit operator bool() const { return m_ok; }
    bool ok() const { return m_ok; }
    const Error& error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

using Status = Result<void>;

}  // namespace vitrine

/// Returns the error of `expression` from the enclosing function, or binds its value: VITRINE_TRY(auto mesh,
/// loadMesh(path));
#define VITRINE_TRY_JOIN_(a, b) a##b
#define VITRINE_TRY_NAME_(line) VITRINE_TRY_JOIN_(vitrineResult, line)
#define VITRINE_TRY(declaration, ...)                                             \
    auto VITRINE_TRY_NAME_(__LINE__) = (__VA_ARGS__);                             \
    if (!VITRINE_TRY_NAME_(__LINE__)) return VITRINE_TRY_NAME_(__LINE__).error(); \
    declaration = std::move(VITRINE_TRY_NAME_(__LINE__)).value()
/// The same for a Status.
#define VITRINE_CHECK(...)                                                                    \
    do {                                                                                      \
        if (auto vitrineStatus = (__VA_ARGS__); !vitrineStatus) return vitrineStatus.error(); \
    } while (false)
