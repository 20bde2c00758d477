// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file_hash.h"

#include "core/base/sha256.h"
#include "core/io/mapped_file.h"

namespace vitrine {

Result<std::string> fileHash(const std::filesystem::path& file) {
    VITRINE_TRY(const MappedFile mapped, MappedFile::open(file));
    return Sha256().update(mapped.bytes()).hexDigest();
}

}  // namespace vitrine
