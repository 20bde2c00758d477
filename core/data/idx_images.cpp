// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_images.h"

#include <zlib.h>

#include <array>
#include <memory>

#include "core/base/sha256.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMagic = 0x0803;  // unsigned bytes, three dimensions
constexpr std::uint64_t kMostBytes = std::uint64_t(1) << 30;

using GzFile = std::unique_ptr<gzFile_s, int (*)(gzFile)>;

Error damaged(const fs::path& file, const char* what) {
    return {ErrorCode::BadFormat,
            file.string() + " is no idx file of grey pictures or is damaged: " + what + "; get it again."};
}

bool readWhole(gzFile file, void* out, std::size_t count) {
    return gzread(file, out, unsigned(count)) == int(count);
}

std::uint32_t bigEndian(const std::uint8_t* bytes) {
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 | std::uint32_t(bytes[2]) << 8 |
           bytes[3];
}

Result<IdxImages> readPart(const fs::path& folder, const std::string& name) {
    for (const char* ending : {"", ".gz"})
        if (fs::exists(folder / (name + ending))) return readIdxImages(folder / (name + ending));
    return Error{ErrorCode::NotFound,
                 "The folder " + folder.string() + " holds no " + name +
                     " (nor with .gz); choose the folder of MNIST or Fashion-MNIST."};
}

}  // namespace

Result<IdxImages> readIdxImages(const fs::path& path) {
    if (!fs::exists(path)) return Error{ErrorCode::NotFound, "There is no file " + path.string() + "."};
    const GzFile file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) return Error{ErrorCode::Io, path.string() + " cannot be read."};
    std::array<std::uint8_t, 16> header;
    if (!readWhole(file.get(), header.data(), header.size())) return damaged(path, "it ends in its header");
    if (bigEndian(header.data()) != kMagic) return damaged(path, "it does not begin as one");
    const std::uint64_t count = bigEndian(&header[4]), height = bigEndian(&header[8]),
                        width = bigEndian(&header[12]);
    if (count == 0 || height == 0 || width == 0 || height > 4096 || width > 4096 ||
        count > kMostBytes / (height * width))
        return damaged(path, "its sizes are out of range");
    IdxImages images{int(count), int(height), int(width), std::vector<std::uint8_t>(count * height * width)};
    if (!readWhole(file.get(), images.pixels.data(), images.pixels.size()))
        return damaged(path, "it is too short");
    if (std::uint8_t extra = 0; readWhole(file.get(), &extra, 1)) return damaged(path, "it is too long");
    return images;
}

Result<IdxFolder> readIdxFolder(const fs::path& folder) {
    IdxFolder parts;
    VITRINE_TRY(parts.train, readPart(folder, "train-images-idx3-ubyte"));
    VITRINE_TRY(parts.test, readPart(folder, "t10k-images-idx3-ubyte"));
    Sha256 hash;
    for (const IdxImages* part : {&parts.train, &parts.test})
        hash.update(std::as_bytes(std::span(part->pixels)));
    parts.dataHash = hash.hexDigest();
    return parts;
}

}  // namespace vitrine
