// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace vitrine {

Sha256::Sha256() : m_context(EVP_MD_CTX_new()) {
    if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256& Sha256::update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
    return *this;
}

std::string Sha256::hexDigest() {
    constexpr char kDigits[] = "0123456789abcdef";
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(m_context.get(), digest.data(), nullptr);
    std::string text;
    for (const unsigned char byte : digest) text += {kDigits[byte >> 4], kDigits[byte & 15]};
    return text;
}

}  // namespace vitrine
