// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace vitrine {

/// What recipes of answers with samples have in common.
struct AnswerRecipe {
    std::string weightsHash;  ///< SHA-256 of the model's weight file; empty in old recipes
    std::string pictureName;  ///< for the reader
    int sample = 0;           ///< of the part that is a sample, from 0
    std::string panel;  ///< how the window's panel shows it, JSON, kept verbatim; empty from the command line
};

}  // namespace vitrine
