// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace vitrine {

/// SHA-256 of bytes that come in pieces. Errors: throws std::bad_alloc.
class Sha256 {
public:
    Sha256();
    Sha256& update(std::span<const std::byte> bytes);
    Sha256& update(std::string_view text) {
        return update(std::as_bytes(std::span(text.data(), text.size())));
    }
    /// 64 hexadecimal digits; ends the computation.
    std::string hexDigest();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

}  // namespace vitrine
