// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// Reads typed values out of a weight file's text metadata, and remembers the first fault.
class MetadataReader {
public:
    explicit MetadataReader(const std::map<std::string, std::string>& metadata) : m_metadata(metadata) {}

    std::string text(const char* key);
    std::int64_t integer(const char* key);
    std::vector<std::int64_t> integers(const char* key);
    double real(const char* key);
    /// "0" or "1".
    bool flag(const char* key);
    /// Texts joined by commas; none where the key is missing.
    std::vector<std::string> optionalTexts(const char* key) const;
    std::int64_t optionalInteger(const char* key, std::int64_t otherwise);
    bool has(const char* key) const { return m_metadata.contains(key); }
    void fail(const char* key, const char* what);
    /// Errors: BadFormat naming the first faulty key.
    Status status() const { return m_status; }

private:
    const std::map<std::string, std::string>& m_metadata;
    Status m_status;
};

}  // namespace vitrine
