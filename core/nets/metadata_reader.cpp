// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/metadata_reader.h"

#include <charconv>

namespace vitrine {

std::string MetadataReader::text(const char* key) {
    const auto found = m_metadata.find(key);
    if (found != m_metadata.end()) return found->second;
    fail(key, "is missing");
    return {};
}

std::int64_t MetadataReader::integer(const char* key) {
    const auto values = integers(key);
    if (values.size() != 1) fail(key, "is not a number");
    return values.empty() ? 0 : values[0];
}

std::vector<std::int64_t> MetadataReader::integers(const char* key) {
    const std::string all = text(key);
    std::vector<std::int64_t> values;
    const char* at = all.data();
    const char* const end = at + all.size();
    while (at != end) {
        std::int64_t value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || (next != end && *next != ','))
            return fail(key, "is not a list of numbers"), values;
        values.push_back(value);
        at = next == end ? end : next + 1;
    }
    return values;
}

double MetadataReader::real(const char* key) {
    const std::string all = text(key);
    double value = 0;
    const auto [next, error] = std::from_chars(all.data(), all.data() + all.size(), value);
    if (error != std::errc() || next != all.data() + all.size()) fail(key, "is not a number");
    return value;
}

bool MetadataReader::flag(const char* key) {
    const std::int64_t value = integer(key);
    if (value != 0 && value != 1) fail(key, "is neither 0 nor 1");
    return value == 1;
}

std::vector<std::string> MetadataReader::optionalTexts(const char* key) const {
    std::vector<std::string> parts;
    const auto found = m_metadata.find(key);
    if (found == m_metadata.end()) return parts;
    const std::string& all = found->second;
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find(',', begin), all.size());
        parts.push_back(all.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::int64_t MetadataReader::optionalInteger(const char* key, std::int64_t otherwise) {
    return has(key) ? integer(key) : otherwise;
}

void MetadataReader::fail(const char* key, const char* what) {
    if (!m_status) return;
    m_status = Error{ErrorCode::BadFormat,
                     std::string("The weight file's metadata \"") + key + "\" " + what +
                         "; it was not written by Vitrine or is damaged."};
}

}  // namespace vitrine
