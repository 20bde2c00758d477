// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/model_card.h"

#include <fmt/format.h>

#include <regex>
#include <string_view>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxCardBytes = 1 << 20;

bool isWhole(const std::string& target) {
    return target.find("://") != std::string::npos || target.starts_with("#") ||
           target.starts_with("mailto:");
}

/// RFC 8089; only what would end a Markdown link early is escaped.
std::string fileUrl(const std::filesystem::path& file) {
    std::string url = "file://";
    for (const char c : file.generic_string())
        url += std::string_view(" ()%").find(c) == std::string_view::npos ? std::string(1, c)
                                                                          : fmt::format("%{:02X}", int(c));
    return url;
}

std::string linkOf(const std::string& text, const std::string& target, const std::filesystem::path& folder) {
    if (isWhole(target)) return "[" + text + "](" + target + ")";
    std::error_code failure;
    const auto file = std::filesystem::weakly_canonical(folder / target.substr(0, target.find('#')), failure);
    if (failure || !std::filesystem::exists(file, failure)) return text;
    return "[" + text + "](" + fileUrl(file) + ")";
}

}  // namespace

std::vector<std::filesystem::path> cardFilesOf(const std::filesystem::path& weights) {
    std::vector<std::filesystem::path> files;
    for (std::string name = weights.stem().string(); !name.empty();) {
        files.push_back(weights.parent_path() / (name + ".md"));
        const std::size_t dash = name.rfind('-');
        name.resize(dash == std::string::npos ? 0 : dash);
    }
    return files;
}

std::string resolveLinks(const std::string& markdown, const std::filesystem::path& folder) {
    static const std::regex kLink(R"(\[([^\]\n]*)\]\(([^)\s]+)\))");
    std::string resolved;
    auto rest = markdown.cbegin();
    for (std::sregex_iterator link(markdown.begin(), markdown.end(), kLink), end; link != end; ++link) {
        resolved.append(rest, (*link)[0].first);
        resolved += linkOf((*link)[1], (*link)[2], folder);
        rest = (*link)[0].second;
    }
    return resolved.append(rest, markdown.cend());
}

Result<ModelCard> readModelCard(const std::filesystem::path& weights) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    ModelCard card{weights, file.hash(), {}, {}, file.metadata()};
    for (const auto& candidate : cardFilesOf(weights)) {
        const auto text = readTextFile(candidate, kMaxCardBytes);
        if (!text || text->find(card.weightsHash) == std::string::npos) continue;
        card.file = candidate;
        card.markdown = resolveLinks(*text, candidate.parent_path());
        break;
    }
    return card;
}

}  // namespace vitrine
