// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/archive.h"

#include <zip.h>

#include <algorithm>
#include <fstream>
#include <unordered_map>

namespace vitrine {
namespace {

constexpr std::uint64_t kRatioMatters = std::uint64_t(1) << 20;
constexpr std::size_t kChunk = std::size_t(64) << 10;

struct ZipFileCloser {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Error refused(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::BadFormat, "The archive " + file.string() + " was refused: " + why + "."};
}

/// Names come from strangers: what is shown of them is short and printable.
std::string shown(std::string_view name) {
    std::string text(name.substr(0, 80));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    return "\"" + text + "\"";
}

std::uint32_t littleEndian(const char* bytes, int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) value |= std::uint32_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
}

/// libzip shows a name up to its first NUL only; a program that shows all of it would see another file. So
/// the names of the directory are walked once more. What cannot be followed here is left to libzip, which
/// refuses it.
bool hasNameWithNul(const std::filesystem::path& file) {
    constexpr std::size_t kEndSize = 22, kHeaderSize = 46, kLongestComment = 65535;
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const auto fileSize = std::size_t(std::max<std::streamoff>(stream.tellg(), 0));
    std::string tail(std::min(fileSize, kEndSize + kLongestComment), '\0');
    stream.seekg(std::streamoff(fileSize - tail.size())).read(tail.data(), std::streamsize(tail.size()));
    const std::size_t end = tail.rfind("PK\5\6");
    if (!stream || end == std::string::npos || tail.size() - end < kEndSize) return false;
    const std::uint32_t size = littleEndian(&tail[end + 12], 4), offset = littleEndian(&tail[end + 16], 4);
    if (std::uint64_t(offset) + size > fileSize) return false;
    std::string directory(size, '\0');
    stream.seekg(offset).read(directory.data(), std::streamsize(size));
    for (std::size_t at = 0; at + kHeaderSize <= directory.size();) {
        const std::size_t nameSize = littleEndian(&directory[at + 28], 2);
        const std::size_t others =
            littleEndian(&directory[at + 30], 2) + littleEndian(&directory[at + 32], 2);
        const std::string_view rest = std::string_view(directory).substr(at + kHeaderSize);
        if (rest.substr(0, nameSize).find('\0') != std::string_view::npos) return true;
        at += kHeaderSize + nameSize + others;
    }
    return false;
}

bool isSymbolicLink(zip_t* zip, zip_uint64_t index) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0) return false;
    return system == ZIP_OPSYS_UNIX && ((attributes >> 16) & 0170000u) == 0120000u;
}

}  // namespace

bool isSafeArchiveName(std::string_view name) {
    if (name.empty() || name.front() == '/') return false;
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':') return false;
    std::size_t begin = 0;
    while (begin < name.size()) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") return false;
        begin = end + 1;
    }
    return true;
}

struct Archive::Contents {
    struct Discard {
        void operator()(zip_t* zip) const { zip_discard(zip); }
    };

    std::filesystem::path file;
    ArchiveLimits limits;
    std::unique_ptr<zip_t, Discard> zip;
    std::vector<std::string> names;
    std::unordered_map<std::string, zip_uint64_t> indexByName;
    std::uint64_t inflatedBytes = 0;

    Status readDirectory();
    Status addEntry(zip_uint64_t index, std::uint64_t& claimedBytes);
};

Status Archive::Contents::addEntry(zip_uint64_t index, std::uint64_t& claimedBytes) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(zip.get(), index, 0, &stat) != 0 || (stat.valid & wanted) != wanted)
        return refused(file, "its directory cannot be read");
    const std::string name = stat.name;
    if (!isSafeArchiveName(name)) return refused(file, "the name " + shown(name) + " inside leads out of it");
    if (isSymbolicLink(zip.get(), index)) return refused(file, shown(name) + " inside is a symbolic link");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return Error{ErrorCode::Unsupported,
                     "The archive " + file.string() + " is encrypted; save it without a password."};
    if (stat.size > limits.entryBytes) return refused(file, shown(name) + " inside is too large");
    if (stat.size > kRatioMatters && stat.size / limits.ratio > stat.comp_size)
        return refused(file, shown(name) + " inside is compressed beyond all reason");
    claimedBytes += stat.size;
    if (claimedBytes > limits.totalBytes) return refused(file, "its content is too large");
    if (!indexByName.emplace(name, index).second)
        return refused(file, "it holds the name " + shown(name) + " twice");
    if (name.back() != '/') names.push_back(name);
    return {};
}

Status Archive::Contents::readDirectory() {
    const zip_int64_t count = zip_get_num_entries(zip.get(), 0);
    if (count < 0 || zip_uint64_t(count) > limits.numEntries) return refused(file, "it holds too many files");
    if (hasNameWithNul(file)) return refused(file, "a name inside it is broken");
    std::uint64_t claimedBytes = 0;
    for (zip_int64_t i = 0; i < count; ++i) VITRINE_CHECK(addEntry(zip_uint64_t(i), claimedBytes));
    return {};
}

Archive::Archive(std::unique_ptr<Contents> contents) : m_contents(std::move(contents)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const std::filesystem::path& file, const ArchiveLimits& limits) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return Error{ErrorCode::NotFound, "There is no archive " + file.string() + "."};
    auto contents = std::make_unique<Contents>();
    contents->file = file;
    contents->limits = limits;
    int code = 0;
    contents->zip.reset(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!contents->zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const std::string detail = zip_error_strerror(&error);
        zip_error_fini(&error);
        return Error{ErrorCode::BadFormat,
                     file.string() + " is not an archive that can be read; it may be damaged or incomplete.",
                     detail};
    }
    VITRINE_CHECK(contents->readDirectory());
    return Archive(std::move(contents));
}

const std::vector<std::string>& Archive::names() const {
    return m_contents->names;
}

bool Archive::contains(std::string_view name) const {
    return m_contents->indexByName.contains(std::string(name));
}

Result<std::vector<std::byte>> Archive::read(std::string_view name) {
    const auto found = m_contents->indexByName.find(std::string(name));
    if (found == m_contents->indexByName.end() || name.ends_with('/'))
        return Error{ErrorCode::NotFound,
                     "There is no " + shown(name) + " in " + m_contents->file.string() + "."};
    const std::unique_ptr<zip_file_t, ZipFileCloser> entry(
        zip_fopen_index(m_contents->zip.get(), found->second, 0));
    if (!entry)
        return Error{
            ErrorCode::BadFormat,
            shown(name) + " in " + m_contents->file.string() + " cannot be read; the archive may be damaged.",
            zip_strerror(m_contents->zip.get())};
    std::vector<std::byte> bytes;
    for (;;) {
        const std::size_t used = bytes.size();
        bytes.resize(used + kChunk);
        const zip_int64_t got = zip_fread(entry.get(), bytes.data() + used, kChunk);
        if (got < 0)
            return Error{ErrorCode::BadFormat,
                         shown(name) + " in " + m_contents->file.string() + " is damaged.",
                         zip_file_strerror(entry.get())};
        bytes.resize(used + std::size_t(got));
        m_contents->inflatedBytes += std::uint64_t(got);
        if (bytes.size() > m_contents->limits.entryBytes ||
            m_contents->inflatedBytes > m_contents->limits.totalBytes)
            return refused(m_contents->file, shown(name) + " inflates to more than it may");
        if (got == 0) return bytes;
    }
}

}  // namespace vitrine
