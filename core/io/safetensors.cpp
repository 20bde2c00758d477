// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/sha256.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors_header.h"

namespace vitrine {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian and is read in place");

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMaxHeaderBytes = std::size_t(16) << 20;
constexpr const char* kChecksumKey = "data_crc32";
constexpr const char* kHeaderChecksumKey = "header_crc32";

Error unusable(const std::string& name, const Error& fault) {
    return {fault.code,
            "The weight file " + name + " cannot be used: " + fault.message + ". Get or train it again.",
            fault.detail};
}

Error bad(std::string fault) {
    return {ErrorCode::BadFormat, std::move(fault)};
}

/// Errors: BadFormat. Returns the header's JSON; the data follow it.
Result<std::string_view> headerText(std::span<const std::byte> content) {
    if (content.empty()) return bad("it is empty");
    if (content.size() < kLengthBytes) return bad("it ends within its first 8 bytes");
    std::uint64_t length = 0;
    std::memcpy(&length, content.data(), kLengthBytes);
    if (length > kMaxHeaderBytes)
        return bad("it is not in the safetensors format (its header would be longer than 16 MiB)");
    if (length > content.size() - kLengthBytes) return bad("it is cut off within its header");
    const std::string_view text(reinterpret_cast<const char*>(content.data()) + kLengthBytes,
                                std::size_t(length));
    if (text.empty() || text.front() != '{')
        return bad("it is not in the safetensors format (its header does not start with '{')");
    return text;
}

/// The number of bytes that the shape asks for, or nothing if it overflows.
std::optional<std::uint64_t> byteCount(const SafetensorsHeader::Tensor& tensor) {
    std::uint64_t count = bytesPerElement(tensor.type);
    bool isEmpty = false;
    for (std::uint64_t extent : tensor.shape) {
        // A zero must not hide an overflow among the other factors.
        if (extent > std::uint64_t(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
        if (extent == 0)
            isEmpty = true;
        else if (__builtin_mul_overflow(count, extent, &count))
            return std::nullopt;
    }
    return isEmpty ? 0 : count;
}

Status checkTensor(const std::string& name,
                   const SafetensorsHeader::Tensor& tensor,
                   std::uint64_t dataBytes) {
    const std::string subject = "tensor '" + name + "' ";
    if (tensor.begin > tensor.end) return bad(subject + "ends before it begins");
    if (tensor.end > dataBytes)
        return bad(subject + "reaches beyond the end of the file, which is probably cut off");
    const auto count = byteCount(tensor);
    if (!count) return bad(subject + "has a shape that is too large");
    if (const auto taken = tensor.end - tensor.begin; taken != *count)
        return bad(fmt::format("{}takes {} bytes where its shape needs {}", subject, taken, *count));
    return {};
}

/// Every byte of the data belongs to one tensor: nothing overlaps, nothing is hidden between or behind.
Status checkTiling(const SafetensorsHeader& header, std::uint64_t dataBytes) {
    std::vector<const std::pair<const std::string, SafetensorsHeader::Tensor>*> order;
    for (const auto& entry : header.tensors) order.push_back(&entry);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
        return std::pair(a->second.begin, a->second.end) < std::pair(b->second.begin, b->second.end);
    });
    std::uint64_t position = 0;
    for (const auto* entry : order) {
        if (entry->second.begin < position) return bad("tensor '" + entry->first + "' overlaps another one");
        if (entry->second.begin > position)
            return bad("there is a hole before tensor '" + entry->first + "'");
        position = entry->second.end;
    }
    if (position != dataBytes) return bad("there are bytes behind the last tensor");
    return {};
}

template <class Bits>
bool hasExponentOfOnes(std::span<const std::byte> bytes, Bits exponentMask) {
    bool found = false;
    for (std::size_t offset = 0; offset < bytes.size(); offset += sizeof(Bits)) {
        Bits bits;
        std::memcpy(&bits, bytes.data() + offset, sizeof bits);
        found |= (bits & exponentMask) == exponentMask;
    }
    return found;
}

bool hasNonFinite(const TensorView& tensor) {
    switch (tensor.type) {
        case TensorType::Float32:
            return hasExponentOfOnes<std::uint32_t>(tensor.bytes, 0x7f800000u);
        case TensorType::Float16:
            return hasExponentOfOnes<std::uint16_t>(tensor.bytes, 0x7c00);
        case TensorType::BFloat16:
            return hasExponentOfOnes<std::uint16_t>(tensor.bytes, 0x7f80);
        case TensorType::Int64:
        case TensorType::UInt8:
            return false;
    }
    return false;
}

Error nonFinite(const std::string& name) {
    return {ErrorCode::NonFinite, "tensor '" + name + "' holds values that are not finite numbers"};
}

std::uint32_t extendChecksum(std::uint32_t checksum, std::span<const std::byte> bytes) {
    return std::uint32_t(crc32_z(checksum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string checksumText(std::uint32_t checksum) {
    return fmt::format("{:08x}", checksum);
}

std::uint32_t extendChecksum(std::uint32_t checksum, const std::string& text) {
    // With the terminating zero, so that "ab" + "c" differs from "a" + "bc".
    return extendChecksum(checksum, std::as_bytes(std::span(text.c_str(), text.size() + 1)));
}

/// Of what the header means and not of how it is written: a flipped bit in a number or a name is valid JSON.
std::uint32_t headerChecksum(const SafetensorsHeader& header) {
    std::uint32_t checksum = 0;
    for (const auto& [key, value] : header.metadata)
        checksum = extendChecksum(extendChecksum(checksum, key), value);
    for (const auto& [name, tensor] : header.tensors) {
        std::string text = tensorTypeName(tensor.type);
        for (std::uint64_t extent : tensor.shape) text += fmt::format(" {}", extent);
        text += fmt::format(" at {} {}", tensor.begin, tensor.end);
        checksum = extendChecksum(extendChecksum(checksum, name), text);
    }
    return checksum;
}

/// Takes the checksums out of the metadata, so that a caller sees only its own keys. Files of other programs
/// have none.
Status checkChecksums(SafetensorsHeader& header, std::span<const std::byte> data) {
    const auto ofHeader = header.metadata.extract(kHeaderChecksumKey);
    if (ofHeader && ofHeader.mapped() != checksumText(headerChecksum(header))) {
        return bad("its header is damaged (it differs from its checksum)");
    }
    const auto ofData = header.metadata.extract(kChecksumKey);
    if (!ofData || ofData.mapped() == checksumText(extendChecksum(0, data))) return {};
    return bad("its data are damaged (they differ from their checksum)");
}

std::uint64_t elementsTimesSize(const TensorView& tensor) {
    SafetensorsHeader::Tensor described{tensor.type, {}, 0, 0};
    for (std::int64_t extent : tensor.shape) described.shape.push_back(std::uint64_t(extent));
    return byteCount(described).value_or(std::numeric_limits<std::uint64_t>::max());
}

Status checkWritable(const std::map<std::string, TensorView>& tensors,
                     const std::map<std::string, std::string>& metadata) {
    for (const auto& [name, tensor] : tensors) {
        if (name == "__metadata__")
            return Error{ErrorCode::InvalidArgument, "A tensor cannot be called __metadata__."};
        if (tensor.bytes.size() != elementsTimesSize(tensor)) {
            return Error{ErrorCode::InvalidArgument,
                         "The bytes of tensor '" + name + "' do not fit its shape."};
        }
        if (hasNonFinite(tensor))
            return Error{ErrorCode::NonFinite, "Not saved: " + nonFinite(name).message + "."};
    }
    for (const char* key : {kChecksumKey, kHeaderChecksumKey}) {
        if (metadata.contains(key))
            return Error{ErrorCode::InvalidArgument,
                         std::string("The metadata key ") + key + " is reserved."};
    }
    return {};
}

using Entries = std::vector<std::pair<std::string, TensorView>>;

/// Largest elements first keeps each array aligned to its element; names keep the file reproducible.
Entries inFileOrder(const std::map<std::string, TensorView>& tensors) {
    Entries entries(tensors.begin(), tensors.end());
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return bytesPerElement(a.second.type) > bytesPerElement(b.second.type);
    });
    return entries;
}

/// The header that the reader will see again, so that both sides take the same checksum.
SafetensorsHeader headerOf(const Entries& entries, const std::map<std::string, std::string>& metadata) {
    SafetensorsHeader header{{}, metadata};
    std::uint32_t checksum = 0;
    std::uint64_t position = 0;
    for (const auto& [name, tensor] : entries) {
        const std::uint64_t end = position + tensor.bytes.size();
        header.tensors[name] = {tensor.type, {tensor.shape.begin(), tensor.shape.end()}, position, end};
        checksum = extendChecksum(checksum, tensor.bytes);
        position = end;
    }
    header.metadata[kChecksumKey] = checksumText(checksum);
    header.metadata[kHeaderChecksumKey] = checksumText(headerChecksum(header));
    return header;
}

std::string headerJson(const Entries& entries, const SafetensorsHeader& header) {
    nlohmann::ordered_json json;
    json["__metadata__"] = header.metadata;
    for (const auto& [name, view] : entries) {
        const SafetensorsHeader::Tensor& tensor = header.tensors.at(name);
        json[name] = {{"dtype", tensorTypeName(tensor.type)},
                      {"shape", tensor.shape},
                      {"data_offsets", {tensor.begin, tensor.end}}};
    }
    std::string text = json.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

}  // namespace

std::size_t bytesPerElement(TensorType type) {
    switch (type) {
        case TensorType::Float32:
            return 4;
        case TensorType::Float16:
        case TensorType::BFloat16:
            return 2;
        case TensorType::Int64:
            return 8;
        case TensorType::UInt8:
            return 1;
    }
    return 1;
}

std::string tensorTypeName(TensorType type) {
    switch (type) {
        case TensorType::Float32:
            return "F32";
        case TensorType::Float16:
            return "F16";
        case TensorType::BFloat16:
            return "BF16";
        case TensorType::Int64:
            return "I64";
        case TensorType::UInt8:
            return "U8";
    }
    return {};
}

Result<SafetensorsFile> SafetensorsFile::read(const std::filesystem::path& file) {
    VITRINE_TRY(auto content, readFile(file));
    return parse(std::move(content), file.filename().string());
}

std::string SafetensorsFile::hash() const {
    return Sha256().update(*m_content).hexDigest();
}

Result<SafetensorsFile> SafetensorsFile::parse(std::vector<std::byte> content,
                                               const std::string& nameForMessages) {
    SafetensorsFile result;
    result.m_content = std::make_shared<const std::vector<std::byte>>(std::move(content));
    const auto text = headerText(*result.m_content);
    if (!text) return unusable(nameForMessages, text.error());
    auto header = parseSafetensorsHeader(*text);
    if (!header) return unusable(nameForMessages, header.error());

    const auto data = std::span(*result.m_content).subspan(kLengthBytes + text->size());
    for (const auto& [name, tensor] : header->tensors) {
        if (Status status = checkTensor(name, tensor, data.size()); !status)
            return unusable(nameForMessages, status.error());
    }
    if (Status status = checkTiling(*header, data.size()); !status)
        return unusable(nameForMessages, status.error());
    if (Status status = checkChecksums(*header, data); !status)
        return unusable(nameForMessages, status.error());
    for (const auto& [name, tensor] : header->tensors) {
        TensorView view{tensor.type,
                        {tensor.shape.begin(), tensor.shape.end()},
                        data.subspan(tensor.begin, tensor.end - tensor.begin)};
        if (hasNonFinite(view)) return unusable(nameForMessages, nonFinite(name));
        result.m_tensors.emplace(name, std::move(view));
    }
    result.m_metadata = std::move(header->metadata);
    return result;
}

Status writeSafetensors(const std::filesystem::path& file,
                        const std::map<std::string, TensorView>& tensors,
                        const std::map<std::string, std::string>& metadata) {
    VITRINE_CHECK(checkWritable(tensors, metadata));
    const Entries entries = inFileOrder(tensors);
    const std::string header = headerJson(entries, headerOf(entries, metadata));
    return writeFileAtomically(file, [&](const ByteSink& sink) -> Status {
        const std::uint64_t length = header.size();
        VITRINE_CHECK(sink(std::as_bytes(std::span(&length, 1))));
        VITRINE_CHECK(sink(std::as_bytes(std::span(header))));
        for (const auto& [name, tensor] : entries) VITRINE_CHECK(sink(tensor.bytes));
        return {};
    });
}

}  // namespace vitrine
