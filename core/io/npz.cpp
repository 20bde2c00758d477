// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npz.h"

#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::time_t kMoment = 315532800;  // 1980, the first one that a zip file knows

using OwnedBytes = std::vector<std::byte>;

Error fault(const std::filesystem::path& file, zip_t* zip) {
    return {ErrorCode::Io, "Could not make " + file.string() + ": " + zip_strerror(zip) + "."};
}

/// Magic, version, length of the header, header: a Python literal, padded so that the numbers are aligned.
OwnedBytes headerOf(const NpzArray& array) {
    std::string shape;
    for (const std::size_t extent : array.shape) shape += fmt::format("{},", extent);
    std::string text = "{'descr': '" + array.type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    constexpr std::size_t kPrefix = 10;
    text.append((kAlignment - (kPrefix + text.size() + 1) % kAlignment) % kAlignment, ' ');
    text += '\n';
    std::string header("\x93NUMPY\x01\x00", 8);
    header += char(text.size() & 0xff);
    header += char(text.size() >> 8);
    header += text;
    const auto view = std::as_bytes(std::span(header));
    return {view.begin(), view.end()};
}

Status add(zip_t* zip,
           const std::filesystem::path& file,
           const std::string& name,
           const OwnedBytes& content) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    if (!source) return fault(file, zip);
    const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fault(file, zip);
    }
    zip_file_set_mtime(zip, zip_uint64_t(index), kMoment, 0);
    return {};
}

Result<OwnedBytes> contentOf(zip_source_t* sink, const std::filesystem::path& file) {
    zip_stat_t stat;
    const Error unreadable{ErrorCode::Io, "Could not make " + file.string() + "."};
    if (zip_source_stat(sink, &stat) != 0 || zip_source_open(sink) != 0) return unreadable;
    OwnedBytes bytes(stat.size);
    const zip_int64_t numRead = zip_source_read(sink, bytes.data(), bytes.size());
    zip_source_close(sink);
    if (numRead != zip_int64_t(bytes.size())) return unreadable;
    return bytes;
}

}  // namespace

NpzArray NpzArray::of(std::string name, std::vector<std::size_t> shape, std::span<const float> values) {
    return {std::move(name), std::move(shape), std::as_bytes(values), "<f4"};
}

NpzArray NpzArray::of(std::string name,
                      std::vector<std::size_t> shape,
                      std::span<const std::uint8_t> values) {
    return {std::move(name), std::move(shape), std::as_bytes(values), "|u1"};
}

Status writeNpz(const std::filesystem::path& file, std::span<const NpzArray> arrays) {
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> sink(
        zip_source_buffer_create(nullptr, 0, 0, nullptr), zip_source_free);
    zip_t* zip = sink ? zip_open_from_source(sink.get(), ZIP_TRUNCATE, nullptr) : nullptr;
    if (!zip) return Error{ErrorCode::Io, "Could not make " + file.string() + "."};
    zip_source_keep(sink.get());
    std::vector<OwnedBytes> contents;  // libzip reads them when the file is closed
    contents.reserve(arrays.size());
    for (const NpzArray& array : arrays) {
        contents.push_back(headerOf(array));
        contents.back().insert(contents.back().end(), array.bytes.begin(), array.bytes.end());
        if (const Status added = add(zip, file, array.name + ".npy", contents.back()); !added) {
            zip_discard(zip);
            return added;
        }
    }
    if (zip_close(zip) != 0) {
        const Error error = fault(file, zip);
        zip_discard(zip);
        return error;
    }
    VITRINE_TRY(const OwnedBytes bytes, contentOf(sink.get(), file));
    return writeFileAtomically(file, bytes);
}

}  // namespace vitrine
