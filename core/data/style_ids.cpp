// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/style_ids.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <sstream>

namespace vitrine {
namespace {

/// Of text that is a number and nothing else.
template <class Number>
std::optional<Number> numberOf(std::string_view text) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

bool isScanId(std::string_view id) {
    return id.starts_with(kScanPrefix) && id.size() > kScanPrefix.size() &&
           id.find_first_not_of("0123456789", kScanPrefix.size()) == std::string_view::npos;
}

bool isFamilyId(std::string_view id) {
    return familyNumber(id).has_value();
}

std::string familyId(std::uint64_t number) {
    return fmt::format("{}{}", kFamilyPrefix, number);
}

std::optional<std::uint64_t> familyNumber(std::string_view id) {
    return id.starts_with(kFamilyPrefix) ? numberOf<std::uint64_t>(id.substr(kFamilyPrefix.size()))
                                         : std::nullopt;
}

std::string familyId(const FamilyBetween& between) {
    std::array<char, 32> share{};
    const auto end = std::to_chars(share.data(), share.data() + share.size(), between.share).ptr;
    return fmt::format("{}+{}@{}", familyId(between.from), between.to, std::string_view(share.data(), end));
}

std::optional<FamilyBetween> familyBetween(std::string_view id) {
    if (!id.starts_with(kFamilyPrefix)) return {};
    const std::string_view model = id.substr(kFamilyPrefix.size());
    const std::size_t plus = model.find('+'), at = model.find('@');
    if (plus == std::string_view::npos || at == std::string_view::npos || at < plus) return {};
    const auto from = numberOf<std::uint64_t>(model.substr(0, plus)),
               to = numberOf<std::uint64_t>(model.substr(plus + 1, at - plus - 1));
    const auto share = numberOf<float>(model.substr(at + 1));
    return from && to && share ? std::optional(FamilyBetween{*from, *to, *share}) : std::nullopt;
}

std::set<std::string> styleIdsIn(const std::string& text) {
    std::set<std::string> ids;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');) {
        std::erase(word, ' ');
        if (!word.empty()) ids.insert(word);
    }
    return ids;
}

bool isTrainingOnly(std::string_view styleId) {
    return isScanId(styleId) || isFamilyId(styleId) || familyBetween(styleId);
}

}  // namespace vitrine
