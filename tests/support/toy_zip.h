// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace vitrine::test {

struct ToyZipEntry {
    std::string name;
    std::string content;
    std::uint32_t unixMode = 0100644;
    std::uint16_t flags = 0;  ///< bit 0: encrypted
};

/// Writes a zip file byte by byte, without the scruples of a library: any name, twice the same, links.
class ToyZip {
public:
    static std::string bytes(const std::vector<ToyZipEntry>& entries) {
        std::string local, directory;
        for (const ToyZipEntry& entry : entries) {
            const auto offset = std::uint32_t(local.size());
            local += number(0x04034b50, 4) + common(entry) + entry.name + stored(entry);
            directory += number(0x02014b50, 4) + number(0x0314, 2) + common(entry) + number(0, 2) +
                         number(0, 2) + number(0, 2) + number(entry.unixMode << 16, 4) + number(offset, 4) +
                         entry.name;
        }
        const std::string end = number(0x06054b50, 4) + number(0, 4) + number(entries.size(), 2) +
                                number(entries.size(), 2) + number(directory.size(), 4) +
                                number(local.size(), 4) + number(0, 2);
        return local + directory + end;
    }

    static std::filesystem::path write(const std::filesystem::path& file,
                                       const std::vector<ToyZipEntry>& entries) {
        const std::string content = bytes(entries);
        std::ofstream(file, std::ios::binary).write(content.data(), std::streamsize(content.size()));
        return file;
    }

private:
    static std::string number(std::uint64_t value, int numBytes) {
        std::string text;
        for (int i = 0; i < numBytes; ++i) text += char(value >> (8 * i) & 0xff);
        return text;
    }
    static std::uint32_t crc32(const std::string& content) {
        std::uint32_t crc = ~0u;
        for (const char c : content) {
            crc ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        }
        return ~crc;
    }
    /// What is encrypted begins with twelve random bytes.
    static std::string stored(const ToyZipEntry& entry) {
        return (entry.flags & 1 ? std::string(12, '?') : std::string()) + entry.content;
    }
    /// What the local header and the directory share, from the version to the length of the extra field.
    static std::string common(const ToyZipEntry& entry) {
        return number(20, 2) + number(entry.flags, 2) + number(0, 2) + number(0, 2) + number(0x5021, 2) +
               number(crc32(entry.content), 4) + number(stored(entry).size(), 4) +
               number(entry.content.size(), 4) + number(entry.name.size(), 2) + number(0, 2);
    }
};

}  // namespace vitrine::test
