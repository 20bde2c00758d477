// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gzip_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <memory>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr std::size_t kChunkBytes = std::size_t(1) << 18;

struct GzipRelease {
    void operator()(gzFile file) const { gzclose_r(file); }
};

}  // namespace

Result<std::vector<std::byte>> readFileOrGzip(const std::filesystem::path& file, std::size_t maxBytes) {
    std::error_code ignored;
    // What is no plain file is an error of readFile, in its words.
    if (!std::filesystem::is_regular_file(file, ignored)) return readFile(file, maxBytes);
    const std::unique_ptr<gzFile_s, GzipRelease> stream(gzopen(file.c_str(), "rb"));
    if (!stream) return readFile(file, maxBytes);
    std::vector<std::byte> content;
    for (;;) {
        const std::size_t used = content.size();
        content.resize(used + kChunkBytes);
        const int got = gzread(stream.get(), content.data() + used, unsigned(kChunkBytes));
        content.resize(used + std::size_t(std::max(got, 0)));
        int code = Z_OK;
        const char* detail = gzerror(stream.get(), &code);
        if (got < 0 || code != Z_OK)
            return Error{ErrorCode::BadFormat,
                         file.string() + " is damaged or cut off; download or copy it again.",
                         detail};
        if (content.size() > maxBytes)
            return Error{ErrorCode::BadFormat,
                         fmt::format("{} holds more than {} MiB; that is no file of this kind.",
                                     file.string(),
                                     maxBytes >> 20)};
        if (got == 0) return content;
    }
}

}  // namespace vitrine
