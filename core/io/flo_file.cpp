// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/flo_file.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr char kMagic[] = {'P', 'I', 'E', 'H'};
constexpr std::int32_t kMaxFlowSide = 16384;
constexpr float kUnknown = 1e9f;

struct FloHeader {
    char magic[4];
    std::int32_t width, height;
};

Error damaged(const std::filesystem::path& file, const std::string& why) {
    return {ErrorCode::BadFormat,
            file.filename().string() + " is no flow file: " + why +
                ". Take a .flo file of the Middlebury format."};
}

}  // namespace

Status writeFlo(const std::filesystem::path& file, const FlowField& flow) {
    if (flow.empty())
        return Error{ErrorCode::InvalidArgument,
                     "There is no flow to write to " + file.filename().string() + "."};
    FloHeader header{{}, flow.width, flow.height};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    std::vector<std::byte> content(sizeof header + flow.pixels.size() * sizeof(float));
    std::memcpy(content.data(), &header, sizeof header);
    std::memcpy(content.data() + sizeof header, flow.pixels.data(), flow.pixels.size() * sizeof(float));
    return writeFileAtomically(file, content);
}

Result<FlowField> readFlo(const std::filesystem::path& file) {
    VITRINE_TRY(const std::vector<std::byte> content, readFile(file));
    FloHeader header;
    if (content.size() < sizeof header) return damaged(file, "it is too short");
    std::memcpy(&header, content.data(), sizeof header);
    if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0)
        return damaged(file, "it begins with other letters");
    const bool fits = header.width > 0 && header.height > 0 && header.width <= kMaxFlowSide &&
                      header.height <= kMaxFlowSide;
    if (!fits) return damaged(file, "its size is invalid");
    const std::size_t bytes = std::size_t(header.width) * std::size_t(header.height) * 2 * sizeof(float);
    if (content.size() != sizeof header + bytes) return damaged(file, "its length does not fit its size");
    FlowField flow(header.width, header.height);
    std::memcpy(flow.pixels.data(), content.data() + sizeof header, bytes);
    for (float& value : flow.pixels)
        if (!(std::abs(value) <= kUnknown)) value = std::numeric_limits<float>::quiet_NaN();
    return flow;
}

}  // namespace vitrine
