// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace vitrine {

/// What is known of a weight file: its model card, where there is one, and its own metadata.
struct ModelCard {
    std::filesystem::path weights;
    std::string weightsHash;                      ///< SHA-256
    std::filesystem::path file;                   ///< of the card; empty: there is none of these weights
    std::string markdown;                         ///< the card; links to files of this machine are whole URLs
    std::map<std::string, std::string> metadata;  ///< of the weight file
};

/// Where a card may lie beside NAME-a-b.safetensors: NAME-a-b.md, NAME-a.md, NAME.md.
std::vector<std::filesystem::path> cardFilesOf(const std::filesystem::path& weights);
/// Relative links as URLs of files; those whose file is not there as plain text.
std::string resolveLinks(const std::string& markdown, const std::filesystem::path& folder);
/// A card is of these weights if it names their SHA-256. Errors: those of SafetensorsFile::read().
Result<ModelCard> readModelCard(const std::filesystem::path& weights);

}  // namespace vitrine
